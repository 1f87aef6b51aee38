#include "report/json_value.h"
#include "server/state.h"

enum { MESSAGE_WARNING = 2 };

static void send_message(struct server *server, json_t *message)
{
    json_object_set_new(message, "jsonrpc", json_string("2.0"));
    channel_send(&server->channel, message);
}

void rpc_respond(struct server *server, const json_t *id, json_t *result)
{
    send_message(server, json_pack("{s:O, s:o}", "id", id, "result", result));
}

/* What is said may quote bytes that are no text: of a broken message, of a file's name. */
static json_t *text_of(const char *bytes)
{
    struct arena *scratch = arena_new();
    json_t *text = json_text(scratch, bytes);
    arena_free(scratch);
    return text;
}

void rpc_fail(struct server *server, const json_t *id, enum rpc_code code, const char *message)
{
    send_message(server, json_pack("{s:O?, s:{s:i, s:o}}", "id", id, "error", "code", (int)code,
                                   "message", text_of(message)));
}

void rpc_notify(struct server *server, const char *method, json_t *params)
{
    send_message(server, json_pack("{s:s, s:o}", "method", method, "params", params));
}

json_int_t rpc_request(struct server *server, const char *method, json_t *params)
{
    json_int_t id = ++server->next_request;
    send_message(server,
                 json_pack("{s:I, s:s, s:o}", "id", id, "method", method, "params", params));
    return id;
}

void rpc_tell(struct server *server, bool loud, const char *text)
{
    if (json_object_get(server->warned, text))
        return;
    json_object_set_new(server->warned, text, json_true());
    struct arena *scratch = arena_new();
    const char *told = arena_printf(scratch, "cuhostlint: %s", text);
    rpc_notify(server, loud ? "window/showMessage" : "window/logMessage",
               json_pack("{s:i, s:o}", "type", MESSAGE_WARNING, "message", text_of(told)));
    arena_free(scratch);
}
