#include "driver/worker.h"

#include "cache/cache.h"
#include "ir/write.h"
#include "lower/lower.h"
#include "support/child.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct worker {
    const struct worker_job *job;
    const struct child_process *process;
    struct arena *arena; /* as long as the process */
    struct lower_session *session;
    struct unit_cache *installed; /* prefixes that came with the program, or NULL */
    struct cache_key prefix_key;  /* of the prefix that was last looked for */
};

/* ---- the conversation -------------------------------------------------------------------- */

/* The parent is gone when it cannot be written to: there is nobody left to work for. */
static void send_all(int socket, const void *bytes, size_t len)
{
    if (!child_send(socket, bytes, len))
        _exit(0);
}

static void answer(const struct worker *worker, struct frame frame, const void *bytes, size_t len)
{
    frame.len = len;
    send_all(worker->process->socket, &frame, sizeof frame);
    send_all(worker->process->socket, bytes, len);
}

static void answer_error(const struct worker *worker, struct frame frame, enum frame_kind kind,
                         const struct error *error)
{
    frame.kind = kind;
    answer(worker, frame, error->message, strlen(error->message));
}

/* ---- what is remembered ------------------------------------------------------------------ */

/* False: the unit must be parsed. */
static bool answer_from_cache(const struct worker *worker, struct arena *arena,
                              const struct cache_key *key, const struct source_unit *source)
{
    const unsigned char *bytes;
    size_t len;
    if (!cache_find(worker->job->options->cache, arena, key, source, &bytes, &len))
        return false;
    answer(worker, (struct frame){.kind = FRAME_UNIT}, bytes, len);
    return true;
}

/* ---- prefixes ---------------------------------------------------------------------------- */

static bool find_installed(const struct worker *worker, struct arena *arena,
                           const struct source_unit *unit, const unsigned char **bytes, size_t *len)
{
    if (!worker->installed)
        return false;
    const struct cache_key key = cache_key_of(worker->installed, unit);
    return cache_find(worker->installed, arena, &key, unit, bytes, len);
}

static bool find_prefix(void *context, struct arena *arena, const struct source_unit *unit,
                        const unsigned char **bytes, size_t *len)
{
    struct worker *worker = context;
    struct unit_cache *cache = worker->job->options->cache;
    if (find_installed(worker, arena, unit, bytes, len))
        return true;
    if (!cache)
        return false;
    worker->prefix_key = cache_key_of(cache, unit);
    return cache_find(cache, arena, &worker->prefix_key, unit, bytes, len);
}

static void store_prefix(void *context, const struct source_unit *unit, const lower_files *files,
                         const unsigned char *bytes, size_t len)
{
    const struct worker *worker = context;
    if (worker->job->options->cache)
        cache_store(worker->job->options->cache, &worker->prefix_key, unit, files->data, files->len,
                    lower_stats(worker->session)->library, bytes, len);
}

static void open_installed(struct worker *worker)
{
    const struct cache_options options = {
        .folder = cache_installed_folder(worker->arena),
        .parser = lower_parser(worker->session),
        .is_installed = true,
    };
    if (options.folder && options.parser)
        worker->installed = cache_open(worker->arena, &options);
}

static const struct error *open_session(struct worker *worker)
{
    const struct prefix_memory memory = {worker, worker->process->folder, find_prefix,
                                         store_prefix};
    const struct error *error = NULL;
    if (worker->session)
        return NULL;
    error = lower_open(worker->arena, &worker->session);
    if (error)
        return error;
    open_installed(worker);
    lower_keep_prefixes(worker->session, worker->arena, &memory);
    return NULL;
}

/* ---- one unit ---------------------------------------------------------------------------- */

static void serve_unit(struct worker *worker, struct arena *arena, struct source_unit *source)
{
    const struct worker_job *job = worker->job;
    struct frame frame = {0};
    struct unit_cache *cache = job->options->cache;
    struct cache_key key;
    if (cache) {
        key = cache_key_of(cache, source);
        if (answer_from_cache(worker, arena, &key, source))
            return;
    }
    const struct error *error = open_session(worker);
    if (error) {
        answer_error(worker, frame, FRAME_NO_PARSER, error);
        return;
    }
    struct ir_unit *unit = NULL;
    error = lower_unit(worker->session, arena, source, job->models, &unit);
    const struct lower_stats *stats = lower_stats(worker->session);
    frame.parses = stats->parses;
    frame.parse_seconds = stats->parse_seconds;
    frame.lower_seconds = stats->lower_seconds;
    snprintf(frame.reparsed, sizeof frame.reparsed, "%s", stats->reparsed ? stats->reparsed : "");
    if (error) {
        answer_error(worker, frame, FRAME_ERROR, error);
        return;
    }
    unsigned char *bytes = NULL;
    size_t len = 0;
    ir_write(arena, unit, &bytes, &len);
    if (cache)
        cache_store(cache, &key, source, stats->opened.data, stats->opened.len, stats->library,
                    bytes, len);
    frame.kind = FRAME_UNIT;
    answer(worker, frame, bytes, len);
}

_Noreturn void worker_serve(const struct worker_job *job, const struct child_process *process)
{
    struct worker worker = {.job = job, .process = process, .arena = arena_new()};
    uint32_t index = 0;
    while (child_receive(process->socket, &index, sizeof index)) {
        struct arena *arena = arena_new();
        serve_unit(&worker, arena, &job->units[index]);
        arena_free(arena);
    }
    _exit(0);
}
