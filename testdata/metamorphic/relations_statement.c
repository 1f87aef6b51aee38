/* Statements in more brackets than they need. */
#include "relation.h"

/* Wraps plain statements; those that jump where the wrapping would catch it are left out. */
static void wrap(const struct program *program, struct rewrite *rewrite, const char *before,
                 const char *behind)
{
    for (size_t i = 0; i < program->statements.len; i++) {
        const struct statement *statement = &program->statements.data[i];

        if (statement->kind != STATEMENT_PLAIN ||
            relation_jumps(program, statement->first, statement->last))
            continue;
        rewrite_site(rewrite);
        rewrite_wrap(rewrite, statement_range(program, statement), before, behind);
    }
}

static void wrap_expressions(const struct program *program, struct rewrite *rewrite,
                             const char *before, const char *behind)
{
    for (size_t i = 0; i < program->statements.len; i++) {
        const struct statement *statement = &program->statements.data[i];

        if (!relation_is_expression(program, statement) || statement->first == statement->last)
            continue;
        rewrite_site(rewrite);
        rewrite_wrap(rewrite, token_range(program, statement->first, statement->last - 1), before,
                     behind);
    }
}

static void in_block(const struct program *program, struct rewrite *rewrite)
{
    wrap(program, rewrite, "{ ", " }");
}

static void in_do_while_zero(const struct program *program, struct rewrite *rewrite)
{
    wrap(program, rewrite, "do { ", " } while (0);");
}

static void in_if_one(const struct program *program, struct rewrite *rewrite)
{
    wrap(program, rewrite, "if (1) { ", " }");
}

static void in_switch_default(const struct program *program, struct rewrite *rewrite)
{
    wrap(program, rewrite, "switch (0) { default: ", " }");
}

static void in_endless_loop_that_breaks(const struct program *program, struct rewrite *rewrite)
{
    wrap(program, rewrite, "for (;;) { ", " break; }");
}

static void in_statement_expression(const struct program *program, struct rewrite *rewrite)
{
    wrap(program, rewrite, "({ ", " });");
}

static void in_macro_argument(const struct program *program, struct rewrite *rewrite)
{
    relation_prologue(program, rewrite, "\n#define META_SAME(...) __VA_ARGS__\n");
    wrap(program, rewrite, "META_SAME(", ")");
}

static void in_macro_of_a_loop(const struct program *program, struct rewrite *rewrite)
{
    relation_prologue(program, rewrite, "\n#define META_ONCE(...) do { __VA_ARGS__ } while (0)\n");
    wrap(program, rewrite, "META_ONCE(", ");");
}

static void in_lambda(const struct program *program, struct rewrite *rewrite)
{
    if (program->is_cxx)
        wrap(program, rewrite, "[&] { ", " }();");
}

static void in_try(const struct program *program, struct rewrite *rewrite)
{
    if (program->is_cxx)
        wrap(program, rewrite, "try { ", " } catch (...) { throw; }");
}

static void behind_comma(const struct program *program, struct rewrite *rewrite)
{
    wrap_expressions(program, rewrite, "((void)0, ", ")");
}

static void in_parentheses(const struct program *program, struct rewrite *rewrite)
{
    wrap_expressions(program, rewrite, "((", "))");
}

static void behind_a_label(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->statements.len; i++) {
        const struct statement *statement = &program->statements.data[i];
        const char *before = arena_printf(program->arena, "{ goto meta_%zu; meta_%zu: ", i, i);

        if (statement->kind != STATEMENT_PLAIN)
            continue;
        rewrite_site(rewrite);
        rewrite_wrap(rewrite, statement_range(program, statement), before, " }");
    }
}

static void behind_a_call(const struct program *program, struct rewrite *rewrite)
{
    relation_prologue(program, rewrite,
                      "static int meta_calls; static void meta_count(void) { meta_calls++; } ");
    wrap(program, rewrite, "{ meta_count(); ", " }");
}

static void behind_output(const struct program *program, struct rewrite *rewrite)
{
    relation_prologue(program, rewrite, "\n#include <stdio.h>\n");
    wrap(program, rewrite, "{ printf(\"%s\\n\", \"here\"); ", " }");
}

static const struct relation relations[] = {
    {.name = "in-block", .apply = in_block},
    {.name = "in-do-while-zero", .apply = in_do_while_zero},
    {.name = "in-if-one", .apply = in_if_one},
    {.name = "in-switch-default", .apply = in_switch_default},
    {.name = "in-endless-loop", .apply = in_endless_loop_that_breaks},
    {.name = "in-statement-expression", .apply = in_statement_expression},
    {.name = "in-macro-argument", .apply = in_macro_argument},
    {.name = "in-macro-of-a-loop", .apply = in_macro_of_a_loop},
    {.name = "in-lambda", .apply = in_lambda, .moves_functions = true},
    {.name = "in-try", .apply = in_try},
    {.name = "behind-comma", .apply = behind_comma},
    {.name = "in-parentheses", .apply = in_parentheses},
    {.name = "behind-a-label", .apply = behind_a_label},
    {.name = "behind-a-call", .apply = behind_a_call},
    {.name = "behind-output", .apply = behind_output},
};
const struct relation_table statement_relations = RELATIONS(relations);
