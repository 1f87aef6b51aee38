#include "cache/cache.h"
#include "cache/entry.h"
#include "cache/trim.h"
#include "support/file.h"
#include "support/testing.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A project with one unit, and a cache beside it. */
struct scene {
    struct arena *arena;
    const char *folder;
    const char *source, *header, *cache;
    struct source_unit unit;
    const char *files[2];
};

static const unsigned char contents[] = "what the lowering made of it";

static void put(const struct scene *scene, const char *path, const char *text)
{
    assert_null(file_replace(scene->arena, path, text, strlen(text)));
}

/* Until the file system's clock has moved on: what was just written is not remembered. */
static void settle(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
}

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);

    assert_non_null(scene);
    scene->arena = arena_new();
    scene->folder = testing_folder(scene->arena);
    scene->source = arena_printf(scene->arena, "%s/a.cu", scene->folder);
    scene->header = arena_printf(scene->arena, "%s/include/a.h", scene->folder);
    scene->cache = arena_printf(scene->arena, "%s/deep/cache", scene->folder);
    assert_int_equal(mkdir(arena_printf(scene->arena, "%s/include", scene->folder), 0700), 0);
    assert_int_equal(mkdir(arena_printf(scene->arena, "%s/deep", scene->folder), 0700), 0);
    put(scene, scene->source, "#include \"a.h\"\n#include \"sub/b.h\"\n");
    put(scene, scene->header, "int a;\n");
    scene->unit = (struct source_unit){
        .path = scene->source,
        .shown = "a.cu",
        .directory = scene->folder,
        .root = scene->folder,
        .language = SOURCE_CUDA,
        .has_command = true,
    };
    vec_push(scene->arena, &scene->unit.args,
             arena_printf(scene->arena, "-I%s/first", scene->folder));
    vec_push(scene->arena, &scene->unit.args,
             arena_printf(scene->arena, "-I%s/include", scene->folder));
    scene->files[0] = scene->source;
    scene->files[1] = scene->header;
    *state = scene;
    settle();
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    int status = testing_remove(scene->arena, scene->folder);
    arena_free(scene->arena);
    free(scene);
    return status;
}

static struct unit_cache *open_cache(const struct scene *scene)
{
    return cache_open(scene->arena, &(struct cache_options){.folder = scene->cache});
}

static void store(const struct scene *scene)
{
    struct unit_cache *cache = open_cache(scene);
    const struct cache_key key = cache_key_of(cache, &scene->unit);

    cache_store(cache, &key, &scene->unit, scene->files, 2, "/bin/sh", contents, sizeof contents);
}

/* What is found is right, whatever else happens. */
static bool find(const struct scene *scene)
{
    struct unit_cache *cache = open_cache(scene);
    const struct cache_key key = cache_key_of(cache, &scene->unit);
    const unsigned char *bytes;
    size_t len;

    if (!cache_find(cache, scene->arena, &key, &scene->unit, &bytes, &len))
        return false;
    assert_int_equal(len, sizeof contents);
    assert_memory_equal(bytes, contents, sizeof contents);
    return true;
}

/* ---- what invalidates --------------------------------------------------------------------- */

static void unchanged_is_found(void **state)
{
    const struct scene *scene = *state;

    assert_false(find(scene));
    store(scene);
    assert_true(find(scene));
    assert_true(find(scene));
}

static void changed_contents_are_seen(void **state)
{
    const struct scene *scene = *state;

    store(scene);
    put(scene, scene->header, "int b;\n"); /* as long as before */
    assert_false(find(scene));
    put(scene, scene->header, "int a;\n");
    assert_true(find(scene));
    assert_int_equal(unlink(scene->header), 0);
    assert_false(find(scene));
}

static void new_stamps_alone_change_nothing(void **state)
{
    const struct scene *scene = *state;

    store(scene);
    put(scene, scene->source, "#include \"a.h\"\n#include \"sub/b.h\"\n");
    assert_true(find(scene));
    settle();
    assert_true(find(scene)); /* writes the new stamps down */
    assert_true(find(scene));
}

static void headers_that_come_before_are_seen(void **state)
{
    const struct scene *scene = *state;
    const char *first = arena_printf(scene->arena, "%s/first", scene->folder);
    const char *sub = arena_printf(scene->arena, "%s/include/sub", scene->folder);

    store(scene);
    assert_int_equal(mkdir(first, 0700), 0);
    put(scene, arena_printf(scene->arena, "%s/a.h", first), "int c;\n");
    assert_false(find(scene));
    settle();
    store(scene);
    assert_true(find(scene));
    assert_int_equal(mkdir(sub, 0700), 0); /* "sub/b.h" was missing */
    put(scene, arena_printf(scene->arena, "%s/b.h", sub), "int d;\n");
    assert_false(find(scene));
}

static void outputs_in_a_folder_do_not_matter(void **state)
{
    const struct scene *scene = *state;

    store(scene);
    put(scene, arena_printf(scene->arena, "%s/a.o", scene->folder), "object");
    assert_true(find(scene));
}

static void arguments_and_models_are_part_of_the_key(void **state)
{
    struct scene *scene = *state;
    const struct source_unit plain = scene->unit;
    const char *model = arena_printf(scene->arena, "%s/.cuhostlint", scene->folder);
    const struct cache_options options = {
        .folder = scene->cache, .model_files = &model, .model_file_count = 1};
    struct unit_cache *cache;
    struct cache_key before, after;

    store(scene);
    vec_push(scene->arena, &scene->unit.args, "-DX");
    assert_false(find(scene));
    scene->unit = plain;
    scene->unit.text = "int from_an_editor;";
    scene->unit.text_len = strlen(scene->unit.text);
    assert_false(find(scene));
    scene->unit = plain;
    assert_true(find(scene));

    put(scene, model, "rules: all\n");
    cache = cache_open(scene->arena, &options);
    before = cache_key_of(cache, &scene->unit);
    put(scene, model, "rules: none\n");
    cache = cache_open(scene->arena, &options);
    after = cache_key_of(cache, &scene->unit);
    assert_memory_not_equal(before.bytes, after.bytes, sizeof before.bytes);
}

/* --config <(...): whoever read the settings has emptied the pipe. */
static void models_that_cannot_be_read_again_are_others_each_time(void **state)
{
    const struct scene *scene = *state;
    const char *const paths[] = {arena_printf(scene->arena, "%s/pipe", scene->folder),
                                 arena_printf(scene->arena, "%s/zero", scene->folder)};

    assert_int_equal(mkfifo(paths[0], 0600), 0);
    assert_int_equal(symlink("/dev/zero", paths[1]), 0);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const struct cache_options options = {
            .folder = scene->cache, .model_files = &paths[i], .model_file_count = 1};
        const struct cache_key one = cache_key_of(cache_open(scene->arena, &options), &scene->unit);
        const struct cache_key other =
            cache_key_of(cache_open(scene->arena, &options), &scene->unit);

        assert_memory_not_equal(one.bytes, other.bytes, sizeof one.bytes);
    }
}

static void files_changed_during_the_parse_are_not_remembered(void **state)
{
    const struct scene *scene = *state;
    struct unit_cache *cache = open_cache(scene);
    const struct cache_key key = cache_key_of(cache, &scene->unit);

    put(scene, scene->header, "int b;\n");
    cache_store(cache, &key, &scene->unit, scene->files, 2, "/bin/sh", contents, sizeof contents);
    assert_false(find(scene));
}

/* ---- of the installation ------------------------------------------------------------------- */

static bool find_with(const struct scene *scene, const struct cache_options *options)
{
    struct unit_cache *cache = cache_open(scene->arena, options);
    const struct cache_key key = cache_key_of(cache, &scene->unit);
    const unsigned char *bytes;
    size_t len;

    return cache_find(cache, scene->arena, &key, &scene->unit, &bytes, &len);
}

static void store_with(const struct scene *scene, const struct cache_options *options)
{
    struct unit_cache *cache = cache_open(scene->arena, options);
    const struct cache_key key = cache_key_of(cache, &scene->unit);

    cache_store(cache, &key, &scene->unit, scene->files, 2, NULL, contents, sizeof contents);
}

static void a_known_parser_stands_for_its_file(void **state)
{
    const struct scene *scene = *state;
    const struct cache_options one = {.folder = scene->cache, .parser = "clang 19 0123"},
                               other = {.folder = scene->cache, .parser = "clang 19 4567"};

    store_with(scene, &one);
    assert_true(find_with(scene, &one));
    assert_false(find_with(scene, &other));
    assert_false(find(scene));
    assert_int_equal(setenv("LD_LIBRARY_PATH", scene->folder, 1), 0);
    assert_true(find_with(scene, &one));
    assert_int_equal(unsetenv("LD_LIBRARY_PATH"), 0);
    assert_int_equal(setenv("CPATH", scene->folder, 1), 0);
    assert_false(find_with(scene, &one));
    assert_int_equal(unsetenv("CPATH"), 0);
}

static void an_installation_is_not_changed(void **state)
{
    const struct scene *scene = *state;
    const struct cache_options making = {.folder = scene->cache, .parser = "clang 19 0123"},
                               installed = {.folder = scene->cache,
                                            .parser = "clang 19 0123",
                                            .is_installed = true};
    const struct timespec other_time[2] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};

    store_with(scene, &installed);
    assert_int_not_equal(access(scene->cache, F_OK), 0);
    store_with(scene, &making);
    assert_true(find_with(scene, &installed));
    assert_int_equal(utimensat(AT_FDCWD, scene->header, other_time, 0), 0);
    assert_false(find_with(scene, &installed)); /* clang would not take it */
    assert_true(find_with(scene, &making));
}

static void a_newer_gcc_is_seen(void **state)
{
    const struct scene *scene = *state;
    const char *gcc = arena_printf(scene->arena, "%s/lib", scene->folder);
    const char *const below[] = {"/gcc", "/gcc/x86_64-linux-gnu", "/gcc/x86_64-linux-gnu/12"};
    struct unit_cache *cache;
    struct cache_key key;

    assert_int_equal(mkdir(gcc, 0700), 0);
    for (size_t i = 0; i < sizeof below / sizeof *below; i++)
        assert_int_equal(mkdir(arena_printf(scene->arena, "%s%s", gcc, below[i]), 0700), 0);
    const char *const files[] = {
        scene->source,
        arena_printf(scene->arena, "%s/gcc/x86_64-linux-gnu/12/../../../../include/a.h", gcc)};
    settle();
    cache = open_cache(scene);
    key = cache_key_of(cache, &scene->unit);
    cache_store(cache, &key, &scene->unit, files, 2, "/bin/sh", contents, sizeof contents);
    assert_true(find(scene));
    assert_int_equal(mkdir(arena_printf(scene->arena, "%s/gcc/x86_64-linux-gnu/13", gcc), 0700), 0);
    assert_false(find(scene));
}

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
    settle();
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
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(unchanged_is_found),
        TEST(changed_contents_are_seen),
        TEST(new_stamps_alone_change_nothing),
        TEST(headers_that_come_before_are_seen),
        TEST(outputs_in_a_folder_do_not_matter),
        TEST(arguments_and_models_are_part_of_the_key),
        TEST(models_that_cannot_be_read_again_are_others_each_time),
        TEST(files_changed_during_the_parse_are_not_remembered),
        TEST(a_known_parser_stands_for_its_file),
        TEST(an_installation_is_not_changed),
        TEST(a_newer_gcc_is_seen),
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
