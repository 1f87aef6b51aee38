#include "lower/body/order.h"

/* A depth-first walk with a stack of its own: functions may have many thousands of blocks. */
struct walk {
    const struct ir_function *fn;
    bool *seen;
    ir_id *stack;
    size_t *next; /* per block on the stack: the successor to visit */
    size_t depth;
    ir_id *postorder;
    size_t done;
};

/* Ways out in the order of the visit: exceptions first, so that they end up last; then the targets
 * from the last to the first. IR_NONE: no more. */
static ir_id successor(const struct ir_block *block, size_t index)
{
    if (block->unwind != IR_NONE && index-- == 0)
        return block->unwind;
    return index < block->targets.len ? block->targets.data[block->targets.len - 1 - index]
                                      : IR_NONE;
}

static void push(struct walk *walk, ir_id block)
{
    walk->seen[block] = true;
    walk->next[walk->depth] = 0;
    walk->stack[walk->depth++] = block;
}

static void visit_from(struct walk *walk, ir_id entry)
{
    push(walk, entry);
    while (walk->depth > 0) {
        ir_id block = walk->stack[walk->depth - 1];
        ir_id to = successor(&walk->fn->blocks.data[block], walk->next[walk->depth - 1]++);
        if (to == IR_NONE) {
            walk->postorder[walk->done++] = block;
            walk->depth--;
        } else if (!walk->seen[to]) {
            push(walk, to);
        }
    }
}

static void renumber(struct ir_block *block, const ir_id *number)
{
    for (size_t i = 0; i < block->targets.len; i++)
        block->targets.data[i] = number[block->targets.data[i]];
    if (block->unwind != IR_NONE)
        block->unwind = number[block->unwind];
}

/* Dead code is kept from its own entries on: the blocks that it leads to are dead with it. */
static void visit_dead_code(struct walk *walk)
{
    for (ir_id i = 0; i < walk->fn->blocks.len; i++)
        if (!walk->seen[i] && walk->fn->blocks.data[i].ops.len > 0)
            visit_from(walk, i);
}

void order_blocks(struct arena *arena, struct ir_function *function)
{
    size_t count = function->blocks.len;
    struct walk walk = {.fn = function,
                        .seen = arena_new_array(arena, count, bool),
                        .stack = arena_new_array(arena, count, ir_id),
                        .next = arena_new_array(arena, count, size_t),
                        .postorder = arena_new_array(arena, count, ir_id)};
    visit_from(&walk, 0);
    size_t reachable = walk.done;
    visit_dead_code(&walk);

    ir_id *number = arena_new_array(arena, count, ir_id);
    for (size_t i = 0; i < reachable; i++)
        number[walk.postorder[reachable - 1 - i]] = (ir_id)i;
    for (size_t i = reachable; i < walk.done; i++)
        number[walk.postorder[i]] = (ir_id)(reachable + walk.done - 1 - i);
    struct ir_block *ordered = arena_new_array(arena, walk.done, struct ir_block);
    for (size_t i = 0; i < walk.done; i++) {
        ir_id old = walk.postorder[i];
        renumber(&function->blocks.data[old], number);
        ordered[number[old]] = function->blocks.data[old];
    }
    function->blocks.data = ordered;
    function->blocks.len = walk.done;
    function->blocks.cap = walk.done;
}
