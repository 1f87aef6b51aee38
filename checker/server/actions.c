/* Code actions: the findings' fixes, and comments that silence them. */
#include "findings/nolint.h"
#include "findings/text.h"
#include "server/state.h"
#include "support/utf8.h"

#include <string.h>

struct actions {
    const struct server *server;
    const struct document *document;
    struct arena *arena;
    const struct text *text;
    struct nolint_file comments;
    json_t *list;
};

/* ---- edits ----------------------------------------------------------------------------- */

/* A WorkspaceEdit of {"uri": [TextEdit...]}; takes `edits` over. Versions keep the client from
 * changing a text that has moved on. */
static json_t *workspace_edit(const struct actions *actions, json_t *edits)
{
    if (!actions->server->client.has_document_changes)
        return json_pack("{s:o}", "changes", edits);
    json_t *changes = json_array();
    const char *uri;
    json_t *list;
    json_object_foreach(edits, uri, list)
    {
        const struct document *open = find_document(actions->server, uri);
        json_array_append_new(
            changes, json_pack("{s:{s:s, s:o}, s:O}", "textDocument", "uri", uri, "version",
                               open ? json_integer(open->version) : json_null(), "edits", list));
    }
    json_decref(edits);
    return json_pack("{s:o}", "documentChanges", changes);
}

static void add(const struct actions *actions, const char *title, json_t *diagnostic,
                bool is_preferred, json_t *edits)
{
    json_t *action = json_pack("{s:s, s:s, s:[O], s:o}", "title", title, "kind", "quickfix",
                               "diagnostics", diagnostic, "edit", workspace_edit(actions, edits));
    if (is_preferred)
        json_object_set_new(action, "isPreferred", json_true());
    json_array_append_new(actions->list, action);
}

/* ---- fixes ----------------------------------------------------------------------------- */

/* The document as the client names it. */
static const char *client_uri(const struct actions *actions, const char *file_uri)
{
    for (size_t i = 0; i < actions->server->documents.len; i++) {
        const struct document *open = actions->server->documents.data[i];
        if (open->file_uri && strcmp(open->file_uri, file_uri) == 0)
            return open->uri;
    }
    return file_uri;
}

/* Another file's unsaved text is not what the edits were made for. */
static bool can_change(const struct actions *actions, const char *uri)
{
    const struct document *open = find_document(actions->server, uri);
    return !open || open == actions->document || !open->is_dirty;
}

static void add_fix(const struct actions *actions, json_t *diagnostic, const json_t *fix,
                    bool is_first)
{
    json_t *edits = json_object();
    bool is_possible = true;
    const char *file_uri;
    json_t *list;
    json_object_foreach(json_object_get(fix, "edits"), file_uri, list)
    {
        const char *uri = client_uri(actions, file_uri);
        is_possible &= can_change(actions, uri);
        json_object_set(edits, uri, list);
    }
    if (is_possible)
        add(actions, json_string_value(json_object_get(fix, "title")), diagnostic, is_first, edits);
    else
        json_decref(edits);
}

static void add_fixes(const struct actions *actions, json_t *diagnostic)
{
    const json_t *data = json_object_get(diagnostic, "data");
    const json_t *fixes = json_object_get(data, "fixes");
    const char *fingerprint = json_string_value(json_object_get(data, "fingerprint"));
    size_t i;
    const json_t *fix;
    if (!fingerprint || !json_is_true(json_object_get(actions->document->proofs, fingerprint)))
        return;
    json_array_foreach((json_t *)fixes, i, fix) add_fix(actions, diagnostic, fix, i == 0);
}

/* ---- comments -------------------------------------------------------------------------- */

/* One insertion; `column` in bytes from 1. */
static json_t *insertion(const struct actions *actions, uint32_t line, uint32_t column,
                         const char *text)
{
    json_int_t character =
        encoding_column(actions->server->client.encoding, actions->text, line, column) - 1;
    json_t *position =
        json_pack("{s:I, s:I}", "line", (json_int_t)line - 1, "character", character);
    return json_pack("{s:[{s:{s:O, s:o}, s:s}]}", actions->document->uri, "range", "start",
                     position, "end", position, "newText", text);
}

/* A comment of that kind on the line, with a list that can grow. */
static const struct nolint_directive *comment_on(const struct actions *actions, uint32_t line,
                                                 enum nolint_kind kind)
{
    for (size_t i = 0; i < actions->comments.directives.len; i++) {
        const struct nolint_directive *directive = &actions->comments.directives.data[i];
        if (directive->line == line && directive->kind == kind && directive->has_list)
            return directive;
    }
    return NULL;
}

/* "rule" into the list of a comment that is there already. */
static json_t *extension(const struct actions *actions, const struct nolint_directive *comment,
                         const char *rule)
{
    struct text_span line = text_line(actions->text, comment->line);
    const char *open =
        memchr(line.bytes + comment->column - 1, '(', line.len - (comment->column - 1));
    if (!open)
        return NULL;
    bool is_empty = comment->list[0] == '\0';
    return insertion(actions, comment->line, (uint32_t)(open - line.bytes) + 2,
                     arena_printf(actions->arena, "%s%s", rule, is_empty ? "" : ", "));
}

/* Spaces at the end not counted. */
static size_t trimmed_length(struct text_span line)
{
    size_t len = line.len;
    while (len && strchr(" \t", line.bytes[len - 1]))
        len--;
    return len;
}

/* The line goes on in the next one: a comment to the line's end would swallow that too. */
static bool is_continued(struct text_span line)
{
    size_t len = trimmed_length(line);
    return len && line.bytes[len - 1] == '\\';
}

static json_t *silence_here(const struct actions *actions, uint32_t line, const char *rule)
{
    const struct nolint_directive *comment = comment_on(actions, line, NOLINT_LINE);
    if (comment)
        return extension(actions, comment, rule);
    struct text_span code = text_line(actions->text, line);
    size_t len = trimmed_length(code);
    if (is_continued(code))
        return insertion(actions, line, (uint32_t)len,
                         arena_printf(actions->arena, "/* NOLINT(%s) */ ", rule));
    return insertion(actions, line, (uint32_t)len + 1,
                     arena_printf(actions->arena, " // NOLINT(%s)", rule));
}

static json_t *silence_above(const struct actions *actions, uint32_t line, const char *rule)
{
    const struct nolint_directive *comment =
        line > 1 ? comment_on(actions, line - 1, NOLINT_NEXT_LINE) : NULL;
    if (comment)
        return extension(actions, comment, rule);
    if (line > 1 && is_continued(text_line(actions->text, line - 1)))
        return NULL;
    struct text_span code = text_line(actions->text, line);
    int indent = 0;
    while ((size_t)indent < code.len && strchr(" \t", code.bytes[indent]))
        indent++;
    return insertion(
        actions, line, 1,
        arena_printf(actions->arena, "%.*s// NOLINTNEXTLINE(%s)\n", indent, code.bytes, rule));
}

static void add_comments(const struct actions *actions, json_t *diagnostic, const char *rule)
{
    const json_t *start = json_object_get(json_object_get(diagnostic, "range"), "start");
    uint32_t line = (uint32_t)json_integer_value(json_object_get(start, "line")) + 1;
    json_t *here = silence_here(actions, line, rule);
    json_t *above = silence_above(actions, line, rule);
    if (here)
        add(actions, arena_printf(actions->arena, "Silence %s on this line (NOLINT)", rule),
            diagnostic, false, here);
    if (above)
        add(actions,
            arena_printf(actions->arena, "Silence %s from the line above (NOLINTNEXTLINE)", rule),
            diagnostic, false, above);
}

/* ---- all of them ----------------------------------------------------------------------- */

bool actions_wanted(const json_t *params)
{
    const json_t *only = json_object_get(json_object_get(params, "context"), "only");
    size_t i;
    const json_t *kind;
    if (json_array_size(only) == 0)
        return true;
    json_array_foreach((json_t *)only, i,
                       kind) if (json_is_string(kind) &&
                                 (strcmp(json_string_value(kind), "quickfix") == 0 ||
                                  json_string_length(kind) == 0)) return true;
    return false;
}

static void add_actions(const struct actions *actions, json_t *findings, const json_t *range)
{
    size_t i;
    json_t *diagnostic;
    json_array_foreach(findings, i,
                       diagnostic) if (ranges_touch(json_object_get(diagnostic, "range"), range))
        add_fixes(actions, diagnostic);
    json_array_foreach(findings, i, diagnostic)
    {
        const char *code = json_string_value(json_object_get(diagnostic, "code"));
        if (code && rule_find(&actions->server->options->rules, code) &&
            ranges_touch(json_object_get(diagnostic, "range"), range))
            add_comments(actions, diagnostic, code);
    }
}

json_t *actions_result(const struct server *server, const struct document *document,
                       const json_t *params)
{
    if (!document->path || !actions_wanted(params))
        return json_array();
    struct actions actions = {
        .server = server, .document = document, .arena = arena_new(), .list = json_array()};
    struct text_cache *texts = text_cache_new(actions.arena);
    json_t *findings = publish_current(server, document);
    text_inject(texts, document->path, document->text, document->len);
    actions.text = text_get(texts, document->path);
    nolint_read(actions.arena, actions.text, &actions.comments);
    add_actions(&actions, findings, json_object_get(params, "range"));
    json_decref(findings);
    arena_free(actions.arena);
    return actions.list;
}
