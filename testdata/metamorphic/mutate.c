#include "mutate.h"

#include "relation.h"

#include <string.h>

size_t random_below(struct random *random, size_t limit)
{
    random->state ^= random->state << 13;
    random->state ^= random->state >> 7;
    random->state ^= random->state << 17;
    return (size_t)((random->state >> 11) % limit);
}

struct mutation {
    const struct program *program, *donor;
    struct random *random;
    struct rewrite *rewrite;
};

static size_t choose(struct mutation *mutation, size_t count)
{
    return random_below(mutation->random, count);
}

static const struct statement *any_statement(struct mutation *mutation,
                                             const struct program *program)
{
    if (program->statements.len == 0)
        return NULL;
    return &program->statements.data[choose(mutation, program->statements.len)];
}

static void drop_statement(struct mutation *mutation)
{
    const struct statement *one = any_statement(mutation, mutation->program);

    if (one != NULL)
        rewrite_replace(mutation->rewrite, statement_range(mutation->program, one), ";");
}

static void double_statement(struct mutation *mutation)
{
    const struct statement *one = any_statement(mutation, mutation->program);

    if (one != NULL)
        rewrite_replace(mutation->rewrite, statement_range(mutation->program, one), "$0 $0");
}

static void copy_statement(struct mutation *mutation)
{
    const struct statement *one = any_statement(mutation, mutation->program);
    const struct statement *other = any_statement(mutation, mutation->program);

    if (one == NULL)
        return;
    const struct range part = statement_range(mutation->program, other);

    rewrite_template(mutation->rewrite, statement_range(mutation->program, one), "$1 $0", &part, 1);
}

static void swap_statements(struct mutation *mutation)
{
    const struct statement *one = any_statement(mutation, mutation->program);
    const struct statement *other = any_statement(mutation, mutation->program);

    if (one == NULL)
        return;
    const struct range parts[] = {statement_range(mutation->program, one),
                                  statement_range(mutation->program, other)};

    rewrite_template(mutation->rewrite, parts[0], "$2", parts, 2);
    rewrite_template(mutation->rewrite, parts[1], "$1", parts, 2);
}

static void take_statement(struct mutation *mutation)
{
    const struct statement *one = any_statement(mutation, mutation->program);
    const struct statement *other = any_statement(mutation, mutation->donor);

    if (one != NULL && other != NULL)
        rewrite_replace(mutation->rewrite, statement_range(mutation->program, one),
                        program_written(mutation->donor, other->first, other->last));
}

static void take_function(struct mutation *mutation)
{
    const struct program *donor = mutation->donor;
    const struct function *function;

    if (donor->functions.len == 0)
        return;
    function = &donor->functions.data[choose(mutation, donor->functions.len)];
    rewrite_insert(mutation->rewrite, mutation->program->prologue,
                   program_written(donor, function->first, function->close));
}

static void change_token(struct mutation *mutation)
{
    static const char *const words[] = {
        "0",      "1",      "-1",     "4096", "sizeof",  "nullptr", "NULL", "18446744073709551615u",
        "(",      ")",      "{",      "}",    ";",       ",",       "*",    "&",
        "==",     "!=",     "?",      ":",    "[",       "]",       "<",    ">",
        "return", "break",  "goto",   "try",  "throw",   "switch",  "case", "default:",
        "while",  "struct", "static", "this", "typedef", "delete",  "new",  "[&]{}()",
    };
    const struct program *program = mutation->program;
    size_t token = choose(mutation, program->tokens.len);
    size_t other = choose(mutation, program->tokens.len);
    struct range range = token_range(program, token, token);

    switch (choose(mutation, 4)) {
    case 0:
        rewrite_replace(mutation->rewrite, range, "");
        break;
    case 1:
        rewrite_replace(mutation->rewrite, range,
                        words[choose(mutation, sizeof words / sizeof *words)]);
        break;
    default:
        while (program->tokens.data[other].kind != program->tokens.data[token].kind)
            other = (other + 1) % program->tokens.len;
        rewrite_replace(mutation->rewrite, range, program->tokens.data[other].text);
    }
}

/* One of the relations at some of its sites. */
static void change_by_relation(struct mutation *mutation)
{
    static const struct relation_table *const tables[] = {
        &layout_relations,   &statement_relations, &branch_relations,   &loop_relations,
        &variable_relations, &argument_relations,  &function_relations, &fault_relations,
    };
    const struct relation_table *table = tables[choose(mutation, sizeof tables / sizeof *tables)];
    size_t first = mutation->rewrite->sites.len;

    table->relations[choose(mutation, table->count)].apply(mutation->program, mutation->rewrite);
    for (size_t i = first; i < mutation->rewrite->sites.len; i++) {
        struct change *site = &mutation->rewrite->sites.data[i];

        site->is_off = !site->is_fixed && choose(mutation, 4) != 0;
    }
    rewrite_site(mutation->rewrite);
}

static void add_bytes(struct mutation *mutation)
{
    char bytes[4] = {0};

    for (size_t i = 0; i + 1 < sizeof bytes; i++)
        bytes[i] = (char)(1 + choose(mutation, 255));
    rewrite_insert(mutation->rewrite, choose(mutation, mutation->program->len),
                   arena_strdup(mutation->rewrite->arena, bytes));
}

static void nest_deeply(struct mutation *mutation)
{
    const struct statement *one = any_statement(mutation, mutation->program);
    static const char *const shells[][2] = {{"{", "}"},
                                            {"if (1) ", ""},
                                            {"do ", " while (0);"},
                                            {"for (;;) ", ""},
                                            {"switch (0) default: ", ""}};
    const char *const *shell = shells[choose(mutation, sizeof shells / sizeof *shells)];
    struct strbuf before, behind;

    if (one == NULL)
        return;
    strbuf_init(&before, mutation->rewrite->arena);
    strbuf_init(&behind, mutation->rewrite->arena);
    for (size_t depth = choose(mutation, 60); depth > 0; depth--) {
        strbuf_adds(&before, shell[0]);
        strbuf_adds(&behind, shell[1]);
    }
    rewrite_wrap(mutation->rewrite, statement_range(mutation->program, one), before.text,
                 behind.text);
}

struct strbuf mutate(const struct program *program, const struct program *donor,
                     struct random *random, struct arena *arena)
{
    static void (*const kinds[])(struct mutation *) = {
        drop_statement, double_statement, copy_statement, swap_statements,    take_statement,
        take_statement, take_function,    change_token,   change_by_relation, change_by_relation,
        drop_statement, swap_statements,  change_token,   nest_deeply,        add_bytes,
    };
    struct rewrite rewrite = {.arena = arena};
    struct mutation mutation = {program, donor, random, &rewrite};
    struct rewritten rewritten;

    rewrite_site(&rewrite);
    for (size_t i = 1 + choose(&mutation, 5); i > 0; i--)
        kinds[choose(&mutation, sizeof kinds / sizeof *kinds)](&mutation);
    rewrite_render(&rewrite, arena, program->text, program->len, &rewritten);
    return rewritten.text;
}
