#include "cache/cache.h"

#include "cache/entry.h"
#include "cache/folders.h"
#include "cache/hash.h"
#include "cache/inputs.h"
#include "cache/manifest.h"
#include "support/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct unit_cache {
    struct arena *arena;
    const char *folder;
    uint64_t max_bytes;
    XXH128_hash_t tool; /* the program, the models, and what libclang reads of the environment */
    bool has_parser, is_installed; /* as in the options */
    struct inputs inputs;
    struct include_parts parts;
};

const char *cache_default_folder(struct arena *arena)
{
    const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

    if (base != NULL && base[0] == '/')
        return arena_printf(arena, "%s/cuhostlint", base);
    if (home != NULL && home[0] == '/')
        return arena_printf(arena, "%s/.cache/cuhostlint", home);
    return NULL;
}

const char *cache_installed_folder(struct arena *arena)
{
    static const char *const places[] = {"cuhostlint-prefixes", CUHOSTLINT_LIBRARIES "/prefixes"};
    const char *program = file_real_path(arena, "/proc/self/exe");
    const char *slash = program != NULL ? strrchr(program, '/') : NULL;

    for (size_t i = 0; slash != NULL && i < sizeof places / sizeof *places; i++) {
        const char *folder =
            arena_printf(arena, "%.*s/%s", (int)(slash - program), program, places[i]);
        if (access(folder, R_OK) == 0)
            return folder;
    }
    return NULL;
}

uint64_t cache_max_bytes(const struct cache_options *options)
{
    return options->max_bytes != 0 ? options->max_bytes : (uint64_t)CACHE_DEFAULT_MIB << 20;
}

/* ---- keys ------------------------------------------------------------------------------- */

/* What cannot be read again, a pipe say, is another one each time. */
static void add_file(struct hasher hasher, const char *path)
{
    XXH128_hash_t hash = {0, 0};
    struct timespec now = {0};

    if (!hash_file(path, &hash))
        clock_gettime(CLOCK_REALTIME, &now);
    hash_add(hasher, &hash, sizeof hash);
    hash_add(hasher, &now, sizeof now);
}

/* What chooses the parser counts where it has not been loaded. */
static XXH128_hash_t hash_tool(const struct cache_options *options)
{
    static const char *const headers[] = {"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH"};
    static const char *const parsers[] = {"CUHOSTLINT_LIBCLANG", "CUHOSTLINT_RESOURCE_DIR",
                                          "LD_LIBRARY_PATH"};
    struct hasher hasher = hash_begin();
    const XXH128_hash_t program = hash_program();

    hash_add(hasher, &program, sizeof program);
    for (size_t i = 0; i < options->model_file_count; i++)
        add_file(hasher, options->model_files[i]);
    hash_add_text(hasher, options->parser);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        hash_add_text(hasher, getenv(headers[i]));
    for (size_t i = 0; options->parser == NULL && i < sizeof parsers / sizeof *parsers; i++)
        hash_add_text(hasher, getenv(parsers[i]));
    return hash_end(hasher);
}

struct unit_cache *cache_open(struct arena *arena, const struct cache_options *options)
{
    struct unit_cache *cache = arena_new_object(arena, struct unit_cache);

    cache->arena = arena;
    cache->folder = options->folder;
    cache->max_bytes = cache_max_bytes(options);
    cache->tool = hash_tool(options);
    cache->has_parser = options->parser != NULL;
    cache->is_installed = options->is_installed;
    inputs_init(&cache->inputs, arena);
    cache->parts.arena = arena;
    cache->parts.by_file.arena = arena;
    return cache;
}

struct cache_key cache_key_of(const struct unit_cache *cache, const struct source_unit *unit)
{
    struct hasher hasher = hash_begin();
    XXH128_canonical_t canonical;
    struct cache_key key;

    hash_add(hasher, &cache->tool, sizeof cache->tool);
    hash_add_text(hasher, unit->path);
    hash_add_text(hasher, unit->shown);
    hash_add_text(hasher, unit->directory);
    hash_add_text(hasher, unit->root);
    hash_add_number(hasher, unit->language);
    hash_add_number(hasher, unit->is_header);
    hash_add_text(hasher, unit->through);
    hash_add_number(hasher, unit->through_len);
    hash_add_number(hasher, unit->has_command);
    hash_add_number(hasher, unit->args.len);
    for (size_t i = 0; i < unit->args.len; i++)
        hash_add_text(hasher, unit->args.data[i]);
    hash_add_number(hasher, unit->cuda_includes.len);
    for (size_t i = 0; i < unit->cuda_includes.len; i++)
        hash_add_text(hasher, unit->cuda_includes.data[i]);
    hash_add_number(hasher, unit->text != NULL);
    hash_add(hasher, unit->text != NULL ? unit->text : "", unit->text_len);
    XXH128_canonicalFromHash(&canonical, hash_end(hasher));
    memcpy(key.bytes, canonical.digest, sizeof key.bytes);
    clock_gettime(CLOCK_REALTIME_COARSE, &key.since);
    return key;
}

static XXH128_hash_t hash_of_key(const struct cache_key *key)
{
    return XXH3_128bits(key->bytes, sizeof key->bytes);
}

/* Under what the unit itself is kept. */
static XXH128_hash_t hash_of_inputs(const struct cache_key *key, const input_list *inputs)
{
    struct hasher hasher = hash_begin();

    hash_add(hasher, key->bytes, sizeof key->bytes);
    for (size_t i = 0; i < inputs->len; i++) {
        const struct input *input = &inputs->data[i];

        hash_add_number(hasher, input->kind);
        hash_add_text(hasher, input->path);
        hash_add(hasher, &input->hash, sizeof input->hash);
    }
    return hash_end(hasher);
}

/* Not where a stamp is so young that a change could hide behind it. */
static void write_manifest(const struct unit_cache *cache, struct arena *arena,
                           const struct cache_key *key, const input_list *inputs)
{
    const char *path = entry_path(arena, cache->folder, hash_of_key(key), ".m");
    const unsigned char *bytes;
    size_t len;

    for (size_t i = 0; i < inputs->len; i++)
        if (!stamp_is_before(&inputs->data[i].stamp, key->since))
            return;
    bytes = manifest_write(arena, inputs, &len);
    entry_write(arena, path, bytes, len, cache->max_bytes);
}

/* ---- looking up -------------------------------------------------------------------------- */

/* A precompiled prefix is of no use to clang where a header has another time than it had, the same
 * contents or not; the user's cache will have a better one. */
static bool is_as_old(const struct input *input, const struct stamp *known)
{
    const int64_t second = 1000000000;

    return input->kind != INPUT_FILE ||
           input->stamp.modified_ns / second == known->modified_ns / second;
}

bool cache_find(struct unit_cache *cache, struct arena *arena, const struct cache_key *key,
                const struct source_unit *unit, const unsigned char **bytes, size_t *len)
{
    const char *manifest = entry_path(arena, cache->folder, hash_of_key(key), ".m");
    const char *path;
    const unsigned char *list;
    size_t list_len;
    input_list inputs = {0};
    bool is_touched = false;

    if (!entry_read(arena, manifest, &list, &list_len) ||
        !manifest_read(arena, list, list_len, &inputs))
        return false;
    for (size_t i = 0; i < inputs.len; i++) {
        const struct stamp known = inputs.data[i].stamp;

        inputs.data[i] = inputs_look(&cache->inputs, &inputs.data[i], unit);
        is_touched = is_touched || !stamp_equals(&known, &inputs.data[i].stamp);
        if (cache->is_installed && !is_as_old(&inputs.data[i], &known))
            return false;
    }
    path = entry_path(arena, cache->folder, hash_of_inputs(key, &inputs), ".u");
    if (!entry_read(arena, path, bytes, len))
        return false;
    if (cache->is_installed)
        return true;
    if (is_touched)
        write_manifest(cache, arena, key, &inputs);
    entry_touch(manifest);
    entry_touch(path);
    return true;
}

/* ---- storing ----------------------------------------------------------------------------- */

static bool add_inputs(struct unit_cache *cache, struct arena *arena, enum input_kind kind,
                       const path_list *paths, const struct cache_key *key,
                       const struct source_unit *unit, input_list *inputs)
{
    for (size_t i = 0; i < paths->len; i++) {
        struct input input;

        /* an editor's buffer is part of the key; its file is none of our business */
        if (kind == INPUT_FILE && unit->text != NULL && strcmp(paths->data[i], unit->path) == 0)
            continue;
        if (!inputs_settled(&cache->inputs, kind, paths->data[i], unit, key->since, &input))
            return false;
        vec_push(arena, inputs, input);
    }
    return true;
}

/* The parser's file, and the list of libraries that it was chosen from. */
static void list_libraries(struct arena *arena, const char *library, path_list *libraries)
{
    vec_push(arena, libraries, library);
    vec_push(arena, libraries, "/etc/ld.so.cache");
}

static bool list_inputs(struct unit_cache *cache, struct arena *arena, const struct cache_key *key,
                        const struct source_unit *unit, const path_list *files, const char *library,
                        input_list *inputs)
{
    path_list folders = {0}, compilers = {0}, libraries = {0}, trees = {0};

    if (!cache->has_parser)
        list_libraries(arena, library, &libraries);
    folders_searched(&cache->parts, arena, unit, files, &folders);
    folders_of_compilers(arena, files, &compilers);
    if (unit->guess_asked_tree)
        vec_push(arena, &trees, unit->root);
    return add_inputs(cache, arena, INPUT_FILE, files, key, unit, inputs) &&
           add_inputs(cache, arena, INPUT_IDENTITY, &libraries, key, unit, inputs) &&
           add_inputs(cache, arena, INPUT_FOLDER, &folders, key, unit, inputs) &&
           add_inputs(cache, arena, INPUT_VERSIONS, &compilers, key, unit, inputs) &&
           add_inputs(cache, arena, INPUT_TREE, &trees, key, unit, inputs);
}

static void list_files(struct arena *arena, const struct source_unit *unit,
                       const char *const *files, size_t file_count, path_list *list)
{
    struct map known = {.arena = arena};

    for (size_t i = 0; i < file_count + unit->guess_read.len; i++) {
        const char *path = i < file_count ? files[i] : unit->guess_read.data[i - file_count];

        if (map_get(&known, path) != MAP_NONE)
            continue;
        map_set(&known, path, 0);
        vec_push(arena, list, path);
    }
}

void cache_store(struct unit_cache *cache, const struct cache_key *key,
                 const struct source_unit *unit, const char *const *files, size_t file_count,
                 const char *library, const unsigned char *bytes, size_t len)
{
    struct arena *arena;
    path_list list = {0};
    input_list inputs = {0};

    if (cache->is_installed)
        return;
    arena = arena_new();
    list_files(arena, unit, files, file_count, &list);
    if (list_inputs(cache, arena, key, unit, &list, library, &inputs)) {
        XXH128_hash_t name = hash_of_inputs(key, &inputs);

        entry_write(arena, entry_path(arena, cache->folder, name, ".u"), bytes, len,
                    cache->max_bytes);
        write_manifest(cache, arena, key, &inputs);
    }
    arena_free(arena);
}
