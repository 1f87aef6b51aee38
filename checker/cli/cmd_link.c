/* link: units that index wrote become the findings that one run over their sources gives. */
#include "cli/check.h"
#include "cli/cli.h"
#include "cli/outputs.h"
#include "cli/unit_file.h"

#include <stdlib.h>
#include <string.h>

struct linked {
    struct source_unit source;
    struct driver_result result;
};

static int by_path(const void *a, const void *b)
{
    const struct linked *first = a, *second = b;

    return strcmp(first->source.path, second->source.path);
}

/* Reads all units, in the order of their sources' names. */
static const struct error *read_units(struct arena *arena, const struct options *options,
                                      struct linked *units)
{
    const struct error *error = NULL;

    for (size_t i = 0; error == NULL && i < options->inputs.len; i++)
        error = unit_file_read(arena, options->inputs.data[i], &units[i].source, &units[i].result);
    if (error == NULL && options->inputs.len > 1)
        qsort(units, options->inputs.len, sizeof *units, by_path);
    return error;
}

/* The result that belongs to each unit which the settings let through. */
static void place_results(struct run *run, const struct linked *units, size_t count)
{
    size_t at = 0;

    run->results = arena_new_array(run->arena, run->sources.units.len, struct driver_result);
    for (size_t i = 0; i < run->sources.units.len; i++, at++) {
        while (at < count && strcmp(units[at].source.path, run->sources.units.data[i].path) != 0)
            at++;
        run->results[i] = units[at].result;
    }
}

enum exit_status cmd_link(struct arena *arena, const struct options *given)
{
    struct options options = *given;
    size_t count = options.inputs.len;
    struct linked *units = arena_new_array(arena, count, struct linked);
    const struct report_format **formats =
        arena_new_array(arena, options.outputs.len, const struct report_format *);
    struct source_list sources = {0};
    struct check check = {0};
    const struct error *error = outputs_find(arena, &options, formats);

    if (error == NULL && count == 0)
        error = error_new(arena, ERROR_USAGE, "link needs units: files that index wrote");
    if (error == NULL)
        error = read_units(arena, &options, units);
    if (error != NULL)
        return cli_error(error);
    options.inputs.data = arena_new_array(arena, count, const char *);
    for (size_t i = 0; i < count; i++) {
        options.inputs.data[i] = units[i].source.path;
        if (i == 0 || by_path(&units[i - 1], &units[i]) != 0)
            vec_push(arena, &sources.units, units[i].source);
    }
    error = check_prepare_units(arena, &options, &sources, &check);
    if (error != NULL)
        return exit_status_max(check.run.status, cli_error(error));
    place_results(&check.run, units, count);
    return check_finish(&check, formats);
}
