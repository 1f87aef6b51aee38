/* One session with one client. Private to checker/server/. */
#ifndef CUHOSTLINT_SERVER_STATE_H
#define CUHOSTLINT_SERVER_STATE_H

#include "server/channel.h"
#include "server/document.h"
#include "server/server.h"
#include "support/vec.h"

#include <jansson.h>
#include <stdbool.h>
#include <sys/types.h>

enum server_phase {
    PHASE_NEW, /* only initialize is understood */
    PHASE_RUNNING,
    PHASE_SHUTTING_DOWN, /* only exit is */
    PHASE_ENDED
};

/* What the client can do. */
struct client {
    pid_t pid; /* 0: not told */
    bool has_configuration, has_watched_files, has_progress, has_document_changes;
    bool has_related_information;
    enum encoding encoding; /* of positions, in both directions */
};

struct server {
    const struct server_options *options;
    struct arena *arena; /* as long as the session */
    struct channel channel;
    enum server_phase phase;
    enum server_end end;
    struct client client;
    VEC(struct document *) documents;
    json_t *settings;         /* the last that came, as the client sent them */
    const char *pages_uri;    /* of these, or of the options; NULL: none */
    json_t *published;        /* {"uri": params}: what the client shows */
    json_t *warned;           /* {"text": true}: what was said already */
    json_int_t next_request;  /* the id of our next request */
    json_int_t configuration; /* the id of the request for the settings; 0: none is open */
    struct document *shown;   /* whose first check the client shows as progress */
    int shown_count;          /* such documents so far: tokens are used once */
};

/* ---- messages (rpc.c) ------------------------------------------------------------------ */

/* JSON-RPC's and LSP's error codes. */
enum rpc_code {
    RPC_PARSE_ERROR = -32700,
    RPC_INVALID_REQUEST = -32600,
    RPC_METHOD_NOT_FOUND = -32601,
    RPC_INVALID_PARAMS = -32602,
    RPC_NOT_INITIALIZED = -32002,
    RPC_REQUEST_CANCELLED = -32800
};

/* The last argument is released. `id` NULL stands for an id that could not be read. */
void rpc_respond(struct server *server, const json_t *id, json_t *result);
void rpc_fail(struct server *server, const json_t *id, enum rpc_code code, const char *message);
void rpc_notify(struct server *server, const char *method, json_t *params);

/* Gives the id of the request. */
json_int_t rpc_request(struct server *server, const char *method, json_t *params);

/* Says a sentence to the user, once in a session: as a message where `loud`, else in the log. */
void rpc_tell(struct server *server, bool loud, const char *text);

/* ---- what the client says (dispatch.c) ------------------------------------------------- */

/* Handles one message. */
void dispatch(struct server *server, const char *text, size_t len);

/* ---- documents ------------------------------------------------------------------------- */

/* The open document with this URI, or NULL. */
struct document *find_document(const struct server *server, const char *uri);

/* ---- checks (schedule.c) --------------------------------------------------------------- */

/* Asks for a check of a document after `delay` seconds; one that runs already is superseded. */
void schedule_check(struct document *document, double delay, bool fresh);
void schedule_all(struct server *server, bool fresh);

/* Starts the checks that are due, ends those that are late. */
void schedule_run(struct server *server);

/* Milliseconds until schedule_run has something to do; -1: nothing. */
int schedule_wait(const struct server *server);

/* Takes what a document's worker has sent. */
void schedule_receive(struct server *server, struct document *document);

/* A document is about to go. */
void schedule_forget(struct server *server, const struct document *document);

/* ---- findings (publish.c) -------------------------------------------------------------- */

/* Replaces what is known of a document (NULL: nothing) and tells the client. */
void publish_files(struct server *server, struct document *document, json_t *files);

/* Forgets what the checks of other documents have found in an older text of this file. */
void publish_saved(struct server *server, const struct document *document);

/* The findings of an open document that hold for its text as it is now; a new array. */
json_t *publish_current(const struct server *server, const struct document *document);

/* ---- requests -------------------------------------------------------------------------- */

/* The result of textDocument/codeAction (actions.c), of fixes those that are proven, and of
 * textDocument/hover (hover.c). */
json_t *actions_result(const struct server *server, const struct document *document,
                       const json_t *params);
json_t *hover_result(const struct server *server, const struct document *document,
                     const json_t *params);

/* Whether a request for code actions asks for quick fixes (actions.c). */
bool actions_wanted(const json_t *params);

/* ---- proofs of fixes (proofs.c) --------------------------------------------------------- */

/* The result of textDocument/codeAction; NULL: the request waits for proofs and is answered later.
 */
json_t *proofs_request(struct server *server, struct document *document, const json_t *id,
                       const json_t *params);

/* Answers the requests that need not wait any more: `all`, or those whose fixes are proven. */
void proofs_answer(struct server *server, struct document *document, bool all);

/* Whether a waiting request had this id: it has been answered as cancelled. */
bool proofs_cancel(struct server *server, struct document *document, const json_t *id);

/* The fixes that requests wait for, as a worker is asked about them; NULL: none. */
const char *proofs_wanted(const struct server *server, const struct document *document,
                          struct arena *arena);

/* Takes {FINGERPRINT: whether its fix holds} (NULL: the worker has died over it); what it says
 * nothing of does not hold. */
void proofs_take(struct server *server, struct document *document, const json_t *proofs);

/* Whether two ranges touch, or a position lies in a range, its end included (ranges.c). */
bool ranges_touch(const json_t *left, const json_t *right);
bool range_holds(const json_t *range, const json_t *position);

#endif
