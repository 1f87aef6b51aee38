/* What an entry of the cache stands for: which changes make it another one. */
#include "cache/fixture.h"

#include <fcntl.h>
#include <unistd.h>

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
    testing_settle();
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
    testing_settle();
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
    testing_settle();
    cache = open_cache(scene);
    key = cache_key_of(cache, &scene->unit);
    cache_store(cache, &key, &scene->unit, files, 2, "/bin/sh", contents, sizeof contents);
    assert_true(find(scene));
    assert_int_equal(mkdir(arena_printf(scene->arena, "%s/gcc/x86_64-linux-gnu/13", gcc), 0700), 0);
    assert_false(find(scene));
}

int main(void)
{
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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
