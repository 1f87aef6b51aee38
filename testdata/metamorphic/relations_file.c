/* Names, and the file as a whole. */
#include "relation.h"

#include <ctype.h>
#include <string.h>

static bool is_in(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void rename_in(const struct program *program, struct rewrite *rewrite,
                      const struct token *tokens, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(tokens[i].text, name) == 0)
            rewrite_replace(rewrite, tokens[i].range,
                            arena_printf(program->arena, "%s_of_meta", name));
}

static void renamed(const struct program *program, struct rewrite *rewrite)
{
    const char *const *own = program->own_names.data;

    for (size_t i = 0; i < program->own_names.len; i++) {
        const char *name = own[i];

        if (is_in(own, i, name) || strcmp(name, "main") == 0 || strcmp(name, "operator") == 0 ||
            (!isalpha((unsigned char)name[0]) && name[0] != '_') ||
            is_in(program->foreign_names.data, program->foreign_names.len, name))
            continue;
        rewrite_site(rewrite);
        rename_in(program, rewrite, program->tokens.data, program->tokens.len, name);
        rename_in(program, rewrite, program->directives.data, program->directives.len, name);
    }
}

static const struct function *main_function(const struct program *program)
{
    for (size_t i = 0; i < program->functions.len; i++)
        if (strcmp(program->functions.data[i].name, "main") == 0)
            return &program->functions.data[i];
    return NULL;
}

static void in_namespace(const struct program *program, struct rewrite *rewrite)
{
    const struct function *last = main_function(program);
    size_t end = last != NULL ? program->tokens.data[last->first].range.from : program->len;

    if (!program->is_cxx || program->tokens.len == 0)
        return;
    rewrite_site(rewrite);
    rewrite_insert(rewrite, program->prologue, "namespace meta { namespace inner { ");
    if (last != NULL)
        rewrite_insert(rewrite, end, "} } using namespace meta::inner; ");
    else
        rewrite_replace(rewrite, (struct range){end - 1, end}, "\n} }\n");
}

static void in_extern_c(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; program->is_cxx && i < program->functions.len; i++) {
        const struct function *function = &program->functions.data[i];

        if (!function->is_plain || function->is_static)
            continue;
        rewrite_site(rewrite);
        rewrite_wrap(rewrite, token_range(program, function->first, function->close),
                     "extern \"C\" { ", " }");
    }
}

/* What C++ wants and C does not: the casts of what malloc and its like give. */
static void as_cxx(const struct program *program, struct rewrite *rewrite)
{
    if (program->language != SOURCE_C)
        return;
    rewrite_site(rewrite);
    rewrite_insert(rewrite, program->prologue, " ");
    for (size_t i = 0; i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];

        if (!variable->is_pointer || variable->value_first == NONE ||
            strpbrk(variable->type, "([") != NULL)
            continue;
        rewrite_insert(rewrite, program->tokens.data[variable->value_first].range.from,
                       arena_printf(program->arena, "(%s)", variable->type));
    }
    for (size_t i = 0; i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];

        for (size_t j = 0; variable->is_pointer && j < variable->uses.len; j++)
            if (token_is(program, variable->uses.data[j] + 1, "=") &&
                !token_is(program, variable->uses.data[j] - 1, "*") &&
                strpbrk(variable->type, "([") == NULL)
                rewrite_insert(rewrite, program->tokens.data[variable->uses.data[j] + 1].range.to,
                               arena_printf(program->arena, "(%s)", variable->type));
    }
}

static void as_it_is(const struct program *program, struct rewrite *rewrite)
{
    if (!program->is_cxx)
        return;
    rewrite_site(rewrite);
    rewrite_insert(rewrite, program->prologue, " ");
}

/* The runtime's names as HIP has them. */
static const char *hip_name(const struct program *program, const char *name)
{
    static const char *const other[][2] = {
        {"cudaMallocHost", "hipHostMalloc"},
        {"cudaHostAlloc", "hipHostMalloc"},
        {"cudaFreeHost", "hipHostFree"},
        {"cudaHostAllocDefault", "hipHostMallocDefault"},
        {"cudaHostAllocPortable", "hipHostMallocPortable"},
        {"cudaHostAllocMapped", "hipHostMallocMapped"},
    };

    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (strcmp(name, other[i][0]) == 0)
            return other[i][1];
    if (strncmp(name, "cuda", 4) == 0 && isupper((unsigned char)name[4]))
        return arena_printf(program->arena, "hip%s", name + 4);
    return NULL;
}

static void rename_to_hip(const struct program *program, struct rewrite *rewrite,
                          const struct token *tokens, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *name = hip_name(program, tokens[i].text);

        if (name != NULL)
            rewrite_replace(rewrite, tokens[i].range, name);
        else if (strcmp(tokens[i].text, "cuda_runtime") == 0 ||
                 strcmp(tokens[i].text, "cuda_runtime_api") == 0)
            rewrite_replace(rewrite, tokens[i].range, "hip/hip_runtime");
    }
}

static void as_hip(const struct program *program, struct rewrite *rewrite)
{
    const char *const own_api[] = {"cuMem", "hipHost", NULL};

    for (size_t i = 0; i < program->tokens.len; i++)
        for (size_t j = 0; own_api[j] != NULL; j++)
            if (strncmp(program->tokens.data[i].text, own_api[j], strlen(own_api[j])) == 0)
                return;
    rewrite_site(rewrite);
    rename_to_hip(program, rewrite, program->tokens.data, program->tokens.len);
    rename_to_hip(program, rewrite, program->directives.data, program->directives.len);
}

static void status_of_an_alias_type(const struct program *program, struct rewrite *rewrite)
{
    static const char *const types[] = {"cudaError_t", "CUresult", "hipError_t"};

    for (size_t type = 0; type < 3; type++) {
        bool is_used = false;

        for (size_t i = 0; i < program->tokens.len; i++)
            is_used |= token_is(program, i, types[type]);
        if (!is_used)
            continue;
        relation_prologue(
            program, rewrite,
            arena_printf(program->arena, "typedef %s meta_%s; ", types[type], types[type]));
        for (size_t i = 0; i < program->tokens.len; i++) {
            if (!token_is(program, i, types[type]))
                continue;
            rewrite_site(rewrite);
            rewrite_replace(rewrite, token_range(program, i, i),
                            arena_printf(program->arena, "meta_%s", types[type]));
        }
    }
}

static const struct relation relations[] = {
    {.name = "renamed", .apply = renamed, .moves_functions = true},
    {.name = "in-namespace", .apply = in_namespace, .moves_functions = true},
    {.name = "in-extern-c", .apply = in_extern_c},
    {.name = "c-as-cxx", .apply = as_cxx, .ending = ".meta.cpp"},
    {.name = "c-as-cuda", .apply = as_cxx, .ending = ".meta.cu"},
    {.name = "cxx-as-cuda", .apply = as_it_is, .ending = ".meta.cu"},
    {.name = "as-hip", .apply = as_hip, .ending = ".meta.hip"},
    {.name = "status-of-an-alias-type", .apply = status_of_an_alias_type},
};
const struct relation_table file_relations = RELATIONS(relations);
