/* Which questions are one: of the same callee, about equal arguments. A temporary equals another
 * one that is made of the same. */
#include "engine/unseen/question_keys.h"

#include "engine/call/call.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/walk/step.h"

#include <string.h>

enum { MAX_MADE = 4 }; /* temporaries that temporaries are made of */

/* The temporary whose address, or that of a part, the operation yields; IR_NONE: it is another. */
static ir_id temporary_at(const struct ir_function *function, ir_value address)
{
    const struct ir_op *op = address == IR_NONE ? NULL : ir_behind_casts(function, address);
    while (op && op->code == IR_FIELD)
        op = ir_behind_casts(function, op->a);
    return op && op->code == IR_ADDR_LOCAL && function->locals.data[op->aux].kind == IR_LOCAL_TEMP
               ? op->aux
               : IR_NONE;
}

/* Is that a call with the temporary as its result, or of its constructor? */
static bool is_made_by_call(const struct ir_unit *unit, const struct ir_function *function,
                            const struct ir_op *op, ir_id temporary)
{
    if (op->code != IR_CALL)
        return false;
    if (temporary_at(function, op->call->into) == temporary)
        return true;
    return op->call->function != IR_NONE && op->call->args.len > 0 &&
           unit->functions.data[op->call->function].kind == IR_FUNCTION_CONSTRUCTOR &&
           temporary_at(function, op->call->args.data[0]) == temporary;
}

static bool makes(const struct ir_unit *unit, const struct ir_function *function,
                  const struct ir_op *op, ir_id temporary)
{
    const bool is_write = op->code == IR_STORE || op->code == IR_COPY || op->code == IR_ZERO;
    return is_write ? temporary_at(function, op->a) == temporary
                    : is_made_by_call(unit, function, op, temporary);
}

static uint64_t key_of(struct engine *engine, const struct state *state, ir_value value, int depth);

/* Where a part of it is, from its beginning. */
static uint64_t key_of_part(const struct ir_function *function, ir_value address)
{
    uint64_t key = 0;
    const struct ir_op *op = ir_behind_casts(function, address);
    for (; op->code == IR_FIELD; op = ir_behind_casts(function, op->a))
        key = hash_pair(hash_bytes(op->text, strlen(op->text)), key);
    return key;
}

static uint64_t key_of_maker(struct engine *engine, const struct state *state,
                             const struct ir_op *op, ir_id temporary, int depth)
{
    const struct program_function *here = context_function(engine, state->context);
    uint64_t key = op->code;
    if (op->code != IR_CALL) {
        key = hash_pair(key, key_of_part(here->ir, op->a));
        return op->b == IR_NONE ? key : hash_pair(key, key_of(engine, state, op->b, depth));
    }
    const char *name =
        op->call->function == IR_NONE ? "" : here->in->functions.data[op->call->function].qualified;
    key = hash_pair(key, hash_bytes(name, strlen(name)));
    for (size_t i = 0; i < op->call->args.len; i++)
        if (temporary_at(here->ir, op->call->args.data[i]) != temporary)
            key = hash_pair(key, key_of(engine, state, op->call->args.data[i], depth));
    return key;
}

/* lookup(Key{a, 2}), has(std::string("pin")): two temporaries that are made of the same are equal.
 */
static uint64_t key_of_temporary(struct engine *engine, const struct state *state, ir_id temporary,
                                 int depth)
{
    const struct program_function *here = context_function(engine, state->context);
    uint64_t key = 0;
    for (size_t i = 0; i < here->ir->ops.len; i++) {
        const struct ir_op *op = &here->ir->ops.data[i];
        if (makes(here->in, here->ir, op, temporary))
            key = hash_pair(key, key_of_maker(engine, state, op, temporary, depth));
    }
    return key;
}

/* What stands in another block than the path is in may be of another turn, or of no turn at all. */
static value_id value_now(struct engine *engine, const struct state *state, ir_value value)
{
    const struct flow *flow = context_function(engine, state->context)->flow;
    return flow->outlives[value] || flow->block_of[value] == state->block
               ? operand(engine, state, value)
               : value;
}

static uint64_t key_of(struct engine *engine, const struct state *state, ir_value value, int depth)
{
    const struct ir_function *here = context_function(engine, state->context)->ir;
    const struct ir_op *op = ir_behind_casts(here, value), *place;
    const ir_id temporary = temporary_at(here, value);
    value_id content;
    if (temporary != IR_NONE && depth < MAX_MADE)
        return key_of_temporary(engine, state, temporary, depth + 1);
    switch (op->code) {
    case IR_CONST:
        return value_int(&engine->values, (int64_t)op->number);
    case IR_STRING:
        return hash_bytes(op->text, strlen(op->text));
    case IR_ADDR_LOCAL:
        return memory_local(engine, state->context, op->aux);
    case IR_HAVOC:
        return op->text && strcmp(op->text, "default argument") == 0
                   ? IR_HAVOC
                   : value_now(engine, state, value);
    case IR_LOAD:
        place = ir_behind_casts(here, op->a);
        return place->code == IR_ADDR_LOCAL &&
                       memory_peek(state, memory_local(engine, state->context, place->aux),
                                   &content)
                   ? content
                   : value_now(engine, state, value);
    default:
        return value_now(engine, state, value);
    }
}

uint64_t question_key(struct engine *engine, const struct state *state,
                      const struct invocation *invocation, const struct ir_function *callee)
{
    const struct ir_call *call = invocation->op->call;
    const bool are_written = call->args.len == invocation->count;
    uint64_t key = hash_bytes(callee->qualified, strlen(callee->qualified));
    for (size_t i = 0; i < invocation->count; i++)
        key = hash_u64(key ^ (are_written ? key_of(engine, state, call->args.data[i], 0)
                                          : invocation->args[i]));
    return key;
}

bool question_is_of_temporary(const struct engine *engine, const struct state *state,
                              const struct invocation *invocation, size_t index)
{
    const struct ir_call *call = invocation->op->call;
    return index < call->args.len && temporary_at(context_function(engine, state->context)->ir,
                                                  call->args.data[index]) != IR_NONE;
}
