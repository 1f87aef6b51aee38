#include "lower/parse/tokens.h"

enum { MOST_ARGUMENT_TOKENS = 200 };

size_t tokens_at(const lexer_tokens *tokens, const char *text, size_t offset)
{
    size_t at = 0, behind = tokens->len;
    while (at < behind) {
        size_t middle = at + (behind - at) / 2;
        if ((size_t)(tokens->data[middle].text - text) < offset)
            at = middle + 1;
        else
            behind = middle;
    }
    return at;
}

bool tokens_is(const lexer_tokens *tokens, size_t at, const char *text)
{
    return at < tokens->len && lexer_is(&tokens->data[at], text);
}

bool tokens_is_name(const lexer_tokens *tokens, size_t at)
{
    return at < tokens->len && tokens->data[at].kind == LEXER_NAME;
}

bool tokens_is_scope(const lexer_tokens *tokens, size_t at)
{
    return tokens_is(tokens, at, ":") && tokens_is(tokens, at + 1, ":");
}

size_t tokens_behind_bracket(const lexer_tokens *tokens, size_t at, const char *open,
                             const char *close)
{
    int depth = 0;
    for (size_t i = at; i < tokens->len; i++) {
        if (*open == '<' && (i > at + MOST_ARGUMENT_TOKENS || tokens_is(tokens, i, ";") ||
                             tokens_is(tokens, i, "{")))
            return 0;
        depth += tokens_is(tokens, i, open);
        depth -= tokens_is(tokens, i, close);
        if (depth == 0)
            return i + 1;
    }
    return 0;
}
