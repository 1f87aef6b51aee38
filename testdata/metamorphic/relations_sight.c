/* Code out of sight at work in between: findings may go, none may come. */
#include "relation.h"

#include <string.h>

static bool is_in_block(const struct program *program, const struct statement *statement)
{
    return statement->parent != NONE &&
           program->statements.data[statement->parent].kind == STATEMENT_BLOCK;
}

/* The text in front of each statement, and of the end of each block. */
static void before_statements(const struct program *program, struct rewrite *rewrite,
                              const char *text)
{
    for (size_t i = 0; i < program->statements.len; i++) {
        const struct statement *statement = &program->statements.data[i];
        const struct range range = statement_range(program, statement);

        if (statement->kind == STATEMENT_BLOCK) {
            rewrite_site(rewrite);
            rewrite_insert(rewrite, range.to - 1, text);
        }
        if (statement->kind == STATEMENT_LABEL)
            continue;
        if (is_in_block(program, statement)) {
            rewrite_site(rewrite);
            rewrite_insert(rewrite, range.from, text);
        } else if (statement->kind != STATEMENT_BLOCK) {
            rewrite_site(rewrite);
            rewrite_wrap(rewrite, range, arena_printf(program->arena, "{ %s", text), " }");
        }
    }
}

/* One that throws makes paths of its own, on which a right program may be a wrong one. */
static void declare(const struct program *program, struct rewrite *rewrite, const char *function)
{
    relation_prologue(program, rewrite,
                      arena_printf(program->arena, "\nextern %s%s; ", function,
                                   program->is_cxx ? " noexcept" : ""));
}

static void behind_code_out_of_sight(const struct program *program, struct rewrite *rewrite)
{
    declare(program, rewrite, "void meta_elsewhere(void)");
    before_statements(program, rewrite, "meta_elsewhere(); ");
}

static void behind_perhaps_code_out_of_sight(const struct program *program, struct rewrite *rewrite)
{
    declare(program, rewrite, "int meta_elsewhere(void)");
    before_statements(program, rewrite, "if (meta_elsewhere() > 0) meta_elsewhere(); ");
}

static bool is_statement(const struct program *program, const struct variable *variable)
{
    return variable->function != NONE && !variable->is_parameter && variable->first != NONE &&
           !token_is(program, variable->first - 1, "(") && strchr(variable->type, '&') == NULL;
}

static void show_locals(const struct program *program, struct rewrite *rewrite)
{
    declare(program, rewrite, "void meta_keep(void *address)");
    for (size_t i = 0; i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];

        if (!is_statement(program, variable))
            continue;
        rewrite_site(rewrite);
        rewrite_insert(rewrite, token_range(program, variable->last, variable->last).to,
                       arena_printf(program->arena, " meta_keep((void *)&%s);", variable->name));
    }
}

static void locals_shown_and_code_out_of_sight(const struct program *program,
                                               struct rewrite *rewrite)
{
    show_locals(program, rewrite);
    behind_code_out_of_sight(program, rewrite);
}

/* `text` has a place for the parameter's name. */
static void begin_with_parameters(const struct program *program, struct rewrite *rewrite,
                                  const char *before, const char *behind, bool only_pointers)
{
    declare(program, rewrite, "void meta_keep(void *address)");
    for (size_t i = 0; i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];
        const struct function *function;

        if (!variable->is_parameter || variable->function == NONE || variable->name[0] == '\0' ||
            (only_pointers && !variable->is_pointer))
            continue;
        function = &program->functions.data[variable->function];
        if (variable->token < function->parameters || variable->token > function->open)
            continue;
        rewrite_site(rewrite);
        rewrite_insert(rewrite, program->tokens.data[function->open].range.to,
                       arena_printf(program->arena, " meta_keep((void *)%s%s%s);", before,
                                    variable->name, behind));
    }
}

static void parameters_shown(const struct program *program, struct rewrite *rewrite)
{
    begin_with_parameters(program, rewrite, "&", "", false);
}

static void pointer_parameters_given(const struct program *program, struct rewrite *rewrite)
{
    begin_with_parameters(program, rewrite, "", "", true);
}

static void in_both_branches(const struct program *program, struct rewrite *rewrite)
{
    declare(program, rewrite, "int meta_elsewhere(void)");
    for (size_t i = 0; i < program->statements.len; i++) {
        const struct statement *statement = &program->statements.data[i];

        if (statement->kind != STATEMENT_PLAIN)
            continue;
        rewrite_site(rewrite);
        rewrite_replace(rewrite, statement_range(program, statement),
                        "if (meta_elsewhere()) { $0 } else { $0 }");
    }
}

static const struct relation relations[] = {
    {.name = "out-of-sight", .may_lose = true, .apply = behind_code_out_of_sight},
    {.name = "perhaps-out-of-sight", .may_lose = true, .apply = behind_perhaps_code_out_of_sight},
    /* who has the address of what says a size may change it */
    {.name = "locals-shown", .may_lose = true, .except = "nonconstant-size", .apply = show_locals},
    {.name = "locals-shown-out-of-sight",
     .may_lose = true,
     .except = "nonconstant-size",
     .apply = locals_shown_and_code_out_of_sight},
    {.name = "parameters-shown",
     .may_lose = true,
     .except = "nonconstant-size",
     .apply = parameters_shown},
    {.name = "parameters-given", .may_lose = true, .apply = pointer_parameters_given},
    {.name = "in-both-branches", .may_lose = true, .apply = in_both_branches},
};
const struct relation_table sight_relations = RELATIONS(relations);
