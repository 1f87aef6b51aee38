/* C and C++ text as tokens, without a parser and without trust: comments are gone, literals are one
 * token, preprocessor lines are told apart from code. Any bytes may come. */
#ifndef CUHOSTLINT_SOURCE_TEXT_LEXER_H
#define CUHOSTLINT_SOURCE_TEXT_LEXER_H

#include "support/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum lexer_kind {
    LEXER_END,
    LEXER_NAME,
    LEXER_NUMBER,
    LEXER_LITERAL,   /* string or character */
    LEXER_DIRECTIVE, /* the word behind a line's '#'. Of a #define the tokens follow; the rest of
                        any other line is skipped, unless lexer_rest_of_line takes it */
    LEXER_OTHER      /* one character */
};

struct lexer_token {
    enum lexer_kind kind;
    const char *text; /* in the text that is read */
    size_t len;
    uint32_t line, column; /* from 1; bytes */
    bool in_macro;         /* behind a #define: its name, parameters and body */
};

/* Copies look ahead. */
struct lexer {
    const char *text;
    size_t len, at;
    size_t line_start;
    uint32_t line;
    bool fresh_line; /* nothing but blanks so far: '#' begins a directive */
    bool in_macro;
    bool skips_line; /* the rest of a directive's line */
};

struct lexer lexer_start(const char *text, size_t len);

struct lexer_token lexer_next(struct lexer *lexer);

/* After a directive: the rest of its line with a blank in front, comments gone, blanks squeezed,
 * cut when it is long. */
const char *lexer_rest_of_line(struct lexer *lexer, struct arena *arena);

/* The offset behind the line that the lexer is in, with the lines that a backslash joins to it. */
size_t lexer_line_end(struct lexer lexer);

bool lexer_is(const struct lexer_token *token, const char *text);

typedef VEC(struct lexer_token) lexer_tokens;

/* Appends the tokens of code: none of directives, nor of what they define. */
void lexer_read_code(struct arena *arena, const char *text, size_t len, lexer_tokens *tokens);

#endif
