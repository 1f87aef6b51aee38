/* Conditions, and the branches that hang on them. */
#include "relation.h"

#include <string.h>

/* An `if` with a plain condition. */
struct branch {
    const struct statement *statement;
    struct range whole, condition, then, other;
    bool has_else;
    size_t number;
};

static bool read_branch(const struct program *program, size_t number, struct branch *branch)
{
    const struct statement *statement = &program->statements.data[number];

    if (statement->kind != STATEMENT_IF || statement->open == NONE ||
        statement->open != statement->first + 1 || statement->body == NONE ||
        statement->close <= statement->open + 1 ||
        tokens_have(program, statement->open, statement->close, ";") ||
        relation_declares(program, statement->open, statement->close))
        return false;
    *branch = (struct branch){
        .statement = statement,
        .whole = statement_range(program, statement),
        .condition = token_range(program, statement->open + 1, statement->close - 1),
        .then = statement_range(program, &program->statements.data[statement->body]),
        .has_else = statement->other != NONE,
        .number = number,
    };
    branch->other = branch->has_else
                        ? statement_range(program, &program->statements.data[statement->other])
                        : (struct range){branch->whole.to, branch->whole.to};
    return true;
}

/* $1 condition, $2 first branch, $3 else. */
static void rewrite_branch(struct rewrite *rewrite, const struct branch *branch, const char *text)
{
    const struct range parts[] = {branch->condition, branch->then, branch->other};

    rewrite_site(rewrite);
    rewrite_template(rewrite, branch->whole, text, parts, 3);
}

static void negated(const struct program *program, struct rewrite *rewrite)
{
    struct branch branch;

    for (size_t i = 0; i < program->statements.len; i++)
        if (read_branch(program, i, &branch))
            rewrite_branch(rewrite, &branch, "if (!($1)) { $3 } else { $2 }");
}

static void as_switch(const struct program *program, struct rewrite *rewrite)
{
    struct branch branch;

    for (size_t i = 0; i < program->statements.len; i++)
        if (read_branch(program, i, &branch) &&
            !relation_leaves_loop(program, branch.statement->first, branch.statement->last))
            rewrite_branch(rewrite, &branch,
                           "switch (($1) ? 1 : 0) { case 1: { $2 } break; default: { $3 } }");
}

static void as_goto(const struct program *program, struct rewrite *rewrite)
{
    struct branch branch;

    for (size_t i = 0; i < program->statements.len; i++)
        if (read_branch(program, i, &branch))
            rewrite_branch(rewrite, &branch,
                           arena_printf(program->arena,
                                        "{ if (!($1)) goto meta_else_%zu; { $2 } goto meta_end_%zu;"
                                        " meta_else_%zu: ; { $3 } meta_end_%zu: ; }",
                                        i, i, i, i));
}

static void as_loop(const struct program *program, struct rewrite *rewrite)
{
    struct branch branch;

    for (size_t i = 0; i < program->statements.len; i++)
        if (read_branch(program, i, &branch) && !branch.has_else &&
            !relation_leaves_loop(program, branch.statement->first, branch.statement->last))
            rewrite_branch(rewrite, &branch, "while ($1) { $2 break; }");
}

static void by_a_variable(const struct program *program, struct rewrite *rewrite)
{
    struct branch branch;

    for (size_t i = 0; i < program->statements.len; i++)
        if (read_branch(program, i, &branch))
            rewrite_branch(rewrite, &branch,
                           arena_printf(program->arena,
                                        "{ int meta_%zu = ($1) ? 1 : 0; if (meta_%zu) { $2 } else "
                                        "{ $3 } }",
                                        i, i));
}

/* True when the branch is one expression; gives it without its ';'. */
static bool is_expression(const struct program *program, size_t number, struct range *range)
{
    const struct statement *statement;

    if (number == NONE)
        return false;
    statement = &program->statements.data[number];
    if (statement->kind == STATEMENT_BLOCK && number + 1 < program->statements.len &&
        program->statements.data[number + 1].parent == number &&
        program->statements.data[number + 1].last + 1 == statement->last)
        statement = &program->statements.data[number + 1];
    if (!relation_is_expression(program, statement) || statement->first == statement->last)
        return false;
    *range = token_range(program, statement->first, statement->last - 1);
    return true;
}

static void as_ternary(const struct program *program, struct rewrite *rewrite)
{
    struct branch branch;

    for (size_t i = 0; i < program->statements.len; i++) {
        if (!read_branch(program, i, &branch) ||
            !is_expression(program, branch.statement->body, &branch.then) ||
            (branch.has_else && !is_expression(program, branch.statement->other, &branch.other)))
            continue;
        rewrite_branch(rewrite, &branch,
                       branch.has_else ? "(($1) ? ($2, 0) : ($3, 0));" : "(($1) ? ($2, 0) : 0);");
    }
}

static void as_and(const struct program *program, struct rewrite *rewrite)
{
    struct branch branch;

    for (size_t i = 0; i < program->statements.len; i++)
        if (read_branch(program, i, &branch) && !branch.has_else &&
            is_expression(program, branch.statement->body, &branch.then))
            rewrite_branch(rewrite, &branch, "(void)(($1) && ($2, 1));");
}

static void condition_as(const struct program *program, struct rewrite *rewrite, const char *text)
{
    for (size_t i = 0; i < program->statements.len; i++) {
        const struct statement *statement = &program->statements.data[i];
        struct range range;

        if ((statement->kind != STATEMENT_IF && statement->kind != STATEMENT_WHILE) ||
            statement->open == NONE || statement->close <= statement->open + 1 ||
            tokens_have(program, statement->open, statement->close, ";") ||
            relation_declares(program, statement->open, statement->close))
            continue;
        range = token_range(program, statement->open + 1, statement->close - 1);
        rewrite_site(rewrite);
        rewrite_template(rewrite, range, text, &range, 1);
    }
}

static void twice_negated(const struct program *program, struct rewrite *rewrite)
{
    condition_as(program, rewrite, "!!($0)");
}

static void expected(const struct program *program, struct rewrite *rewrite)
{
    condition_as(program, rewrite, "__builtin_expect(!!($0), 1)");
}

static void and_true(const struct program *program, struct rewrite *rewrite)
{
    condition_as(program, rewrite, "($0) && 1");
}

static void or_false(const struct program *program, struct rewrite *rewrite)
{
    condition_as(program, rewrite, "0 || ($0)");
}

static void chosen(const struct program *program, struct rewrite *rewrite)
{
    condition_as(program, rewrite, "($0) ? 1 : 0");
}

/* The only operator at the top of a condition: a comparison; NONE where it is something else. */
static size_t comparison(const struct program *program, size_t open, size_t close)
{
    static const char *const others[] = {"&&", "||", "?", "=", ",", "&", "|", "^", "+=", NULL};
    size_t found = NONE;

    for (size_t i = open + 1; i < close; i++) {
        const struct token *token = &program->tokens.data[i];

        if (token->mate != NONE && token->mate > i) {
            i = token->mate;
            continue;
        }
        for (size_t j = 0; others[j] != NULL; j++)
            if (strcmp(token->text, others[j]) == 0)
                return NONE;
        if (strcmp(token->text, "==") == 0 || strcmp(token->text, "!=") == 0) {
            if (found != NONE)
                return NONE;
            found = i;
        }
    }
    return found;
}

/* $1 and $2: the sides. */
static void comparison_as(const struct program *program, struct rewrite *rewrite, const char *equal,
                          const char *unequal)
{
    for (size_t i = 0; i < program->statements.len; i++) {
        const struct statement *statement = &program->statements.data[i];
        size_t sign;

        if (statement->kind != STATEMENT_IF || statement->open == NONE ||
            tokens_have(program, statement->open, statement->close, ";"))
            continue;
        sign = comparison(program, statement->open, statement->close);
        if (sign == NONE || sign <= statement->open + 1 || sign + 1 >= statement->close)
            continue;
        const struct range sides[] = {token_range(program, statement->open + 1, sign - 1),
                                      token_range(program, sign + 1, statement->close - 1)};

        rewrite_site(rewrite);
        rewrite_template(rewrite, token_range(program, statement->open + 1, statement->close - 1),
                         token_is(program, sign, "==") ? equal : unequal, sides, 2);
    }
}

static void sides_swapped(const struct program *program, struct rewrite *rewrite)
{
    comparison_as(program, rewrite, "($2) == ($1)", "($2) != ($1)");
}

static void other_operator(const struct program *program, struct rewrite *rewrite)
{
    comparison_as(program, rewrite, "!(($1) != ($2))", "!(($1) == ($2))");
}

/* `if (x)` as `if (x != 0)`. */
static void zero_written_out(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->statements.len; i++) {
        const struct statement *statement = &program->statements.data[i];
        size_t count;

        if (statement->kind != STATEMENT_IF || statement->open == NONE)
            continue;
        count = statement->close - statement->open - 1;
        if (count < 1 || count > 2 || (count == 2 && !token_is(program, statement->open + 1, "!")))
            continue;
        const struct range name = token_range(program, statement->close - 1, statement->close - 1);

        rewrite_site(rewrite);
        rewrite_template(rewrite, token_range(program, statement->open + 1, statement->close - 1),
                         count == 1 ? "$1 != 0" : "$1 == 0", &name, 1);
    }
}

static const struct relation relations[] = {
    {.name = "if-negated", .apply = negated},
    {.name = "if-as-switch", .apply = as_switch},
    {.name = "if-as-goto", .apply = as_goto},
    {.name = "if-as-loop", .apply = as_loop},
    {.name = "if-by-a-variable", .apply = by_a_variable},
    {.name = "if-as-ternary", .apply = as_ternary},
    {.name = "if-as-and", .apply = as_and},
    {.name = "condition-twice-negated", .apply = twice_negated},
    {.name = "condition-expected", .apply = expected},
    {.name = "condition-and-true", .apply = and_true},
    {.name = "condition-or-false", .apply = or_false},
    {.name = "condition-chosen", .apply = chosen},
    {.name = "comparison-swapped", .apply = sides_swapped},
    {.name = "comparison-negated", .apply = other_operator},
    {.name = "zero-written-out", .apply = zero_written_out},
};
const struct relation_table branch_relations = RELATIONS(relations);
