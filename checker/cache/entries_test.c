/* The entries as files: damaged, removed, replaced, of several processes, too many. */
#include "cache/entry.h"
#include "cache/fixture.h"
#include "cache/trim.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- damage ------------------------------------------------------------------------------- */

static void each_entry(const struct scene *scene,
                       void (*act)(const struct scene *scene, const char *path))
{
    for (int shard = 0; shard < 16; shard++) {
        const char *folder = arena_printf(scene->arena, "%s/%x", scene->cache, (unsigned)shard);
        DIR *entries = opendir(folder);

        if (entries == NULL)
            continue;
        for (const struct dirent *at; (at = readdir(entries)) != NULL;)
            if (at->d_name[0] != '.')
                act(scene, arena_printf(scene->arena, "%s/%s", folder, at->d_name));
        closedir(entries);
    }
}

static void damage(const struct scene *scene, const char *path)
{
    const char *bytes;
    size_t len;
    char *copy;

    assert_null(file_read(scene->arena, path, &bytes, &len));
    copy = arena_copy(scene->arena, bytes, len);
    for (int i = 0; i < 200; i++) {
        size_t at = (size_t)rand() % len;

        copy[at] = (char)(copy[at] ^ (1 << rand() % 8));
        assert_null(file_replace(scene->arena, path, copy, len));
        assert_false(find(scene));
        copy[at] = bytes[at];
    }
    for (int i = 0; i < 50; i++) {
        assert_null(file_replace(scene->arena, path, copy, (size_t)rand() % len));
        assert_false(find(scene));
    }
    assert_null(file_replace(scene->arena, path, copy, len));
    assert_true(find(scene));
}

static void damaged_entries_are_not_found(void **state)
{
    const struct scene *scene = *state;

    srand(1);
    store(scene);
    each_entry(scene, damage);
}

static void remove_entry(const struct scene *scene, const char *path)
{
    assert_int_equal(unlink(path), 0);
    assert_false(find(scene));
    store(scene);
    assert_true(find(scene));
}

static void removed_entries_come_again(void **state)
{
    const struct scene *scene = *state;

    store(scene);
    each_entry(scene, remove_entry);
}

/* In a folder that others may write to, an entry may be anything. */
static void replace_by_a_trap(const struct scene *scene, const char *path)
{
    const char *bytes;
    size_t len;

    assert_null(file_read(scene->arena, path, &bytes, &len));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(find(scene));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink("/dev/zero", path), 0);
    assert_false(find(scene));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_false(find(scene));
    assert_int_equal(rmdir(path), 0);
    assert_null(file_replace(scene->arena, path, bytes, len));
    assert_true(find(scene));
}

static void entries_that_are_no_files_are_not_found(void **state)
{
    const struct scene *scene = *state;

    store(scene);
    each_entry(scene, replace_by_a_trap);
}

static void folders_that_cannot_be_written_are_no_error(void **state)
{
    struct scene *scene = *state;
    static const char *const hopeless[] = {"/proc/cuhostlint", "/dev/null/cuhostlint", "/dev/full"};

    for (size_t i = 0; i < sizeof hopeless / sizeof *hopeless; i++) {
        scene->cache = hopeless[i];
        store(scene);
        assert_false(find(scene));
    }
    scene->cache = arena_printf(scene->arena, "%s/readonly", scene->folder);
    assert_int_equal(mkdir(scene->cache, 0500), 0);
    testing_settle();
    store(scene); /* root may write all the same */
    assert_true(find(scene) || geteuid() != 0);
}

/* ---- many ---------------------------------------------------------------------------------- */

static void processes_do_not_disturb_each_other(void **state)
{
    enum { PROCESSES = 4, ROUNDS = 100 };
    const struct scene *scene = *state;
    bool found = false;

    for (int i = 0; i < PROCESSES; i++) {
        pid_t pid = fork();

        assert_true(pid >= 0);
        if (pid > 0)
            continue;
        for (int round = 0; round < ROUNDS; round++) {
            store(scene);
            found = find(scene);
        }
        _exit(found ? 0 : 1);
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status;

        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    assert_true(find(scene));
}

static uint64_t total;

static void add_size(const struct scene *scene, const char *path)
{
    struct stat status;

    (void)scene;
    assert_int_equal(stat(path, &status), 0);
    total += (uint64_t)status.st_size;
}

static void the_oldest_go_first(void **state)
{
    enum { LIMIT = 4 << 20, UNITS = 300 };
    struct scene *scene = *state;
    const struct cache_options options = {.folder = scene->cache, .max_bytes = LIMIT};
    struct unit_cache *cache = cache_open(scene->arena, &options);
    unsigned char *bytes = arena_alloc(scene->arena, 64 << 10);
    struct cache_key key;
    const unsigned char *got;
    size_t len;

    for (int i = 0; i < UNITS; i++) {
        scene->unit.shown = arena_printf(scene->arena, "%d.cu", i);
        key = cache_key_of(cache, &scene->unit);
        cache_store(cache, &key, &scene->unit, scene->files, 2, "/bin/sh", bytes, 64 << 10);
    }
    total = 0;
    each_entry(scene, add_size);
    assert_in_range(total, LIMIT / 2, LIMIT);
    assert_true(cache_find(cache, scene->arena, &key, &scene->unit, &got, &len));
}

/* Whoever names a folder of his own as the cache keeps what lies in it; and no link that a
 * repository brings leads the cache elsewhere. */
static void only_its_own_files_are_removed(void **state)
{
    static const char *const names[] = {"notes.txt", "new.chapter", "0123.u",
                                        "0123456789abcdef0123456789abcde.tar"};
    enum { LIMIT = 1 << 20, LARGE = 1 << 17 };
    const struct scene *scene = *state;
    const char *outside = arena_printf(scene->arena, "%s/outside", scene->folder);
    const char *large = arena_alloc(scene->arena, LARGE);
    const struct timespec old[] = {{1000, 0}, {1000, 0}};
    const char *entry =
        arena_printf(scene->arena, "%s/b/0123456789abcdef0123456789abcde.u", scene->cache);

    assert_int_equal(mkdir(scene->cache, 0700), 0);
    assert_int_equal(mkdir(outside, 0700), 0);
    assert_int_equal(mkdir(arena_printf(scene->arena, "%s/a", scene->cache), 0700), 0);
    assert_int_equal(symlink(outside, arena_printf(scene->arena, "%s/b", scene->cache)), 0);
    for (size_t i = 0; i < 2 * sizeof names / sizeof *names; i++) {
        const char *path =
            arena_printf(scene->arena, "%s/%c/%s", scene->cache, i % 2 ? 'a' : 'b', names[i / 2]);

        assert_null(file_replace(scene->arena, path, large, LARGE));
        assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
    }
    assert_null(file_replace(scene->arena, entry, large, LARGE));
    trim_shard(scene->arena, arena_printf(scene->arena, "%s/a", scene->cache), LIMIT);
    trim_shard(scene->arena, arena_printf(scene->arena, "%s/b", scene->cache), LIMIT);
    entry_write(scene->arena, arena_printf(scene->arena, "%s/b/new", scene->cache), "x", 1, LIMIT);
    assert_int_equal(access(entry, F_OK), 0);
    assert_int_not_equal(access(arena_printf(scene->arena, "%s/new", outside), F_OK), 0);
    for (size_t i = 0; i < 2 * sizeof names / sizeof *names; i++)
        assert_int_equal(access(arena_printf(scene->arena, "%s/%c/%s", scene->cache,
                                             i % 2 ? 'a' : 'b', names[i / 2]),
                                F_OK),
                         0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(damaged_entries_are_not_found),
        TEST(removed_entries_come_again),
        TEST(entries_that_are_no_files_are_not_found),
        TEST(folders_that_cannot_be_written_are_no_error),
        TEST(processes_do_not_disturb_each_other),
        TEST(the_oldest_go_first),
        TEST(only_its_own_files_are_removed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
