/* A flag that decides at several places: "if (o->pinned) cudaMallocHost(&p, n); else p =
 * malloc(n);" and later "if (o->pinned) cudaFreeHost(p); else free(p);". Code out of sight that
 * runs in between might change the flag; that it does, and nobody thought of it, is no more than a
 * guess. On a path that takes the flag for another one than before, what became of memory at its
 * word is not known.
 *
 * A choice is what a path took an answer for, or what it set the flag to. It counts once something
 * happened to memory where another answer would not have led. */
#include "engine/unseen/gates.h"

#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/state/ranges.h"
#include "engine/state/registrations.h"
#include "engine/unseen/answers.h"
#include "engine/unseen/block_sets.h"
#include "engine/unseen/concurrent.h"
#include "engine/unseen/gate_answers.h"
#include "engine/value/pmap.h"
#include "engine/walk/walk.h"

struct choice {
    uint64_t key; /* of what was asked */
    context_id context;
    ir_id branch, target; /* blocks of the context's function. IR_NONE: the program set the flag,
                             in the block `target` */
    uint32_t range;       /* number in engine->ranges */
    uint32_t is_answer;   /* the program set the flag to what it was told, no literal */
    value_id place;       /* where it lies; VALUE_NONE: it is what a call gave */
    uint32_t name;        /* of the place or the callee (ahead.h); 0: none */
    value_id told; /* the status, or what is said of one, that the program set it to; VALUE_NONE:
                      `range` says it */
};

void gates_begin(struct engine *engine)
{
    table_init(&engine->choices, engine->arena, sizeof(struct choice));
    block_sets_begin(engine);
}

static struct choice choice_at(const struct engine *engine, uint64_t number)
{
    return *(const struct choice *)table_at(&engine->choices, (uint32_t)number);
}

static struct range range_at(const struct engine *engine, const struct choice *choice)
{
    return *(const struct range *)table_at(&engine->ranges, choice->range);
}

/* The blocks are the choice's, but for those that an earlier one of the same flag decided. */
static void decide_blocks(struct engine *engine, struct state *state, uint32_t choice,
                          block_set_id blocks)
{
    const uint64_t asked = choice_at(engine, choice).key;
    uint64_t own = 0;
    struct pmap_iter iter = pmap_begin(state->decided);
    for (uint64_t number, decided; blocks && pmap_next(&iter, &number, &decided);)
        if (choice_at(engine, number).key == asked)
            blocks = block_set_without(engine, blocks, (block_set_id)decided);
    if (!blocks)
        return;
    pmap_get(state->decided, choice, &own);
    state->decided = pmap_set(engine->arena, state->decided, choice,
                              block_set_union(engine, (block_set_id)own, blocks));
}

/* ---- taking a side ---- */

/* Does that side of an if leave at once, so that all of the rest depends on the other? Of a callee
 * that returns, the caller goes on on both sides. */
static bool leaves_at_once(struct engine *engine, const struct state *state,
                           const struct ir_block *branch, ir_id side)
{
    const struct ir_function *function = walk_function(engine, state);
    const struct ir_block *block = &function->blocks.data[side];
    bool is_root = context_at(engine, state->context)->parent == CONTEXT_NONE;
    if (branch->terminator != IR_BRANCH ||
        !(block->is_goto || (is_root && block->terminator == IR_RETURN)))
        return false;
    ir_id other = branch->targets.data[branch->targets.data[0] == side ? 1 : 0];
    return !flow_region(function, walk_flow(engine, state), other, state->block)[side];
}

static bool is_guard(struct engine *engine, const struct state *state,
                     const struct ir_block *branch, ir_id target)
{
    for (size_t i = 0; i < branch->targets.len; i++)
        if (branch->targets.data[i] != target &&
            leaves_at_once(engine, state, branch, branch->targets.data[i]))
            return true;
    return false;
}

static bool acts_behind(const struct engine *engine, const struct state *state, ir_id target)
{
    const uint32_t acts = FLOW_REGISTERS | FLOW_UNREGISTERS | FLOW_RELEASES;
    return flow_behind(walk_function(engine, state), walk_flow(engine, state), target) & acts;
}

/* Does something become of memory on another side only? What is there already may be meant. */
static bool others_act(const struct engine *engine, const struct state *state,
                       const struct ir_block *branch, ir_id target)
{
    bool act = false;
    for (size_t i = 0; i < branch->targets.len; i++)
        act |= branch->targets.data[i] != target &&
               acts_behind(engine, state, branch->targets.data[i]);
    return act;
}

/* Is the branch one between doing something to memory and not, as "if (registered) unregister" is?
 * What leaves the function, or a loop, may well wait for code out of sight to change it. */
static bool is_gate(struct engine *engine, const struct state *state, const struct ir_block *branch,
                    ir_id target)
{
    const struct flow *flow = walk_flow(engine, state);
    bool tests_loop = false;
    for (ir_id head = 0; head < flow->block_count; head++)
        tests_loop |= flow->is_loop_head[head] && flow_tests_loop(flow, head, state->block);
    return !tests_loop && !is_guard(engine, state, branch, target) &&
           !leaves_at_once(engine, state, branch, target) &&
           (acts_behind(engine, state, target) || others_act(engine, state, branch, target));
}

/* The block that the path is in, in the frame of that context; IR_NONE: it has left that. */
static ir_id block_within(const struct engine *engine, const struct state *state,
                          context_id context)
{
    ir_id block = state->block;
    for (context_id at = state->context; at != context;) {
        const struct context *frame = context_at(engine, at);
        if (frame->parent == CONTEXT_NONE)
            return IR_NONE;
        at = frame->parent;
        block = context_function(engine, at)->flow->block_of[frame->call_op];
    }
    return block;
}

/* Can the function's end, or that block, be come to without running `around`? */
static bool is_skipped(const struct program_function *function, ir_id around, ir_id block)
{
    const bool *reached = flow_region(function->ir, function->flow, 0, around);
    if (around == 0)
        return false;
    for (ir_id b = 0; block == IR_NONE && b < function->flow->block_count; b++)
        if (reached[b] && function->ir->blocks.data[b].terminator == IR_RETURN)
            return true;
    return block != IR_NONE && reached[block];
}

/* Does the flag that the program set tell which way the path came? Others that come here set it to
 * something else, or not at all. */
static bool tells_the_way(const struct engine *engine, const struct state *state,
                          const struct choice *set)
{
    ir_id around = set->target;
    bool is_told = set->is_answer;
    for (context_id at = set->context; !is_told;) {
        const struct context *frame = context_at(engine, at);
        ir_id block = block_within(engine, state, at);
        is_told = is_skipped(context_function(engine, at), around, block);
        if (block != IR_NONE || frame->parent == CONTEXT_NONE)
            break;
        at = frame->parent;
        around = context_function(engine, at)->flow->block_of[frame->call_op];
    }
    return is_told;
}

/* What the choice said of the subject, which may be a part of it: flags & 2. */
static struct range range_then(struct engine *engine, const struct choice *before, value_id subject)
{
    struct range then = range_at(engine, before);
    struct value part = *value_at(&engine->values, subject);
    if (before->branch != IR_NONE || part.kind != VALUE_OPERATION || then.low != then.high)
        return then;
    int64_t number;
    value_id set = value_int(&engine->values, then.low);
    value_id now = value_binary(&engine->values, part.sub, set, part.b);
    return value_is_int(&engine->values, now, &number) ? range_between(number, number)
                                                       : range_everything();
}

/* What the status was then that the flag was set to. Where the path does not know, it is taken to
 * be what the flag is now. */
static struct range range_told(struct engine *engine, struct state *state, value_id told,
                               const struct range *now)
{
    struct state recalled = *state;
    ranges_recall(engine, &recalled);
    struct range then = range_of(engine, &recalled, told);
    if (range_contains(&then, 0) && !range_is_one(&then, 0) &&
        (!range_contains(now, 0) || range_is_one(now, 0)))
        assume(engine, state, told, !range_contains(now, 0));
    return then;
}

static bool contradicts(struct engine *engine, struct state *state, const struct choice *before,
                        const struct gate_answer *now, const struct ir_block *branch, ir_id target)
{
    struct range then = before->told != VALUE_NONE
                            ? range_told(engine, state, before->told, &now->range)
                            : range_then(engine, before, now->subject);
    struct range both = range_intersection(then, &now->range);
    bool is_same_place = before->context == state->context && before->branch == state->block;
    return !is_same_place && range_is_empty(&both) &&
           (before->branch != IR_NONE || is_gate(engine, state, branch, target) ||
            tells_the_way(engine, state, before));
}

static void doubt_blocks(struct engine *engine, struct state *state, block_set_id blocks)
{
    while (blocks) {
        struct block_link first = block_set_first(engine, blocks);
        if (first.block == GATES_CAPTURE)
            state->capture = 0;
        else
            block_doubt(engine, state, first.block);
        blocks = first.rest;
    }
}

/* What the path has done at the word of the same flag. */
static void take_back(struct engine *engine, struct state *state, const struct gate_answer *now,
                      const struct ir_block *branch, ir_id target)
{
    struct pmap_iter iter = pmap_begin(state->decided);
    for (uint64_t number, decided; pmap_next(&iter, &number, &decided);) {
        struct choice before = choice_at(engine, number);
        bool is_same = before.key == (before.branch == IR_NONE ? now->place_key : now->key);
        if (!is_same || !contradicts(engine, state, &before, now, branch, target))
            continue;
        doubt_blocks(engine, state, (block_set_id)decided);
        state->decided = pmap_remove(engine->arena, state->decided, number);
    }
}

static void decide_all(struct engine *engine, struct state *state, uint32_t choice)
{
    block_set_id all = 0;
    struct pmap_iter iter = pmap_begin(state->blocks); /* the oldest first */
    for (uint64_t base, block; pmap_next(&iter, &base, &block);)
        all = block_set_link(engine, (value_id)base, all);
    decide_blocks(engine, state, choice, all);
}

static void take_one(struct engine *engine, struct state *state, const struct gate_answer *answer,
                     const struct ir_block *branch, ir_id target)
{
    struct choice choice = {.key = answer->key,
                            .context = state->context,
                            .branch = state->block,
                            .target = target,
                            .range = table_intern(&engine->ranges, &answer->range),
                            .place = answer->place,
                            .name = answer->name,
                            .told = VALUE_NONE};
    uint32_t number = table_intern(&engine->choices, &choice);
    take_back(engine, state, answer, branch, target);
    if (is_guard(engine, state, branch, target)) {
        state->choices = pmap_remove(engine->arena, state->choices, choice.key);
        return;
    }
    state->choices = pmap_set(engine->arena, state->choices, choice.key, number);
    if (others_act(engine, state, branch, target))
        decide_all(engine, state, number);
}

void gate_take(struct engine *engine, struct state *state, value_id condition,
               const struct ir_block *branch, ir_id target)
{
    struct gate_answer answer;
    if (!gate_answer_of(engine, state, condition, &answer))
        return;
    if (is_gate(engine, state, branch, target)) {
        if (gate_is_of_turns(engine, answer.subject))
            state->flags |= STATE_ASSUMED_TURN;
        answers_decide(engine, state, answer.subject);
        concurrent_told(engine, state, answer.subject);
    }
    const uint64_t asked = answer.key;
    if (asked)
        take_one(engine, state, &answer, branch, target);
    value_id read = gate_place_read(engine, state, branch), content;
    if (read == VALUE_NONE || gate_key_of_place(read) == asked ||
        !gate_is_read_twice(engine, read) || !memory_peek(state, read, &content))
        return;
    answer.key = answer.place_key = gate_key_of_place(read);
    answer.subject = content; /* the condition may be what a comparison with a number came to */
    answer.range = range_of(engine, state, content);
    answer.place = read;
    answer.name = place_name(&engine->values, read);
    take_one(engine, state, &answer, branch, target);
}

/* ---- a flag that is set ---- */

/* Memory of the path's own, or that is registered by now: "if (it was registered) flag = true;". */
static void decide_held(struct engine *engine, struct state *state, uint32_t choice)
{
    block_set_id held = 0;
    struct pmap_iter iter = pmap_begin(state->blocks); /* the oldest first */
    for (uint64_t base, number; pmap_next(&iter, &base, &number);) {
        const struct block *block = table_at(&engine->blocks, (uint32_t)number);
        if (block->life == BLOCK_LIVE && block->allocated != SITE_NONE)
            held = block_set_link(engine, (value_id)base, held);
    }
    iter = pmap_begin(state->registrations);
    for (uint64_t record, one; pmap_next(&iter, &record, &one);) {
        block_set_id registered = block_set_link(engine, registration_at(engine, record)->block, 0);
        held = block_set_union(engine, held, registered);
    }
    decide_blocks(engine, state, choice, held);
}

static bool is_shared(struct engine *engine, const struct state *state, value_id place)
{
    struct block block;
    value_id offset, base = value_base(&engine->values, place, &offset);
    if (base == VALUE_NONE)
        return false;
    return memory_region_kind(engine, base) != REGION_LOCAL || base != place ||
           (block_get(engine, state, base, &block) && (block.flags & BLOCK_ESCAPED));
}

/* c->pinned = cudaHostRegister(p, n, 0) == cudaSuccess; */
static bool tells_of_status(const struct engine *engine, value_id value)
{
    const struct value *v = value_at(&engine->values, value);
    if (v->kind == VALUE_COMPARISON && value_is_int(&engine->values, v->b, NULL))
        value = v->a;
    const struct symbol *symbol = symbol_of(&engine->values, value);
    return symbol && symbol->kind == SYMBOL_STATUS;
}

void gates_stored(struct engine *engine, struct state *state, value_id place, value_id value)
{
    int64_t number;
    gates_written(engine, state, place);
    const bool is_told = tells_of_status(engine, value);
    if (!(is_told || value_is_int(&engine->values, value, &number)) ||
        !is_shared(engine, state, place) || !gate_is_read_twice(engine, place))
        return;
    const enum gate_source source = gate_source_of_store(engine, state);
    if (!is_told && source == GATE_COUNTED && number != 0 && number != 1)
        return;
    struct range range = is_told ? range_everything() : range_between(number, number);
    struct choice choice = {.key = gate_key_of_place(place),
                            .context = state->context,
                            .branch = IR_NONE,
                            .target = state->block,
                            .range = table_intern(&engine->ranges, &range),
                            .is_answer = source == GATE_ANSWER,
                            .place = place,
                            .name = place_name(&engine->values, place),
                            .told = is_told ? value : VALUE_NONE};
    uint32_t stored = table_intern(&engine->choices, &choice);
    state->choices = pmap_set(engine->arena, state->choices, choice.key, stored);
    decide_held(engine, state, stored);
}

/* ---- what happens behind it ---- */

/* Can a path come from `from` to the block without asking again? */
static bool leads_to(struct engine *engine, const struct choice *choice, ir_id from, ir_id block)
{
    const struct program_function *function = context_function(engine, choice->context);
    return from == block || flow_region(function->ir, function->flow, from, choice->branch)[block];
}

/* Is the path in a block that it would not be in if it had gone some other way? */
static bool is_behind(struct engine *engine, const struct state *state, const struct choice *choice)
{
    ir_id block = block_within(engine, state, choice->context);
    if (choice->branch == IR_NONE)
        return block == choice->target;
    if (block == IR_NONE || !leads_to(engine, choice, choice->target, block))
        return false;
    const struct ir_function *function = context_function(engine, choice->context)->ir;
    const struct ir_block *branch = &function->blocks.data[choice->branch];
    for (size_t i = 0; i < branch->targets.len; i++)
        if (!leads_to(engine, choice, branch->targets.data[i], block))
            return true;
    return false;
}

void gates_memory_changed(struct engine *engine, struct state *state, value_id block)
{
    struct pmap_iter iter = pmap_begin(state->choices);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        struct choice choice = choice_at(engine, number);
        if (is_behind(engine, state, &choice))
            decide_blocks(engine, state, (uint32_t)number, block_set_link(engine, block, 0));
    }
}

/* ---- what is forgotten ---- */

static bool is_stale(const struct engine *engine, const struct gates_lost *lost, uint64_t number)
{
    const struct choice choice = choice_at(engine, number);
    return lost->is_lost(lost, choice.place, choice.name);
}

/* Sets share their ends: what is left of one is asked once for many of them. */
enum { REMEMBERED_SETS = 64 };

struct forgetting {
    const struct gates_lost *lost;
    block_set_id asked[REMEMBERED_SETS], left[REMEMBERED_SETS];
};

static block_set_id without_lost(struct engine *engine, struct forgetting *forgetting,
                                 block_set_id set)
{
    if (!set)
        return 0;
    const block_set_id slot = set % REMEMBERED_SETS;
    if (forgetting->asked[slot] == set)
        return forgetting->left[slot];
    struct block_link first = block_set_first(engine, set);
    block_set_id left = without_lost(engine, forgetting, first.rest);
    if (!forgetting->lost->is_lost(forgetting->lost, first.block, 0))
        left = block_set_link(engine, first.block, left);
    forgetting->asked[slot] = set;
    forgetting->left[slot] = left;
    return left;
}

static void forget_decided(struct engine *engine, struct state *state,
                           const struct gates_lost *lost)
{
    struct forgetting forgetting = {.lost = lost};
    struct pmap_iter iter = pmap_begin(state->decided);
    for (uint64_t number, decided; pmap_next(&iter, &number, &decided);) {
        block_set_id left = is_stale(engine, lost, number)
                                ? 0
                                : without_lost(engine, &forgetting, (block_set_id)decided);
        state->decided = left ? pmap_set(engine->arena, state->decided, number, left)
                              : pmap_remove(engine->arena, state->decided, number);
    }
}

struct choice_test {
    struct pmap_test test;
    const struct engine *engine;
    const struct gates_lost *lost;
};

static bool is_open_choice(struct pmap_test *test, uint64_t key, uint64_t number)
{
    struct choice_test *choice = (struct choice_test *)test;
    (void)key;
    return !is_stale(choice->engine, choice->lost, number);
}

void gates_forget(struct engine *engine, struct state *state, const struct gates_lost *lost)
{
    struct choice_test stays = {{is_open_choice}, engine, lost};
    state->choices = pmap_filter(engine->arena, state->choices, &stays.test, NULL);
    if (state->decided)
        forget_decided(engine, state, lost);
}

struct written {
    struct gates_lost lost;
    const struct values *values;
    value_id object;
};

static bool is_written(const struct gates_lost *lost, value_id place, uint32_t name)
{
    const struct written *written = (const struct written *)lost;
    (void)name;
    return place != VALUE_NONE && value_is_within(written->values, place, written->object);
}

void gates_written(struct engine *engine, struct state *state, value_id object)
{
    if (!state->choices && !state->decided)
        return;
    struct written written = {{is_written}, &engine->values, object};
    gates_forget(engine, state, &written.lost);
}
