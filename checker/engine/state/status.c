/* Who looks at the status of a call. A status is pending from the call until something reads it;
 * a drop counts only where no path reads it (candidates_finish). */
#include "engine/state/status.h"

#include "engine/events/events.h"
#include "engine/state/blocks.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/state/ranges.h"
#include "engine/value/pmap.h"

value_id status_new(struct engine *engine, struct state *state, site_id site,
                    const struct model_function *model, const struct ir_unit *unit, ir_id type)
{
    map_set_u64(&engine->came_to, site_call_key(engine, site), 1);
    uint64_t origin = hash_u64(((uint64_t)site << 8) | 3);
    value_id symbol = symbol_new(engine, SYMBOL_STATUS, origin, unit, type);
    map_set_u64(&engine->status_sites, symbol, site);
    map_set_u64(&engine->status_steps, symbol, state->trail ? state->trail->length : 0);
    if (!model->status_matters && !model->status_advised)
        return symbol;
    struct pending_status pending = {.site = site,
                                     .made_in = state->context,
                                     .is_advice = !model->status_matters,
                                     .model = (uint32_t)(model - engine->models->functions.data)};
    uint32_t number = table_intern(&engine->pending, &pending);
    state->statuses = pmap_set(engine->arena, state->statuses, symbol, number);
    return symbol;
}

static bool get_pending(struct engine *engine, const struct state *state, value_id value,
                        struct pending_status *pending)
{
    uint64_t number;
    if (value == VALUE_NONE || !pmap_get(state->statuses, value, &number))
        return false;
    *pending = *(const struct pending_status *)table_at(&engine->pending, (uint32_t)number);
    return true;
}

static void looked_at_call(struct engine *engine, site_id call)
{
    map_set_u64(&engine->looked_at, site_call_key(engine, call), 1);
}

static void looked(struct engine *engine, struct state *state, value_id symbol,
                   const struct pending_status *pending)
{
    looked_at_call(engine, pending->site);
    state->statuses = pmap_remove(engine->arena, state->statuses, symbol);
}

void status_look(struct engine *engine, struct state *state, value_id value)
{
    struct pending_status pending;
    if (value == VALUE_NONE || !state->statuses)
        return;
    if (get_pending(engine, state, value, &pending)) {
        looked(engine, state, value, &pending);
        return;
    }
    struct value inner = *value_at(&engine->values, value);
    int64_t code;
    if (inner.kind == VALUE_COMPARISON && value_is_int(&engine->values, inner.b, &code)) {
        status_look_for(engine, state, inner.a, code);
    } else if (inner.kind == VALUE_COMPARISON || inner.kind == VALUE_OPERATION) {
        status_look(engine, state, inner.a);
        status_look(engine, state, inner.b);
    }
}

/* Does the path run a function that was handed what a call returned, rather than one that made the
 * call or got to it by calling? */
static bool was_handed(const struct engine *engine, const struct state *state, site_id call)
{
    context_id context = site_at(engine, call)->context;
    while (context != CONTEXT_NONE && context != state->context)
        context = context_at(engine, context)->parent;
    return context == CONTEXT_NONE;
}

/* Does the function say yes or no, and nothing else? */
static bool answers_whether(const struct program_function *function)
{
    const struct ir_function *ir = function->ir;
    const ir_id type = ir->result_type;
    const uint32_t kind = type == IR_NONE ? IR_TYPE_VOID : function->in->types.data[type].kind;
    if (kind != IR_TYPE_INT)
        return kind == IR_TYPE_BOOL;
    for (size_t i = 0; i < ir->ops.len; i++) {
        const struct ir_op *op = &ir->ops.data[i];
        if (op->code == IR_CONST && op->type == type && op->number != 0 && op->number != 1)
            return false;
    }
    return true;
}

/* A function that puts errors into words or numbers of its own asks for several of them, for
 * "invalid value" like for any other: that says nothing of the call at hand. One that answers
 * whether it is among several does. */
static void asks_for(struct engine *engine, const struct state *state, value_id status,
                     int64_t code)
{
    enum { INVALID_VALUE = 1 };
    uint32_t call = map_get_u64(&engine->status_sites, status);
    if (call == MAP_NONE || code == 0)
        return;
    const bool is_translator = was_handed(engine, state, call) &&
                               !answers_whether(context_function(engine, state->context));
    if (code != INVALID_VALUE || !is_translator)
        status_expects(engine, status, code);
    if (!is_translator)
        return;
    const uint64_t key = site_call_key(engine, call);
    const uint32_t other = map_get_u64(&engine->translated, key), one = (uint32_t)code;
    map_set_u64(&engine->translated, key, other == MAP_NONE || other == one ? one : 0);
}

void status_look_for(struct engine *engine, struct state *state, value_id value, int64_t code)
{
    struct pending_status pending;
    asks_for(engine, state, value, code);
    if (code == 0 || !get_pending(engine, state, value, &pending)) {
        status_look(engine, state, value);
        return;
    }
    looked(engine, state, value, &pending);
    pending.is_partial = 1;
    state->statuses =
        pmap_set(engine->arena, state->statuses, value, table_intern(&engine->pending, &pending));
}

void status_look_by_null(struct engine *engine, const struct state *state, value_id address)
{
    struct block block;
    if (!block_get(engine, state, address, &block) || block.memory != PROVENANCE_PINNED ||
        block.status == VALUE_NONE)
        return;
    uint32_t made = map_get_u64(&engine->status_sites, block.status);
    uint32_t discarded = map_get_u64(&engine->discarded_at, block.status);
    if (made != MAP_NONE)
        looked_at_call(engine, made);
    if (discarded != MAP_NONE)
        looked_at_call(engine, discarded);
}

static void dropped(struct engine *engine, struct state *state, value_id symbol,
                    const struct pending_status *pending, bool for_certain)
{
    state->statuses = pmap_remove(engine->arena, state->statuses, symbol);
    if (pending->is_partial || pending->is_excused ||
        (!pending->discarded && site_is_degraded(engine, pending->site)))
        return; /* what was lost may have read the variable */
    struct event event = event_new(engine, state, EVENT_DROPPED, pending->site, VALUE_NONE);
    event.model = &engine->models->functions.data[pending->model];
    event.call = event.model->name;
    event.is_advice = pending->is_advice;
    event.status = symbol;
    event.drop_is_certain = for_certain;
    event.steps = map_get_u64(&engine->status_steps, symbol);
    event_raise(engine, &event);
}

/* It was not found out yet whether the call has failed. */
static bool may_be_any_failure(struct engine *engine, const struct state *state, value_id status)
{
    struct range range = range_of(engine, state, status);
    return range_contains(&range, 0) && !range_is_one(&range, 0);
}

void status_discard(struct engine *engine, struct state *state, value_id value, site_id site)
{
    struct pending_status pending;
    if (!get_pending(engine, state, value, &pending) || pending.discarded)
        return;
    pending.is_partial = pending.is_partial && !may_be_any_failure(engine, state, value);
    pending.discarded = 1;
    pending.site = site;
    map_set_u64(&engine->discarded_at, value, site);
    uint32_t number = table_intern(&engine->pending, &pending);
    state->statuses = pmap_set(engine->arena, state->statuses, value, number);
}

void status_excuse(struct engine *engine, struct state *state, value_id value)
{
    struct pending_status pending;
    bool is_pending = get_pending(engine, state, value, &pending);
    status_look(engine, state, value);
    if (!is_pending || pending.is_advice)
        return;
    pending.is_excused = pending.discarded = 1;
    state->statuses =
        pmap_set(engine->arena, state->statuses, value, table_intern(&engine->pending, &pending));
}

void status_overtaken(struct engine *engine, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->statuses);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);)
        if (((const struct pending_status *)table_at(&engine->pending, (uint32_t)number))
                ->is_excused)
            state->statuses = pmap_remove(engine->arena, state->statuses, key);
}

void status_overwritten(struct engine *engine, struct state *state, value_id address, value_id kept)
{
    value_id old;
    struct pending_status pending;
    if (!state->statuses || !memory_peek(state, address, &old) || old == kept ||
        !get_pending(engine, state, old, &pending) || pending.discarded)
        return;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t key, content; pmap_next(&iter, &key, &content);)
        if (content == old && key != address)
            return;
    uint32_t now = map_get_u64(&engine->status_sites, kept);
    bool same_call = kept != VALUE_NONE && now != MAP_NONE &&
                     site_call_key(engine, now) == site_call_key(engine, pending.site);
    dropped(engine, state, old, &pending, same_call);
}

void status_next_call(struct engine *engine, struct state *state, bool reads_last_error)
{
    struct pmap_iter iter = pmap_begin(state->statuses);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        struct pending_status pending =
            *(const struct pending_status *)table_at(&engine->pending, (uint32_t)number);
        if (reads_last_error && !pending.is_covered)
            looked(engine, state, (value_id)key, &pending);
        else if (reads_last_error)
            continue;
        else if (pending.discarded)
            dropped(engine, state, (value_id)key, &pending, false);
    }
}

void status_covered(struct engine *engine, struct state *state, value_id failed)
{
    struct pmap_iter iter = pmap_begin(state->statuses);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        struct pending_status pending =
            *(const struct pending_status *)table_at(&engine->pending, (uint32_t)number);
        if (key == failed || !pending.discarded)
            continue;
        pending.is_covered = 1;
        number = table_intern(&engine->pending, &pending);
        state->statuses = pmap_set(engine->arena, state->statuses, key, number);
    }
}

void status_finish(struct engine *engine, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->statuses);
    if (engine->asked_later)
        return;
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        struct pending_status pending =
            *(const struct pending_status *)table_at(&engine->pending, (uint32_t)number);
        dropped(engine, state, (value_id)key, &pending, false);
    }
}

void status_discarded_before(struct engine *engine, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->statuses);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        struct pending_status pending =
            *(const struct pending_status *)table_at(&engine->pending, (uint32_t)number);
        const struct model_function *model = &engine->models->functions.data[pending.model];
        if (pending.discarded && !models_effect(model, MODEL_ALLOCATES))
            dropped(engine, state, (value_id)key, &pending, false);
    }
}

value_id status_asked(struct engine *engine, value_id condition, bool *fails_when_true)
{
    value_id subject = condition;
    *fails_when_true = true;
    struct value value = *value_at(&engine->values, condition);
    int64_t number;
    if (value.kind == VALUE_COMPARISON) {
        if (!value_is_int(&engine->values, value.b, &number) || number != 0 ||
            (value.sub != IR_EQ && value.sub != IR_NE))
            return VALUE_NONE;
        subject = value.a;
        *fails_when_true = value.sub == IR_NE;
    }
    const struct symbol *symbol = symbol_of(&engine->values, subject);
    return symbol && symbol->kind == SYMBOL_STATUS ? subject : VALUE_NONE;
}

/* No call gives it. */
enum { ANY_FAILURE = -1 };

static uint64_t expectation(uint64_t call_key, int64_t code)
{
    return hash_u64(call_key) ^ (uint64_t)code;
}

void status_expects(struct engine *engine, value_id status, int64_t code)
{
    uint32_t site = map_get_u64(&engine->status_sites, status);
    if (site != MAP_NONE && code != 0)
        map_set_u64(&engine->expected, expectation(site_call_key(engine, site), code), 1);
}

void status_expects_any(struct engine *engine, value_id status)
{
    status_expects(engine, status, ANY_FAILURE);
}

bool status_is_expected(const struct engine *engine, uint64_t call_key, int64_t code)
{
    return map_get_u64(&engine->expected, expectation(call_key, code)) != MAP_NONE ||
           map_get_u64(&engine->expected, expectation(call_key, ANY_FAILURE)) != MAP_NONE;
}

bool status_failure_is_expected(const struct engine *engine, value_id status)
{
    uint32_t site = map_get_u64(&engine->status_sites, status);
    return site != MAP_NONE && status_is_expected(engine, site_call_key(engine, site), ANY_FAILURE);
}

bool status_has_failed(struct engine *engine, const struct state *state, value_id status)
{
    if (status == VALUE_NONE)
        return false;
    uint64_t number;
    struct range range = pmap_get(state->past, status, &number)
                             ? *(const struct range *)table_at(&engine->ranges, (uint32_t)number)
                             : range_of(engine, state, status);
    return !range_contains(&range, 0);
}
