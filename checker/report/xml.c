#include "report/xml.h"

#include "support/strbuf.h"
#include "support/utf8.h"

#include <string.h>

/* What XML 1.0 cannot hold, not even as a reference. */
static bool is_forbidden(struct utf8_char c)
{
    return !c.valid || (c.code < ' ' && c.code != '\t' && c.code != '\n' && c.code != '\r') ||
           c.code == 0xFFFE || c.code == 0xFFFF;
}

static void add_char(struct strbuf *result, const char *bytes, struct utf8_char c)
{
    if (is_forbidden(c))
        strbuf_adds(result, "\xEF\xBF\xBD");
    else if (!utf8_is_printable(c.code) || (c.len == 1 && strchr("&<>\"'", bytes[0])))
        strbuf_addf(result, "&#%u;", c.code);
    else
        strbuf_add(result, bytes, c.len);
}

const char *xml_text(struct arena *arena, const char *text)
{
    struct strbuf result;
    strbuf_init(&result, arena);
    size_t len = strlen(text);
    for (size_t at = 0; at < len;) {
        struct utf8_char next = utf8_next(text + at, len - at);
        add_char(&result, text + at, next);
        at += next.len;
    }
    return result.text;
}
