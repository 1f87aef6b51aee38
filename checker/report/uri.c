#include "report/uri.h"

#include "support/strbuf.h"

#include <string.h>

static const char unreserved[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

const char *uri_of_relative(struct arena *arena, const char *path)
{
    struct strbuf uri;
    strbuf_init(&uri, arena);
    for (const char *c = path; *c; c++) {
        if (strchr(unreserved, *c))
            strbuf_addc(&uri, *c);
        else
            strbuf_addf(&uri, "%%%02X", (unsigned char)*c);
    }
    return uri.text;
}

const char *uri_of_path(struct arena *arena, const char *path)
{
    return arena_printf(arena, "file://%s", uri_of_relative(arena, path));
}

const char *uri_of_folder(struct arena *arena, const char *path)
{
    const char *uri = uri_of_path(arena, path);
    return uri[strlen(uri) - 1] == '/' ? uri : arena_printf(arena, "%s/", uri);
}

const char *uri_of_page(struct arena *arena, const char *pages, const char *rule)
{
    static const char place[] = "{rule}";
    struct strbuf uri;
    if (!strstr(pages, place))
        return arena_printf(arena, "%s%s%s/%s.md", pages,
                            pages[strlen(pages) - 1] == '/' ? "" : "/", rule, rule);
    strbuf_init(&uri, arena);
    for (const char *at; (at = strstr(pages, place)); pages = at + strlen(place)) {
        strbuf_add(&uri, pages, (size_t)(at - pages));
        strbuf_adds(&uri, rule);
    }
    strbuf_adds(&uri, pages);
    return uri.text;
}
