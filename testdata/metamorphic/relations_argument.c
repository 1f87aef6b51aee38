/* Arguments and callees of the calls that the rules watch. */
#include "relation.h"

#include <string.h>

/* Take memory as `void *` and, some of them, its size. */
static const char *const watched[] = {
    "cudaHostRegister",
    "cudaHostUnregister",
    "cuMemHostRegister",
    "cuMemHostUnregister",
    "hipHostRegister",
    "hipHostUnregister",
    "cudaFreeHost",
    "cuMemFreeHost",
    "hipHostFree",
    "hipFreeHost",
    "free",
    "munmap",
};

static bool is_watched_call(const struct program *program, size_t token)
{
    const char *text = program->tokens.data[token].text;

    if (!token_is(program, token + 1, "(") || token_is(program, token - 1, ".") ||
        token_is(program, token - 1, "->") || token_is(program, token - 1, "::") ||
        program_function_at(program, token) == NONE)
        return false;
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        if (strcmp(text, watched[i]) == 0)
            return true;
    return false;
}

static bool is_register_call(const struct program *program, size_t token)
{
    return is_watched_call(program, token) &&
           strstr(program->tokens.data[token].text, "HostRegister") != NULL;
}

static void argument_as(const struct program *program, struct rewrite *rewrite, size_t number,
                        const char *before, const char *behind)
{
    for (size_t i = 1; i + 1 < program->tokens.len; i++) {
        struct arguments arguments;

        if (!is_watched_call(program, i) || (number > 0 && !is_register_call(program, i)))
            continue;
        relation_arguments(program, i + 1, &arguments);
        if (number >= arguments.count)
            continue;
        rewrite_site(rewrite);
        rewrite_wrap(rewrite, arguments.list[number], before, behind);
    }
}

static void cast(const struct program *program, struct rewrite *rewrite)
{
    argument_as(program, rewrite, 0, "(void *)(", ")");
}

static void cast_by_integer(const struct program *program, struct rewrite *rewrite)
{
    argument_as(program, rewrite, 0, "(void *)(__UINTPTR_TYPE__)(", ")");
}

static void by_bytes(const struct program *program, struct rewrite *rewrite)
{
    argument_as(program, rewrite, 0, "(char *)(void *)(", ") + 0");
}

static void of_first_element(const struct program *program, struct rewrite *rewrite)
{
    argument_as(program, rewrite, 0, "&((char *)(void *)(", "))[0]");
}

static void by_identity(const struct program *program, struct rewrite *rewrite)
{
    relation_prologue(program, rewrite,
                      "static inline void *meta_same(void *pointer) { return pointer; } ");
    argument_as(program, rewrite, 0, "meta_same((void *)(", "))");
}

static void chosen(const struct program *program, struct rewrite *rewrite)
{
    argument_as(program, rewrite, 0, "1 ? (void *)(", ") : (void *)0");
}

static void behind_comma(const struct program *program, struct rewrite *rewrite)
{
    argument_as(program, rewrite, 0, "((void)0, (void *)(", "))");
}

static void by_statement_expression(const struct program *program, struct rewrite *rewrite)
{
    argument_as(program, rewrite, 0, "({ void *meta_value = (void *)(", "); meta_value; })");
}

static void size_cast(const struct program *program, struct rewrite *rewrite)
{
    argument_as(program, rewrite, 1, "(__SIZE_TYPE__)(", ")");
}

static void size_plus_zero(const struct program *program, struct rewrite *rewrite)
{
    argument_as(program, rewrite, 1, "0 + (", ")");
}

static void size_times_one(const struct program *program, struct rewrite *rewrite)
{
    argument_as(program, rewrite, 1, "(", ") * 1");
}

static void size_by_identity(const struct program *program, struct rewrite *rewrite)
{
    relation_prologue(
        program, rewrite,
        "static inline __SIZE_TYPE__ meta_same(__SIZE_TYPE__ size) { return size; } ");
    argument_as(program, rewrite, 1, "meta_same(", ")");
}

static void callee_as(const struct program *program, struct rewrite *rewrite, const char *before,
                      const char *behind)
{
    for (size_t i = 1; i + 1 < program->tokens.len; i++) {
        if (!is_watched_call(program, i))
            continue;
        rewrite_site(rewrite);
        rewrite_wrap(rewrite, token_range(program, i, i), before, behind);
    }
}

static void callee_in_parentheses(const struct program *program, struct rewrite *rewrite)
{
    callee_as(program, rewrite, "(", ")");
}

static void callee_by_address(const struct program *program, struct rewrite *rewrite)
{
    callee_as(program, rewrite, "(&", ")");
}

static void callee_dereferenced(const struct program *program, struct rewrite *rewrite)
{
    callee_as(program, rewrite, "(*", ")");
}

static void callee_qualified(const struct program *program, struct rewrite *rewrite)
{
    if (program->is_cxx)
        callee_as(program, rewrite, "::", "");
}

static void callee_by_macro(const struct program *program, struct rewrite *rewrite)
{
    struct strbuf macros;

    strbuf_init(&macros, program->arena);
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        strbuf_addf(&macros, "\n#define META_%s %s", watched[i], watched[i]);
    strbuf_addc(&macros, '\n');
    relation_prologue(program, rewrite, macros.text);
    callee_as(program, rewrite, "META_", "");
}

/* ---- by variables in a block around the statement ---- */

/* Declares a variable of the argument, which stands between `before` and `behind`; `value` takes
 * its place in the call. The number NONE means the callee. */
static void by_variable(const struct program *program, struct rewrite *rewrite, size_t number,
                        const char *before, const char *behind, const char *value)
{
    for (size_t i = 0; i < program->statements.len; i++) {
        const struct statement *statement = &program->statements.data[i];
        size_t call = NONE;
        struct arguments arguments;
        struct range range;

        for (size_t token = statement->first; token < statement->last; token++)
            if (token > 0 && is_watched_call(program, token) &&
                (number != 1 || is_register_call(program, token)))
                call = call == NONE ? token : 0;
        if (statement->kind != STATEMENT_PLAIN || call == NONE || call == 0)
            continue;
        relation_arguments(program, call + 1, &arguments);
        if (number != NONE && number >= arguments.count)
            continue;
        range = number == NONE ? token_range(program, call, call) : arguments.list[number];
        rewrite_site(rewrite);
        rewrite_wrap(rewrite, statement_range(program, statement),
                     arena_printf(program->arena, "{ %s%.*s%s; ", before,
                                  (int)(range.to - range.from), program->text + range.from, behind),
                     " }");
        rewrite_replace(rewrite, range, value);
    }
}

static void pointer_by_variable(const struct program *program, struct rewrite *rewrite)
{
    by_variable(program, rewrite, 0, "void *meta_value = (void *)(", ")", "meta_value");
}

static void pointer_by_field(const struct program *program, struct rewrite *rewrite)
{
    by_variable(program, rewrite, 0, "struct { int kind; void *value; } meta_value = {0, (void *)(",
                ")}", "meta_value.value");
}

static void pointer_by_element(const struct program *program, struct rewrite *rewrite)
{
    by_variable(program, rewrite, 0, "void *meta_value[2]; meta_value[1] = (void *)(", ")",
                "meta_value[1]");
}

static void size_by_variable(const struct program *program, struct rewrite *rewrite)
{
    by_variable(program, rewrite, 1, "const __SIZE_TYPE__ meta_value = (", ")", "meta_value");
}

static void callee_by_variable(const struct program *program, struct rewrite *rewrite)
{
    if (program->is_cxx)
        by_variable(program, rewrite, NONE, "auto meta_value = ", "", "meta_value");
    else
        by_variable(program, rewrite, NONE, "__auto_type meta_value = &", "", "meta_value");
}

static void null_as(const struct program *program, struct rewrite *rewrite, const char *word,
                    const char *text)
{
    for (size_t i = 0; i < program->tokens.len; i++) {
        if (!token_is(program, i, word) || program_function_at(program, i) == NONE)
            continue;
        rewrite_site(rewrite);
        rewrite_replace(rewrite, token_range(program, i, i), text);
    }
}

static void null_as_zero(const struct program *program, struct rewrite *rewrite)
{
    null_as(program, rewrite, "nullptr", "0");
    null_as(program, rewrite, "NULL", program->is_cxx ? "nullptr" : "((void *)0)");
}

static const struct relation relations[] = {
    {.name = "pointer-cast", .apply = cast},
    {.name = "pointer-by-integer", .except = "size-mismatch", .apply = cast_by_integer},
    {.name = "pointer-by-bytes", .except = "size-mismatch", .apply = by_bytes},
    {.name = "pointer-of-first-element", .except = "size-mismatch", .apply = of_first_element},
    {.name = "pointer-by-identity", .except = "size-mismatch", .apply = by_identity},
    {.name = "pointer-chosen", .except = "size-mismatch", .apply = chosen},
    {.name = "pointer-behind-comma", .except = "size-mismatch", .apply = behind_comma},
    {.name = "pointer-by-statement-expression",
     .except = "size-mismatch",
     .apply = by_statement_expression},
    {.name = "size-cast", .apply = size_cast},
    {.name = "size-plus-zero", .except = "size-mismatch", .apply = size_plus_zero},
    {.name = "size-times-one", .except = "size-mismatch", .apply = size_times_one},
    {.name = "size-by-identity", .except = "size-mismatch", .apply = size_by_identity},
    {.name = "callee-in-parentheses", .apply = callee_in_parentheses},
    {.name = "callee-by-address", .apply = callee_by_address},
    {.name = "callee-dereferenced", .apply = callee_dereferenced},
    {.name = "callee-qualified", .apply = callee_qualified},
    {.name = "callee-by-macro", .apply = callee_by_macro},
    {.name = "pointer-by-variable", .apply = pointer_by_variable, .except = "size-mismatch"},
    {.name = "pointer-by-field", .apply = pointer_by_field, .except = "size-mismatch"},
    {.name = "pointer-by-element", .apply = pointer_by_element, .except = "size-mismatch"},
    {.name = "size-by-variable", .apply = size_by_variable, .except = "size-mismatch"},
    {.name = "callee-by-variable", .apply = callee_by_variable},
    {.name = "null-as-zero", .apply = null_as_zero},
};
const struct relation_table argument_relations = RELATIONS(relations);
