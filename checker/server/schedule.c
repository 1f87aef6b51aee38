#include "server/diagnostics.h"
#include "server/state.h"
#include "support/clock.h"
#include "support/utf8.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Seconds that the first check of a process may still take when it is superseded: what it builds,
 * the next one needs too. */
static const double first_grace = 10;

enum { WARM_WORKERS = 8 }; /* some 50 MB each, libclang itself shared */

/* ---- asking for checks ----------------------------------------------------------------- */

/* Nobody waits any more for the result of the check that runs. To end its process costs a first
 * check and the making of a preamble: it may take that long before it is ended. */
static void supersede(struct document *document)
{
    struct worker *worker = &document->worker;
    double grace = worker->first_seconds > 0 ? 2 * worker->first_seconds : first_grace;
    double deadline = clock_seconds() + grace;
    if (worker->is_busy && deadline < worker->deadline)
        worker->deadline = deadline;
}

void schedule_check(struct document *document, double delay, bool fresh)
{
    if (!document->path)
        return;
    document->needs_check = true;
    document->needs_fresh |= fresh;
    document->due = clock_seconds() + delay;
    supersede(document);
}

void schedule_all(struct server *server, bool fresh)
{
    for (size_t i = 0; i < server->documents.len; i++)
        schedule_check(server->documents.data[i], 0, fresh);
}

/* ---- progress -------------------------------------------------------------------------- */

static json_t *progress_token(const struct server *server)
{
    return json_sprintf("cuhostlint/%d", server->shown_count);
}

static void progress(struct server *server, json_t *value)
{
    rpc_notify(server, "$/progress",
               json_pack("{s:o, s:o}", "token", progress_token(server), "value", value));
}

static void begin_progress(struct server *server, struct document *document)
{
    if (!server->client.has_progress || server->shown || document->is_checked)
        return;
    struct arena *arena = arena_new();
    const char *path = utf8_clean(arena, document->path);
    const char *slash = strrchr(path, '/');
    server->shown = document;
    server->shown_count++;
    rpc_request(server, "window/workDoneProgress/create",
                json_pack("{s:o}", "token", progress_token(server)));
    progress(server, json_pack("{s:s, s:s, s:s}", "kind", "begin", "title", "cuhostlint", "message",
                               slash ? slash + 1 : path));
    arena_free(arena);
}

static void end_progress(struct server *server, const struct document *document)
{
    if (server->shown != document)
        return;
    server->shown = NULL;
    progress(server, json_pack("{s:s}", "kind", "end"));
}

void schedule_forget(struct server *server, const struct document *document)
{
    end_progress(server, document);
}

/* ---- results --------------------------------------------------------------------------- */

static void tell_warnings(struct server *server, const json_t *answer)
{
    size_t i;
    const json_t *warning;
    json_array_foreach(json_object_get(answer, "warnings"), i, warning)
        rpc_tell(server, true, json_string_value(warning));
}

static void take_files(struct server *server, struct document *document, json_t *files)
{
    document->is_checked = true;
    end_progress(server, document);
    if (document->worker.version != document->version && document->needs_check) {
        json_decref(files); /* superseded */
        return;
    }
    document->checked_version = document->worker.version;
    json_object_clear(document->proofs);
    publish_files(server, document, files);
    proofs_answer(server, document, false);
}

static void take_failure(struct server *server, struct document *document, const char *message)
{
    struct arena *arena = arena_new();
    json_t *failure = diagnostics_of_failure(utf8_clean(arena, message));
    arena_free(arena);
    take_files(server, document, json_pack("{s:[o]}", document->file_uri, failure));
}

static void take_answer(struct server *server, struct document *document, const char *text,
                        size_t len)
{
    json_t *answer = json_loadb(text, len, JSON_ALLOW_NUL, NULL);
    json_t *files = json_object_get(answer, "files");
    const json_t *proofs = json_object_get(answer, "proofs");
    tell_warnings(server, answer);
    if (proofs)
        proofs_take(server, document, proofs);
    else if (files)
        take_files(server, document, json_incref(files));
    else
        take_failure(server, document, "the checker gave no answer");
    json_decref(answer);
}

static void take_death(struct server *server, struct document *document)
{
    struct arena *arena = arena_new();
    bool was_busy = document->worker.is_busy, was_proving = document->worker.is_proving;
    bool was_superseded = document->needs_check;
    int64_t version = document->worker.version;
    const char *message = worker_bury(&document->worker, arena);
    if (was_proving) {
        if (document->proof_died) /* twice is no accident */
            proofs_take(server, document, NULL);
        else
            document->proof_died = true;
    } else if (was_busy && !was_superseded) {
        document->worker.version = version;
        take_failure(server, document, message);
    }
    arena_free(arena);
}

void schedule_receive(struct server *server, struct document *document)
{
    const char *text;
    size_t len;
    switch (worker_receive(&document->worker, &text, &len)) {
    case WORKER_NOTHING:
        break;
    case WORKER_ANSWER:
        take_answer(server, document, text, len);
        break;
    case WORKER_DIED:
        take_death(server, document);
        break;
    }
}

/* ---- running them ---------------------------------------------------------------------- */

static size_t busy_workers(const struct server *server)
{
    size_t busy = 0;
    for (size_t i = 0; i < server->documents.len; i++)
        busy += server->documents.data[i]->worker.is_busy;
    return busy;
}

static size_t most_workers(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors > 0 ? (size_t)processors : 1;
}

/* Keeps the memory of many open documents bounded. */
static void stop_oldest(struct server *server)
{
    struct document *oldest = NULL;
    size_t alive = 0;
    for (size_t i = 0; i < server->documents.len; i++) {
        struct document *document = server->documents.data[i];
        alive += document->worker.child.pid != 0;
        if (document->worker.child.pid && !document->worker.is_busy &&
            (!oldest || document->worker.started < oldest->worker.started))
            oldest = document;
    }
    if (alive >= WARM_WORKERS && oldest)
        worker_stop(&oldest->worker);
}

static void start(struct server *server, struct document *document)
{
    const struct worker_request request = {
        .checker = &server->options->checker,
        .style = {server->pages_uri, server->client.has_related_information,
                  server->client.encoding},
        .job = {document->path, document->text, document->len, document->needs_fresh},
        .version = document->version,
    };
    if (!document->worker.child.pid)
        stop_oldest(server);
    document->needs_check = document->needs_fresh = false;
    begin_progress(server, document);
    if (!worker_request(&document->worker, &request)) {
        document->worker.version = document->version;
        take_failure(server, document, "no process can be started");
    }
}

/* Asks the worker that has made the last check about fixes that requests wait for. Where it is gone
 * the document is checked again. */
static void start_proof(struct server *server, struct document *document)
{
    struct arena *arena = arena_new();
    struct worker_request request = {
        .checker = &server->options->checker,
        .fixes = proofs_wanted(server, document, arena),
        .version = document->version,
    };
    if (!request.fixes)
        proofs_answer(server, document, true);
    else if (!document->worker.child.pid)
        schedule_check(document, 0, false);
    else
        worker_request(&document->worker, &request);
    arena_free(arena);
}

static void start_proofs(struct server *server)
{
    for (size_t i = 0; i < server->documents.len; i++) {
        struct document *document = server->documents.data[i];
        if (json_array_size(document->waiting) && !document->worker.is_busy &&
            !document->needs_check && document->files)
            start_proof(server, document);
    }
}

/* The document that has waited longest, or NULL. */
static struct document *next_due(const struct server *server, double now)
{
    struct document *next = NULL;
    for (size_t i = 0; i < server->documents.len; i++) {
        struct document *document = server->documents.data[i];
        if (document->needs_check && !document->worker.is_busy && document->due <= now &&
            (!next || document->due < next->due))
            next = document;
    }
    return next;
}

static void end_late(struct server *server, double now)
{
    for (size_t i = 0; i < server->documents.len; i++) {
        struct document *document = server->documents.data[i];
        struct worker *worker = &document->worker;
        if (!worker->is_busy || now < worker->deadline)
            continue;
        if (document->needs_check) {
            worker_stop(worker);
        } else if (!worker->was_stopped) {
            worker->was_stopped = true;
            kill(worker->child.pid, SIGKILL); /* the end of its socket comes next */
        }
    }
}

void schedule_run(struct server *server)
{
    double now = clock_seconds();
    size_t busy;
    end_late(server, now);
    start_proofs(server);
    busy = busy_workers(server);
    for (struct document *next; busy < most_workers() && (next = next_due(server, now)); busy++)
        start(server, next);
}

int schedule_wait(const struct server *server)
{
    bool is_full = busy_workers(server) >= most_workers();
    double first = -1;
    for (size_t i = 0; i < server->documents.len; i++) {
        const struct document *document = server->documents.data[i];
        double at = document->worker.is_busy            ? document->worker.deadline
                    : document->needs_check && !is_full ? document->due
                                                        : -1;
        if (at >= 0 && (first < 0 || at < first))
            first = at;
    }
    if (first < 0)
        return -1;
    double left = (first - clock_seconds()) * 1e3;
    return left > 0 ? (int)left + 1 : 0;
}
