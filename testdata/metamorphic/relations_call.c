/* Calls: the callee's body where it is called. */
#include "relation.h"

#include <string.h>

/* The parameter's declaration without its name; empty where the name is not its last token. */
static struct range type_of_parameter(const struct program *program, struct range parameter)
{
    const size_t name = program_token_at(program, parameter.to) - 1;
    const struct range at = program->tokens.data[name].range;

    if (program->tokens.data[name].kind != CXToken_Identifier || at.to != parameter.to)
        return (struct range){0, 0};
    return (struct range){parameter.from, at.from};
}

static bool is_called_inside(const struct function *function)
{
    for (size_t i = 0; i < function->uses.len; i++)
        if (function->uses.data[i] > function->open && function->uses.data[i] < function->close)
            return true;
    return false;
}

/* Its body may stand elsewhere: it is left at its end alone, and nothing in it is there once.
 * (Where it throws, a scope would end in another line.) */
static bool can_be_inlined(const struct program *program, const struct function *function)
{
    static const char *const words[] = {"return", "throw", "static", "goto", "__func__", NULL};
    static const char *const heads[] = {"[",    "&",          "&&",         "=", "...",
                                        "auto", "__global__", "__device__", NULL};

    return function->is_plain && !function->is_opaque && !function->has_directives &&
           strcmp(function->result, "void") == 0 && !is_called_inside(function) &&
           !relation_mentions(program, function->open, function->close, words) &&
           !relation_mentions(program, function->first, function->open, heads);
}

/* The statement that is nothing but this call of a function; or NULL. */
static const struct statement *statement_of(const struct program *program, size_t name)
{
    for (size_t i = 0; i < program->statements.len; i++) {
        const struct statement *statement = &program->statements.data[i];

        if (statement->first == name && statement->kind == STATEMENT_PLAIN &&
            name + 2 < statement->last && token_is(program, name + 1, "(") &&
            program->tokens.data[name + 1].mate == statement->last - 1)
            return statement;
    }
    return NULL;
}

/* { T meta_1 = argument; { T parameter = meta_1; body } }: an argument may name what the body's
 * parameter hides. */
static bool write_inlined(const struct program *program, const struct function *function,
                          size_t open, struct strbuf *text, struct range *parts, size_t *count)
{
    struct arguments given, wanted;
    struct strbuf inner;

    relation_arguments(program, open, &given);
    relation_arguments(program, function->parameters, &wanted);
    if (wanted.count == 1 && function->parameter_names.len == 0)
        wanted.count = 0; /* (void) */
    if (given.count != wanted.count || wanted.count != function->parameter_names.len)
        return false;
    strbuf_init(&inner, program->arena);
    strbuf_adds(text, "{ ");
    for (*count = 0; *count < given.count; ++*count) {
        const struct range whole = wanted.list[*count], type = type_of_parameter(program, whole);
        const size_t number = *count + 1;

        if (type.to == type.from)
            return false;
        parts[*count] = given.list[*count];
        strbuf_addf(text, "%.*s meta_%zu = $%zu; ", (int)(type.to - type.from),
                    program->text + type.from, number, number);
        strbuf_addf(&inner, "%.*s = meta_%zu; ", (int)(whole.to - whole.from),
                    program->text + whole.from, number);
    }
    parts[(*count)++] = token_range(program, function->open, function->close);
    strbuf_addf(text, "{ %s$%zu } }", inner.len ? inner.text : "", *count);
    return true;
}

struct inlined {
    const struct statement *statement;
    const char *text;
    struct range parts[9];
    size_t count;
};

/* False: one of its calls is more than that, so that the function has to stay. */
static bool inline_all(const struct program *program, const struct function *function,
                       struct inlined *calls)
{
    for (size_t i = 0; i < function->uses.len; i++) {
        const size_t name = function->uses.data[i];
        struct strbuf text;

        strbuf_init(&text, program->arena);
        calls[i].statement = statement_of(program, name);
        if (calls[i].statement == NULL ||
            !write_inlined(program, function, name + 1, &text, calls[i].parts, &calls[i].count))
            return false;
        calls[i].text = text.text;
    }
    return function->uses.len > 0;
}

/* A function that nobody calls would be one that anybody may call. */
static void calls_inlined(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->functions.len; i++) {
        const struct function *function = &program->functions.data[i];
        struct inlined *calls = arena_new_array(program->arena, function->uses.len, struct inlined);

        if (!function->is_static || !can_be_inlined(program, function) ||
            !inline_all(program, function, calls))
            continue;
        rewrite_site(rewrite);
        rewrite_replace(rewrite, token_range(program, function->first, function->close), "");
        for (size_t j = 0; j < function->uses.len; j++)
            rewrite_template(rewrite, statement_range(program, calls[j].statement), calls[j].text,
                             calls[j].parts, calls[j].count);
    }
}

static const struct relation relations[] = {
    {.name = "calls-inlined", .apply = calls_inlined, .moves_functions = true},
};
const struct relation_table call_relations = RELATIONS(relations);
