/* Which branch of a loop is its own test. */
#include "engine/program/flow.h"

/* do { } while (test): from the block the loop is left or begun again, at once or after another
 * part of the test (a && b). */
static bool ends_turn(const struct ir_function *function, const struct flow *flow, ir_id number,
                      ir_id head)
{
    for (ir_id steps = 0; steps < flow->block_count; steps++) {
        const struct ir_block *block = &function->blocks.data[number];
        ir_id next = IR_NONE;
        bool leaves = false;
        for (size_t i = 0; i < block->targets.len; i++) {
            if (flow_in_loop(flow, head, block->targets.data[i]))
                next = block->targets.data[i];
            else
                leaves = true;
        }
        if (!leaves || next == IR_NONE || next == head)
            return leaves && next == head;
        number = next;
    }
    return false;
}

/* The first place behind the head where a turn can go two ways: for (;;) { if (!test) break; } */
static ir_id first_choice(const struct ir_function *function, const struct flow *flow, ir_id head)
{
    ir_id block = head;
    for (ir_id steps = 0; steps < flow->block_count; steps++) {
        const struct ir_block *here = &function->blocks.data[block];
        if (here->targets.len != 1 || !flow_in_loop(flow, head, here->targets.data[0]))
            break;
        block = here->targets.data[0];
    }
    return block;
}

/* The loop's own test stands in front of the way back, or else it is the first one of a turn. Other
 * exits are breaks. */
static struct flow_blocks blocks_of_test(struct arena *arena, const struct ir_function *function,
                                         const struct flow *flow, ir_id head)
{
    struct flow_blocks tests = flow->loops[head];
    bool any = false;
    tests.has = arena_new_array(arena, tests.len, bool);
    for (uint32_t i = 0; i < tests.len; i++) {
        ir_id block = tests.first + i;
        tests.has[i] = flow_in_loop(flow, head, block) && ends_turn(function, flow, block, head);
        any = any || tests.has[i];
    }
    if (!any)
        tests.has[first_choice(function, flow, head) - tests.first] = true;
    return tests;
}

void flow_find_tests(struct arena *arena, const struct ir_function *function, struct flow *flow)
{
    flow->tests = arena_new_array(arena, flow->block_count, struct flow_blocks);
    for (ir_id head = 0; head < flow->block_count; head++) {
        if (!flow->is_loop_head[head])
            continue;
        flow->has_loop = true;
        flow->tests[head] = blocks_of_test(arena, function, flow, head);
    }
}
