/* Loops on a path: turns, and where they are not walked one by one any more. */
#include "engine/walk/loops.h"

#include "engine/state/blocks.h"
#include "engine/state/context.h"
#include "engine/state/open_elements.h"
#include "engine/state/ranges.h"
#include "engine/state/registrations.h"
#include "engine/unseen/earlier.h"
#include "engine/value/pmap.h"
#include "engine/walk/choices.h"
#include "engine/walk/step.h"
#include "engine/walk/walk.h"
#include "engine/walk/widen.h"

struct snapshot {
    pmap blocks, registrations;
};

/* One entry of a loop on a path. */
struct visit {
    uint32_t turns; /* back at the head so often since the loop was entered */
    uint32_t widened;
    uint32_t choices;   /* turns past the limit in which a state or a flag changed (choices.c) */
    bool forked;        /* whether to leave was not decided: the bound is symbolic */
    bool is_long;       /* it was, and there are many turns to come */
    uint64_t distance;  /* at least, of what the loop's test compared last */
    pmap store, ranges; /* at the head, one turn ago */
    struct snapshot before, last; /* at the head: when it was entered, and one turn ago */
};

static struct visit *get_visit(const struct state *state, ir_id head)
{
    uint64_t address;
    if (!pmap_get(state->loops, context_key(state->context, head), &address))
        return NULL;
    return (struct visit *)(uintptr_t)address;
}

uint32_t loop_turn(const struct state *state, context_id context, ir_id head)
{
    uint64_t address;
    if (!pmap_get(state->loops, context_key(context, head), &address))
        return 0;
    return ((const struct visit *)(uintptr_t)address)->turns;
}

static bool is_open_at(const struct engine *engine, const struct state *state, context_id context,
                       ir_id block)
{
    const struct flow *flow = context_function(engine, context)->flow;
    for (ir_id head = 0; head < flow->block_count; head++) {
        uint64_t address;
        if (flow->is_loop_head[head] && flow_in_loop(flow, head, block) &&
            pmap_get(state->loops, context_key(context, head), &address) &&
            ((const struct visit *)(uintptr_t)address)->forked)
            return true;
    }
    return false;
}

bool loop_is_open(const struct engine *engine, const struct state *state)
{
    ir_id block = state->block;
    for (context_id context = state->context; context != CONTEXT_NONE;) {
        if (is_open_at(engine, state, context, block))
            return true;
        const struct context *here = context_at(engine, context);
        if (here->parent != CONTEXT_NONE)
            block = context_function(engine, here->parent)->flow->block_of[here->call_op];
        context = here->parent;
    }
    return false;
}

static void set_visit(struct engine *engine, struct state *state, ir_id head, struct visit visit)
{
    struct visit *kept = arena_copy(engine->arena, &visit, sizeof visit);
    state->loops = pmap_set(engine->arena, state->loops, context_key(state->context, head),
                            (uint64_t)(uintptr_t)kept);
}

static struct snapshot take_snapshot(const struct state *state)
{
    return (struct snapshot){state->blocks, state->registrations};
}

static void widen_since(struct engine *engine, struct state *state, struct snapshot then)
{
    const uint32_t unknown = BLOCK_BEYOND_LOOP | BLOCK_REG_UNKNOWN;
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        if (pmap_get(then.registrations, key, NULL))
            continue;
        value_id base = registration_at(engine, key)->block;
        state->registrations = pmap_remove(engine->arena, state->registrations, key);
        block_add_flags(engine, state, base, unknown);
    }
    iter = pmap_begin(then.registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        if (!pmap_get(state->registrations, key, NULL))
            block_add_flags(engine, state, registration_at(engine, key)->block, unknown);
    iter = pmap_begin(state->blocks);
    for (uint64_t base, number; pmap_next(&iter, &base, &number);) {
        uint64_t before;
        const struct block *now = table_at(&engine->blocks, (uint32_t)number);
        bool is_changed = pmap_get(then.blocks, base, &before) ? before != number
                                                               : now->unregistered != VALUE_NONE;
        if (is_changed)
            block_add_flags(engine, state, (value_id)base, unknown);
    }
}

/* What the loop registered or released, it did to a number of blocks that is not known: those of
 * its first turns among them. */
static void widen_blocks(struct engine *engine, struct state *state, const struct visit *visit)
{
    widen_since(engine, state, visit->before);
    widen_since(engine, state, visit->last);
}

/* Does it matter in the loop what a state or a flag is? */
static bool has_choices(const struct engine *engine, const struct state *state, ir_id head)
{
    const uint32_t lasting = FLOW_REGISTERS | FLOW_UNREGISTERS | FLOW_RELEASES | FLOW_ALLOCATES;
    return (flow_loop_effects(walk_flow(engine, state), head) & lasting) != 0;
}

/* What a turn past the limit changed is forgotten: `visit` is of the turn to come. False: enough of
 * them were walked. */
static bool widen(struct engine *engine, struct state *state, ir_id head, const struct visit *old,
                  struct visit *visit)
{
    enum { MOST_WIDENINGS = 3, MOST_CHOOSING_TURNS = 32 };
    enum turn_kind kind =
        has_choices(engine, state, head) ? choice_turn(engine, state, old->store) : TURN_COUNTS;
    if (kind == TURN_COUNTS && visit->widened >= MOST_WIDENINGS)
        return false;
    if (kind != TURN_COUNTS && ++visit->choices > MOST_CHOOSING_TURNS)
        return false;
    if (kind == TURN_ONLY_CHOOSES)
        return true;
    widen_store(engine, state, context_key(state->context, head), old->store, kind != TURN_COUNTS);
    widen_blocks(engine, state, old);
    if (old->widened)
        widen_ranges(engine, state, old->ranges);
    visit->store = state->store;
    visit->ranges = state->ranges;
    visit->last = take_snapshot(state);
    visit->widened++;
    return true;
}

bool loop_enter(struct engine *engine, struct state *state, ir_id head, bool is_back_edge)
{
    struct visit *old = get_visit(state, head);
    struct visit visit = {
        .store = state->store, .ranges = state->ranges, .last = take_snapshot(state)};
    visit.before = visit.last;
    if (is_back_edge && old) {
        visit.before = old->before;
        visit.turns = old->turns + 1;
        visit.widened = old->widened;
        visit.choices = old->choices;
        bool runs_short = engine->steps > engine->limit / 8;
        uint32_t limit = old->forked || old->is_long ? LOOP_VISITS
                         : runs_short                ? FORKING_LOOP_VISITS
                                                     : DECIDED_LOOP_VISITS;
        if (visit.turns >= limit && !widen(engine, state, head, old, &visit))
            return false;
        visit.forked = old->forked;
        visit.is_long = old->is_long;
        visit.distance = old->distance;
    }
    set_visit(engine, state, head, visit);
    return true;
}

/* How far apart the values are at least that the block's branch compares; 0: not known. */
static uint64_t distance_of_test(struct engine *engine, const struct state *state,
                                 const struct ir_block *block)
{
    const struct ir_op *test = &walk_function(engine, state)->ops.data[block->value];
    if (test->code != IR_COMPARE)
        return 0;
    value_id distance = value_binary(&engine->values, IR_SUB, operand(engine, state, test->b),
                                     operand(engine, state, test->a));
    struct range range = range_of(engine, state, distance);
    return range.low > 0 ? (uint64_t)range.low : range.high < 0 ? 0 - (uint64_t)range.high : 0;
}

/* Turns that are known not to be walked one by one to the end are not worth walking at all. */
static bool goes_on_long(const struct visit *visit, uint64_t distance)
{
    uint64_t step = visit->distance - distance;
    return visit->turns > 0 && visit->distance > distance && distance / step > DECIDED_LOOP_VISITS;
}

bool loop_is_test(const struct engine *engine, const struct state *state)
{
    const struct flow *flow = walk_flow(engine, state);
    for (ir_id head = 0; flow->has_loop && head < flow->block_count; head++)
        if (flow_tests_loop(flow, head, state->block))
            return true;
    return false;
}

void loop_note_test(struct engine *engine, struct state *state, const struct ir_block *block)
{
    const struct flow *flow = walk_flow(engine, state);
    for (ir_id head = 0; flow->has_loop && head < flow->block_count; head++) {
        if (!flow_tests_loop(flow, head, state->block))
            continue;
        struct visit *visit = get_visit(state, head);
        if (!visit || visit->forked || visit->is_long || visit->widened)
            continue;
        uint64_t distance = distance_of_test(engine, state, block);
        if (!distance)
            continue;
        struct visit tested = *visit;
        tested.is_long = goes_on_long(visit, distance);
        tested.distance = distance;
        set_visit(engine, state, head, tested);
    }
}

/* A path that leaves in the middle of the first turn skips what stands behind in the turn; only one
 * that leaves by the loop's own test has been assumed to find nothing to do at all. */
static void skip_loop(struct engine *engine, struct state *leaving, ir_id head, bool by_test,
                      struct assumption assumed)
{
    uint32_t effects = flow_loop_effects(walk_flow(engine, leaving), head);
    leaving->flags |= STATE_SKIPPED_LOOP;
    if (effects & (FLOW_REGISTERS | FLOW_CALLS_UNKNOWN))
        leaving->flags |= STATE_SKIPPED_REGISTER;
    if (by_test && (effects & (FLOW_UNREGISTERS | FLOW_CALLS_UNKNOWN)))
        leaving->flags |= STATE_SKIPPED_UNREGISTER;
    if (by_test && (effects & FLOW_WRITES))
        leaving->flags |= STATE_SKIPPED_STORE;
    /* "for each of o->count: register" made turns: that code out of sight has changed the count, so
     * that "for each of o->count: unregister" makes none, is no more than a guess */
    if (by_test && (effects & FLOW_UNREGISTERS) &&
        earlier_contradicts(engine, leaving, assumed.condition, assumed.truth)) {
        leaving->flags |= STATE_IN_DOUBT;
        registrations_doubt_all(engine, leaving);
    }
}

/* Does the loop do nothing but look for something: does it end otherwise than by its own test, too,
 * where it has found that? */
static bool is_search(const struct ir_function *function, const struct flow *flow, ir_id head)
{
    if (flow_loop_effects(flow, head) & (FLOW_MEMORY | FLOW_RELEASES | FLOW_ALLOCATES))
        return false;
    for (ir_id b = 0; b < flow->block_count; b++) {
        const struct ir_block *block = &function->blocks.data[b];
        if (!flow_in_loop(flow, head, b) || flow_tests_loop(flow, head, b))
            continue;
        for (size_t i = 0; i < block->targets.len; i++)
            if (!flow_in_loop(flow, head, block->targets.data[i]))
                return true;
    }
    return false;
}

void loop_note_exit(struct engine *engine, struct state *leaving, ir_id target,
                    struct state *staying, struct assumption assumed)
{
    const struct flow *flow = walk_flow(engine, leaving);
    for (ir_id head = 0; flow->has_loop && head < flow->block_count; head++) {
        if (!flow->is_loop_head[head] || !flow_in_loop(flow, head, leaving->block) ||
            flow_in_loop(flow, head, target))
            continue;
        struct visit *visit = get_visit(staying, head);
        if (!visit)
            continue;
        bool by_test = flow_tests_loop(flow, head, leaving->block);
        if (visit->turns == 0)
            skip_loop(engine, leaving, head, by_test, assumed);
        if (visit->widened) { /* this turn stands for any number of them */
            widen_blocks(engine, leaving, visit);
            if (flow_loop_effects(flow, head) & FLOW_UNREGISTERS)
                leaving->flags |= STATE_SKIPPED_UNREGISTER;
        }
        if (!by_test)
            continue;
        /* what it undid, or that it found nothing, is no more than a guess */
        if ((flow_loop_effects(flow, head) & FLOW_UNREGISTERS) ||
            (visit->widened && is_search(walk_function(engine, leaving), flow, head)))
            open_elements_doubt(engine, leaving);
        struct visit forked = *visit;
        forked.forked = true;
        set_visit(engine, staying, head, forked);
    }
}
