#include "source/text/lexer.h"

#include "support/strbuf.h"

#include <string.h>

static char peek(const struct lexer *lexer, size_t ahead)
{
    return lexer->at + ahead < lexer->len ? lexer->text[lexer->at + ahead] : '\0';
}

static bool at_end(const struct lexer *lexer)
{
    return lexer->at >= lexer->len;
}

/* <ctype.h> asks the locale for every character, which takes longer than all else here. */
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80;
}

static bool is_name_part(char c)
{
    return is_name_start(c) || is_digit(c);
}

/* At the last character of a line's end: "\n", "\r\n" or, as old Macs wrote it, "\r". */
static bool at_line_end(const struct lexer *lexer)
{
    char c = lexer->text[lexer->at];
    return c == '\n' || (c == '\r' && peek(lexer, 1) != '\n');
}

static void step(struct lexer *lexer)
{
    bool ends = at_line_end(lexer);
    lexer->at++;
    if (!ends)
        return;
    lexer->line++;
    lexer->line_start = lexer->at;
}

/* ---- what is no token -------------------------------------------------------------------- */

/* A backslash before the line's end: the line goes on. */
static bool skip_splice(struct lexer *lexer)
{
    size_t len = 0;
    if (peek(lexer, 0) == '\\' && peek(lexer, 1) == '\r' && peek(lexer, 2) == '\n')
        len = 3;
    else if (peek(lexer, 0) == '\\' && (peek(lexer, 1) == '\n' || peek(lexer, 1) == '\r'))
        len = 2;
    for (size_t i = 0; i < len; i++)
        step(lexer);
    return len != 0;
}

/* To the newline that ends the logical line, which stays unread. */
static void skip_line(struct lexer *lexer)
{
    while (!at_end(lexer) && !at_line_end(lexer))
        if (!skip_splice(lexer))
            step(lexer);
}

static bool skip_comment(struct lexer *lexer)
{
    if (peek(lexer, 0) != '/' || (peek(lexer, 1) != '/' && peek(lexer, 1) != '*'))
        return false;
    if (peek(lexer, 1) == '/') {
        skip_line(lexer);
        return true;
    }
    lexer->at += 2;
    while (!at_end(lexer) && !(peek(lexer, 0) == '*' && peek(lexer, 1) == '/'))
        step(lexer);
    lexer->at = lexer->at + 2 < lexer->len ? lexer->at + 2 : lexer->len;
    return true;
}

static void skip_blanks(struct lexer *lexer)
{
    while (!at_end(lexer)) {
        char c = lexer->text[lexer->at];
        if (at_line_end(lexer)) {
            lexer->fresh_line = true;
            lexer->in_macro = lexer->skips_line = false;
            step(lexer);
        } else if (lexer->skips_line) {
            skip_line(lexer);
        } else if (is_space(c)) {
            step(lexer);
        } else if (!skip_comment(lexer) && !skip_splice(lexer)) {
            return;
        }
    }
}

/* ---- tokens ------------------------------------------------------------------------------ */

/* An unterminated literal ends with its line, as the preprocessor has it. */
static void skip_literal(struct lexer *lexer, char quote)
{
    step(lexer);
    while (!at_end(lexer) && !at_line_end(lexer)) {
        char c = lexer->text[lexer->at];
        if (skip_splice(lexer))
            continue;
        step(lexer);
        if (c == quote)
            return;
        if (c == '\\' && !at_end(lexer))
            step(lexer);
    }
}

/* R"delimiter( ... )delimiter"; the lexer stands at the quote. */
static void skip_raw_string(struct lexer *lexer)
{
    step(lexer);
    size_t begin = lexer->at;
    while (!at_end(lexer) && lexer->text[lexer->at] != '(' && !at_line_end(lexer))
        lexer->at++;
    size_t len = lexer->at - begin;
    const char *delimiter = lexer->text + begin;
    for (; !at_end(lexer); step(lexer)) {
        if (lexer->text[lexer->at] == ')' && lexer->at + len + 1 < lexer->len &&
            memcmp(lexer->text + lexer->at + 1, delimiter, len) == 0 &&
            lexer->text[lexer->at + 1 + len] == '"') {
            lexer->at += len + 2;
            return;
        }
    }
}

static void skip_number(struct lexer *lexer)
{
    while (is_name_part(peek(lexer, 0)) || peek(lexer, 0) == '.' ||
           (peek(lexer, 0) == '\'' && is_name_part(peek(lexer, 1))))
        lexer->at++;
}

static void skip_name(struct lexer *lexer)
{
    while (is_name_part(peek(lexer, 0)))
        lexer->at++;
}

bool lexer_is(const struct lexer_token *token, const char *text)
{
    return strlen(text) == token->len && memcmp(token->text, text, token->len) == 0;
}

static bool is_raw_prefix(const struct lexer_token *token)
{
    static const char *const prefixes[] = {"R", "u8R", "uR", "UR", "LR"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (lexer_is(token, prefixes[i]))
            return true;
    return false;
}

static void take_name(struct lexer *lexer, struct lexer_token *token)
{
    skip_name(lexer);
    token->kind = LEXER_NAME;
    token->len = (size_t)(lexer->text + lexer->at - token->text);
    if (peek(lexer, 0) == '"' && is_raw_prefix(token)) {
        skip_raw_string(lexer);
        token->kind = LEXER_LITERAL;
    }
}

static void take_directive(struct lexer *lexer, struct lexer_token *token)
{
    step(lexer);
    while (peek(lexer, 0) == ' ' || peek(lexer, 0) == '\t')
        lexer->at++;
    token->kind = LEXER_DIRECTIVE;
    token->text = lexer->text + lexer->at;
    skip_name(lexer);
    token->len = (size_t)(lexer->text + lexer->at - token->text);
    lexer->in_macro = lexer_is(token, "define");
    lexer->skips_line = !lexer->in_macro;
}

struct lexer lexer_start(const char *text, size_t len)
{
    return (struct lexer){.text = text, .len = len, .line = 1, .fresh_line = true};
}

struct lexer_token lexer_next(struct lexer *lexer)
{
    skip_blanks(lexer);
    struct lexer_token token = {
        .text = lexer->text + lexer->at,
        .line = lexer->line,
        .column = (uint32_t)(lexer->at - lexer->line_start) + 1,
        .in_macro = lexer->in_macro,
    };
    if (at_end(lexer))
        return token;
    char c = *token.text;
    token.kind = LEXER_OTHER;
    if (c == '#' && lexer->fresh_line) {
        take_directive(lexer, &token);
    } else if (c == '"' || c == '\'') {
        skip_literal(lexer, c);
        token.kind = LEXER_LITERAL;
    } else if (is_digit(c)) {
        skip_number(lexer);
        token.kind = LEXER_NUMBER;
    } else if (is_name_start(c)) {
        take_name(lexer, &token);
    } else {
        step(lexer);
    }
    if (token.kind != LEXER_DIRECTIVE)
        token.len = (size_t)(lexer->text + lexer->at - token.text);
    lexer->fresh_line = false;
    return token;
}

const char *lexer_rest_of_line(struct lexer *lexer, struct arena *arena)
{
    enum { LONGEST = 120 };
    struct strbuf rest;
    strbuf_init(&rest, arena);
    while (!at_end(lexer) && !at_line_end(lexer)) {
        if (skip_splice(lexer) || skip_comment(lexer))
            continue;
        char c = lexer->text[lexer->at++];
        bool blank = is_space(c);
        if (rest.len < LONGEST && !(blank && rest.len && rest.text[rest.len - 1] == ' '))
            strbuf_addc(&rest, blank ? ' ' : c);
    }
    while (rest.len && rest.text[rest.len - 1] == ' ')
        rest.text[--rest.len] = '\0';
    return rest.len < LONGEST ? rest.text : arena_printf(arena, "%s...", rest.text);
}

size_t lexer_line_end(struct lexer lexer)
{
    skip_line(&lexer);
    return at_end(&lexer) ? lexer.len : lexer.at + 1;
}

void lexer_read_code(struct arena *arena, const char *text, size_t len, lexer_tokens *tokens)
{
    struct lexer lexer = lexer_start(text, len);
    bool in_directive = false;
    uint32_t line = 0;
    for (struct lexer_token token; (token = lexer_next(&lexer)).kind != LEXER_END;) {
        if (token.kind == LEXER_DIRECTIVE) {
            in_directive = true;
            line = token.line;
        }
        in_directive &= token.line == line;
        if (!in_directive && !token.in_macro)
            vec_push(arena, tokens, token);
    }
}
