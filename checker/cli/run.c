#include "cli/run.h"

#include "cache/cache.h"
#include "cache/remembered.h"
#include "cli/branches.h"
#include "cli/follow.h"
#include "source/project/relevance.h"
#include "source/project/route.h"
#include "source/text/fact_store.h"
#include "support/clock.h"
#include "support/jobserver.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void run_warn(struct run *run, const char *message)
{
    vec_push(run->arena, &run->warnings, message);
    cli_warning(message);
}

static const struct error *read_models(struct run *run)
{
    run->models = (struct model_set){.arena = run->arena};
    models_take_builtin(&run->models);
    const struct error *error = settings_models(&run->settings, &run->models);
    if (error == NULL)
        models_index(&run->models);
    return error;
}

/* An empty file has nothing to find, but it may not be what the user thinks it is. */
static void warn_of_empty_files(struct run *run)
{
    for (size_t i = 0; i < run->options->inputs.len; i++) {
        const char *input = run->options->inputs.data[i];
        struct stat info;

        if (stat(input, &info) == 0 && S_ISREG(info.st_mode) && info.st_size == 0)
            run_warn(run, arena_printf(run->arena, "'%s' is empty", input));
    }
}

static int by_path(const void *a, const void *b)
{
    const struct source_unit *first = a, *second = b;

    return strcmp(first->path, second->path);
}

/* In the order of their names, so that nothing depends on the order on the command line. */
static void sort_units(struct source_list *sources)
{
    if (sources->units.len > 1)
        qsort(sources->units.data, sources->units.len, sizeof *sources->units.data, by_path);
}

/* Those that the settings leave in; what cannot be linted is told. */
static void choose_units(struct run *run)
{
    settings_choose_units(&run->settings, &run->sources);
    for (size_t i = 0; i < run->sources.problems.len; i++) {
        const struct error *error = run->sources.problems.data[i].error;

        vec_push(run->arena, &run->warnings, error->message);
        run->status = exit_status_max(run->status, cli_error(error));
    }
}

/* NULL where nothing is to be kept. */
static const char *cache_folder(const struct run *run)
{
    const struct options *options = run->options;

    if (options->no_cache)
        return NULL;
    return options->cache != NULL ? options->cache : cache_default_folder(run->arena);
}

/* Files are read for a moment only: not worth asking make for tokens. */
static unsigned reading_threads(const struct run *run)
{
    struct jobserver *server = jobserver_open(run->arena, getenv("MAKEFLAGS"));

    if (server == NULL)
        return run->options->jobs;
    jobserver_close(server);
    return 1;
}

/* NULL where nothing is to be kept. */
static const struct source_memory *open_memory(const struct run *run)
{
    const struct cache_options cache = {.folder = cache_folder(run)};
    struct source_memory memory;

    if (cache.folder == NULL)
        return NULL;
    memory = cache_remembered(run->arena, &cache);
    return arena_copy(run->arena, &memory, sizeof memory);
}

static void find_sources(struct run *run)
{
    const struct options *options = run->options;
    const struct source_request request = {
        .inputs = options->inputs.data,
        .input_count = options->inputs.len,
        .database = run->settings.primary->database,
        .compiler_args = options->compiler_args.data,
        .compiler_arg_count = options->compiler_args.len,
        .has_compiler_args = options->has_compiler_args,
        .extra_args = options->extra_args.data,
        .extra_arg_count = options->extra_args.len,
        .cuda_path = run->settings.primary->cuda_path,
        .stdin_path = options->stdin_path,
        .stdin_text = options->stdin_text,
        .stdin_len = options->stdin_len,
        .facts = run->facts,
        .memory = run->memory,
    };
    double start = clock_seconds();

    source_find(run->arena, &request, &run->sources);
    sort_units(&run->sources);
    choose_units(run);
    warn_of_empty_files(run);
    run->times.find = clock_seconds() - start;
}

static const struct error *begin(struct arena *arena, const struct options *options,
                                 struct run *run)
{
    *run = (struct run){.arena = arena, .options = options};
    run->times.start = clock_seconds();
    run->progress = progress_start(!options->quiet && !options->no_progress);
    run->memory = open_memory(run);
    run->facts = fact_store_new(run->arena, run->memory, reading_threads(run));
    return settings_read(arena, options, &run->settings);
}

const struct error *run_prepare(struct arena *arena, const struct options *options, struct run *run)
{
    const struct error *error = begin(arena, options, run);

    if (error != NULL)
        return error;
    find_sources(run);
    return read_models(run);
}

const struct error *run_prepare_units(struct arena *arena, const struct options *options,
                                      const struct source_list *sources, struct run *run)
{
    const struct error *error = begin(arena, options, run);

    if (error != NULL)
        return error;
    run->sources = *sources;
    choose_units(run);
    return read_models(run);
}

static struct relevance *relevance_of_run(struct run *run)
{
    if (run->relevance == NULL)
        run->relevance = relevance_new(run->arena, &run->models);
    return run->relevance;
}

void run_route_headers(struct run *run)
{
    double start = clock_seconds();

    source_route_headers(&run->sources, relevance_of_run(run));
    run->times.find += clock_seconds() - start;
}

static void unit_done(void *context, size_t unit, const struct driver_result *result)
{
    struct run *run = context;

    (void)result;
    progress_advance(&run->progress, run->progress.done + 1, run->sources.units.data[unit].shown);
}

static void tell_failures(struct run *run)
{
    for (size_t i = 0; i < run->sources.units.len; i++) {
        const struct driver_result *result = &run->results[i];

        if (result->error == NULL)
            continue;
        run->status = exit_status_max(run->status, cli_error(result->error));
        if (run->options->verbose && result->output != NULL)
            cli_detail("%s", result->output);
    }
}

/* The units of earlier runs; NULL where none are kept. */
static struct unit_cache *open_cache(const struct run *run)
{
    const size_t count = run->settings.used.len;
    const char **files = arena_new_array(run->arena, count, const char *);
    struct cache_options cache = {.folder = cache_folder(run), .model_files = files};

    if (cache.folder == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (run->settings.used.data[i]->file != NULL)
            files[cache.model_file_count++] = run->settings.used.data[i]->file;
    return cache_open(run->arena, &cache);
}

const struct error *run_lower(struct run *run, bool parse_all)
{
    const struct options *options = run->options;
    const struct driver_options driver_options = {
        .jobs = options->jobs,
        .timeout_seconds = options->timeout,
        .relevance = parse_all ? NULL : relevance_of_run(run),
        .cache = run->cache = open_cache(run),
        .progress = unit_done,
        .context = run,
    };
    double start = clock_seconds();
    const struct error *error;

    if (run->sources.units.len == 0)
        return NULL;
    progress_stage(&run->progress, "parsing", "files", run->sources.units.len);
    error = driver_run(run->arena, run->sources.units.data, run->sources.units.len, &run->models,
                       &driver_options, &run->results);
    if (error == NULL && !parse_all)
        error = follow_units(run, &driver_options);
    if (error == NULL && !parse_all)
        error = branches_lower(run, &driver_options);
    fact_store_save(run->facts);
    progress_hide(&run->progress);
    run->times.lower = clock_seconds() - start;
    if (error == NULL)
        tell_failures(run);
    return error;
}
