/* Functions: their bodies, parameters, results, and pieces of them elsewhere. */
#include "relation.h"

#include <string.h>

static bool is_kernel(const struct program *program, const struct function *function)
{
    return tokens_have(program, function->first, function->open, "__global__") ||
           tokens_have(program, function->first, function->open, "__device__");
}

static bool is_main(const struct function *function)
{
    return strcmp(function->name, "main") == 0;
}

static bool returns_nothing(const struct function *function)
{
    return strcmp(function->result, "void") == 0;
}

static void unused_parameter(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->functions.len; i++) {
        const struct function *function = &program->functions.data[i];
        bool is_called_only = function->is_plain && !function->is_opaque && !is_main(function) &&
                              !is_kernel(program, function) && function->uses.len > 0;
        size_t parameters = function->parameters, close = program->tokens.data[parameters].mate;
        bool is_empty = close == parameters + 1 ||
                        (close == parameters + 2 && token_is(program, parameters + 1, "void"));

        for (size_t j = 0; j < function->uses.len; j++)
            is_called_only &= token_is(program, function->uses.data[j] + 1, "(");
        if (!is_called_only)
            continue;
        rewrite_site(rewrite);
        if (is_empty)
            rewrite_replace(rewrite, token_range(program, parameters, close), "(int meta_unused)");
        else
            rewrite_insert(rewrite, program->tokens.data[parameters].range.to, "int meta_unused, ");
        for (size_t j = 0; j < function->uses.len; j++)
            rewrite_insert(rewrite, program->tokens.data[function->uses.data[j] + 1].range.to,
                           is_empty ? "0" : "0, ");
    }
}

static bool has_named_parameters(const struct function *function)
{
    for (size_t i = 0; i < function->parameter_names.len; i++)
        if (function->parameter_names.data[i][0] == '\0')
            return false;
    return true;
}

static void body_outlined(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->functions.len; i++) {
        const struct function *function = &program->functions.data[i];
        struct strbuf wrapper;

        if (!function->is_plain || is_main(function) || is_kernel(program, function) ||
            function->first == function->name_token || !has_named_parameters(function))
            continue;
        const struct range parts[] = {
            token_range(program, function->first, function->name_token - 1),
            token_range(program, function->parameters,
                        program->tokens.data[function->parameters].mate)};
        const size_t end = program->tokens.data[function->close].range.to;

        strbuf_init(&wrapper, program->arena);
        strbuf_addf(&wrapper, " $1 %s$2 { return meta_%s(", function->name, function->name);
        for (size_t j = 0; j < function->parameter_names.len; j++)
            strbuf_addf(&wrapper, "%s%s", j > 0 ? ", " : "", function->parameter_names.data[j]);
        strbuf_adds(&wrapper, "); }");
        rewrite_site(rewrite);
        if (!function->is_static)
            rewrite_insert(rewrite, program->tokens.data[function->first].range.from, "static ");
        rewrite_replace(rewrite, token_range(program, function->name_token, function->name_token),
                        arena_printf(program->arena, "meta_%s", function->name));
        rewrite_template(rewrite, (struct range){end, end}, wrapper.text, parts, 2);
    }
}

/* A member function that throws: what it is a member of dies where the exception leaves it, so
 * where it is thrown again. */
static void body_as(const struct program *program, struct rewrite *rewrite, const char *text,
                    bool is_lambda)
{
    const bool throws_again = text != NULL && strstr(text, "throw;") != NULL;

    for (size_t i = 0; i < program->functions.len; i++) {
        const struct function *function = &program->functions.data[i];

        if (is_kernel(program, function) || function->has_directives ||
            (throws_again && !function->is_plain &&
             tokens_have(program, function->open, function->close, "throw")) ||
            (is_lambda && (!function->is_plain || is_main(function) ||
                           strstr(function->result, "auto") != NULL)))
            continue;
        rewrite_site(rewrite);
        rewrite_replace(rewrite, token_range(program, function->open, function->close),
                        is_lambda ? arena_printf(program->arena, "{ return [&]() -> %s $0(); }",
                                                 function->result)
                                  : text);
    }
}

static void body_in_block(const struct program *program, struct rewrite *rewrite)
{
    body_as(program, rewrite, "{ $0 }", false);
}

static void body_in_try(const struct program *program, struct rewrite *rewrite)
{
    if (program->is_cxx)
        body_as(program, rewrite, "{ try $0 catch (...) { throw; } }", false);
}

static void body_in_loop(const struct program *program, struct rewrite *rewrite)
{
    body_as(program, rewrite, "{ do $0 while (0); }", false);
}

static void body_in_lambda(const struct program *program, struct rewrite *rewrite)
{
    if (program->is_cxx)
        body_as(program, rewrite, NULL, true);
}

static void result_by_a_variable(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->statements.len; i++) {
        const struct statement *statement = &program->statements.data[i];
        const struct function *function = &program->functions.data[statement->function];
        bool moves;

        if (statement->kind != STATEMENT_RETURN || statement->last < statement->first + 2 ||
            returns_nothing(function) || !function->is_plain ||
            token_is(program, statement->first + 1, "{") ||
            strpbrk(function->result, "(&") != NULL || strstr(function->result, "auto") != NULL)
            continue;
        const struct range parts[] = {
            token_range(program, statement->first + 1, statement->last - 1),
            token_range(program, statement->first, statement->first)};

        rewrite_site(rewrite);
        /* a variable that is returned is moved */
        moves = program->is_cxx && statement->last == statement->first + 2;
        rewrite_template(
            rewrite, statement_range(program, statement),
            arena_printf(program->arena,
                         moves ? "{ %s meta_result = static_cast<%s &&>($1); $2 meta_result; }"
                               : "{ %s meta_result = $1; $2 meta_result; }",
                         function->result, function->result),
            parts, 2);
    }
}

/* All returns of a C function by one label at its end. */
static void one_exit(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; program->language == SOURCE_C && i < program->functions.len; i++) {
        const struct function *function = &program->functions.data[i];
        const bool is_void = returns_nothing(function);
        const size_t end = program->tokens.data[function->close].range.from;

        if (!function->is_plain || function->has_directives || is_main(function))
            continue;
        rewrite_site(rewrite);
        rewrite_insert(
            rewrite, program->tokens.data[function->open].range.to,
            is_void ? "" : arena_printf(program->arena, " %s meta_result;", function->result));
        rewrite_insert(rewrite, end, is_void ? "meta_out: ; " : "meta_out: return meta_result; ");
        for (size_t j = 0; j < program->statements.len; j++) {
            const struct statement *statement = &program->statements.data[j];
            struct range value = {0, 0};

            if (statement->kind != STATEMENT_RETURN || statement->function != i)
                continue;
            if (!is_void)
                value = token_range(program, statement->first + 1, statement->last - 1);
            rewrite_template(rewrite, statement_range(program, statement),
                             is_void ? "goto meta_out;" : "{ meta_result = $1; goto meta_out; }",
                             &value, 1);
        }
    }
}

static void with_attributes(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->functions.len; i++) {
        const struct function *function = &program->functions.data[i];

        if (!function->is_plain)
            continue;
        rewrite_site(rewrite);
        rewrite_insert(rewrite, program->tokens.data[function->first].range.from,
                       "__attribute__((unused, noinline)) ");
    }
}

/* ---- statements in functions of their own ---- */

/* The variables that a run of tokens uses. */
typedef VEC(size_t) variable_list;

static bool used_variables(const struct program *program, size_t first, size_t last,
                           variable_list *list)
{
    for (size_t i = 0; i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];
        bool is_used = false;

        if (variable->function == NONE || (variable->is_static && variable->function == NONE))
            continue;
        for (size_t j = 0; j < variable->uses.len; j++)
            is_used |= variable->uses.data[j] >= first && variable->uses.data[j] <= last;
        if (!is_used)
            continue;
        if (variable->is_opaque || strpbrk(variable->type, "([") != NULL ||
            strstr(variable->type, "auto") != NULL || strchr(variable->type, '&') != NULL)
            return false;
        vec_push(program->arena, list, i);
    }
    return true;
}

static void outline(const struct program *program, struct rewrite *rewrite, size_t first,
                    size_t last, size_t number, bool by_reference)
{
    const struct function *function = &program->functions.data[program_function_at(program, first)];
    variable_list list = {0};
    struct strbuf helper, call;
    struct range body = token_range(program, first, last - 1);
    size_t at = program->tokens.data[function->first].range.from;

    if (!used_variables(program, first, last, &list))
        return;
    strbuf_init(&helper, program->arena);
    strbuf_init(&call, program->arena);
    strbuf_addf(&helper, "static void meta_part_%zu(", number);
    strbuf_addf(&call, "meta_part_%zu(", number);
    for (size_t i = 0; i < list.len; i++) {
        const struct variable *variable = &program->variables.data[list.data[i]];

        strbuf_addf(&helper, "%s%s %s%s", i > 0 ? ", " : "", variable->type,
                    by_reference ? "&" : "*", variable->name);
        strbuf_addf(&call, "%s%s%s", i > 0 ? ", " : "", by_reference ? "" : "&", variable->name);
    }
    strbuf_addf(&helper, "%s) { $1; } ", list.len == 0 && !program->is_cxx ? "void" : "");
    strbuf_adds(&call, ");");
    rewrite_site(rewrite);
    rewrite_template(rewrite, (struct range){at, at}, helper.text, &body, 1);
    rewrite_replace(rewrite, token_range(program, first, last), call.text);
    for (size_t i = 0; i < list.len && !by_reference; i++) {
        const struct variable *variable = &program->variables.data[list.data[i]];

        for (size_t j = 0; j < variable->uses.len; j++)
            if (variable->uses.data[j] >= first && variable->uses.data[j] <= last)
                rewrite_replace(
                    rewrite, token_range(program, variable->uses.data[j], variable->uses.data[j]),
                    arena_printf(program->arena, "(*%s)", variable->name));
    }
}

static bool can_outline(const struct program *program, size_t number)
{
    const struct statement *statement = &program->statements.data[number];
    const struct function *function = &program->functions.data[statement->function];

    return statement->kind == STATEMENT_PLAIN && statement->last > statement->first &&
           function->is_plain && !is_kernel(program, function) &&
           !relation_jumps(program, statement->first, statement->last);
}

static void statements_outlined(const struct program *program, struct rewrite *rewrite,
                                bool by_reference)
{
    for (size_t i = 0; i < program->statements.len; i++)
        if (can_outline(program, i))
            outline(program, rewrite, program->statements.data[i].first,
                    program->statements.data[i].last, i, by_reference);
}

static void statement_outlined(const struct program *program, struct rewrite *rewrite)
{
    statements_outlined(program, rewrite, false);
}

static void statement_outlined_by_reference(const struct program *program, struct rewrite *rewrite)
{
    if (program->is_cxx)
        statements_outlined(program, rewrite, true);
}

/* Two statements that follow one another. */
static void two_outlined(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i + 1 < program->statements.len; i++) {
        const struct statement *one = &program->statements.data[i];

        if (!can_outline(program, i) || !can_outline(program, i + 1) ||
            one[1].parent != one->parent || one[1].first != one->last + 1)
            continue;
        outline(program, rewrite, one->first, one[1].last, i, false);
        i++;
    }
}

/* ---- parameters as members of one struct ---- */

/* In templates there are calls that no use shows. */
static bool is_called_only(const struct program *program, const struct function *function)
{
    size_t named = 0;

    for (size_t i = 0; i < program->tokens.len; i++)
        named += token_is(program, i, function->name);
    if (named != function->uses.len + 1)
        return false;
    for (size_t i = 0; i < function->uses.len; i++)
        if (!token_is(program, function->uses.data[i] + 1, "("))
            return false;
    return function->is_plain && !function->is_opaque && !is_main(function) &&
           !is_kernel(program, function) && function->uses.len > 0;
}

static bool can_be_members(const struct program *program, const struct function *function)
{
    static const char *const words[] = {"[", "&", "&&", "=", "...", "auto", "void", NULL};
    const size_t first = function->parameters + 1;
    const size_t last = program->tokens.data[function->parameters].mate - 1;

    if (last <= first || !has_named_parameters(function))
        return false;
    for (size_t i = first; i <= last; i++)
        for (const char *const *word = words; *word != NULL; word++)
            if (token_is(program, i, *word) &&
                !(token_is(program, i, "void") && token_is(program, i + 1, "*")))
                return false;
    return true;
}

static void rewrite_parameter_uses(const struct program *program, struct rewrite *rewrite,
                                   size_t number, const char *access)
{
    const struct function *function = &program->functions.data[number];

    for (size_t i = 0; i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];

        if (!variable->is_parameter || variable->function != number ||
            variable->token > function->open)
            continue;
        for (size_t j = 0; j < variable->uses.len; j++)
            rewrite_insert(rewrite, program->tokens.data[variable->uses.data[j]].range.from,
                           access);
    }
}

static void parameters_in_struct(const struct program *program, struct rewrite *rewrite,
                                 bool by_pointer)
{
    for (size_t i = 0; i < program->functions.len; i++) {
        const struct function *function = &program->functions.data[i];
        const size_t open = function->parameters, close = program->tokens.data[open].mate;
        struct arguments members;
        struct strbuf text;

        if (!is_called_only(program, function) || !can_be_members(program, function))
            continue;
        relation_arguments(program, open, &members);
        strbuf_init(&text, program->arena);
        strbuf_addf(&text, "struct meta_%zu { ", i);
        for (size_t j = 0; j < members.count; j++)
            strbuf_addf(&text, "%.*s; ", (int)(members.list[j].to - members.list[j].from),
                        program->text + members.list[j].from);
        strbuf_adds(&text, "}; ");
        rewrite_site(rewrite);
        rewrite_insert(rewrite, program->tokens.data[function->first].range.from, text.text);
        rewrite_replace(
            rewrite, token_range(program, open, close),
            arena_printf(program->arena, "(struct meta_%zu %smeta)", i, by_pointer ? "*" : ""));
        rewrite_parameter_uses(program, rewrite, i, by_pointer ? "meta->" : "meta.");
        for (size_t j = 0; j < function->uses.len; j++) {
            const size_t call = function->uses.data[j] + 1;

            rewrite_insert(rewrite, program->tokens.data[call].range.to,
                           program->is_cxx ? arena_printf(program->arena, "meta_%zu{", i)
                                           : arena_printf(program->arena, "%s(struct meta_%zu){",
                                                          by_pointer ? "&" : "", i));
            rewrite_insert(rewrite,
                           program->tokens.data[program->tokens.data[call].mate].range.from, "}");
        }
    }
}

static void parameters_by_struct(const struct program *program, struct rewrite *rewrite)
{
    parameters_in_struct(program, rewrite, false);
}

static void parameters_by_struct_pointer(const struct program *program, struct rewrite *rewrite)
{
    if (!program->is_cxx)
        parameters_in_struct(program, rewrite, true);
}

static const struct relation relations[] = {
    {.name = "unused-parameter", .apply = unused_parameter},
    /* a parameter's address is an object's then, and what it points to a member's */
    {.name = "parameters-in-struct",
     .except = "address-of-pointer size-mismatch",
     .apply = parameters_by_struct},
    {.name = "parameters-by-struct-pointer",
     .except = "address-of-pointer size-mismatch",
     .apply = parameters_by_struct_pointer},
    {.name = "body-outlined", .apply = body_outlined, .moves_functions = true},
    {.name = "body-in-block", .apply = body_in_block},
    {.name = "body-in-try", .apply = body_in_try},
    {.name = "body-in-loop", .apply = body_in_loop},
    {.name = "body-in-lambda", .apply = body_in_lambda, .moves_functions = true},
    {.name = "result-by-a-variable", .apply = result_by_a_variable},
    /* the scope of the function ends elsewhere */
    {.name = "one-exit", .except = "freed-while-registered", .apply = one_exit},
    {.name = "with-attributes", .apply = with_attributes},
    {.name = "statement-outlined",
     .except = "unchecked-call",
     .apply = statement_outlined,
     .moves_functions = true},
    {.name = "statement-outlined-by-reference",
     .except = "unchecked-call",
     .apply = statement_outlined_by_reference,
     .moves_functions = true},
    {.name = "two-statements-outlined",
     .except = "unchecked-call",
     .apply = two_outlined,
     .moves_functions = true},
};
const struct relation_table function_relations = RELATIONS(relations);
