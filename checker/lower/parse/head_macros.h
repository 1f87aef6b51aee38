/* Macros of a missing header in the heads of functions: LIB_EXPORT of "LIB_EXPORT void f() {",
 * JNICALL of "jlong JNICALL f() {". Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_HEAD_MACROS_H
#define CUHOSTLINT_LOWER_PARSE_HEAD_MACROS_H

#include "lower/text/sites.h"
#include "source/text/lexer.h"

typedef VEC(const struct lexer_token *) head_macros;

/* Appends them for the function in front of whose parameters the error stands, where its text alone
 * says which of the words there are no types. */
void head_macros_find(struct arena *arena, const lexer_tokens *tokens, const char *text,
                      const struct user_error *error, head_macros *macros);

#endif
