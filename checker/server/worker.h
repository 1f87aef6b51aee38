/* The process that checks one document. It stays for the next text of that document, with all that
 * makes its checks fast; when it dies, only the check at hand is lost. Private to checker/server/.
 */
#ifndef CUHOSTLINT_SERVER_WORKER_H
#define CUHOSTLINT_SERVER_WORKER_H

#include "server/encoding.h"
#include "server/server.h"
#include "support/child.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct worker {
    struct child_process child;
    bool is_busy, is_proving;
    double first_seconds; /* that its first check took; 0: it has not answered yet */
    double last_seconds;  /* and its last one */
    int64_t version;      /* of the text that it checks, or checked last */
    double started;       /* that check; see clock_seconds */
    double deadline;      /* to be killed then, while busy */
    bool was_stopped;     /* because of the deadline */
    char *request;        /* what it has not taken yet: [sent, request_len); NULL: nothing */
    size_t sent, request_len;
    unsigned char *answer;
    size_t len, cap;
};

/* How the answer to a job is written: what the client can show. */
struct worker_style {
    const char *pages_uri;
    bool has_related_information;
    enum encoding encoding;
};

struct worker_request {
    const struct server_checker *checker;
    struct worker_style style;
    struct server_job job;
    const char *fixes; /* NULL: check; else the fingerprints of findings of the last check whose
                          fixes are to be proven, a line each */
    int64_t version;
};

enum worker_event {
    WORKER_NOTHING, /* not the whole answer yet */
    WORKER_ANSWER,  /* answer: the JSON text */
    WORKER_DIED
};

enum { WORKER_TIMEOUT_SECONDS = 60 };

/* Gives an idle worker its next job, starting the process where there is none. It may not read all
 * of it at once: see worker_send. False: no process can be started. The answer to a check is
 * {"files", "warnings"} (diagnostics_answer), to a proof
 * {"proofs": {FINGERPRINT: whether its fix holds}}. */
bool worker_request(struct worker *worker, const struct worker_request *request);

/* Sends what there is room for in its socket. */
void worker_send(struct worker *worker);

/* Reads what has come from it. With WORKER_ANSWER, *answer is valid until the next request. */
enum worker_event worker_receive(struct worker *worker, const char **answer, size_t *len);

/* Why a worker that died did: "the parser crashed (signal 11)", in `arena`. Releases what is left
 * of it. */
const char *worker_bury(struct worker *worker, struct arena *arena);

/* Ends it, busy or not. */
void worker_stop(struct worker *worker);

#endif
