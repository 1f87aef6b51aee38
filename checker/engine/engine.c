#include "engine/engine.h"

#include "engine/clients/allocators.h"
#include "engine/clients/lifecycles.h"
#include "engine/clients/stories.h"
#include "engine/events/candidates.h"
#include "engine/pairs/always_registered.h"
#include "engine/pairs/deleters.h"
#include "engine/pairs/kept.h"
#include "engine/pairs/pairs.h"
#include "engine/program/callee.h"
#include "engine/program/confined.h"
#include "engine/program/signals.h"
#include "engine/program/starts.h"
#include "engine/state/context.h"
#include "engine/unseen/gates.h"
#include "engine/walk/walk.h"

#include <string.h>

/* Objects that hold nothing of interest once they are constructed do not come to interest on their
 * way to the destructor. */
static bool is_lifecycle_root(const struct flow *flow)
{
    const uint32_t pinned = FLOW_STATUS | FLOW_ALLOCATES | FLOW_RELEASES;
    return (flow->all & FLOW_REGISTERS) ||
           ((flow->all & pinned) == pinned && !(flow->all & FLOW_UNREGISTERS));
}

/* What a member function leaves in its object comes to interest if that is pinned memory. */
static bool is_use_root(const struct engine *engine, const struct program_function *function)
{
    const uint32_t pinned = FLOW_STATUS | FLOW_ALLOCATES;
    if (function->used == MAP_NONE)
        return is_lifecycle_root(function->flow);
    const struct flow *used = engine->program.functions.data[function->used].flow;
    return used && (used->all & pinned) == pinned && (function->flow->all & FLOW_RELEASES);
}

static bool has_own_code(const struct program_function *function)
{
    const struct ir_function *ir = function->ir;
    return function->flow && !ir->is_device_only && !ir->in_system_header && !ir->is_implicit &&
           !lifecycles_is(function);
}

/* Functions that only run inside others in sight are walked there, with what these pass. */
bool engine_is_walkable(const struct program_function *function)
{
    const struct ir_function *ir = function->ir;
    if (!has_own_code(function))
        return false;
    bool hidden = ir->is_static || ir->kind == IR_FUNCTION_LAMBDA;
    return !(hidden && function->is_called && !function->is_address_taken);
}

static bool is_root(const struct engine *engine, const struct program_function *function)
{
    if (lifecycles_is(function))
        return function->story || (function->is_use ? is_use_root(engine, function)
                                                    : is_lifecycle_root(function->flow));
    return engine_is_walkable(function) && (function->flow->all & FLOW_SUBJECT);
}

/* Roots alone register: what none of them left registered may be released by whom it may. */
static bool is_open_pair(const struct engine *engine, const struct candidate *candidate)
{
    const uint64_t key = candidate->keeper_key;
    return key && (!candidate->keeper_is_released ||
                   map_get_u64(&engine->registered_keepers, key) != MAP_NONE);
}

/* The units that a member or a static was left registered in, as far as the roots tell; NULL: in
 * none. */
static bool *units_with_pairs(const struct engine *engine)
{
    bool *units = NULL;
    if (engine->left_registered.len)
        units = arena_new_array(engine->lasting, engine->program.unit_count, bool);
    for (size_t i = 0; i < engine->left_registered.len; i++)
        units[engine->left_registered.data[i].unit] = true;
    for (size_t i = 0; i < engine->candidates.len; i++) {
        const struct candidate *candidate = &engine->candidates.data[i];
        if (!is_open_pair(engine, candidate))
            continue;
        if (!units)
            units = arena_new_array(engine->lasting, engine->program.unit_count, bool);
        units[engine->program.functions.data[candidate->call_key >> 32].unit] = true;
    }
    return units;
}

void engine_note(struct engine *engine, const char *note)
{
    for (size_t i = 0; i < engine->stats->notes.len; i++)
        if (strcmp(engine->stats->notes.data[i], note) == 0)
            return; /* the function was walked before */
    vec_push(engine->lasting, &engine->stats->notes, note);
}

static void note_degraded(struct engine *engine, const struct program_function *function)
{
    for (size_t i = 0; i < function->ir->degraded.len; i++) {
        const char *note = arena_printf(engine->lasting, "%s: parts of '%s' are not seen: %s",
                                        function->in->source, function->ir->qualified,
                                        function->ir->degraded.data[i]);
        engine_note(engine, note);
    }
}

static void measure(struct engine *engine)
{
    for (size_t i = 0; i < engine->program.functions.len; i++) {
        const struct program_function *function = &engine->program.functions.data[i];
        engine->stats->functions += function->flow != NULL;
        if (function->ir->ops.len > engine->scratch_len)
            engine->scratch_len = function->ir->ops.len;
    }
}

static void walk_one(struct engine *engine, uint32_t number)
{
    note_degraded(engine, &engine->program.functions.data[number]);
    walk_root(engine, number);
}

/* What is left registered may be handed to code out of sight, undone by a reset, or freed, by
 * functions that do nothing else of interest; and what others find in a member, some put there that
 * only allocate. */
static bool has_to_do_with_others(const struct engine *engine, const bool *units,
                                  const struct program_function *function)
{
    bool is_near = units && (units[function->unit] || function->ir->record != IR_NONE);
    return (is_near && ((function->flow->all & (FLOW_CALLS_UNKNOWN | FLOW_OTHER)) ||
                        pairs_may_release(engine, function))) ||
           kept_may_set(engine, function) || deleters_may_set(engine, function);
}

static void walk_others(struct engine *engine)
{
    const bool *units = units_with_pairs(engine);
    for (uint32_t i = 0; i < engine->program.functions.len; i++) {
        const struct program_function *function = &engine->program.functions.data[i];
        const bool is_begun = function->ir->is_implicit &&
                              function->ir->kind == IR_FUNCTION_CONSTRUCTOR &&
                              deleters_may_set(engine, function);
        if (is_begun || (engine_is_walkable(function) && !is_root(engine, function) &&
                         has_to_do_with_others(engine, units, function)))
            walk_one(engine, i);
    }
}

/* Does the function itself make calls of interest that no path came to? */
static bool has_missed_calls(const struct engine *engine, uint32_t number)
{
    const struct program_function *function = &engine->program.functions.data[number];
    for (ir_id i = 0; i < function->ir->ops.len; i++) {
        const struct ir_op *op = &function->ir->ops.data[i];
        const struct model_function *model =
            op->code == IR_CALL ? callee_model(engine->models, function->in, op->call) : NULL;
        if (model && model->status == MODEL_STATUS_ZERO_OK &&
            (flow_of_model(model) & FLOW_SUBJECT) &&
            map_get_u64(&engine->came_to, call_key_of(number, i)) == MAP_NONE)
            return true;
    }
    return false;
}

/* What no path came to, because those who call it have too many, is walked for itself. */
static void walk_missed(struct engine *engine)
{
    for (uint32_t i = 0; i < engine->program.functions.len; i++) {
        const struct program_function *function = &engine->program.functions.data[i];
        if (engine->ran_short[function->unit] && function->ir->kind == IR_FUNCTION_FREE &&
            has_own_code(function) && !engine_is_walkable(function) &&
            has_missed_calls(engine, i)) {
            engine->asked_later = engine->ran_short[function->unit] & FLOW_ASKS;
            walk_one(engine, i);
        }
    }
    engine->asked_later = false;
}

static void walk_roots(struct engine *engine)
{
    for (uint32_t i = 0; i < engine->program.functions.len; i++) {
        if (!is_root(engine, &engine->program.functions.data[i]))
            continue;
        walk_one(engine, i);
        if (engine->options->progress)
            engine->options->progress(engine->options->context, i + 1,
                                      engine->program.functions.len);
    }
    walk_missed(engine);
    walk_others(engine);
}

/* What some roots store tells what others find. */
static void walk_again(struct engine *engine)
{
    kept_begin_second(engine);
    for (uint32_t i = 0; i < engine->program.functions.len; i++) {
        const struct program_function *function = &engine->program.functions.data[i];
        if (is_root(engine, function)
                ? kept_tells(engine, i)
                : engine_is_walkable(function) && (function->flow->all & FLOW_RELEASES) &&
                      kept_may_tell_pinned(engine, function))
            walk_one(engine, i);
    }
}

void engine_run(struct arena *arena, struct ir_unit *const *units, size_t unit_count,
                const struct model_set *models, const struct engine_options *options,
                struct findings *findings, struct engine_stats *stats)
{
    struct engine_options effective = *options;
    if (!effective.max_steps)
        effective.max_steps = DEFAULT_STEPS;
    struct engine engine = {.lasting = arena,
                            .models = models,
                            .options = &effective,
                            .stats = stats,
                            .findings = findings,
                            .names_undo = TRUTH_UNKNOWN,
                            .by_place = {.arena = arena},
                            .expected = {.arena = arena},
                            .translated = {.arena = arena},
                            .registered_keepers = {.arena = arena},
                            .registered_instances = {.arena = arena},
                            .released_keepers = {.arena = arena},
                            .plain_owners = {.arena = arena},
                            .other_owners = {.arena = arena},
                            .undone_keepers = {.arena = arena},
                            .undone_instances = {.arena = arena},
                            .undone_alone = {.arena = arena},
                            .undone_causes = {.arena = arena},
                            .looked_at = {.arena = arena},
                            .came_to = {.arena = arena},
                            .reached_first = {.arena = arena},
                            .undone_plainly = {.arena = arena},
                            .set_by_others = {.arena = arena},
                            .bodies = {.arena = arena}};
    program_link(arena, units, unit_count, &engine.program);
    lifecycles_add(&engine.program);
    confined_find(&engine.program);
    flow_program(arena, &engine.program, models);
    stories_add(&engine.program, models);
    allocators_add(&engine.program, models);
    signals_collect(&engine);
    starts_find(&engine.program, models);
    gate_readers_count(&engine);
    measure(&engine);
    engine.ran_short = arena_new_array(arena, unit_count, uint32_t);
    kept_begin(&engine);
    always_begin(&engine);
    walk_roots(&engine);
    walk_again(&engine);
    candidates_finish(&engine);
}
