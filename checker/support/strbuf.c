#include "support/strbuf.h"

#include <string.h>

enum { FIRST_CAPACITY = 64 };

void strbuf_init(struct strbuf *buf, struct arena *arena)
{
    buf->arena = arena;
    buf->cap = FIRST_CAPACITY;
    buf->len = 0;
    buf->text = arena_alloc(arena, buf->cap);
}

void strbuf_add(struct strbuf *buf, const char *bytes, size_t len)
{
    if (buf->len + len + 1 > buf->cap) {
        size_t cap = buf->cap;
        while (cap < buf->len + len + 1)
            cap *= 2;
        char *text = arena_alloc(buf->arena, cap);
        memcpy(text, buf->text, buf->len);
        buf->text = text;
        buf->cap = cap;
    }
    memcpy(buf->text + buf->len, bytes, len);
    buf->len += len;
    buf->text[buf->len] = '\0';
}

void strbuf_adds(struct strbuf *buf, const char *string)
{
    strbuf_add(buf, string, strlen(string));
}

void strbuf_addc(struct strbuf *buf, char c)
{
    strbuf_add(buf, &c, 1);
}

void strbuf_addf(struct strbuf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    strbuf_adds(buf, arena_vprintf(buf->arena, format, args));
    va_end(args);
}
