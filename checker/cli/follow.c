#include "cli/follow.h"

#include "engine/program/carriers.h"
#include "engine/program/missing.h"
#include "source/project/definers.h"
#include "source/project/relevance.h"

/* Wrappers that call wrappers in other files: how many files deep they are followed. Likewise what
 * they call. */
enum { USER_ROUNDS = 4, DEFINER_ROUNDS = 3 };

/* Files that only define what others call: as many as were parsed without them, and a few. */
enum { FEW_DEFINERS = 64 };

/* The units that were parsed; NULL for the others. */
static struct ir_unit **parsed_units(const struct run *run)
{
    const size_t count = run->sources.units.len;
    struct ir_unit **units = arena_new_array(run->arena, count, struct ir_unit *);

    for (size_t i = 0; i < count; i++)
        units[i] = run->results[i].unit;
    return units;
}

/* Those that were let go, and their places among all. */
struct left_units {
    struct source_unit *units;
    size_t *places;
    size_t count;
};

static struct left_units left_units(const struct run *run)
{
    const size_t count = run->sources.units.len;
    struct left_units left = {.units = arena_new_array(run->arena, count, struct source_unit),
                              .places = arena_new_array(run->arena, count, size_t)};

    for (size_t i = 0; i < count; i++)
        if (run->results[i].is_irrelevant) {
            left.units[left.count] = run->sources.units.data[i];
            left.places[left.count++] = i;
        }
    return left;
}

static const struct error *lower_left(struct run *run, const struct left_units *left,
                                      const struct driver_options *options, bool *found)
{
    struct driver_result *results;
    const struct error *error =
        driver_run(run->arena, left->units, left->count, &run->models, options, &results);

    for (size_t i = 0; error == NULL && i < left->count; i++) {
        *found |= !results[i].is_irrelevant;
        run->results[left->places[i]] = results[i];
    }
    return error;
}

/* Units that name no modelled function may name the project's own wrappers: parses those that
 * mention one of the units so far. `found` is set where there were such. */
static const struct error *lower_users(struct run *run, const struct driver_options *first,
                                       bool *found)
{
    const struct left_units left = left_units(run);
    struct driver_options options = *first;
    struct carriers carriers;

    if (left.count == 0 || left.count == run->sources.units.len)
        return NULL;
    engine_carriers(run->arena, parsed_units(run), run->sources.units.len, &run->models, &carriers);
    options.progress = NULL;
    if (carriers.names.len == 0)
        return NULL;
    relevance_add_names(options.relevance, carriers.names.data, carriers.names.len);
    return lower_left(run, &left, &options, found);
}

/* What the engine misses, as the source room looks for it. */
static struct definers_wish *wishes_of(const struct run *run, size_t *count)
{
    struct definers_wish *wishes;
    struct missing missing;

    engine_missing(run->arena, parsed_units(run), run->sources.units.len, &run->models, &missing);
    *count = missing.names.len;
    wishes = arena_new_array(run->arena, *count, struct definers_wish);
    for (size_t i = 0; i < *count; i++) {
        const struct missing_name *name = &missing.names.data[i];

        wishes[i] = (struct definers_wish){name->name, name->scope, name->is_member, name->caller,
                                           name->known};
    }
    return wishes;
}

/* Keeps those of the left units that define what the parsed ones miss, at most as many as there is
 * room for: pool_put, which only calls free. */
static void keep_definers(struct run *run, struct left_units *left, size_t room)
{
    struct definers definers;
    size_t wish_count;
    const struct definers_wish *wishes = wishes_of(run, &wish_count);

    definers_find(run->arena, run->facts, left->units, left->count, wishes, wish_count, room,
                  &definers);
    run->definers_left = definers.left_out;
    left->count = definers.chosen.len;
    for (size_t i = 0; i < left->count; i++) { /* none stands before its new place */
        const struct definer *definer = &definers.chosen.data[i];

        left->units[i] = left->units[definer->unit];
        left->places[i] = left->places[definer->unit];
        run->parsed_for[left->places[i]] = wishes[definer->wish].name;
    }
}

static const struct error *lower_definers(struct run *run, const struct driver_options *first,
                                          size_t *room, bool *found)
{
    struct left_units left = left_units(run);
    struct driver_options options = *first;

    if (left.count == 0 || left.count == run->sources.units.len)
        return NULL;
    keep_definers(run, &left, *room);
    *room -= left.count;
    options.progress = NULL;
    options.relevance = NULL;
    return left.count > 0 ? lower_left(run, &left, &options, found) : NULL;
}

const struct error *follow_units(struct run *run, const struct driver_options *options)
{
    const size_t count = run->sources.units.len;
    const struct error *error = NULL;
    size_t room;
    bool found = true;

    for (int round = 0; error == NULL && found && round < USER_ROUNDS; round++) {
        found = false;
        error = lower_users(run, options, &found);
    }
    run->parsed_for = arena_new_array(run->arena, count, const char *);
    room = count - left_units(run).count + FEW_DEFINERS;
    found = true;
    for (int round = 0; error == NULL && found && round < DEFINER_ROUNDS; round++) {
        found = false;
        error = lower_definers(run, options, &room, &found);
    }
    return error;
}
