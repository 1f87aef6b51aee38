/* Tests of failures: a status that is compared with an error's enumerator out of sight, in the
 * functions and objects of a test framework. */
#include "engine/unseen/expectations.h"

#include "engine/call/call.h"
#include "engine/state/memory.h"
#include "engine/state/status.h"

/* What an argument is, or refers to. */
static value_id plain_argument(const struct state *state, const struct invocation *invocation,
                               size_t i, ir_id *type)
{
    value_id content;
    *type = invocation->types[i];
    if (*type == IR_NONE || !memory_peek(state, invocation->args[i], &content))
        return invocation->args[i];
    *type = invocation->unit->types.data[*type].element;
    return content;
}

/* The enumerator's number. */
static bool is_enumerator(const struct engine *engine, const struct state *state,
                          const struct invocation *invocation, size_t i, int64_t *code)
{
    ir_id type;
    value_id value = plain_argument(state, invocation, i, &type);
    return type != IR_NONE && invocation->unit->types.data[type].kind == IR_TYPE_ENUM &&
           value_is_int(&engine->values, value, code);
}

/* The status that an argument is, refers to, or was made an object of. */
static value_id status_of_argument(const struct engine *engine, const struct state *state,
                                   const struct invocation *invocation, size_t i)
{
    ir_id type;
    value_id value = plain_argument(state, invocation, i, &type);
    if (map_get_u64(&engine->status_sites, value) != MAP_NONE)
        return value;
    uint32_t wrapped = map_get_u64(&engine->wrapped, invocation->args[i]);
    return wrapped == MAP_NONE ? VALUE_NONE : wrapped;
}

value_id expectations_note(struct engine *engine, const struct state *state,
                           const struct invocation *invocation)
{
    value_id given = VALUE_NONE;
    for (size_t j = 0; engine->status_sites.len && j < invocation->count; j++) {
        value_id status = status_of_argument(engine, state, invocation, j);
        given = status == VALUE_NONE ? given : status;
        for (size_t i = 0; status != VALUE_NONE && i < invocation->count; i++) {
            int64_t code;
            if (is_enumerator(engine, state, invocation, i, &code))
                status_expects(engine, status, code);
        }
    }
    return given;
}

/* Catch2's REQUIRE(f() == e) is (Decomposer() <= f()) == e. */
void expectations_wrap(struct engine *engine, const struct invocation *invocation, value_id status,
                       value_id result)
{
    value_id made = invocation->into == VALUE_NONE ? result : invocation->into;
    if (status != VALUE_NONE && made != VALUE_NONE)
        map_set_u64(&engine->wrapped, made, status);
}
