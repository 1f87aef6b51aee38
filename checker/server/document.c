#include "server/document.h"

#include "report/uri.h"
#include "server/uri.h"
#include "support/file.h"
#include "support/mem.h"
#include "support/utf8.h"

#include <stdlib.h>
#include <string.h>

static char *copy(const char *text, size_t len)
{
    char *bytes = mem_alloc(len + 1);
    memcpy(bytes, text, len);
    return bytes;
}

static void set_text(struct document *document, const json_t *text)
{
    free(document->text);
    document->len = json_string_length(text);
    document->text = copy(json_string_value(text), document->len);
}

static void find_path(struct document *document)
{
    struct arena *arena = arena_new();
    const char *path = uri_to_path(arena, document->uri);
    if (path) {
        const char *real = file_real_path(arena, path); /* NULL for what is not saved yet */
        path = real ? real : path;
        document->path = copy(path, strlen(path));
        const char *uri = uri_of_path(arena, document->path);
        document->file_uri = copy(uri, strlen(uri));
    }
    arena_free(arena);
}

struct document *document_open(const json_t *item)
{
    const json_t *uri = json_object_get(item, "uri"), *text = json_object_get(item, "text");
    if (!json_is_string(uri) || !json_is_string(text))
        return NULL;
    struct document *document = mem_alloc(sizeof *document);
    document->uri = copy(json_string_value(uri), json_string_length(uri));
    document->version = json_integer_value(json_object_get(item, "version"));
    set_text(document, text);
    find_path(document);
    document->proofs = json_object();
    document->waiting = json_array();
    return document;
}

void document_free(struct document *document)
{
    worker_stop(&document->worker);
    json_decref(document->files);
    json_decref(document->proofs);
    json_decref(document->waiting);
    free(document->uri);
    free(document->path);
    free(document->file_uri);
    free(document->text);
    free(document);
}

/* ---- positions ------------------------------------------------------------------------- */

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Where the line that `at` is in ends, before its line end. */
static size_t end_of_line(const struct document *document, size_t at)
{
    while (at < document->len && !is_line_end(document->text[at]))
        at++;
    return at;
}

static size_t start_of_line(const struct document *document, json_int_t line)
{
    size_t at = 0;
    for (json_int_t i = 0; i < line && at < document->len; i++) {
        at = end_of_line(document, at);
        if (at + 1 < document->len && document->text[at] == '\r' && document->text[at + 1] == '\n')
            at++;
        if (at < document->len)
            at++;
    }
    return at;
}

size_t document_offset(const struct document *document, enum encoding encoding,
                       const json_t *position)
{
    size_t at = start_of_line(document, json_integer_value(json_object_get(position, "line")));
    json_int_t left = json_integer_value(json_object_get(position, "character"));
    size_t end = end_of_line(document, at);
    while (at < end && left > 0) {
        struct utf8_char next = utf8_next(document->text + at, end - at);
        left -= encoding_units(encoding, next);
        at += next.len;
    }
    return at;
}

/* ---- changes --------------------------------------------------------------------------- */

static void replace(struct document *document, size_t start, size_t end, const json_t *text)
{
    size_t added = json_string_length(text);
    size_t len = document->len - (end - start) + added;
    char *bytes = mem_alloc(len + 1);
    memcpy(bytes, document->text, start);
    memcpy(bytes + start, json_string_value(text), added);
    memcpy(bytes + start + added, document->text + end, document->len - end);
    free(document->text);
    document->text = bytes;
    document->len = len;
}

static bool apply(struct document *document, enum encoding encoding, const json_t *change)
{
    const json_t *text = json_object_get(change, "text"), *range = json_object_get(change, "range");
    if (!json_is_string(text))
        return false;
    if (!range) {
        set_text(document, text);
        return true;
    }
    size_t start = document_offset(document, encoding, json_object_get(range, "start"));
    size_t end = document_offset(document, encoding, json_object_get(range, "end"));
    if (end < start || !json_is_object(range))
        return false;
    replace(document, start, end, text);
    return true;
}

bool document_change(struct document *document, enum encoding encoding, const json_t *changes)
{
    size_t i;
    const json_t *change;
    document->is_dirty = true;
    json_array_foreach((json_t *)changes, i,
                       change) if (!apply(document, encoding, change)) return false;
    return true;
}
