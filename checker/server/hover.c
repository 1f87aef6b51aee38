#include "server/state.h"
#include "support/strbuf.h"

#include <string.h>

static void add_page(const struct server *server, const json_t *diagnostic, struct strbuf *text)
{
    const char *code = json_string_value(json_object_get(diagnostic, "code"));
    const struct rule_info *rule = code ? rule_find(&server->options->rules, code) : NULL;
    if (!rule || strstr(text->text, rule->summary))
        return;
    if (text->len)
        strbuf_adds(text, "\n\n---\n\n");
    if (rule->page)
        strbuf_adds(text, rule->page);
    else
        strbuf_addf(text, "**%s**: %s", rule->name, rule->summary);
}

json_t *hover_result(const struct server *server, const struct document *document,
                     const json_t *params)
{
    const json_t *position = json_object_get(params, "position");
    json_t *findings = publish_current(server, document), *range = NULL;
    struct arena *arena = arena_new();
    struct strbuf text;
    size_t i;
    const json_t *diagnostic;
    strbuf_init(&text, arena);
    json_array_foreach(findings, i, diagnostic)
    {
        json_t *place = json_object_get(diagnostic, "range");
        if (!range_holds(place, position))
            continue;
        add_page(server, diagnostic, &text);
        range = range ? range : place;
    }
    json_t *result = text.len == 0 ? json_null()
                                   : json_pack("{s:{s:s, s:s}, s:O}", "contents", "kind",
                                               "markdown", "value", text.text, "range", range);
    json_decref(findings);
    arena_free(arena);
    return result;
}
