/* Variables that are declared, kept or reached in another way. */
#include "relation.h"

#include <string.h>

/* $1 the type, $2 the value. */
static void rewrite_declaration(const struct program *program, struct rewrite *rewrite,
                                const struct variable *variable, const char *text)
{
    struct range parts[2] = {token_range(program, variable->first, variable->token - 1)};

    if (variable->value_first != NONE)
        parts[1] = token_range(program, variable->value_first, variable->value_last);
    rewrite_template(rewrite, token_range(program, variable->first, variable->last), text, parts,
                     2);
}

static void assigned_later(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];

        if (!relation_is_simple_declaration(program, variable) || variable->is_const ||
            variable->value_first == NONE)
            continue;
        rewrite_site(rewrite);
        rewrite_declaration(
            program, rewrite, variable,
            arena_printf(program->arena, "$1 %s; %s = $2;", variable->name, variable->name));
    }
}

static void by_an_alias(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];

        if (!relation_is_simple_declaration(program, variable) || variable->value_first == NONE)
            continue;
        rewrite_site(rewrite);
        rewrite_declaration(program, rewrite, variable,
                            arena_printf(program->arena, "$1 meta_%zu = $2; $1 %s = meta_%zu;", i,
                                         variable->name, i));
    }
}

static void of_an_alias_type(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];

        if (!relation_is_simple_declaration(program, variable))
            continue;
        rewrite_site(rewrite);
        rewrite_declaration(program, rewrite, variable,
                            variable->value_first != NONE
                                ? arena_printf(program->arena,
                                               "typedef $1 meta_%zu; meta_%zu %s = $2;", i, i,
                                               variable->name)
                                : arena_printf(program->arena, "typedef $1 meta_%zu; meta_%zu %s;",
                                               i, i, variable->name));
    }
}

static void of_deduced_type(const struct program *program, struct rewrite *rewrite)
{
    static const char *const exact[] = {"static_cast", "reinterpret_cast", "new", NULL};

    for (size_t i = 0; program->is_cxx && i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];

        if (!relation_is_simple_declaration(program, variable) || variable->value_first == NONE ||
            !relation_mentions(program, variable->value_first, variable->value_first, exact))
            continue;
        rewrite_site(rewrite);
        rewrite_declaration(program, rewrite, variable,
                            arena_printf(program->arena, "auto %s = $2;", variable->name));
    }
}

/* Declares by `declaration`, assigns the value to `place`, and writes `place` for each use. */
static void rewrite_uses(const struct program *program, struct rewrite *rewrite,
                         const struct variable *variable, const char *declaration,
                         const char *place)
{
    rewrite_site(rewrite);
    rewrite_declaration(program, rewrite, variable,
                        variable->value_first != NONE
                            ? arena_printf(program->arena, "%s %s = $2;", declaration, place)
                            : declaration);
    for (size_t i = 0; i < variable->uses.len; i++)
        rewrite_replace(
            rewrite, token_range(program, variable->uses.data[i], variable->uses.data[i]), place);
}

/* `&x` in a register call: of a pointer it is a finding, of a member or an element another one. */
static bool is_registered_itself(const struct program *program, const struct variable *variable)
{
    for (size_t i = 0; i < variable->uses.len; i++) {
        size_t use = variable->uses.data[i];

        if (!token_is(program, use - 1, "&"))
            continue;
        for (size_t token = use > 8 ? use - 8 : 0; token < use; token++)
            if (strstr(program->tokens.data[token].text, "HostRegister") != NULL)
                return true;
    }
    return false;
}

static bool can_move(const struct program *program, const struct variable *variable)
{
    return relation_is_simple_declaration(program, variable) && !variable->is_const &&
           !variable->is_opaque && !is_registered_itself(program, variable);
}

static void as_field(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];

        if (can_move(program, variable))
            rewrite_uses(program, rewrite, variable,
                         arena_printf(program->arena, "struct { $1 value; } %s;", variable->name),
                         arena_printf(program->arena, "%s.value", variable->name));
    }
}

static void as_element(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];

        if (can_move(program, variable))
            rewrite_uses(program, rewrite, variable,
                         arena_printf(program->arena, "$1 %s[2];", variable->name),
                         arena_printf(program->arena, "%s[1]", variable->name));
    }
}

static void by_its_address(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];

        if (can_move(program, variable))
            rewrite_uses(program, rewrite, variable,
                         arena_printf(program->arena, "$1 meta_%zu; $1 *%s = &meta_%zu;", i,
                                      variable->name, i),
                         arena_printf(program->arena, "(*%s)", variable->name));
    }
}

static void by_reference(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; program->is_cxx && i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];

        if (can_move(program, variable))
            rewrite_uses(program, rewrite, variable,
                         arena_printf(program->arena, "$1 meta_%zu; $1 &%s = meta_%zu;", i,
                                      variable->name, i),
                         variable->name);
    }
}

/* A parameter's copy in the place of the parameter. */
static void parameter_copied(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->variables.len; i++) {
        const struct variable *variable = &program->variables.data[i];
        const struct function *function;
        bool is_used_early = false;

        if (!variable->is_parameter || variable->function == NONE || !variable->is_scalar ||
            strpbrk(variable->type, "([") != NULL)
            continue;
        function = &program->functions.data[variable->function];
        if (variable->token < function->parameters || variable->token > function->open)
            continue;
        for (size_t j = 0; j < variable->uses.len; j++)
            is_used_early |= variable->uses.data[j] < function->open;
        if (is_used_early)
            continue;
        rewrite_site(rewrite);
        rewrite_replace(rewrite, token_range(program, variable->token, variable->token),
                        arena_printf(program->arena, "meta_%zu", i));
        rewrite_insert(
            rewrite, program->tokens.data[function->open].range.to,
            arena_printf(program->arena, " %s %s = meta_%zu;", variable->type, variable->name, i));
    }
}

static const struct relation relations[] = {
    {.name = "assigned-later", .apply = assigned_later},
    {.name = "by-an-alias", .apply = by_an_alias},
    {.name = "of-an-alias-type", .apply = of_an_alias_type},
    {.name = "of-deduced-type", .apply = of_deduced_type},
    /* given by its address, a pointer is a mistake, a member or an element is an object */
    {.name = "as-field", .except = "address-of-pointer size-mismatch", .apply = as_field},
    {.name = "as-element", .except = "address-of-pointer size-mismatch", .apply = as_element},
    {.name = "by-its-address", .except = "address-of-pointer", .apply = by_its_address},
    {.name = "by-reference", .apply = by_reference},
    {.name = "parameter-copied", .apply = parameter_copied},
};
const struct relation_table variable_relations = RELATIONS(relations);
