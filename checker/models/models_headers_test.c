/* The CUDA models against the headers of a CUDA Toolkit: each declared function of the API has a
 * model, and takes as many arguments as the model says. Skipped where there is no toolkit. */
#include "models/model.h"
#include "support/identifier.h"
#include "support/map.h"
#include "support/strbuf.h"
#include "support/testing.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct world {
    struct model_set models;
    const char *toolkit; /* its include folder, or NULL */
    struct map declared; /* names that some header declares */
    size_t functions;
};

static const char *find_toolkit(struct arena *arena)
{
    const char *const homes[] = {getenv("CUDA_HOME"), getenv("CUDA_PATH"), "/usr/local/cuda",
                                 "/opt/cuda", "/usr"};
    for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
        if (!homes[i])
            continue;
        const char *include = arena_printf(arena, "%s/include", homes[i]);
        if (access(arena_printf(arena, "%s/cuda_runtime.h", include), R_OK) == 0)
            return include;
    }
    return NULL;
}

static int make_world(void **state)
{
    static struct world world;
    struct arena *arena = arena_new();
    world = (struct world){.models = {.arena = arena}, .declared = {.arena = arena}};
    world.toolkit = find_toolkit(arena);
    models_take_builtin(&world.models);
    models_index(&world.models);
    *state = &world;
    return 0;
}

static int drop_world(void **state)
{
    arena_free(((struct world *)*state)->models.arena);
    return 0;
}

/* A header as the C++ compiler sees it. */
static const char *preprocess(struct world *world, const char *header)
{
    struct arena *arena = world->models.arena;
    struct strbuf text;
    char block[65536];
    size_t len;
    FILE *pipe =
        popen(arena_printf(arena, "echo '#include <%s>' | c++ -x c++ -E -P -I'%s' - 2>/dev/null",
                           header, world->toolkit),
              "r");
    assert_non_null(pipe);
    strbuf_init(&text, arena);
    while ((len = fread(block, 1, sizeof block, pipe)) > 0)
        strbuf_add(&text, block, len);
    if (pclose(pipe) != 0)
        return NULL;
    return text.text;
}

/* The number of parameters in the list that begins at `open`, and of those without a default; NULL
 * or the closing parenthesis. */
static const char *count_parameters(const char *open, int *all, int *required)
{
    int depth = 0, defaults = 0;
    bool is_empty = true;
    *all = 0;
    for (const char *at = open; *at && *at != ';' && *at != '{'; at++) {
        if (strchr("([<", *at))
            depth++;
        else if (strchr(")]>", *at) && --depth == 0) {
            bool is_void = at - open >= 5 && strncmp(at - 4, "void", 4) == 0 && *all == 0;
            *all += is_empty || is_void ? 0 : 1;
            *required = *all - defaults;
            return at;
        } else if (depth == 1 && *at == ',')
            ++*all;
        else if (depth == 1 && *at == '=')
            defaults++;
        else if (!isspace((unsigned char)*at))
            is_empty = false;
    }
    return NULL;
}

/* A declaration, not a call: the name stands behind a type, the list before ';' or a body. */
static bool is_declaration(const char *text, const char *name, const char *close)
{
    const char *before = name - 1, *after = close + 1;
    while (before > text && isspace((unsigned char)*before))
        before--;
    if (!identifier_has(*before) && *before != '*')
        return false;
    if (before - text >= 5 && strncmp(before - 5, "return", 6) == 0)
        return false;
    while (isspace((unsigned char)*after))
        after++;
    return *after == ';' || *after == '{' || strncmp(after, "__attribute__", 13) == 0;
}

static void check_arity(struct world *world, const char *name, int count)
{
    const struct model_query query = {name, name, true, count, false};
    const struct model_function *function = models_find(&world->models, &query);
    if (!function)
        fail_msg("%s is declared with %d arguments; no model takes it so", name, count);
    if (!function->is_regex)
        map_set(&world->declared, function->name, 1);
    world->functions++;
}

static void check_header(struct world *world, const char *header, const char *prefix)
{
    const char *text = preprocess(world, header);
    if (!text)
        return; /* not in every toolkit */
    size_t prefix_len = strlen(prefix);
    for (const char *at = text; (at = strstr(at, prefix)) != NULL; at += prefix_len) {
        const char *end = at;
        while (identifier_has(*end))
            end++;
        int all, required;
        if (at == text || identifier_has(at[-1]) || !isupper((unsigned char)at[prefix_len]) ||
            *end != '(')
            continue;
        const char *close = count_parameters(end, &all, &required);
        if (!close || !is_declaration(text, at, close))
            continue;
        const char *name = arena_strndup(world->models.arena, at, (size_t)(end - at));
        check_arity(world, name, all);
        check_arity(world, name, required);
    }
}

/* Modelled names that newer toolkits have dropped. */
static bool is_gone(const char *name)
{
    static const char *const gone[] = {"cudaThreadExit", "cudaThreadSynchronize",
                                       "cudaConfigureCall", "cudaSetupArgument"};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        if (strcmp(gone[i], name) == 0)
            return true;
    return false;
}

static void test_headers(void **state)
{
    struct world *world = *state;
    if (!world->toolkit)
        skip();
    check_header(world, "cuda_runtime.h", "cuda");
    check_header(world, "cuda_profiler_api.h", "cuda");
    check_header(world, "cuda.h", "cu");
    check_header(world, "cudaProfiler.h", "cu");
    assert_true(world->functions > 500);
    for (size_t i = 0; i < world->models.functions.len; i++) {
        const struct model_function *f = &world->models.functions.data[i];
        bool is_cuda = f->api == MODEL_API_RUNTIME || f->api == MODEL_API_DRIVER;
        if (is_cuda && strncmp(f->name, "cu", 2) == 0 && !f->is_regex && !is_gone(f->name) &&
            map_get(&world->declared, f->name) == MAP_NONE)
            fail_msg("%s is modelled and no header declares it", f->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_headers)};
    return cmocka_run_group_tests(tests, make_world, drop_world);
}
