#include "cli/branches.h"

#include <string.h>

typedef VEC(struct source_unit) source_units;

static void add_args(struct arena *arena, const struct ir_unit *first, struct source_unit *source)
{
    const char **args =
        arena_copy(arena, source->args.data, source->args.len * sizeof *source->args.data);

    source->args.data = args;
    source->args.cap = source->args.len;
    for (size_t i = 0; i < first->other_branch.len; i++) {
        const char *arg = first->other_branch.data[i];

        vec_push(arena, &source->args, arg);
        if (strcmp(arg, "-xcuda") == 0)
            source->language = SOURCE_CUDA;
    }
    source->is_other_branch = true;
}

static struct source_unit turned(struct arena *arena, const struct source_unit *source,
                                 const struct ir_unit *first)
{
    struct source_unit other = *source;

    add_args(arena, first, &other);
    if (other.alone != NULL) {
        struct source_unit *alone = arena_copy(arena, other.alone, sizeof *alone);

        add_args(arena, first, alone);
        other.alone = alone;
    }
    return other;
}

static bool is_same_site(const struct ir_unit *first, const struct ir_site *hidden,
                         const struct ir_unit *second, const struct ir_site *site)
{
    return site->state == IR_SITE_ANALYSED && site->loc.offset == hidden->loc.offset &&
           first->files.data[hidden->loc.file].is_main &&
           second->files.data[site->loc.file].is_main;
}

static bool has_site(const struct ir_unit *first, const struct ir_site *hidden,
                     const struct ir_unit *second)
{
    for (size_t i = 0; i < second->sites.len; i++)
        if (is_same_site(first, hidden, second, &second->sites.data[i]))
            return true;
    return false;
}

/* True where the second unit has calls that the first one has not. */
static bool uncover(struct ir_unit *first, const struct ir_unit *second)
{
    bool any = false;

    for (size_t i = 0; i < first->sites.len; i++) {
        struct ir_site *site = &first->sites.data[i];

        if (site->state != IR_SITE_INACTIVE || !has_site(first, site, second))
            continue;
        site->state = IR_SITE_ANALYSED;
        site->reason = NULL;
        any = true;
    }
    return any;
}

const struct error *branches_lower(struct run *run, const struct driver_options *first)
{
    struct driver_options options = *first;
    struct driver_result *results;
    source_units others = {0};
    VEC(size_t) places = {0};

    for (size_t i = 0; i < run->sources.units.len; i++) {
        const struct ir_unit *unit = run->results[i].unit;

        if (unit == NULL || unit->other_branch.len == 0)
            continue;
        vec_push(run->arena, &others, turned(run->arena, &run->sources.units.data[i], unit));
        vec_push(run->arena, &places, i);
    }
    if (others.len == 0)
        return NULL;
    options.progress = NULL;
    options.relevance = NULL;
    const struct error *error =
        driver_run(run->arena, others.data, others.len, &run->models, &options, &results);
    for (size_t i = 0; error == NULL && i < others.len; i++) {
        struct driver_result *result = &run->results[places.data[i]];

        /* what the parser does not get through is no loss: the first unit is there */
        if (results[i].unit != NULL && uncover(result->unit, results[i].unit))
            vec_push(run->arena, &run->other_branches,
                     (struct other_branch){places.data[i], results[i].unit});
    }
    return error;
}
