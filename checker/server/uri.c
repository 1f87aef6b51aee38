#include "server/uri.h"

#include "support/strbuf.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = c ? strchr(digits, tolower((unsigned char)c)) : NULL;
    return found ? (int)(found - digits) : -1;
}

const char *uri_to_path(struct arena *arena, const char *uri)
{
    if (strncasecmp(uri, "file://", 7) != 0)
        return NULL;
    const char *at = uri + 7;
    if (strncasecmp(at, "localhost/", 10) == 0)
        at += 9;
    if (*at != '/')
        return NULL;
    struct strbuf path;
    strbuf_init(&path, arena);
    for (; *at && *at != '?' && *at != '#'; at++) {
        int high = *at == '%' ? hex_digit(at[1]) : -1;
        int low = high >= 0 ? hex_digit(at[2]) : -1;
        if (high == 0 && low == 0)
            return NULL;
        strbuf_addc(&path, (char)(low < 0 ? *at : high << 4 | low));
        at += low < 0 ? 0 : 2;
    }
    return path.text;
}
