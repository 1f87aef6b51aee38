#include "server/state.h"

#include <string.h>

struct document *find_document(const struct server *server, const char *uri)
{
    for (size_t i = 0; uri && i < server->documents.len; i++)
        if (strcmp(server->documents.data[i]->uri, uri) == 0)
            return server->documents.data[i];
    return NULL;
}

static const struct document *document_of_file(const struct server *server, const char *file_uri)
{
    for (size_t i = 0; i < server->documents.len; i++) {
        const struct document *document = server->documents.data[i];
        if (document->file_uri && strcmp(document->file_uri, file_uri) == 0)
            return document;
    }
    return NULL;
}

static const char *fingerprint(const json_t *diagnostic)
{
    return json_string_value(json_object_get(json_object_get(diagnostic, "data"), "fingerprint"));
}

static bool has(const json_t *list, const json_t *diagnostic)
{
    const char *wanted = fingerprint(diagnostic);
    size_t i;
    const json_t *other;
    json_array_foreach((json_t *)list, i,
                       other) if (json_equal(other, diagnostic) ||
                                  (wanted && fingerprint(other) &&
                                   strcmp(fingerprint(other), wanted) == 0)) return true;
    return false;
}

static void add_new(json_t *list, const json_t *more)
{
    size_t i;
    json_t *diagnostic;
    json_array_foreach((json_t *)more, i, diagnostic) if (!has(list, diagnostic))
        json_array_append(list, diagnostic);
}

/* All findings in a file, whichever document's check came upon them. An unsaved text is not what
 * the checks of other documents have read. */
static json_t *gather(const struct server *server, const char *file_uri)
{
    const struct document *owner = document_of_file(server, file_uri);
    json_t *list = json_array();
    if (owner)
        add_new(list, json_object_get(owner->files, file_uri));
    for (size_t i = 0; i < server->documents.len && !(owner && owner->is_dirty); i++)
        if (server->documents.data[i] != owner)
            add_new(list, json_object_get(server->documents.data[i]->files, file_uri));
    return list;
}

/* Tells the client, unless it knows. */
static void publish(struct server *server, const char *file_uri)
{
    const struct document *document = document_of_file(server, file_uri);
    bool is_checked = document && document->files;
    json_t *list = gather(server, file_uri);
    json_t *params =
        json_pack("{s:s, s:o}", "uri", document ? document->uri : file_uri, "diagnostics", list);
    if (is_checked)
        json_object_set_new(params, "version", json_integer(document->checked_version));
    bool shows_something = is_checked || json_array_size(list) > 0;
    const json_t *known = json_object_get(server->published, file_uri);
    bool is_news = known ? !json_equal(known, params) : shows_something;
    if (shows_something)
        json_object_set(server->published, file_uri, params);
    else
        json_object_del(server->published, file_uri);
    if (is_news)
        rpc_notify(server, "textDocument/publishDiagnostics", params);
    else
        json_decref(params);
}

void publish_files(struct server *server, struct document *document, json_t *files)
{
    json_t *before = document->files;
    const char *uri;
    json_t *unused;
    document->files = files;
    json_object_foreach(before, uri, unused) if (!json_object_get(files, uri)) publish(server, uri);
    json_object_foreach(files, uri, unused) publish(server, uri);
    json_decref(before);
}

void publish_saved(struct server *server, const struct document *document)
{
    for (size_t i = 0; document->file_uri && i < server->documents.len; i++)
        if (server->documents.data[i] != document)
            json_object_del(server->documents.data[i]->files, document->file_uri);
}

json_t *publish_current(const struct server *server, const struct document *document)
{
    if (!document->files || document->checked_version != document->version)
        return json_array();
    return gather(server, document->file_uri);
}
