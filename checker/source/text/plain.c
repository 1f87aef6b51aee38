#include "source/text/plain.h"

#include "source/text/lexer.h"

#include <string.h>

static char *blank_copy(struct arena *arena, const char *text, size_t len)
{
    char *plain = arena_alloc(arena, len + 1);
    for (size_t i = 0; i < len; i++) {
        bool ends_line =
            text[i] == '\n' || (text[i] == '\r' && (i + 1 == len || text[i + 1] != '\n'));
        plain[i] = ends_line ? '\n' : ' ';
    }
    return plain;
}

/* The quotes of a literal stay, so that it still is something. */
static void keep_quotes(char *plain, const struct lexer_token *token)
{
    const char *open = memchr(token->text, '"', token->len);
    size_t first = open ? (size_t)(open - token->text) : 0;
    char quote = token->text[first];
    plain[first] = quote;
    if (token->text[token->len - 1] == quote)
        plain[token->len - 1] = quote;
}

/* The bracket that a digraph stands for, or 0. "<::" is "<" and "::", as in vector<::T>. */
static char digraph(const char *text, size_t len)
{
    if (len < 2)
        return 0;
    if (text[0] == '<' && text[1] == '%')
        return '{';
    if (text[0] == '%' && text[1] == '>')
        return '}';
    if (text[0] == ':' && text[1] == '>')
        return ']';
    if (text[0] == '<' && text[1] == ':')
        return len > 2 && text[2] == ':' && !(len > 3 && strchr(":>", text[3])) ? 0 : '[';
    return 0;
}

const char *source_plain(struct arena *arena, const char *text, size_t len)
{
    char *plain = blank_copy(arena, text, len);
    struct lexer lexer = lexer_start(text, len);
    for (;;) {
        struct lexer_token token = lexer_next(&lexer);
        if (token.kind == LEXER_END)
            return plain;
        size_t at = (size_t)(token.text - text);
        char bracket = token.kind == LEXER_OTHER ? digraph(token.text, len - at) : 0;
        if (token.kind == LEXER_DIRECTIVE || token.in_macro || token.len == 0)
            continue;
        if (bracket) {
            plain[at] = bracket;
            lexer.at++;
        } else if (token.kind == LEXER_LITERAL) {
            keep_quotes(plain + at, &token);
        } else {
            memcpy(plain + at, token.text, token.len);
        }
    }
}
