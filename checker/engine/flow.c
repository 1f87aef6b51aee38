#include "engine/flow.h"

#include "engine/callee.h"

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

static void predecessors(struct arena *arena, const struct ir_function *function, uint32_t **starts,
                         ir_id **list)
{
    size_t count = function->blocks.len;
    *starts = arena_new_array(arena, count + 2, uint32_t);
    for (size_t b = 0; b < count; b++)
        for (size_t t = 0; t < function->blocks.data[b].targets.len; t++)
            (*starts)[function->blocks.data[b].targets.data[t] + 2]++;
    for (size_t b = 0; b < count; b++)
        (*starts)[b + 2] += (*starts)[b + 1];
    *list = arena_new_array(arena, (*starts)[count + 1] + 1, ir_id);
    for (ir_id b = 0; b < count; b++)
        for (size_t t = 0; t < function->blocks.data[b].targets.len; t++)
            (*list)[(*starts)[function->blocks.data[b].targets.data[t] + 1]++] = b;
}

static void number_backwards(struct arena *arena, const struct ir_function *function,
                             const uint32_t *starts, const ir_id *list, struct order *order)
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
        stack[depth++] = (struct frame){exit, starts[exit]};
        seen[exit] = true;
        while (depth) {
            struct frame *top = &stack[depth - 1];
            if (top->next < starts[top->block + 1]) {
                ir_id before = list[top->next++];
                if (!seen[before]) {
                    seen[before] = true;
                    stack[depth++] = (struct frame){before, starts[before]};
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
    uint32_t *starts;
    ir_id *list;
    struct order order = {0};
    predecessors(arena, function, &starts, &list);
    number_backwards(arena, function, starts, list, &order);
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

/* ---- loops ---- */

/* Adds the blocks that reach `latch` without passing `head`. */
static void grow_loop(struct arena *arena, const struct ir_function *function, struct flow *flow,
                      ir_id head, ir_id latch)
{
    size_t count = function->blocks.len;
    uint32_t *starts;
    ir_id *list;
    if (!flow->loops[head])
        flow->loops[head] = arena_new_array(arena, count, bool);
    bool *body = flow->loops[head];
    body[head] = true;
    if (body[latch])
        return;
    predecessors(arena, function, &starts, &list);
    ir_id *stack = arena_new_array(arena, count, ir_id);
    size_t depth = 0;
    body[latch] = true;
    stack[depth++] = latch;
    while (depth) {
        ir_id block = stack[--depth];
        for (uint32_t i = starts[block]; i < starts[block + 1]; i++)
            if (!body[list[i]]) {
                body[list[i]] = true;
                stack[depth++] = list[i];
            }
    }
}

bool flow_in_loop(const struct flow *flow, ir_id head, ir_id block)
{
    return flow->loops[head] && flow->loops[head][block];
}

uint32_t flow_loop_effects(const struct flow *flow, ir_id head)
{
    uint32_t effects = 0;
    for (ir_id b = 0; b < flow->block_count; b++)
        if (flow_in_loop(flow, head, b))
            effects |= flow->effects[b];
    return effects;
}

static void find_loop_heads(struct arena *arena, const struct ir_function *function,
                            struct flow *flow)
{
    size_t count = function->blocks.len;
    enum { NEW, OPEN, DONE };
    unsigned char *color = arena_alloc(arena, count + 1);
    struct frame {
        ir_id block;
        uint32_t next;
    } *stack = arena_array(arena, count + 1, sizeof *stack);
    size_t depth = 0;
    flow->is_loop_head = arena_new_array(arena, count, bool);
    flow->loops = arena_new_array(arena, count, bool *);
    stack[depth++] = (struct frame){0, 0};
    color[0] = OPEN;
    while (depth) {
        struct frame *top = &stack[depth - 1];
        const struct ir_block *block = &function->blocks.data[top->block];
        if (top->next == block->targets.len) {
            color[top->block] = DONE;
            depth--;
            continue;
        }
        ir_id target = block->targets.data[top->next++];
        if (color[target] == OPEN) {
            flow->is_loop_head[target] = true;
            grow_loop(arena, function, flow, target, top->block);
        }
        if (color[target] == NEW) {
            color[target] = OPEN;
            stack[depth++] = (struct frame){target, 0};
        }
    }
}

/* ---- regions ---- */

static bool *find_region(const struct ir_function *function, struct flow *flow, ir_id from,
                         ir_id until)
{
    struct arena *arena = flow->regions.arena;
    bool *inside = arena_new_array(arena, flow->block_count, bool);
    ir_id *stack = arena_new_array(arena, flow->block_count, ir_id);
    size_t depth = 0;
    if (from != until) {
        stack[depth++] = from;
        inside[from] = true;
    }
    while (depth) {
        const struct ir_block *block = &function->blocks.data[stack[--depth]];
        for (size_t t = 0; t < block->targets.len; t++) {
            ir_id target = block->targets.data[t];
            if (target != until && !inside[target]) {
                inside[target] = true;
                stack[depth++] = target;
            }
        }
    }
    return inside;
}

const bool *flow_region(const struct ir_function *function, struct flow *flow, ir_id from,
                        ir_id until)
{
    uint64_t key = ((uint64_t)from << 32) | until;
    uint32_t known = map_get_u64(&flow->regions, key);
    if (known != MAP_NONE)
        return flow->found_regions.data[known];
    bool *inside = find_region(function, flow, from, until);
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
    find_loop_heads(arena, function, flow);
    flow_find_tests(arena, function, flow);
    find_joins(arena, function, flow);
    return flow;
}
