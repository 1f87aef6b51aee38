/* What the tests of the cache share: a project with one unit, and a cache beside it. */
#ifndef CUHOSTLINT_CACHE_FIXTURE_H
#define CUHOSTLINT_CACHE_FIXTURE_H

#include "cache/cache.h"
#include "support/file.h"
#include "support/testing.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

struct scene {
    struct arena *arena;
    const char *folder;
    const char *source, *header, *cache;
    struct source_unit unit;
    const char *files[2];
};

static const unsigned char contents[] = "what the lowering made of it";

static inline void put(const struct scene *scene, const char *path, const char *text)
{
    assert_null(file_replace(scene->arena, path, text, strlen(text)));
}

static inline int set_up(void **state)
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
    testing_settle();
    return 0;
}

static inline int tear_down(void **state)
{
    struct scene *scene = *state;
    int status = testing_remove(scene->arena, scene->folder);
    arena_free(scene->arena);
    free(scene);
    return status;
}

static inline struct unit_cache *open_cache(const struct scene *scene)
{
    return cache_open(scene->arena, &(struct cache_options){.folder = scene->cache});
}

static inline void store(const struct scene *scene)
{
    struct unit_cache *cache = open_cache(scene);
    const struct cache_key key = cache_key_of(cache, &scene->unit);

    cache_store(cache, &key, &scene->unit, scene->files, 2, "/bin/sh", contents, sizeof contents);
}

/* What is found is right, whatever else happens. */
static inline bool find(const struct scene *scene)
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

static inline bool find_with(const struct scene *scene, const struct cache_options *options)
{
    struct unit_cache *cache = cache_open(scene->arena, options);
    const struct cache_key key = cache_key_of(cache, &scene->unit);
    const unsigned char *bytes;
    size_t len;

    return cache_find(cache, scene->arena, &key, &scene->unit, &bytes, &len);
}

static inline void store_with(const struct scene *scene, const struct cache_options *options)
{
    struct unit_cache *cache = cache_open(scene->arena, options);
    const struct cache_key key = cache_key_of(cache, &scene->unit);

    cache_store(cache, &key, &scene->unit, scene->files, 2, NULL, contents, sizeof contents);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
