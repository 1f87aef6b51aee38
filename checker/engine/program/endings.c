/* How control can end that has come to a block. */
#include "engine/program/endings.h"

#include "engine/program/starts.h"

/* From which blocks may control come to one of those that are set? Not by an exception. */
static const bool *leading_to(const struct ir_function *function, bool *ends)
{
    for (bool grew = true; grew;) {
        grew = false;
        for (ir_id b = (ir_id)function->blocks.len; b-- > 0;) {
            const struct ir_block *block = &function->blocks.data[b];
            bool leads = ends[b];
            for (size_t t = 0; t < block->targets.len; t++)
                leads |= ends[block->targets.data[t]] &&
                         !function->blocks.data[block->targets.data[t]].is_handler;
            grew |= leads && !ends[b];
            ends[b] |= leads;
        }
    }
    return ends;
}

bool endings_return(const struct ir_function *function, struct flow *flow, ir_id block)
{
    if (!flow->returning) {
        bool *ends = arena_new_array(flow->between.arena, function->blocks.len, bool);
        for (ir_id b = 0; b < function->blocks.len; b++)
            ends[b] = function->blocks.data[b].terminator == IR_RETURN;
        flow->returning = leading_to(function, ends);
    }
    return flow->returning[block];
}

static bool is_zero(const struct ir_function *function, ir_id value)
{
    const struct ir_op *op = ir_behind_casts(function, value);
    return op->code == IR_CONST && op->number == 0;
}

static bool is_failure(const struct ir_function *function, ir_id value)
{
    return ir_behind_casts(function, value)->code == IR_CONST && !is_zero(function, value);
}

/* exit(0)? */
static bool ends_process_well(const struct ir_function *function, const struct ir_block *block)
{
    const struct ir_op *last =
        block->ops.len ? &function->ops.data[block->ops.data[block->ops.len - 1]] : NULL;
    return last && last->code == IR_CALL && last->call->args.len == 1 &&
           is_zero(function, last->call->args.data[0]);
}

static bool ends_well(const struct ir_function *function, const struct ir_block *block)
{
    if (block->terminator == IR_RETURN)
        return !is_main_function(function) || block->value == IR_NONE ||
               !is_failure(function, block->value);
    return block->terminator == IR_UNREACHABLE && ends_process_well(function, block);
}

bool endings_fail(const struct ir_function *function, struct flow *flow, ir_id block)
{
    if (!flow->succeeding) {
        bool *ends = arena_new_array(flow->between.arena, function->blocks.len, bool);
        for (ir_id b = 0; b < function->blocks.len; b++)
            ends[b] = ends_well(function, &function->blocks.data[b]);
        flow->succeeding = leading_to(function, ends);
    }
    return !flow->succeeding[block];
}
