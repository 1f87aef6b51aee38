/* What the characters of a position count, as client and server agreed on. Private to
 * checker/server/. */
#ifndef CUHOSTLINT_SERVER_ENCODING_H
#define CUHOSTLINT_SERVER_ENCODING_H

#include "findings/text.h"
#include "support/utf8.h"

#include <jansson.h>

enum encoding { ENCODING_UTF16, ENCODING_UTF8 };

/* The first of the client's list (general.positionEncodings, LSP 3.17) that is known here; UTF-16,
 * which every client knows, where there is none. */
enum encoding encoding_choose(const json_t *offered);

/* As the protocol calls it. */
const char *encoding_name(enum encoding encoding);

/* What a character of a text counts. */
int encoding_units(enum encoding encoding, struct utf8_char character);

/* The place in a line, from 1, of a column in bytes from 1. */
uint32_t encoding_column(enum encoding encoding, const struct text *text, uint32_t line,
                         uint32_t column);

#endif
