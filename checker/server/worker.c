#include "server/worker.h"

#include "driver/driver.h"
#include "server/diagnostics.h"
#include "support/child.h"
#include "support/clock.h"
#include "support/mem.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READ_SIZE = 1 << 16, LARGEST_ANSWER = 1 << 28 };

/* What goes over the socket, followed by `len` bytes of text, or of the list of fixes to prove.
 * Both processes are the same program image, so the struct goes as it is. */
struct job_frame {
    uint64_t len;
    bool is_fresh;
    bool proves;
};

/* ---- the worker's side ----------------------------------------------------------------- */

/* The answer as text, which is released. */
static char *written(json_t *answer)
{
    char *text = json_dumps(answer, JSON_COMPACT);
    json_decref(answer);
    return text;
}

static char *prove(const struct worker_request *request, char *fixes)
{
    const struct server_checker *checker = request->checker;
    json_t *proofs = json_object();
    char *rest = fixes;
    for (const char *fix = strtok_r(fixes, "\n", &rest); fix; fix = strtok_r(NULL, "\n", &rest))
        json_object_set_new(proofs, fix, json_boolean(checker->prove(checker->context, fix)));
    return written(json_pack("{s:o}", "proofs", proofs));
}

static char *check(const struct worker_request *request, const struct server_job *job)
{
    struct arena *arena = arena_new();
    struct server_report report = {0};
    const struct error *error =
        request->checker->check(request->checker->context, arena, job, &report);
    char *text = written(diagnostics_answer(arena, &request->style, job, &report, error));
    arena_free(arena);
    return text;
}

static bool is_asked(int socket)
{
    struct pollfd polled = {socket, POLLIN, 0};
    return poll(&polled, 1, 0) > 0;
}

static void send_answer(int socket, char *text)
{
    uint64_t len = text ? strlen(text) : 0;
    if (!child_send(socket, &len, sizeof len) || !child_send(socket, text, len))
        _exit(0);
    free(text);
}

static void answer(const struct worker_request *request, int socket, const struct job_frame *frame,
                   char *text)
{
    const struct server_job job = {request->job.path, text, frame->len, frame->is_fresh};
    if (frame->proves) {
        send_answer(socket, prove(request, text));
        return;
    }
    send_answer(socket, check(request, &job));
    if (!is_asked(socket))
        request->checker->warm_up(request->checker->context, &job);
}

_Noreturn static void serve(const struct worker_request *request, int socket)
{
    struct job_frame frame;
    while (child_receive(socket, &frame, sizeof frame)) {
        char *text = mem_alloc(frame.len + 1);
        if (!child_receive(socket, text, frame.len))
            break;
        answer(request, socket, &frame, text);
        free(text);
    }
    _exit(0);
}

/* ---- the server's side ----------------------------------------------------------------- */

static bool start(struct worker *worker, const struct worker_request *request)
{
    struct arena *arena = arena_new();
    const struct error *error = child_fork(arena, DRIVER_MEMORY_MIB, &worker->child);
    arena_free(arena);
    if (error)
        return false;
    if (worker->child.pid == 0)
        serve(request, worker->child.socket);
    return true;
}

/* Where the worker has died the end of its socket says so. */
void worker_send(struct worker *worker)
{
    while (worker->sent < worker->request_len) {
        ssize_t sent = send(worker->child.socket, worker->request + worker->sent,
                            worker->request_len - worker->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return;
        worker->sent += (size_t)sent;
    }
    free(worker->request);
    worker->request = NULL;
}

/* A worker in an idle moment's work reads late: nobody else waits for it. */
static void begin_sending(struct worker *worker, const struct job_frame *frame, const char *payload)
{
    free(worker->request);
    worker->sent = 0;
    worker->request_len = sizeof *frame + frame->len;
    worker->request = mem_alloc(worker->request_len);
    memcpy(worker->request, frame, sizeof *frame);
    memcpy(worker->request + sizeof *frame, payload, frame->len);
    worker_send(worker);
}

bool worker_request(struct worker *worker, const struct worker_request *request)
{
    if (!worker->child.pid && !start(worker, request))
        return false;
    const char *payload = request->fixes ? request->fixes : request->job.text;
    const struct job_frame frame = {.len = request->fixes ? strlen(payload) : request->job.len,
                                    .is_fresh = request->job.is_fresh,
                                    .proves = request->fixes != NULL};
    worker->is_busy = true;
    worker->is_proving = frame.proves;
    worker->version = request->version;
    worker->started = clock_seconds();
    worker->deadline = worker->started + (double)WORKER_TIMEOUT_SECONDS;
    worker->len = 0;
    begin_sending(worker, &frame, payload);
    return true;
}

static bool read_some(struct worker *worker)
{
    if (worker->cap - worker->len < READ_SIZE) {
        worker->cap = worker->cap * 2 + READ_SIZE;
        worker->answer = mem_realloc(worker->answer, worker->cap);
    }
    ssize_t got = recv(worker->child.socket, worker->answer + worker->len, READ_SIZE, MSG_DONTWAIT);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (got <= 0)
        return false;
    worker->len += (size_t)got;
    return true;
}

static void note_time(struct worker *worker)
{
    worker->last_seconds = clock_seconds() - worker->started;
    if (worker->first_seconds == 0)
        worker->first_seconds = worker->last_seconds;
}

enum worker_event worker_receive(struct worker *worker, const char **answer, size_t *len)
{
    uint64_t length;
    if (!read_some(worker))
        return WORKER_DIED;
    if (worker->len < sizeof length)
        return WORKER_NOTHING;
    memcpy(&length, worker->answer, sizeof length);
    if (length > LARGEST_ANSWER || worker->len - sizeof length > length)
        return WORKER_DIED; /* or as good as: its memory is in disorder */
    if (!worker->is_busy || worker->len - sizeof length < length)
        return WORKER_NOTHING;
    worker->is_busy = false;
    if (worker->is_proving)
        worker->is_proving = false;
    else
        note_time(worker);
    *answer = (const char *)worker->answer + sizeof length;
    *len = (size_t)length;
    return WORKER_ANSWER;
}

static void reset(struct worker *worker)
{
    free(worker->answer);
    free(worker->request);
    *worker = (struct worker){0};
}

const char *worker_bury(struct worker *worker, struct arena *arena)
{
    const char *output = child_output(&worker->child, arena);
    bool was_late = worker->was_stopped;
    int status = child_bury(&worker->child);
    reset(worker);
    if (was_late)
        return arena_printf(arena, "the parser was stopped after %d s", WORKER_TIMEOUT_SECONDS);
    if (WIFEXITED(status))
        return arena_printf(arena, "the parser gave up (status %d)%s%s", WEXITSTATUS(status),
                            output ? ": " : "", output ? output : "");
    return arena_printf(arena, "the parser crashed (signal %d)", WTERMSIG(status));
}

void worker_stop(struct worker *worker)
{
    if (worker->child.pid)
        child_bury(&worker->child);
    reset(worker);
}
