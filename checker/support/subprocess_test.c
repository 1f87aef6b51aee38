#include "support/clock.h"
#include "support/subprocess.h"
#include "support/testing.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct error *run_for(unsigned seconds, struct arena *arena, const char *script,
                                   const char **output)
{
    const char *const argv[] = {"sh", "-c", script, NULL};
    const char *const variables[] = {"HOME=nowhere", "UNHEARD_OF=x", NULL};
    const struct subprocess shell = {argv, variables, seconds};
    size_t len;

    return subprocess_read(arena, &shell, output, &len);
}

static const struct error *run(struct arena *arena, const char *script, const char **output)
{
    return run_for(0, arena, script, output);
}

static void output_and_environment(void **state)
{
    struct arena *arena = arena_new();
    const char *output = NULL;

    (void)state;
    assert_null(run(arena, "echo $HOME $UNHEARD_OF; cat", &output));
    assert_string_equal(output, "nowhere x\n");
    arena_free(arena);
}

static void a_failure_says_why(void **state)
{
    struct arena *arena = arena_new();
    const char *output;

    (void)state;
    assert_string_equal(run(arena, "echo first >&2; echo last >&2; exit 3", &output)->message,
                        "sh failed: last");
    assert_string_equal(run(arena, "exit 3", &output)->message, "sh failed: it did not say why");
    assert_string_equal(run(arena, "kill -9 $$", &output)->message,
                        "sh failed: it did not say why");
    arena_free(arena);
}

static void what_never_ends_is_killed(void **state)
{
    struct arena *arena = arena_new();
    const double start = clock_seconds();
    const char *output;

    (void)state;
    assert_string_equal(run_for(1, arena, "exec sleep 100", &output)->message,
                        "sh failed: it was not done after 1 s");
    /* on a busy machine a shell takes its time to say something */
    assert_string_equal(run_for(4, arena, "echo all; exec >&-; exec sleep 100", &output)->message,
                        "sh failed: it was not done after 4 s");
    assert_string_equal(output, "all\n");
    assert_true(clock_seconds() - start < 50);
    arena_free(arena);
}

static void what_prints_for_ever_is_killed(void **state)
{
    struct arena *arena = arena_new();
    const char *const argv[] = {"cat", "/dev/zero", NULL};
    const struct subprocess cat = {.argv = argv};
    const char *output;
    size_t len;

    (void)state;
    assert_string_equal(subprocess_read(arena, &cat, &output, &len)->message,
                        "cat failed: it printed more than 256 MiB");
    arena_free(arena);
}

/* A program that lies where we stand is not run, whatever PATH says. */
static void the_current_folder_is_no_place_for_programs(void **state)
{
    struct arena *arena = arena_new();
    char folder[] = "/tmp/cuhostlint-subprocess-XXXXXX";
    const char *const argv[] = {"trap", NULL};
    const struct subprocess trap = {.argv = argv};
    const char *output;
    size_t len;

    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(symlink("/bin/true", "trap"), 0);
    assert_int_equal(setenv("PATH", ":.::/nowhere", 1), 0);
    assert_string_equal(subprocess_read(arena, &trap, &output, &len)->message,
                        "cannot run trap: No such file or directory");
    assert_int_equal(unlink("trap"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
    arena_free(arena);
}

static void without_descriptors_nothing_is_run(void **state)
{
    struct arena *arena = arena_new();
    struct rlimit before, none;
    const char *output;

    (void)state;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = (struct rlimit){STDERR_FILENO + 1, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    assert_string_equal(run(arena, "true", &output)->message, "cannot run sh: Too many open files");
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(output_and_environment),
        cmocka_unit_test(a_failure_says_why),
        cmocka_unit_test(what_never_ends_is_killed),
        cmocka_unit_test(what_prints_for_ever_is_killed),
        cmocka_unit_test(without_descriptors_nothing_is_run),
        cmocka_unit_test(the_current_folder_is_no_place_for_programs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
