/* A string that grows, in an arena; always NUL-terminated. */
#ifndef CUHOSTLINT_SUPPORT_STRBUF_H
#define CUHOSTLINT_SUPPORT_STRBUF_H

#include "support/arena.h"

struct strbuf {
    struct arena *arena;
    char *text; /* never NULL after strbuf_init */
    size_t len;
    size_t cap;
};

/* Makes `buf` an empty string in `arena`. */
void strbuf_init(struct strbuf *buf, struct arena *arena);

void strbuf_add(struct strbuf *buf, const char *bytes, size_t len);
void strbuf_adds(struct strbuf *buf, const char *string);
void strbuf_addc(struct strbuf *buf, char c);
void strbuf_addf(struct strbuf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
