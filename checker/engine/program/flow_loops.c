/* The natural loops of a function. */
#include "engine/program/flow.h"

struct finder {
    struct arena *arena, *scratch;
    const struct ir_function *function;
    struct flow *flow;
    struct predecessors before;
    bool *body; /* [block]: of the loop at hand */
    ir_id *stack;
};

/* Marks the blocks that reach `latch` without passing `head`. */
static void mark_body(const struct finder *finder, ir_id head, ir_id latch)
{
    const struct predecessors *before = &finder->before;
    size_t depth = 0;
    finder->body[head] = true;
    if (!finder->body[latch])
        finder->stack[depth++] = latch;
    finder->body[latch] = true;
    while (depth) {
        ir_id block = finder->stack[--depth];
        for (uint32_t i = before->starts[block]; i < before->starts[block + 1]; i++)
            if (!finder->body[before->blocks[i]]) {
                finder->body[before->blocks[i]] = true;
                finder->stack[depth++] = before->blocks[i];
            }
    }
}

/* Adds what a way back from `latch` to `head` brings to the loop. */
static void grow_loop(const struct finder *finder, ir_id head, ir_id latch)
{
    struct flow_blocks *loop = &finder->flow->loops[head];
    uint32_t count = finder->flow->block_count, last = 0, first = count;
    if (flow_in_loop(finder->flow, head, latch))
        return;
    for (ir_id b = 0; b < count; b++)
        finder->body[b] = flow_in_loop(finder->flow, head, b);
    mark_body(finder, head, latch);
    for (ir_id b = 0; b < count; b++)
        if (finder->body[b]) {
            first = first < b ? first : b;
            last = b;
        }
    *loop = (struct flow_blocks){
        first, last - first + 1,
        arena_copy(finder->arena, finder->body + first, (last - first + 1) * sizeof *finder->body)};
}

static void find_heads(const struct finder *finder)
{
    const struct ir_function *function = finder->function;
    size_t count = function->blocks.len;
    enum { NEW, OPEN, DONE };
    unsigned char *color = arena_alloc(finder->scratch, count + 1);
    struct frame {
        ir_id block;
        uint32_t next;
    } *stack = arena_array(finder->scratch, count + 1, sizeof *stack);
    size_t depth = 0;
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
            finder->flow->is_loop_head[target] = true;
            grow_loop(finder, target, top->block);
        }
        if (color[target] == NEW) {
            color[target] = OPEN;
            stack[depth++] = (struct frame){target, 0};
        }
    }
}

void flow_find_loops(struct arena *arena, const struct ir_function *function, struct flow *flow)
{
    size_t count = function->blocks.len;
    struct arena *scratch = arena_new();
    const struct finder finder = {.arena = arena,
                                  .scratch = scratch,
                                  .function = function,
                                  .flow = flow,
                                  .before = flow_predecessors(scratch, function),
                                  .body = arena_new_array(scratch, count, bool),
                                  .stack = arena_new_array(scratch, count, ir_id)};
    flow->is_loop_head = arena_new_array(arena, count, bool);
    flow->loops = arena_new_array(arena, count, struct flow_blocks);
    find_heads(&finder);
    arena_free(scratch);
}

static bool has_block(const struct flow_blocks *blocks, ir_id block)
{
    return block - blocks->first < blocks->len && blocks->has[block - blocks->first];
}

bool flow_in_loop(const struct flow *flow, ir_id head, ir_id block)
{
    return has_block(&flow->loops[head], block);
}

bool flow_tests_loop(const struct flow *flow, ir_id head, ir_id block)
{
    return has_block(&flow->tests[head], block);
}

uint32_t flow_loop_effects(const struct flow *flow, ir_id head)
{
    uint32_t effects = 0;
    for (ir_id b = 0; b < flow->block_count; b++)
        if (flow_in_loop(flow, head, b))
            effects |= flow->effects[b];
    return effects;
}
