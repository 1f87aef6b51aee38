#include "engine/program/flow.h"

#include "engine/program/ahead.h"

#include <string.h>

/* ---- where things stand ---- */

static void index_ops(struct arena *arena, const struct ir_function *function, struct flow *flow)
{
    flow->block_of = arena_new_array(arena, function->ops.len, ir_id);
    flow->index_of = arena_new_array(arena, function->ops.len, uint32_t);
    for (size_t i = 0; i < function->ops.len; i++)
        flow->block_of[i] = IR_NONE;
    for (ir_id b = 0; b < function->blocks.len; b++)
        for (uint32_t i = 0; i < function->blocks.data[b].ops.len; i++) {
            flow->block_of[function->blocks.data[b].ops.data[i]] = b;
            flow->index_of[function->blocks.data[b].ops.data[i]] = i;
        }
}

/* ---- which values must survive their block, or a call ---- */

struct uses {
    const struct ir_function *function;
    struct flow *flow;
    const uint32_t *calls_before; /* [op]: calls in its block before it */
};

static void note_use(const struct uses *uses, ir_value value, ir_id block, uint32_t calls_before)
{
    if (value == IR_NONE)
        return;
    if (uses->flow->block_of[value] != block)
        uses->flow->leaves_block[value] = true;
    if (uses->flow->block_of[value] != block || uses->calls_before[value] != calls_before ||
        uses->function->ops.data[value].code == IR_CALL)
        uses->flow->outlives[value] = true;
}

static void note_uses_of_op(const struct uses *uses, const struct ir_op *op, ir_id block,
                            uint32_t calls)
{
    note_use(uses, op->a, block, calls);
    note_use(uses, op->b, block, calls);
    if (!op->call)
        return;
    note_use(uses, op->call->callee, block, calls);
    note_use(uses, op->call->into, block, calls);
    for (size_t i = 0; i < op->call->args.len; i++)
        note_use(uses, op->call->args.data[i], block, calls);
    if (op->call->into != IR_NONE) /* read again when the callee returns */
        uses->flow->outlives[op->call->into] = true;
}

static void find_outliving(struct arena *arena, const struct ir_function *function,
                           struct flow *flow)
{
    uint32_t *calls_before = arena_new_array(arena, function->ops.len, uint32_t);
    flow->outlives = arena_new_array(arena, function->ops.len, bool);
    flow->leaves_block = arena_new_array(arena, function->ops.len, bool);
    for (size_t b = 0; b < function->blocks.len; b++) {
        uint32_t calls = 0;
        for (size_t i = 0; i < function->blocks.data[b].ops.len; i++) {
            ir_id id = function->blocks.data[b].ops.data[i];
            calls_before[id] = calls;
            calls += function->ops.data[id].code == IR_CALL;
        }
    }
    const struct uses uses = {function, flow, calls_before};
    for (ir_id b = 0; b < function->blocks.len; b++) {
        const struct ir_block *block = &function->blocks.data[b];
        uint32_t calls = 0;
        for (size_t i = 0; i < block->ops.len; i++) {
            const struct ir_op *op = &function->ops.data[block->ops.data[i]];
            note_uses_of_op(&uses, op, b, calls);
            calls += op->code == IR_CALL;
        }
        note_use(&uses, block->value, b, calls);
    }
}

/* ---- post-dominators (Cooper, Harvey, Kennedy, "A Simple, Fast Dominance Algorithm") ---- */

struct order {
    ir_id *blocks;    /* post-order of the reversed graph, the virtual exit left out */
    uint32_t *number; /* [block]: position + 1 in it; 0: cannot reach the exit */
    uint32_t count;
};

struct predecessors flow_predecessors(struct arena *arena, const struct ir_function *function)
{
    size_t count = function->blocks.len;
    uint32_t *starts = arena_new_array(arena, count + 2, uint32_t);
    for (size_t b = 0; b < count; b++)
        for (size_t t = 0; t < function->blocks.data[b].targets.len; t++)
            starts[function->blocks.data[b].targets.data[t] + 2]++;
    for (size_t b = 0; b < count; b++)
        starts[b + 2] += starts[b + 1];
    ir_id *blocks = arena_new_array(arena, starts[count + 1] + 1, ir_id);
    for (ir_id b = 0; b < count; b++)
        for (size_t t = 0; t < function->blocks.data[b].targets.len; t++)
            blocks[starts[function->blocks.data[b].targets.data[t] + 1]++] = b;
    return (struct predecessors){starts, blocks};
}

static void number_backwards(struct arena *arena, const struct ir_function *function,
                             const struct predecessors *before, struct order *order)
{
    size_t count = function->blocks.len;
    struct frame {
        ir_id block;
        uint32_t next;
    } *stack = arena_array(arena, count + 1, sizeof *stack);
    bool *seen = arena_new_array(arena, count, bool);
    order->blocks = arena_new_array(arena, count, ir_id);
    order->number = arena_new_array(arena, count, uint32_t);
    for (ir_id exit = 0; exit < count; exit++) {
        if (function->blocks.data[exit].targets.len || seen[exit])
            continue;
        size_t depth = 0;
        stack[depth++] = (struct frame){exit, before->starts[exit]};
        seen[exit] = true;
        while (depth) {
            struct frame *top = &stack[depth - 1];
            if (top->next < before->starts[top->block + 1]) {
                ir_id block = before->blocks[top->next++];
                if (!seen[block]) {
                    seen[block] = true;
                    stack[depth++] = (struct frame){block, before->starts[block]};
                }
            } else {
                order->blocks[order->count++] = top->block;
                order->number[top->block] = order->count;
                depth--;
            }
        }
    }
}

static ir_id meet(const struct flow *flow, const struct order *order, ir_id a, ir_id b)
{
    while (a != b) {
        if (a == IR_NONE || b == IR_NONE)
            return IR_NONE;
        if (order->number[a] < order->number[b])
            a = flow->post_dominator[a];
        else
            b = flow->post_dominator[b];
    }
    return a;
}

static void find_post_dominators(struct arena *arena, const struct ir_function *function,
                                 struct flow *flow)
{
    size_t count = function->blocks.len;
    struct order order = {0};
    const struct predecessors before = flow_predecessors(arena, function);
    number_backwards(arena, function, &before, &order);
    flow->post_dominator = arena_new_array(arena, count, ir_id);
    bool *known = arena_new_array(arena, count, bool);
    for (size_t b = 0; b < count; b++)
        flow->post_dominator[b] = IR_NONE;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = order.count; i-- > 0;) {
            ir_id b = order.blocks[i];
            const struct ir_block *block = &function->blocks.data[b];
            ir_id result = IR_NONE;
            bool first = true;
            for (size_t t = 0; t < block->targets.len; t++) {
                ir_id target = block->targets.data[t];
                if (!order.number[target] || !known[target])
                    continue;
                result = first ? target : meet(flow, &order, result, target);
                first = false;
            }
            if (!known[b] || flow->post_dominator[b] != result) {
                flow->post_dominator[b] = result;
                known[b] = true;
                changed = true;
            }
        }
    }
}

/* ---- regions ---- */

static void find_region(const struct ir_function *function, struct flow *flow, ir_id from,
                        ir_id until, bool *inside)
{
    if (!flow->stack)
        flow->stack = arena_new_array(flow->regions.arena, flow->block_count, ir_id);
    size_t depth = 0;
    if (from != until) {
        flow->stack[depth++] = from;
        inside[from] = true;
    }
    while (depth) {
        const struct ir_block *block = &function->blocks.data[flow->stack[--depth]];
        for (size_t t = 0; t < block->targets.len; t++) {
            ir_id target = block->targets.data[t];
            if (target != until && !inside[target]) {
                inside[target] = true;
                flow->stack[depth++] = target;
            }
        }
    }
}

/* Bytes of regions that are remembered for a function. One of thousands of branches asks about each
 * of them: what it asks then is found again each time. */
enum { MOST_REMEMBERED = 256 * 1024 };

static bool *passing_region(struct flow *flow)
{
    bool **region = &flow->passing[flow->passed++ % FLOW_PASSING];
    if (*region)
        memset(*region, 0, flow->block_count * sizeof **region);
    else
        *region = arena_new_array(flow->regions.arena, flow->block_count, bool);
    return *region;
}

const bool *flow_region(const struct ir_function *function, struct flow *flow, ir_id from,
                        ir_id until)
{
    uint64_t key = ((uint64_t)from << 32) | until;
    uint32_t known = map_get_u64(&flow->regions, key);
    if (known != MAP_NONE)
        return flow->found_regions.data[known];
    if (flow->found_regions.len * flow->block_count >= MOST_REMEMBERED) {
        bool *passing = passing_region(flow);
        find_region(function, flow, from, until, passing);
        return passing;
    }
    bool *inside = arena_new_array(flow->regions.arena, flow->block_count, bool);
    find_region(function, flow, from, until, inside);
    map_set_u64(&flow->regions, key, (uint32_t)flow->found_regions.len);
    vec_push(flow->regions.arena, &flow->found_regions, inside);
    return inside;
}

ir_id flow_rejoins(const struct ir_function *function, struct flow *flow, ir_id block, bool *always)
{
    const bool *past = flow_region(function, flow, 0, block);
    *always = true;
    for (ir_id b = 0; b < flow->block_count; b++)
        *always &= !(past[b] && function->blocks.data[b].terminator == IR_RETURN);
    for (ir_id b = flow->post_dominator[block]; b != IR_NONE; b = flow->post_dominator[b])
        if (past[b])
            return b;
    return IR_NONE;
}

static void find_joins(struct arena *arena, const struct ir_function *function, struct flow *flow)
{
    size_t count = function->blocks.len;
    uint32_t *ways = arena_new_array(arena, count, uint32_t);
    flow->is_join = arena_new_array(arena, count, bool);
    for (size_t b = 0; b < count; b++) {
        const struct ir_block *block = &function->blocks.data[b];
        for (size_t t = 0; t < block->targets.len; t++)
            ways[block->targets.data[t]]++;
        if (block->unwind != IR_NONE)
            ways[block->unwind] += 2; /* from each of its calls */
    }
    for (size_t b = 0; b < count; b++)
        flow->is_join[b] = b == 0 || ways[b] > 1;
}

struct flow *flow_make(struct arena *arena, const struct ir_function *function)
{
    struct flow *flow = arena_new_object(arena, struct flow);
    flow->block_count = (uint32_t)function->blocks.len;
    flow->between.arena = arena;
    flow->behind.arena = arena;
    flow->regions.arena = arena;
    flow->effects = arena_new_array(arena, function->blocks.len, uint32_t);
    flow->names = arena_new_array(arena, function->blocks.len, struct name_set);
    index_ops(arena, function, flow);
    find_outliving(arena, function, flow);
    find_post_dominators(arena, function, flow);
    flow_find_loops(arena, function, flow);
    flow_find_tests(arena, function, flow);
    find_joins(arena, function, flow);
    return flow;
}
