/* A call that a model describes: its status, its effects one after the other, what it keeps. */
#include "engine/call/call.h"
#include "engine/call/effect.h"
#include "engine/events/events.h"
#include "engine/library/library.h"
#include "engine/library/objects.h"
#include "engine/pairs/leaks.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/state/status.h"
#include "engine/unseen/earlier.h"
#include "engine/value/pmap.h"
#include "engine/walk/step.h"

#include <string.h>

/* ---- what an effect needs of the call ---- */

value_id play_argument(const struct play *play, int index)
{
    if (index < 0 || (size_t)index >= play->invocation->count)
        return VALUE_NONE;
    return play->invocation->args[index];
}

bool play_number(const struct play *play, int index, int64_t *number)
{
    return value_is_int(&play->engine->values, play_argument(play, index), number);
}

value_id play_size(const struct play *play, const struct model_size *size)
{
    value_id product = VALUE_NONE;
    for (size_t i = 0; i < 3; i++) {
        value_id factor = play_argument(play, size->args[i]);
        if (factor == VALUE_NONE)
            continue;
        product = product == VALUE_NONE
                      ? factor
                      : value_binary(&play->engine->values, IR_MUL, product, factor);
    }
    if (product == VALUE_NONE || size->in_elements)
        return VALUE_NONE;
    if (size->factor > 1)
        product = value_binary(&play->engine->values, IR_MUL, product,
                               value_int(&play->engine->values, (int64_t)size->factor));
    return product;
}

struct event play_event(const struct play *play, enum event_kind kind, value_id pointer)
{
    struct event event =
        event_new(play->engine, play->state, kind, play->invocation->site, pointer);
    event.model = play->model;
    event.call = play->invocation->name ? play->invocation->name : play->model->name;
    event.status = play->status;
    event.op = play->invocation->op;
    event.flags = play_argument(play, play->effect->flags);
    return event;
}

void play_give(struct play *play, int where, value_id value)
{
    if (where == MODEL_RESULT) {
        if (play->effect->result_owns && play->invocation->into != VALUE_NONE) {
            owner_adopt(play->engine, play->state, play->invocation->into, value);
            *play->result = play->invocation->into;
        } else {
            *play->result = value;
        }
        return;
    }
    value_id place = play_argument(play, where);
    region_id region;
    value_id offset;
    if (place != VALUE_NONE && value_as_address(&play->engine->values, place, &region, &offset))
        memory_store(play->engine, play->state, place, value);
}

ir_id play_pointee(const struct play *play, int index)
{
    if (index < 0 || (size_t)index >= play->invocation->count ||
        play->invocation->types[index] == IR_NONE)
        return IR_NONE;
    return play->invocation->unit->types.data[play->invocation->types[index]].element;
}

void play_unseen(struct play *play)
{
    const struct invocation *invocation = play->invocation;
    const struct ir_op *op = invocation->op;
    const struct ir_function *declared = op && op->call && op->call->function != IR_NONE
                                             ? &invocation->unit->functions.data[op->call->function]
                                             : NULL;
    call_out_of_sight(play->engine, play->state, invocation, invocation->unit, declared,
                      play->result);
}

/* ---- one effect ---- */

static void (*const effects[])(struct play *) = {
    [MODEL_ALLOCATES] = effect_allocates,
    [MODEL_RELEASES] = effect_releases,
    [MODEL_REALLOCATES] = effect_reallocates,
    [MODEL_REGISTERS] = effect_registers,
    [MODEL_UNREGISTERS] = effect_unregisters,
    [MODEL_CHECKS] = effect_checks,
    [MODEL_QUERIES] = effect_queries,
    [MODEL_READS_LAST_ERROR] = NULL, /* before the effects: see last_error */
    [MODEL_WAITS] = NULL,
    [MODEL_DEVICE_POINTER] = effect_gives_device_pointer,
    [MODEL_RESETS_DEVICE] = effect_resets_device,
    [MODEL_BEGINS_CAPTURE] = effect_begins_capture,
    [MODEL_ENDS_CAPTURE] = effect_ends_capture,
    [MODEL_SWAPS_CAPTURE_MODE] = effect_swaps_capture_mode,
    [MODEL_PROTECTS] = effect_protects,
    [MODEL_OPENS] = effect_opens,
    [MODEL_COMMANDS] = effect_commands,
    [MODEL_RETURNS_ARG] = effect_returns_argument,
    [MODEL_ANSWERS] = effect_answers,
    [MODEL_ASSERTS] = effect_asserts,
    [MODEL_EXPECTS] = effect_expects,
    [MODEL_LAUNCHES] = effect_launches,
    [MODEL_LOADS] = effect_loads,
    [MODEL_STORES] = effect_stores,
    [MODEL_COMPARE_EXCHANGES] = effect_compare_exchanges,
    [MODEL_EXCHANGES] = effect_exchanges,
    [MODEL_FETCHES] = effect_fetches,
    [MODEL_UPDATES] = effect_updates,
    [MODEL_SWAPS] = effect_swaps,
    [MODEL_MINIMUM] = effect_picks,
    [MODEL_MAXIMUM] = effect_picks,
    [MODEL_FILLS] = effect_fills,
    [MODEL_COPIES] = effect_copies,
    [MODEL_REWRITES] = effect_rewrites,
    [MODEL_CONSTANT] = effect_is_constant,
    [MODEL_ERROR_NUMBER] = effect_error_number,
    [MODEL_CALLS_METHOD] = effect_calls_method,
    [MODEL_MAKES] = effect_makes,
    [MODEL_CALLS] = effect_calls,
    [MODEL_UNPACKS] = effect_unpacks,
    [MODEL_STARTS] = effect_starts,
    [MODEL_JOINS] = play_unseen,
    [MODEL_CONSTRUCTS] = effect_constructs,
    [MODEL_DESTROYS] = effect_destroys,
};

/* ---- the call as a whole ---- */

static bool is_cuda(const struct model_function *model)
{
    return model->api == MODEL_API_RUNTIME || model->api == MODEL_API_DRIVER ||
           model->api == MODEL_API_HIP;
}

/* A run of register calls with one last-error query behind it is checked as a whole, and check
 * macros wait for the device before they ask: an error stays until it is read (measured:
 * h200-driver580-cuda13.0-a.txt, last_error). */
static bool is_watched(const struct model_function *model)
{
    return model->status_matters || model->status_advised || models_effect(model, MODEL_WAITS);
}

static bool is_driver(const struct engine *engine, const struct pending_status *pending)
{
    return engine->models->functions.data[pending->model].api == MODEL_API_DRIVER;
}

/* cudaGetLastError gives the status of the call that failed: of the newest that nobody looked at.
 * What the driver's own calls say is not kept there. */
static value_id last_error(struct engine *engine, struct state *state)
{
    value_id newest = VALUE_NONE;
    site_id newest_site = 0;
    struct pmap_iter iter = pmap_begin(state->statuses);
    for (uint64_t symbol, number; pmap_next(&iter, &symbol, &number);) {
        const struct pending_status *pending = table_at(&engine->pending, (uint32_t)number);
        if (!pending->is_covered && !is_driver(engine, pending) &&
            (newest == VALUE_NONE || pending->site >= newest_site)) {
            newest = (value_id)symbol;
            newest_site = pending->site;
        }
    }
    status_next_call(engine, state, true);
    return newest;
}

/* Are arguments handed on: to a constructor by make_unique, to what std::invoke calls? */
static bool hands_on(const struct model_effect *effect)
{
    switch (effect->kind) {
    case MODEL_MAKES:
    case MODEL_CALLS:
    case MODEL_UNPACKS:
    case MODEL_STARTS:
    case MODEL_JOINS:
    case MODEL_CONSTRUCTS:
    case MODEL_DESTROYS:
        return true;
    default:
        return effect->result_owns;
    }
}

/* Arguments that the models do not mention but that the call may write through. */
static void write_outputs(const struct play *play)
{
    for (size_t e = 0; e < play->model->effects.len; e++)
        if (hands_on(&play->model->effects.data[e]))
            return;
    for (size_t i = 0; i < play->invocation->count; i++) {
        bool mentioned = false;
        for (size_t e = 0; e < play->model->effects.len; e++) {
            const struct model_effect *effect = &play->model->effects.data[e];
            mentioned |=
                effect->result == (int)i || effect->pointer == (int)i || effect->other == (int)i;
        }
        ir_id target = play_pointee(play, (int)i);
        if (!mentioned && iterator_is_handed(play->engine, play->state, play->invocation, i))
            continue;
        if (mentioned || target == IR_NONE || play->invocation->unit->types.data[target].is_const ||
            value_is_int(&play->engine->values, play->invocation->args[i], NULL))
            continue;
        region_id region;
        value_id offset;
        if (!value_as_address(&play->engine->values, play->invocation->args[i], &region, &offset))
            continue;
        /* std::getline moves the buffer of its string: that is not to lose it. */
        escape_contents(play->engine, play->state, play->invocation->args[i]);
        earlier_given(play->engine, play->state, play->invocation->args[i], play->invocation->site);
        memory_havoc(play->engine, play->state, play->invocation->args[i], play->invocation->site);
    }
}

enum step call_model(struct engine *engine, struct state *state,
                     const struct invocation *invocation, const struct model_function *model,
                     value_id *result)
{
    struct play play = {.engine = engine,
                        .state = state,
                        .invocation = invocation,
                        .model = model,
                        .status = VALUE_NONE,
                        .result = result,
                        .step = STEP_NEXT};
    if (models_effect(model, MODEL_READS_LAST_ERROR)) {
        *result = last_error(engine, state);
    } else if (is_cuda(model) && model->status == MODEL_STATUS_ZERO_OK) {
        status_overtaken(engine, state);
        if (!is_watched(model))
            status_next_call(engine, state, false);
    }
    if (model->keeps_arguments)
        for (size_t i = 0; i < invocation->count; i++)
            call_keep(engine, state, invocation, NULL, NULL, i);
    write_outputs(&play);
    if (model->status == MODEL_STATUS_ZERO_OK && *result == VALUE_NONE)
        *result = play.status = status_new(engine, state, invocation->site, model, invocation->unit,
                                           invocation->op->type);
    for (size_t i = 0; i < model->effects.len && play.step == STEP_NEXT; i++) {
        play.effect = &model->effects.data[i];
        if (effects[play.effect->kind])
            effects[play.effect->kind](&play);
    }
    if (model->is_noreturn) {
        bool exits = strcmp(model->name, "exit") == 0;
        if (exits && !(state->flags & STATE_AFTER_FAILURE))
            path_ends(engine, state, VALUE_NONE, true);
        return STEP_ENDED;
    }
    return play.step;
}
