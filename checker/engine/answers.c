/* Code out of sight that is given a status says in its answer how the call went, in a way of its
 * own: what a path that asks the answer finds registered is not known. */
#include "engine/call.h"

static bool is_open_status(struct engine *engine, const struct state *state, value_id value)
{
    const struct symbol *symbol = symbol_of(&engine->values, value);
    return symbol && symbol->kind == SYMBOL_STATUS && decide(engine, state, value) == TRUTH_UNKNOWN;
}

/* The status that a value is, or compares. */
static value_id status_in(struct engine *engine, const struct state *state, value_id value)
{
    if (value == VALUE_NONE)
        return VALUE_NONE;
    struct value v = *value_at(&engine->values, value);
    value_id subject = v.kind == VALUE_COMPARISON ? v.a : value;
    return is_open_status(engine, state, subject) ? subject : VALUE_NONE;
}

value_id answers_given(struct engine *engine, const struct state *state,
                       const struct invocation *invocation)
{
    if (!state->registrations) /* there is nothing to doubt */
        return VALUE_NONE;
    for (size_t i = 0; i < invocation->count; i++) {
        value_id content, status = status_in(engine, state, invocation->args[i]);
        if (status == VALUE_NONE && memory_peek(state, invocation->args[i], &content))
            status = status_in(engine, state, content); /* by reference */
        if (status != VALUE_NONE)
            return status;
    }
    return VALUE_NONE;
}

/* Does the call put what it is given into an object: that it gives, or whose constructor or method
 * it is? A method that gives a number answers; one that changes nothing keeps nothing. */
static bool makes_object(const struct invocation *invocation)
{
    if (invocation->into != VALUE_NONE)
        return true;
    const struct ir_call *call = invocation->op->call;
    if (!call || call->function == IR_NONE)
        return false;
    const struct ir_function *callee = &invocation->unit->functions.data[call->function];
    if (callee->kind == IR_FUNCTION_CONSTRUCTOR)
        return true;
    if (callee->kind != IR_FUNCTION_METHOD || callee->is_static_method || callee->is_const_method)
        return false;
    ir_id result = callee->result_type;
    enum ir_type_kind kind =
        result == IR_NONE ? IR_TYPE_VOID : invocation->unit->types.data[result].kind;
    return kind == IR_TYPE_VOID || kind == IR_TYPE_REFERENCE;
}

void answers_note(struct engine *engine, struct state *state, const struct invocation *invocation,
                  value_id status, value_id result)
{
    if (status == VALUE_NONE)
        return;
    if (makes_object(invocation)) /* who asks what it holds is not followed */
        registrations_doubt(engine, state, state->registrations, status);
    else
        map_set_u64(&engine->answers, result, status);
}

void answers_stored(struct engine *engine, struct state *state, value_id base, value_id value)
{
    const struct symbol *shown = symbol_of(&engine->values, base);
    value_id status =
        shown && shown->kind == SYMBOL_RESULT ? status_in(engine, state, value) : VALUE_NONE;
    if (status != VALUE_NONE && state->registrations)
        registrations_doubt(engine, state, state->registrations, status);
}

void answers_ask(struct engine *engine, struct state *state, value_id condition)
{
    struct value value = *value_at(&engine->values, condition);
    value_id answer = value.kind == VALUE_COMPARISON ? value.a : condition;
    value_id status = map_get_u64(&engine->answers, answer);
    if (status != MAP_NONE && is_open_status(engine, state, status))
        registrations_doubt(engine, state, state->registrations, status);
}
