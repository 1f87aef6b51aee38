/* Loops in other words. */
#include "relation.h"

struct loop {
    const struct statement *statement;
    struct range whole, start, condition, step, body; /* start with its ';' */
    size_t number;
};

static bool read_loop(const struct program *program, size_t number, enum statement_kind kind,
                      struct loop *loop)
{
    const struct statement *statement = &program->statements.data[number];

    if (statement->kind != kind || statement->open == NONE || statement->body == NONE ||
        (kind != STATEMENT_FOR && relation_declares(program, statement->open, statement->close)))
        return false;
    *loop = (struct loop){
        .statement = statement,
        .whole = statement_range(program, statement),
        .body = statement_range(program, &program->statements.data[statement->body]),
        .number = number,
    };
    if (kind != STATEMENT_FOR && statement->close > statement->open + 1)
        loop->condition = token_range(program, statement->open + 1, statement->close - 1);
    return true;
}

static bool leaves(const struct program *program, const struct loop *loop)
{
    const struct statement *body = &program->statements.data[loop->statement->body];

    return relation_leaves_loop(program, body->first, body->last);
}

/* The three parts of a `for`. */
static bool read_for(const struct program *program, size_t number, struct loop *loop)
{
    size_t semicolons[2], count = 0;

    if (!read_loop(program, number, STATEMENT_FOR, loop))
        return false;
    for (size_t i = loop->statement->open + 1; i < loop->statement->close; i++) {
        size_t mate = program->tokens.data[i].mate;

        if (mate != NONE && mate > i)
            i = mate;
        else if (token_is(program, i, ";") && count < 2)
            semicolons[count++] = i;
    }
    if (count != 2 || semicolons[1] <= semicolons[0] + 1)
        return false;
    loop->start = token_range(program, loop->statement->open + 1, semicolons[0]);
    loop->condition = token_range(program, semicolons[0] + 1, semicolons[1] - 1);
    if (semicolons[1] + 1 < loop->statement->close)
        loop->step = token_range(program, semicolons[1] + 1, loop->statement->close - 1);
    return true;
}

/* $1 start, $2 condition, $3 step, $4 body. */
static void rewrite_loop(struct rewrite *rewrite, const struct loop *loop, const char *text)
{
    const struct range parts[] = {loop->start, loop->condition, loop->step, loop->body};

    rewrite_site(rewrite);
    rewrite_template(rewrite, loop->whole, text, parts, 4);
}

static void for_as_while(const struct program *program, struct rewrite *rewrite)
{
    struct loop loop;

    for (size_t i = 0; i < program->statements.len; i++)
        if (read_for(program, i, &loop) && !leaves(program, &loop))
            rewrite_loop(rewrite, &loop, "{ $1 while ($2) { $4 $3; } }");
}

static void for_as_goto(const struct program *program, struct rewrite *rewrite)
{
    struct loop loop;

    for (size_t i = 0; i < program->statements.len; i++)
        if (read_for(program, i, &loop) && !leaves(program, &loop))
            rewrite_loop(rewrite, &loop,
                         arena_printf(program->arena,
                                      "{ $1 meta_%zu: if ($2) { $4 $3; goto meta_%zu; } }", i, i));
}

static void for_as_do(const struct program *program, struct rewrite *rewrite)
{
    struct loop loop;

    for (size_t i = 0; i < program->statements.len; i++)
        if (read_for(program, i, &loop) && !leaves(program, &loop))
            rewrite_loop(rewrite, &loop, "{ $1 if ($2) do { $4 $3; } while ($2); }");
}

static void for_with_its_test_inside(const struct program *program, struct rewrite *rewrite)
{
    struct loop loop;

    for (size_t i = 0; i < program->statements.len; i++)
        if (read_for(program, i, &loop))
            rewrite_loop(rewrite, &loop, "for ($1;$3) { if (!($2)) break; $4 }");
}

/* The first turn in front of the loop. */
static void first_turn_unrolled(const struct program *program, struct rewrite *rewrite)
{
    struct loop loop;

    for (size_t i = 0; i < program->statements.len; i++)
        if (read_for(program, i, &loop) && !leaves(program, &loop) &&
            !tokens_have(program, loop.statement->first, loop.statement->last, ":"))
            rewrite_loop(rewrite, &loop, "{ $1 if ($2) { { $4 } $3; for (; $2; $3) { $4 } } }");
}

static void while_as_for(const struct program *program, struct rewrite *rewrite)
{
    struct loop loop;

    for (size_t i = 0; i < program->statements.len; i++)
        if (read_loop(program, i, STATEMENT_WHILE, &loop))
            rewrite_loop(rewrite, &loop, "for (; $2;) { $4 }");
}

static void while_with_its_test_inside(const struct program *program, struct rewrite *rewrite)
{
    struct loop loop;

    for (size_t i = 0; i < program->statements.len; i++)
        if (read_loop(program, i, STATEMENT_WHILE, &loop))
            rewrite_loop(rewrite, &loop, "while (1) { if (!($2)) break; $4 }");
}

static void do_with_its_test_inside(const struct program *program, struct rewrite *rewrite)
{
    struct loop loop;

    for (size_t i = 0; i < program->statements.len; i++)
        if (read_loop(program, i, STATEMENT_DO, &loop) && !leaves(program, &loop))
            rewrite_loop(rewrite, &loop, "for (;;) { $4 if (!($2)) break; }");
}

static void range_as_iterators(const struct program *program, struct rewrite *rewrite)
{
    relation_prologue(program, rewrite, program->is_cxx ? "\n#include <iterator>\n" : "");
    for (size_t i = 0; i < program->statements.len; i++) {
        const struct statement *statement = &program->statements.data[i];
        size_t colon = statement->open;

        if (statement->kind != STATEMENT_RANGE_FOR || statement->body == NONE)
            continue;
        while (colon < statement->close && !token_is(program, colon, ":"))
            colon++;
        if (colon + 1 >= statement->close || tokens_have(program, statement->open, colon, "["))
            continue;
        const struct range parts[] = {
            token_range(program, statement->open + 1, colon - 1),
            token_range(program, colon + 1, statement->close - 1),
            statement_range(program, &program->statements.data[statement->body])};

        rewrite_site(rewrite);
        rewrite_template(rewrite, statement_range(program, statement),
                         arena_printf(program->arena,
                                      "{ auto &&meta_r%zu = $2; for (auto meta_i%zu = "
                                      "std::begin(meta_r%zu); meta_i%zu != std::end(meta_r%zu); "
                                      "++meta_i%zu) { $1 = *meta_i%zu; $3 } }",
                                      i, i, i, i, i, i, i),
                         parts, 3);
    }
}

static const struct relation relations[] = {
    {.name = "for-as-while", .apply = for_as_while},
    {.name = "for-as-goto", .apply = for_as_goto},
    /* that there is no turn is a path that the program asks for now, and on which it keeps nothing
     */
    {.name = "for-as-do", .except = "register-leak", .apply = for_as_do},
    {.name = "for-test-inside", .apply = for_with_its_test_inside},
    {.name = "first-turn-unrolled",
     .except = "register-in-loop register-leak",
     .apply = first_turn_unrolled},
    {.name = "while-as-for", .apply = while_as_for},
    {.name = "while-test-inside", .apply = while_with_its_test_inside},
    {.name = "do-test-inside", .apply = do_with_its_test_inside},
    {.name = "range-as-iterators", .apply = range_as_iterators},
};
const struct relation_table loop_relations = RELATIONS(relations);
