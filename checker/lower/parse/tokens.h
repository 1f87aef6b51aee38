/* Questions about the tokens of code, by their index. Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_TOKENS_H
#define CUHOSTLINT_LOWER_PARSE_TOKENS_H

#include "source/text/lexer.h"

/* The first token that begins at `offset` of the text or later; tokens->len: there is none. */
size_t tokens_at(const lexer_tokens *tokens, const char *text, size_t offset);

bool tokens_is(const lexer_tokens *tokens, size_t at, const char *text);

bool tokens_is_name(const lexer_tokens *tokens, size_t at);

/* "::" begins there. */
bool tokens_is_scope(const lexer_tokens *tokens, size_t at);

/* The token behind the bracket that closes the one at `at`; 0: it stays open. */
size_t tokens_behind_bracket(const lexer_tokens *tokens, size_t at, const char *open,
                             const char *close);

#endif
