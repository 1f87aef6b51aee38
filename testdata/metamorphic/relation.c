#include "relation.h"

#include <string.h>

void relation_prologue(const struct program *program, struct rewrite *rewrite, const char *text)
{
    rewrite_fixed_site(rewrite);
    rewrite_insert(rewrite, program->prologue, text);
}

static bool is_one_of(const char *text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(text, *words) == 0)
            return true;
    return false;
}

static bool macro_mentions(const struct program *program, const char *name,
                           const char *const *words)
{
    bool is_inside = false;

    for (size_t i = 0; i + 2 < program->directives.len; i++) {
        const struct token *token = &program->directives.data[i];

        if (strcmp(token->text, "#") == 0 && strcmp(token[1].text, "define") == 0)
            is_inside = strcmp(token[2].text, name) == 0;
        if (is_inside && is_one_of(token->text, words))
            return true;
    }
    return false;
}

bool relation_mentions(const struct program *program, size_t first, size_t last,
                       const char *const *words)
{
    for (size_t i = first; i <= last; i++) {
        const char *text = program->tokens.data[i].text;

        if (is_one_of(text, words) || (program->tokens.data[i].kind == CXToken_Identifier &&
                                       macro_mentions(program, text, words)))
            return true;
    }
    return false;
}

bool relation_jumps(const struct program *program, size_t first, size_t last)
{
    static const char *const words[] = {"break", "continue", "goto", "return", NULL};

    return relation_mentions(program, first, last, words);
}

bool relation_leaves_loop(const struct program *program, size_t first, size_t last)
{
    static const char *const words[] = {"break", "continue", NULL};

    return relation_mentions(program, first, last, words);
}

bool relation_is_expression(const struct program *program, const struct statement *statement)
{
    static const char *const words[] = {"do", "if", "for", "while", "switch", "delete", NULL};

    return statement->kind == STATEMENT_PLAIN &&
           !relation_mentions(program, statement->first, statement->last, words);
}

bool relation_declares(const struct program *program, size_t first, size_t last)
{
    for (size_t i = 0; i < program->variables.len; i++)
        if (program->variables.data[i].token >= first && program->variables.data[i].token <= last)
            return true;
    return false;
}

bool relation_is_simple_declaration(const struct program *program, const struct variable *variable)
{
    static const char *const words[] = {
        "static",       "const",     "auto", "register", "extern", "volatile",
        "thread_local", "constexpr", "(",    "[",        "{",      NULL};

    return variable->is_alone && variable->is_scalar && !variable->is_static &&
           variable->function != NONE && variable->first > 0 &&
           !token_is(program, variable->first - 1, "(") &&
           !relation_mentions(program, variable->first, variable->token, words) &&
           (variable->value_first != NONE || variable->last == variable->token + 1) &&
           !(variable->value_first != NONE && token_is(program, variable->value_first, "{"));
}

void relation_arguments(const struct program *program, size_t open, struct arguments *arguments)
{
    size_t close = program->tokens.data[open].mate, first = open + 1;

    *arguments = (struct arguments){.count = 0};
    if (!token_is(program, open, "(") || close == NONE)
        return;
    for (size_t i = open + 1; i <= close; i++) {
        size_t mate = program->tokens.data[i].mate;

        if ((i == close || token_is(program, i, ",")) && i > first && arguments->count < 8) {
            arguments->list[arguments->count++] = token_range(program, first, i - 1);
            first = i + 1;
        } else if (i < close && mate != NONE && mate > i) {
            i = mate;
        }
    }
}
