/* Files that are written whole or not at all. */
#include "support/file.h"
#include "support/testing.h"

#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    struct arena *arena;
    const char *folder, *path;
};

static int make_folder(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = arena_new_object(arena, struct fixture);
    const char *folder = testing_folder(arena);
    *f = (struct fixture){arena, folder, arena_printf(arena, "%s/file", folder)};
    *state = f;
    return 0;
}

/* The folder must be empty but for the file: no temporary file may be left over. */
static int drop_folder(void **state)
{
    struct fixture *f = *state;
    unlink(f->path);
    int failed = rmdir(f->folder);
    arena_free(f->arena);
    return failed;
}

static void check_contents(struct fixture *f, const char *expected)
{
    const char *bytes;
    size_t len;
    assert_null(file_read(f->arena, f->path, &bytes, &len));
    assert_int_equal(len, strlen(expected));
    assert_string_equal(bytes, expected);
}

static void test_replace(void **state)
{
    struct fixture *f = *state;
    assert_null(file_replace(f->arena, f->path, "one", 3));
    check_contents(f, "one");
    assert_int_equal(chmod(f->path, 0640), 0);
    assert_null(file_replace(f->arena, f->path, "", 0));
    check_contents(f, "");
    struct stat status;
    assert_int_equal(stat(f->path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
}

static void test_link_is_followed(void **state)
{
    struct fixture *f = *state;
    const char *link = arena_printf(f->arena, "%s/link", f->folder);
    assert_null(file_replace(f->arena, f->path, "one", 3));
    assert_int_equal(symlink(f->path, link), 0);
    assert_null(file_replace(f->arena, link, "two", 3));
    check_contents(f, "two");
    assert_int_equal(unlink(link), 0);
}

/* Root may give files away; a name may be as long as names are. */
static void test_owner_and_long_name(void **state)
{
    struct fixture *f = *state;
    char name[NAME_MAX + 1];
    memset(name, 'n', NAME_MAX);
    name[NAME_MAX] = '\0';
    f->path = arena_printf(f->arena, "%s/%s", f->folder, name);
    assert_null(file_replace(f->arena, f->path, "one", 3));
    bool is_root = chown(f->path, 65534, 65534) == 0;
    assert_null(file_replace(f->arena, f->path, "two", 3));
    check_contents(f, "two");
    struct stat status;
    assert_int_equal(stat(f->path, &status), 0);
    assert_int_equal(status.st_uid, is_root ? 65534 : getuid());
}

static void test_discard(void **state)
{
    struct fixture *f = *state;
    assert_null(file_replace(f->arena, f->path, "one", 3));
    struct file_writer *writer;
    assert_null(file_writer_open(f->arena, f->path, &writer));
    fputs("half", file_writer_stream(writer));
    check_contents(f, "one");
    file_writer_discard(writer);
    check_contents(f, "one");
}

static void test_large(void **state)
{
    struct fixture *f = *state;
    size_t len = 300000;
    char *bytes = arena_alloc(f->arena, len + 1);
    memset(bytes, 'x', len);
    assert_null(file_replace(f->arena, f->path, bytes, len));
    check_contents(f, bytes);
}

/* Of what fails in the middle the reason is told, and nothing is left. */
static void test_limit(void **state)
{
    struct fixture *f = *state;
    struct rlimit before, small;
    static char bytes[300000];
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){100000, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    const struct error *error = file_replace(f->arena, f->path, bytes, sizeof bytes);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_non_null(error);
    assert_non_null(strstr(error->message, "File too large"));
    assert_int_equal(access(f->path, F_OK), -1);
}

static void test_errors(void **state)
{
    struct fixture *f = *state;
    const char *bytes;
    size_t len;
    const struct error *error = file_read(f->arena, f->path, &bytes, &len);
    assert_non_null(error);
    assert_non_null(strstr(error->message, f->path));
    assert_non_null(file_read(f->arena, f->folder, &bytes, &len));
    assert_non_null(file_replace(f->arena, f->folder, "x", 1));
    assert_non_null(file_replace(f->arena, arena_printf(f->arena, "%s/a/b", f->folder), "x", 1));
}

static void test_untrusted(void **state)
{
    struct fixture *f = *state;
    const char *bytes;
    size_t len;
    assert_null(file_replace(f->arena, f->path, "12345", 5));
    assert_null(file_read_untrusted(f->arena, f->path, 5, &bytes, &len));
    assert_int_equal(len, 5);
    assert_string_equal(bytes, "12345");
    assert_non_null(file_read_untrusted(f->arena, f->path, 4, &bytes, &len));
    unlink(f->path);
    assert_non_null(file_read_untrusted(f->arena, f->path, 5, &bytes, &len));
    assert_int_equal(mkfifo(f->path, 0600), 0); /* nobody ever writes to it */
    assert_non_null(file_read_untrusted(f->arena, f->path, 5, &bytes, &len));
    assert_non_null(file_read_untrusted(f->arena, "/dev/zero", 5, &bytes, &len));
    assert_non_null(file_read_untrusted(f->arena, f->folder, 5, &bytes, &len));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, drop_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_replace),
        TEST(test_link_is_followed),
        TEST(test_owner_and_long_name),
        TEST(test_discard),
        TEST(test_large),
        TEST(test_errors),
        TEST(test_limit),
        TEST(test_untrusted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
