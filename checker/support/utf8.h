/* UTF-8 as it comes: reading it without trust, and knowing how a terminal shows it. */
#ifndef CUHOSTLINT_SUPPORT_UTF8_H
#define CUHOSTLINT_SUPPORT_UTF8_H

#include "support/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Stands for what is no UTF-8. */
#define UTF8_REPLACEMENT 0xFFFDU

struct utf8_char {
    uint32_t code; /* UTF8_REPLACEMENT where !valid */
    uint32_t len;  /* bytes taken, at least 1 */
    bool valid;
};

/* The character at the start of `bytes` (len > 0). Of malformed input, as many bytes are taken as
 * the Unicode standard ("maximal subparts") and every browser take for one replacement. */
struct utf8_char utf8_next(const char *bytes, size_t len);

/* Terminal columns: 0 for combining marks, 2 for wide characters, else 1. */
int utf8_width(uint32_t code);

/* False for controls, format characters (bidirectional ones too), private use, noncharacters:
 * what must never reach a terminal as it is. */
bool utf8_is_printable(uint32_t code);

/* The text with every malformed part replaced by U+FFFD; valid text is returned as it is. */
const char *utf8_clean(struct arena *arena, const char *text);

#endif
