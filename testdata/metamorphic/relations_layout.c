/* The same tokens in another layout. */
#include "relation.h"

#include <string.h>

/* Space between two tokens, one site for each function and one for what stands between them. */
static void gaps_as(const struct program *program, struct rewrite *rewrite, const char *text)
{
    size_t last_function = NONE - 1;

    for (size_t i = 0; i + 1 < program->tokens.len; i++) {
        struct range gap = {program->tokens.data[i].range.to,
                            program->tokens.data[i + 1].range.from};
        size_t function = program_function_at(program, i);
        bool holds_directive = false;

        for (size_t j = 0; j < program->directives.len; j++)
            holds_directive |= program->directives.data[j].range.from >= gap.from &&
                               program->directives.data[j].range.from < gap.to;
        if (holds_directive || gap.from == gap.to)
            continue;
        if (function != last_function)
            rewrite_site(rewrite);
        last_function = function;
        rewrite_replace(rewrite, gap, text);
    }
}

static void joined(const struct program *program, struct rewrite *rewrite)
{
    gaps_as(program, rewrite, " ");
}

static void one_token_a_line(const struct program *program, struct rewrite *rewrite)
{
    gaps_as(program, rewrite, "\n");
}

static void spliced(const struct program *program, struct rewrite *rewrite)
{
    gaps_as(program, rewrite, " \\\n\t");
}

static void commented(const struct program *program, struct rewrite *rewrite)
{
    gaps_as(program, rewrite, " /* free(p); { */ ");
}

static void with_carriage_returns(const struct program *program, struct rewrite *rewrite)
{
    rewrite_site(rewrite);
    for (size_t i = program->prologue; i < program->len; i++)
        if (program->text[i] == '\n')
            rewrite_insert(rewrite, i, "\r");
}

/* Lines as old Macs wrote them. */
static void only_carriage_returns(const struct program *program, struct rewrite *rewrite)
{
    rewrite_site(rewrite);
    for (size_t i = 0; i < program->len; i++)
        if (program->text[i] == '\n')
            rewrite_replace(rewrite, (struct range){i, i + 1}, "\r");
}

static void operators_as_words(const struct program *program, struct rewrite *rewrite)
{
    static const char *const words[][2] = {{"&&", " and "},    {"||", " or "}, {"!", " not "},
                                           {"!=", " not_eq "}, {"{", "<%"},    {"]", ":>"},
                                           {"[", "<:"},        {"}", "%>"}};

    for (size_t i = 0; program->is_cxx && i < program->tokens.len; i++) {
        for (size_t j = 0; j < sizeof words / sizeof *words; j++) {
            if (!token_is(program, i, words[j][0]) || program_function_at(program, i) == NONE ||
                program->tokens.data[i].kind != CXToken_Punctuation)
                continue;
            if (j >= 4 && program->tokens.data[i].mate == NONE)
                continue;
            rewrite_site(rewrite);
            rewrite_replace(rewrite, token_range(program, i, i), words[j][1]);
        }
    }
}

static void between_conditionals(const struct program *program, struct rewrite *rewrite)
{
    for (size_t i = 0; i < program->functions.len; i++) {
        const struct function *function = &program->functions.data[i];

        if (!function->is_plain)
            continue;
        rewrite_site(rewrite);
        rewrite_replace(rewrite, token_range(program, function->first, function->close),
                        "\n#if 1\n$0\n#else\nnone\n#endif\n");
    }
}

static const struct relation relations[] = {
    {.name = "joined", .apply = joined},
    {.name = "one-token-a-line", .apply = one_token_a_line},
    {.name = "spliced", .apply = spliced},
    {.name = "commented", .apply = commented},
    {.name = "carriage-returns", .apply = with_carriage_returns},
    {.name = "only-carriage-returns", .apply = only_carriage_returns},
    {.name = "operators-as-words", .apply = operators_as_words},
    {.name = "between-conditionals", .apply = between_conditionals},
};
const struct relation_table layout_relations = RELATIONS(relations);
