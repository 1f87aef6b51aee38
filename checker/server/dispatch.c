#include "server/state.h"
#include "source/project/walk.h"

#include <string.h>

/* Seconds without a change before a check, at most. */
static const double longest_pause = 0.2;

/* NULL: the request is answered later. */
typedef json_t *request_handler(struct server *server, const json_t *id, const json_t *params);
typedef void notification_handler(struct server *server, const json_t *params);

/* ---- parts of messages ----------------------------------------------------------------- */

/* The value at a path of keys: "a/b/c". */
static json_t *at(const json_t *object, const char *path)
{
    json_t *value = (json_t *)object;
    while (value && *path) {
        size_t len = strcspn(path, "/");
        value = json_object_getn(value, path, len);
        path += len + (path[len] == '/');
    }
    return value;
}

static bool flag(const json_t *object, const char *path)
{
    return json_is_true(at(object, path));
}

static struct document *named(const struct server *server, const json_t *params)
{
    return find_document(server, json_string_value(at(params, "textDocument/uri")));
}

/* ---- settings -------------------------------------------------------------------------- */

static const char *setting(const json_t *settings, const char *key)
{
    const char *value = json_string_value(json_object_get(settings, key));
    return value && *value ? value : NULL;
}

/* Takes settings as any client sends them: bare, or below "cuhostlint". True: they are others than
 * before. */
static bool configure(struct server *server, const json_t *sent)
{
    const json_t *below = json_object_get(sent, "cuhostlint");
    const json_t *settings = json_is_object(below) ? below : sent;
    if (!json_is_object(settings) || json_equal(settings, server->settings))
        return false;
    const struct server_settings chosen = {
        .rules = setting(settings, "rules"),
        .config = setting(settings, "config"),
        .database = setting(settings, "database"),
        .cuda_path = setting(settings, "cudaPath"),
        .header_filter = setting(settings, "headerFilter"),
    };
    const struct server_checker *checker = &server->options->checker;
    json_decref(server->settings);
    server->settings = json_deep_copy(settings);
    server->pages_uri = setting(server->settings, "pagesUri");
    if (!server->pages_uri)
        server->pages_uri = server->options->pages_uri;
    checker->configure(checker->context, &chosen);
    return true;
}

/* Workers have the settings of the moment they were started in. */
static void reconfigure(struct server *server, const json_t *sent)
{
    if (!configure(server, sent))
        return;
    for (size_t i = 0; i < server->documents.len; i++)
        worker_stop(&server->documents.data[i]->worker);
    schedule_all(server, true);
}

static void ask_for_settings(struct server *server)
{
    if (server->client.has_configuration)
        server->configuration =
            rpc_request(server, "workspace/configuration",
                        json_pack("{s:[{s:s}]}", "items", "section", "cuhostlint"));
}

static void watch_files(struct server *server)
{
    if (!server->client.has_watched_files)
        return;
    json_t *options = json_pack("{s:[{s:s}, {s:s}]}", "watchers", "globPattern",
                                "**/compile_commands.json", "globPattern", "**/.cuhostlint");
    rpc_request(server, "client/registerCapability",
                json_pack("{s:[{s:s, s:s, s:o}]}", "registrations", "id", "cuhostlint/files",
                          "method", "workspace/didChangeWatchedFiles", "registerOptions", options));
}

/* ---- life ------------------------------------------------------------------------------ */

static json_t *initialize(struct server *server, const json_t *id, const json_t *params)
{
    (void)id;
    const json_t *capabilities = at(params, "capabilities");
    server->client = (struct client){
        .pid = (pid_t)json_integer_value(at(params, "processId")),
        .has_configuration = flag(capabilities, "workspace/configuration"),
        .has_watched_files =
            flag(capabilities, "workspace/didChangeWatchedFiles/dynamicRegistration"),
        .has_progress = flag(capabilities, "window/workDoneProgress"),
        .has_document_changes = flag(capabilities, "workspace/workspaceEdit/documentChanges"),
        .has_related_information =
            flag(capabilities, "textDocument/publishDiagnostics/relatedInformation"),
        .encoding = encoding_choose(at(capabilities, "general/positionEncodings")),
    };
    server->phase = PHASE_RUNNING;
    configure(server, at(params, "initializationOptions"));
    return json_pack("{s:{s:s, s:{s:b, s:i, s:{s:b}}, s:{s:[s]}, s:b}, s:{s:s, s:s}}",
                     "capabilities", "positionEncoding", encoding_name(server->client.encoding),
                     "textDocumentSync", "openClose", 1, "change", 2, "save", "includeText", 0,
                     "codeActionProvider", "codeActionKinds", "quickfix", "hoverProvider", 1,
                     "serverInfo", "name", "cuhostlint", "version", server->options->version);
}

static void initialized(struct server *server, const json_t *params)
{
    (void)params;
    ask_for_settings(server);
    watch_files(server);
}

static json_t *shut_down(struct server *server, const json_t *id, const json_t *params)
{
    (void)id, (void)params;
    for (size_t i = 0; i < server->documents.len; i++)
        proofs_answer(server, server->documents.data[i], true);
    server->phase = PHASE_SHUTTING_DOWN;
    server->end = SERVER_SHUT_DOWN;
    return json_null();
}

static void leave(struct server *server, const json_t *params)
{
    (void)params;
    server->phase = PHASE_ENDED;
}

/* ---- documents ------------------------------------------------------------------------- */

static void forget(struct server *server, struct document *document)
{
    size_t kept = 0;
    proofs_answer(server, document, true);
    publish_files(server, document, NULL);
    for (size_t i = 0; i < server->documents.len; i++)
        if (server->documents.data[i] != document)
            server->documents.data[kept++] = server->documents.data[i];
    server->documents.len = kept;
    schedule_forget(server, document);
    document_free(document);
}

static void did_open(struct server *server, const json_t *params)
{
    struct document *old = named(server, params);
    struct document *document = document_open(at(params, "textDocument"));
    if (!document)
        return;
    if (old)
        forget(server, old);
    vec_push(server->arena, &server->documents, document);
    schedule_check(document, 0, true);
}

/* What takes long is not begun at each key; what is over before the next key comes, at ten keys a
 * second, need not wait for it. */
static double typing_pause(const struct document *document)
{
    const double between_keys = 0.1;
    double last = document->worker.last_seconds;
    double pause = last < between_keys ? 0 : last / 4;
    return last > 0 && pause < longest_pause ? pause : longest_pause;
}

static void did_change(struct server *server, const json_t *params)
{
    struct document *document = named(server, params);
    if (!document)
        return;
    if (!document_change(document, server->client.encoding, at(params, "contentChanges")))
        rpc_tell(server, false, "a change of a document made no sense and was left out");
    document->version = json_integer_value(at(params, "textDocument/version"));
    proofs_answer(server, document, true);
    schedule_check(document, typing_pause(document), false);
}

static void did_save(struct server *server, const json_t *params)
{
    struct document *document = named(server, params);
    if (!document)
        return;
    document->is_dirty = false;
    publish_saved(server, document);
    schedule_check(document, 0, true);
    if (document->path && source_is_header(document->path)) /* others may include it */
        schedule_all(server, false);
}

static void did_close(struct server *server, const json_t *params)
{
    struct document *document = named(server, params);
    if (document)
        forget(server, document);
}

/* ---- the workspace --------------------------------------------------------------------- */

static void did_change_watched_files(struct server *server, const json_t *params)
{
    static const char *const names[] = {"/compile_commands.json", "/.cuhostlint"};
    bool matters = false;
    size_t i;
    const json_t *change;
    json_array_foreach(at(params, "changes"), i, change)
    {
        const char *uri = json_string_value(at(change, "uri"));
        const char *slash = uri ? strrchr(uri, '/') : NULL;
        for (size_t j = 0; slash && j < sizeof names / sizeof *names; j++)
            matters |= strcmp(slash, names[j]) == 0;
    }
    if (matters)
        schedule_all(server, true);
}

/* Clients that are asked for settings send none here. */
static void did_change_configuration(struct server *server, const json_t *params)
{
    reconfigure(server, at(params, "settings"));
    ask_for_settings(server);
}

/* ---- requests about a document --------------------------------------------------------- */

static json_t *code_action(struct server *server, const json_t *id, const json_t *params)
{
    struct document *document = named(server, params);
    return document ? proofs_request(server, document, id, params) : json_null();
}

static json_t *hover(struct server *server, const json_t *id, const json_t *params)
{
    (void)id;
    const struct document *document = named(server, params);
    return document ? hover_result(server, document, params) : json_null();
}

static void cancel_request(struct server *server, const json_t *params)
{
    const json_t *id = at(params, "id");
    for (size_t i = 0; i < server->documents.len; i++)
        if (proofs_cancel(server, server->documents.data[i], id))
            return;
}

/* ---- dispatch -------------------------------------------------------------------------- */

static const struct {
    const char *method;
    request_handler *handle;
} requests[] = {
    {"initialize", initialize},
    {"shutdown", shut_down},
    {"textDocument/codeAction", code_action},
    {"textDocument/hover", hover},
};

static const struct {
    const char *method;
    notification_handler *handle;
} notifications[] = {
    {"initialized", initialized},
    {"exit", leave},
    {"$/cancelRequest", cancel_request},
    {"textDocument/didOpen", did_open},
    {"textDocument/didChange", did_change},
    {"textDocument/didSave", did_save},
    {"textDocument/didClose", did_close},
    {"workspace/didChangeWatchedFiles", did_change_watched_files},
    {"workspace/didChangeConfiguration", did_change_configuration},
};

static void dispatch_request(struct server *server, const json_t *id, const char *method,
                             const json_t *params)
{
    bool is_initialize = strcmp(method, "initialize") == 0;
    if (server->phase == PHASE_NEW && !is_initialize) {
        rpc_fail(server, id, RPC_NOT_INITIALIZED, "the first request must be initialize");
        return;
    }
    if (server->phase != PHASE_NEW && (is_initialize || server->phase != PHASE_RUNNING)) {
        rpc_fail(server, id, RPC_INVALID_REQUEST,
                 is_initialize ? "initialize came twice" : "the server is shutting down");
        return;
    }
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++)
        if (strcmp(requests[i].method, method) == 0) {
            json_t *result = requests[i].handle(server, id, params);
            if (result)
                rpc_respond(server, id, result);
            return;
        }
    rpc_fail(server, id, RPC_METHOD_NOT_FOUND, method);
}

static void dispatch_notification(struct server *server, const char *method, const json_t *params)
{
    if (server->phase != PHASE_RUNNING && strcmp(method, "exit") != 0)
        return;
    for (size_t i = 0; i < sizeof notifications / sizeof *notifications; i++)
        if (strcmp(notifications[i].method, method) == 0)
            notifications[i].handle(server, params);
}

/* The answer to one of our requests. Only that for the settings says something. */
static void dispatch_response(struct server *server, const json_t *id, const json_t *message)
{
    if (!server->configuration || json_integer_value(id) != server->configuration)
        return;
    server->configuration = 0;
    reconfigure(server, json_array_get(json_object_get(message, "result"), 0));
}

static void dispatch_message(struct server *server, const json_t *message)
{
    const json_t *id = json_object_get(message, "id"), *method = json_object_get(message, "method");
    const json_t *params = json_object_get(message, "params");
    bool has_id = json_is_string(id) || json_is_integer(id);
    if (json_is_string(method) && has_id)
        dispatch_request(server, id, json_string_value(method), params);
    else if (json_is_string(method) && !id)
        dispatch_notification(server, json_string_value(method), params);
    else if (has_id && !method)
        dispatch_response(server, id, message);
    else
        rpc_fail(server, NULL, RPC_INVALID_REQUEST, "this is no message of JSON-RPC 2.0");
}

void dispatch(struct server *server, const char *text, size_t len)
{
    json_error_t error;
    json_t *message = json_loadb(text, len, JSON_ALLOW_NUL, &error);
    if (message)
        dispatch_message(server, message);
    else
        rpc_fail(server, NULL, RPC_PARSE_ERROR, error.text);
    json_decref(message);
}
