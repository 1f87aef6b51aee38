#include "driver/driver.h"

#include "driver/patience.h"
#include "driver/worker.h"
#include "ir/read.h"
#include "source/project/relevance.h"
#include "support/child.h"
#include "support/clock.h"
#include "support/jobserver.h"
#include "support/mem.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NO_UNIT = -1, LARGEST_ANSWER = 1 << 30, READ_SIZE = 1 << 16 };

/* A worker process as the parent sees it. Where one cannot be started, the others do its work. */
struct child {
    struct child_process process;
    ptrdiff_t unit; /* what it works on, or NO_UNIT */
    struct patience patience;
    enum patience_answer late; /* why it was killed; PATIENCE_GOES_ON: it was not */
    unsigned late_after;       /* so many seconds */
    unsigned char *answer;     /* what came of it so far */
    size_t len, cap;
};

struct run {
    struct arena *arena;
    struct worker_job job;
    size_t count, next, done;
    unsigned timeout;
    const struct driver_options *options;
    struct driver_result *results;
    struct child *children;
    size_t child_count;
    struct jobserver *jobserver; /* NULL: no make limits the workers */
    const struct error *error;   /* ends the run */
};

static unsigned memory_mib_of(const struct driver_options *options)
{
    return options->memory_mib ? options->memory_mib : DRIVER_MEMORY_MIB;
}

/* ---- results ----------------------------------------------------------------------------- */

static void count_unit(struct run *run, size_t unit)
{
    run->done++;
    if (run->options->progress)
        run->options->progress(run->options->context, unit, &run->results[unit]);
}

static void finish_unit(struct run *run, struct child *child)
{
    size_t unit = (size_t)child->unit;
    child->unit = NO_UNIT;
    child->len = 0;
    count_unit(run, unit);
}

static void let_go_of_irrelevant(struct run *run)
{
    struct arena *scratch = arena_new();
    bool *relevant = arena_new_array(scratch, run->count, bool);
    relevance_of_units(run->options->relevance, run->job.units, run->count, relevant);
    for (size_t i = 0; i < run->count; i++) {
        run->results[i].is_irrelevant = !relevant[i];
        if (!relevant[i])
            count_unit(run, i);
    }
    arena_free(scratch);
}

static void take_unit(struct run *run, struct driver_result *result, const char *shown)
{
    const struct error *error = ir_read(run->arena, result->bytes, result->len, &result->unit);
    if (error)
        result->error = error_new(run->arena, ERROR_ANALYSIS, "%s: %s", shown, error->message);
}

static void take_answer(struct run *run, struct child *child)
{
    struct frame frame;
    memcpy(&frame, child->answer, sizeof frame);
    const struct source_unit *source = &run->job.units[child->unit];
    struct driver_result *result = &run->results[child->unit];
    const void *bytes = child->answer + sizeof frame;
    result->parses = frame.parses;
    result->parse_seconds = frame.parse_seconds;
    result->lower_seconds = frame.lower_seconds;
    result->reparsed = frame.reparsed[0]
                           ? arena_strndup(run->arena, frame.reparsed,
                                           strnlen(frame.reparsed, sizeof frame.reparsed))
                           : NULL;
    size_t len = (size_t)frame.len;
    switch (frame.kind) {
    case FRAME_UNIT:
        result->bytes = arena_copy(run->arena, bytes, len);
        result->len = len;
        take_unit(run, result, source->shown);
        break;
    case FRAME_ERROR:
        result->error =
            error_new(run->arena, ERROR_ANALYSIS, "%.*s", (int)len, (const char *)bytes);
        break;
    case FRAME_NO_PARSER:
        run->error = error_new(run->arena, ERROR_USAGE, "%.*s", (int)len, (const char *)bytes);
        break;
    default: /* the worker's memory is in disorder */
        result->error =
            error_new(run->arena, ERROR_ANALYSIS, "the parser went astray on %s", source->shown);
    }
    finish_unit(run, child);
}

/* ---- deaths ------------------------------------------------------------------------------ */

static const struct error *death_error(const struct run *run, const struct child *child, int status,
                                       const char *output)
{
    const char *shown = run->job.units[child->unit].shown;
    if (child->late)
        return error_new(run->arena, ERROR_ANALYSIS, "the parser was stopped after %u s on %s%s",
                         child->late_after, shown,
                         child->late == PATIENCE_WAITING
                             ? ": it waited for a file (a pipe, or one of a server)"
                             : "");
    bool exhausted = (WIFEXITED(status) && WEXITSTATUS(status) == MEM_EXIT_STATUS) ||
                     (output && (strstr(output, "out of memory") || strstr(output, "bad_alloc")));
    if (exhausted)
        return error_new(run->arena, ERROR_ANALYSIS,
                         "the parser needed more than %u MiB of memory for %s",
                         memory_mib_of(run->options), shown);
    if (WIFEXITED(status)) /* by itself, as a sanitizer ends it */
        return error_new(run->arena, ERROR_ANALYSIS, "the parser ended with status %d on %s",
                         WEXITSTATUS(status), shown);
    bool is_killed = WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGXCPU;
    return error_new(run->arena, ERROR_ANALYSIS, "the parser crashed (signal %d) on %s%s",
                     WTERMSIG(status), shown,
                     is_killed ? ": the system may have ended it, for want of memory or time" : "");
}

static void bury(struct run *run, struct child *child)
{
    const char *output = child_output(&child->process, run->arena);
    int status = child_bury(&child->process);
    if (child->unit == NO_UNIT)
        return;
    struct driver_result *result = &run->results[child->unit];
    result->output = output;
    result->error = death_error(run, child, status, output);
    finish_unit(run, child);
}

/* ---- births ------------------------------------------------------------------------------ */

/* In the new process: of the parent's descriptors only its own remain, so that the end of another
 * worker's socket is seen. */
_Noreturn static void be_worker(const struct run *run, const struct child *child)
{
    for (size_t i = 0; i < run->child_count; i++) {
        const struct child_process *other = &run->children[i].process;
        if (other != &child->process && other->pid) {
            close(other->socket);
            close(other->output);
        }
    }
    worker_serve(&run->job, &child->process);
}

static const struct error *spawn(struct run *run, struct child *child)
{
    const struct error *error =
        child_fork(run->arena, memory_mib_of(run->options), &child->process);
    if (error)
        return error;
    if (child->process.pid == 0)
        be_worker(run, child);
    child->unit = NO_UNIT;
    child->late = PATIENCE_GOES_ON;
    child->len = 0;
    return NULL;
}

/* ---- the conversation -------------------------------------------------------------------- */

static bool any_alive(const struct run *run)
{
    for (size_t i = 0; i < run->child_count; i++)
        if (run->children[i].process.pid)
            return true;
    return false;
}

static size_t working(const struct run *run)
{
    size_t count = 0;
    for (size_t i = 0; i < run->child_count; i++)
        count += run->children[i].process.pid && run->children[i].unit != NO_UNIT;
    return count;
}

/* One worker needs no token of make's, each further one has its own. */
static bool may_work(struct run *run)
{
    return !run->jobserver || working(run) <= jobserver_held(run->jobserver) ||
           jobserver_take(run->jobserver);
}

static void give_idle_tokens(struct run *run)
{
    while (jobserver_held(run->jobserver) && working(run) <= jobserver_held(run->jobserver))
        jobserver_give(run->jobserver);
}

/* Gives a child its next unit, starting the process when there is none. A request to a child that
 * has just died is answered by the end of its socket. */
static void assign(struct run *run, struct child *child)
{
    while (run->next < run->count && run->results[run->next].is_irrelevant)
        run->next++;
    if (run->error || run->next == run->count || !may_work(run))
        return;
    if (!child->process.pid) {
        const struct error *error = spawn(run, child);
        if (error && !any_alive(run))
            run->error = error;
        if (error)
            return;
    }
    uint32_t index = (uint32_t)run->next++;
    child->unit = (ptrdiff_t)index;
    child->patience = patience_begin(&child->process, clock_seconds(), run->timeout);
    child_send(child->process.socket, &index, sizeof index);
}

/* Reads what there is. False at the end of the socket, or when the answer makes no sense. */
static bool receive(struct child *child)
{
    if (child->cap - child->len < READ_SIZE) {
        child->cap = child->cap * 2 + READ_SIZE;
        child->answer = mem_realloc(child->answer, child->cap);
    }
    ssize_t got = recv(child->process.socket, child->answer + child->len, READ_SIZE, 0);
    if (got < 0 && errno == EINTR)
        return true;
    if (got <= 0)
        return false;
    child->len += (size_t)got;
    return true;
}

/* Bytes of the whole answer, header included; 0 while that is unknown. What would be too much is
 * cut here: the number is a worker's, whose memory may be in disorder. */
static uint64_t answer_length(const struct child *child)
{
    struct frame frame;
    if (child->len < sizeof frame)
        return 0;
    memcpy(&frame, child->answer, sizeof frame);
    return (frame.len < LARGEST_ANSWER ? frame.len : LARGEST_ANSWER) + sizeof frame;
}

static void listen_to(struct run *run, struct child *child)
{
    bool alive = receive(child);
    uint64_t length = answer_length(child);
    if (!alive || length > LARGEST_ANSWER)
        bury(run, child);
    else if (length && child->len >= length)
        take_answer(run, child);
    if (child->unit == NO_UNIT)
        assign(run, child);
}

static bool is_judged(const struct child *child)
{
    return child->process.pid && child->unit != NO_UNIT && !child->late;
}

static void kill_late(const struct run *run)
{
    double now = clock_seconds();
    for (size_t i = 0; i < run->child_count; i++) {
        struct child *child = &run->children[i];
        if (!is_judged(child) || now < child->patience.deadline)
            continue;
        child->late = patience_look(&child->patience, &child->process, now, run->timeout);
        child->late_after = (unsigned)(now - child->patience.started);
        if (child->late)
            kill(child->process.pid, SIGKILL);
    }
}

static int milliseconds_to_deadline(const struct run *run)
{
    double now = clock_seconds(), first = now + run->timeout;
    for (size_t i = 0; i < run->child_count; i++) {
        const struct child *child = &run->children[i];
        if (is_judged(child) && child->patience.deadline < first)
            first = child->patience.deadline;
    }
    double left = (first - now) * 1e3;
    return left > 0 ? (int)left + 1 : 0;
}

/* Waits until a worker says something or is to be looked at. A wait that is much too long says that
 * this process was stopped, as the workers were: Ctrl-Z stops them all. */
static bool wait_for_workers(const struct run *run, struct pollfd *polled)
{
    int most = milliseconds_to_deadline(run);
    double before = clock_seconds();
    bool ok = poll(polled, run->child_count + 2, most) >= 0 || errno == EINTR;
    double away = clock_seconds() - before - (double)most * 1e-3;
    for (size_t i = 0; i < run->child_count && away > 1; i++)
        patience_prolong(&run->children[i].patience, away);
    return ok;
}

/* What may have something to say; poll leaves negative descriptors out. The last ones are make's,
 * while there is work that waits for a token, and that of signals which would lose tokens. */
static void list_descriptors(const struct run *run, struct pollfd *polled)
{
    bool wants_token = run->jobserver && run->next < run->count && working(run) < run->child_count;
    for (size_t i = 0; i < run->child_count; i++)
        polled[i] = (struct pollfd){
            run->children[i].process.pid ? run->children[i].process.socket : -1, POLLIN, 0};
    polled[run->child_count] =
        (struct pollfd){wants_token ? jobserver_descriptor(run->jobserver) : -1, POLLIN, 0};
    polled[run->child_count + 1] =
        (struct pollfd){run->jobserver ? jobserver_signals(run->jobserver) : -1, POLLIN, 0};
}

static void assign_to_idle(struct run *run)
{
    for (size_t i = 0; i < run->child_count; i++)
        if (run->children[i].unit == NO_UNIT)
            assign(run, &run->children[i]);
}

static void converse(struct run *run)
{
    struct pollfd *polled = arena_new_array(run->arena, run->child_count + 2, struct pollfd);
    assign_to_idle(run);
    while (run->done < run->count && !run->error) {
        list_descriptors(run, polled);
        if (!wait_for_workers(run, polled))
            run->error = error_new(run->arena, ERROR_ANALYSIS, "cannot wait for workers: %s",
                                   strerror(errno));
        if (polled[run->child_count + 1].revents)
            jobserver_obey(run->jobserver);
        kill_late(run);
        for (size_t i = 0; i < run->child_count && !run->error; i++)
            if (polled[i].revents)
                listen_to(run, &run->children[i]);
        if (polled[run->child_count].revents)
            assign_to_idle(run);
        if (run->jobserver)
            give_idle_tokens(run);
    }
}

/* Who waits for work leaves by itself when no more can come, unless its memory is in disorder. */
static void let_go(struct child *child)
{
    enum { GRACE_MS = 10000 };
    shutdown(child->process.socket, SHUT_WR);
    poll(&(struct pollfd){child->process.socket, POLLIN, 0}, 1, GRACE_MS);
}

static void dismiss(struct run *run)
{
    for (size_t i = 0; i < run->child_count; i++) {
        struct child *child = &run->children[i];
        if (child->process.pid) {
            if (child->unit == NO_UNIT)
                let_go(child);
            child->unit = NO_UNIT; /* its death is nobody's loss */
            bury(run, child);
        }
        free(child->answer);
    }
}

/* Two descriptors for each worker, and as many for all else. */
static size_t most_workers(void)
{
    struct rlimit files;
    return getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur >= 4 ? files.rlim_cur / 4 : 1;
}

static size_t worker_count(const struct driver_options *options, size_t units)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t jobs = options->jobs ? options->jobs : (size_t)(processors > 0 ? processors : 1);
    size_t most = most_workers() < units ? most_workers() : units;
    return jobs < most ? jobs : most;
}

const struct error *driver_run(struct arena *arena, struct source_unit *units, size_t count,
                               const struct model_set *models, const struct driver_options *options,
                               struct driver_result **results)
{
    struct run run = {
        .arena = arena,
        .job = {units, models, options},
        .count = count,
        .timeout = options->timeout_seconds ? options->timeout_seconds : DRIVER_TIMEOUT_SECONDS,
        .options = options,
        .results = arena_new_array(arena, count, struct driver_result),
    };
    if (options->relevance)
        let_go_of_irrelevant(&run);
    run.child_count = worker_count(options, count - run.done);
    run.children = arena_new_array(arena, run.child_count, struct child);
    for (size_t i = 0; i < run.child_count; i++)
        run.children[i].unit = NO_UNIT;
    run.jobserver = jobserver_open(arena, getenv("MAKEFLAGS"));
    converse(&run);
    dismiss(&run);
    if (run.jobserver)
        jobserver_close(run.jobserver);
    *results = run.results;
    return run.error;
}
