/* Requests for code actions that wait until the fixes in their range are proven: a fix is offered
 * only where the checker has seen that the finding is gone with it. */
#include "server/state.h"
#include "support/strbuf.h"

#include <string.h>

/* Whether the document's worker can say of this finding's fix that it holds, and has not. */
static bool is_unproven(const struct document *document, const json_t *diagnostic)
{
    const json_t *data = json_object_get(diagnostic, "data");
    const char *fingerprint = json_string_value(json_object_get(data, "fingerprint"));
    return fingerprint && json_array_size(json_object_get(data, "fixes")) &&
           !json_object_get(document->proofs, fingerprint);
}

/* The unproven fixes that a request asks about: fingerprints, added to `list` as keys. */
static void add_unproven(const struct server *server, const struct document *document,
                         const json_t *params, json_t *list)
{
    const json_t *range = json_object_get(params, "range");
    json_t *findings = publish_current(server, document);
    size_t i;
    const json_t *diagnostic;
    json_array_foreach(findings, i, diagnostic)
    {
        const json_t *fingerprint =
            json_object_get(json_object_get(diagnostic, "data"), "fingerprint");
        if (is_unproven(document, diagnostic) &&
            ranges_touch(json_object_get(diagnostic, "range"), range))
            json_object_set_new(list, json_string_value(fingerprint), json_true());
    }
    json_decref(findings);
}

static bool is_ready(const struct server *server, const struct document *document,
                     const json_t *params)
{
    json_t *list = json_object();
    add_unproven(server, document, params, list);
    bool result = json_object_size(list) == 0;
    json_decref(list);
    return result;
}

json_t *proofs_request(struct server *server, struct document *document, const json_t *id,
                       const json_t *params)
{
    if (!document->path || !actions_wanted(params) || is_ready(server, document, params))
        return actions_result(server, document, params);
    json_array_append_new(document->waiting, json_pack("{s:O, s:O}", "id", id, "params", params));
    return NULL;
}

/* Answers the first of those that wait, with what is known. */
static void answer(struct server *server, struct document *document, size_t place)
{
    const json_t *request = json_array_get(document->waiting, place);
    rpc_respond(server, json_object_get(request, "id"),
                actions_result(server, document, json_object_get(request, "params")));
    json_array_remove(document->waiting, place);
}

void proofs_answer(struct server *server, struct document *document, bool all)
{
    size_t place = 0;
    while (place < json_array_size(document->waiting)) {
        const json_t *request = json_array_get(document->waiting, place);
        if (all || is_ready(server, document, json_object_get(request, "params")))
            answer(server, document, place);
        else
            place++;
    }
}

bool proofs_cancel(struct server *server, struct document *document, const json_t *id)
{
    size_t place;
    const json_t *request;
    json_array_foreach(document->waiting, place, request)
    {
        if (!json_equal(json_object_get(request, "id"), id))
            continue;
        rpc_fail(server, id, RPC_REQUEST_CANCELLED, "cancelled");
        json_array_remove(document->waiting, place);
        return true;
    }
    return false;
}

/* The fixes that requests wait for, as keys. */
static json_t *wanted(const struct server *server, const struct document *document)
{
    json_t *list = json_object();
    size_t i;
    const json_t *request;
    json_array_foreach(document->waiting, i, request)
        add_unproven(server, document, json_object_get(request, "params"), list);
    return list;
}

const char *proofs_wanted(const struct server *server, const struct document *document,
                          struct arena *arena)
{
    json_t *list = wanted(server, document);
    struct strbuf text;
    const char *fingerprint;
    json_t *unused;
    strbuf_init(&text, arena);
    json_object_foreach(list, fingerprint, unused) strbuf_addf(&text, "%s\n", fingerprint);
    json_decref(list);
    return text.len ? text.text : NULL;
}

void proofs_take(struct server *server, struct document *document, const json_t *proofs)
{
    json_t *list = wanted(server, document);
    const char *fingerprint;
    json_t *unused;
    document->proof_died = false;
    json_object_update(document->proofs, (json_t *)proofs);
    json_object_foreach(list, fingerprint,
                        unused) if (!json_object_get(document->proofs, fingerprint))
        json_object_set_new(document->proofs, fingerprint, json_false());
    json_decref(list);
    proofs_answer(server, document, false);
}
