/* --precompile: what CUDA and HIP sources begin with (lower/parse/prefix.h) is parsed when the
 * program is built or installed, so that the first run finds it as later runs find it in the user's
 * cache.
 *
 * The folder is laid out as that cache is, and each look-up is proven in the same way: an entry is
 * for this build of the program and of libclang, for these arguments, and for headers of these
 * contents in these folders. Whatever does not hold (another libclang, a newer GCC, a header more
 * in /usr/include, a damaged file) is as if the entry were not there. The folder may be moved with
 * the program, and be read-only. */
#include "cache/cache.h"
#include "cli/cli.h"
#include "lower/lower.h"
#include "models/model.h"
#include "source/source.h"
#include "support/scratch.h"

#include <string.h>

struct usual {
    const char *path, *text;
};

/* Nothing but what the text speaks of is declared (source/commands/parse_args.c), so that there are
 * several sets of arguments. Of 76 sources in CUDA that pin memory, taken from public projects,
 * nine in ten have one of these. */
static const struct usual usuals[] = {
    {"/cuhostlint/usual.cu", "auto *a = cudaFree;"},
    {"/cuhostlint/usual.cu", "auto *a = cudaFree; auto *b = &cuInit;"},
    {"/cuhostlint/usual.cu", "auto *a = cudaFree; int b = min(1, 2);"},
    {"/cuhostlint/usual.cu", "auto *a = cudaFree; double b = sqrt(2.0);"},
    {"/cuhostlint/usual.cu", "auto *a = cudaFree; double b = sqrt(min(1.0, 2.0));"},
    {"/cuhostlint/usual.cu", "auto *a = cudaFree; auto *b = &cuInit; int c = min(1, 2);"},
    {"/cuhostlint/usual.hip", "auto *a = hipFree;"},
};
enum { USUAL_COUNT = sizeof usuals / sizeof *usuals };

struct maker {
    struct arena *arena;
    struct lower_session *session;
    struct model_set models;
    struct unit_cache *cache; /* the folder */
    struct cache_key key;     /* of the prefix that is made */
    size_t made;
};

/* Empty: it is wanted, and not there yet. */
static bool find_none(void *context, struct arena *arena, const struct source_unit *unit,
                      const unsigned char **bytes, size_t *len)
{
    struct maker *maker = context;

    (void)arena;
    maker->key = cache_key_of(maker->cache, unit);
    *bytes = NULL;
    *len = 0;
    return true;
}

static void keep(void *context, const struct source_unit *unit, const lower_files *files,
                 const unsigned char *bytes, size_t len)
{
    struct maker *maker = context;
    struct arena *scratch = arena_new();
    const unsigned char *kept;
    size_t kept_len;

    cache_store(maker->cache, &maker->key, unit, files->data, files->len, NULL, bytes, len);
    maker->made += cache_find(maker->cache, scratch, &maker->key, unit, &kept, &kept_len);
    arena_free(scratch);
}

/* With no arguments behind "--": those of a source without a command. */
static void make(struct maker *maker, const struct usual *usual)
{
    const struct source_request request = {
        .has_compiler_args = true,
        .stdin_path = usual->path,
        .stdin_text = usual->text,
        .stdin_len = strlen(usual->text),
    };
    struct source_list list = {0};
    struct ir_unit *unit;

    source_find(maker->arena, &request, &list);
    for (size_t i = 0; i < list.units.len; i++)
        (void)lower_unit(maker->session, maker->arena, &list.units.data[i], &maker->models, &unit);
}

static const struct error *open_maker(struct arena *arena, const char *folder, struct maker *maker)
{
    const struct prefix_memory memory = {maker, scratch_name(arena), find_none, keep};
    struct cache_options options = {.folder = folder};
    const struct error *error;

    *maker = (struct maker){.arena = arena, .models = {.arena = arena}};
    error = lower_open(arena, &maker->session);
    if (error != NULL)
        return error;
    options.parser = lower_parser(maker->session);
    if (options.parser == NULL)
        return error_new(arena, ERROR_USAGE,
                         "nothing tells this libclang from another build of it");
    maker->cache = cache_open(arena, &options);
    lower_keep_prefixes(maker->session, arena, &memory);
    models_take_builtin(&maker->models);
    models_index(&maker->models);
    return NULL;
}

enum exit_status cmd_precompile(struct arena *arena, const struct options *options)
{
    struct maker maker;
    const struct error *error = open_maker(arena, options->precompile, &maker);

    if (error != NULL)
        return cli_error(error);
    for (size_t i = 0; i < USUAL_COUNT; i++)
        make(&maker, &usuals[i]);
    lower_close(maker.session);
    if (maker.made == USUAL_COUNT)
        return EXIT_CLEAN;
    return cli_error(error_new(arena, ERROR_USAGE,
                               "%zu of %d precompiled beginnings could be written to '%s'",
                               maker.made, USUAL_COUNT, options->precompile));
}
