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

void answers_note(struct engine *engine, struct state *state, value_id status, value_id result,
                  bool is_object)
{
    if (status == VALUE_NONE)
        return;
    if (is_object)
        registrations_doubt(engine, state, state->registrations,
                            status); /* who asks what it holds is not followed */
    else
        map_set_u64(&engine->answers, result, status);
}

void answers_ask(struct engine *engine, struct state *state, value_id condition)
{
    struct value value = *value_at(&engine->values, condition);
    value_id answer = value.kind == VALUE_COMPARISON ? value.a : condition;
    value_id status = map_get_u64(&engine->answers, answer);
    if (status != MAP_NONE && is_open_status(engine, state, status))
        registrations_doubt(engine, state, state->registrations, status);
}
