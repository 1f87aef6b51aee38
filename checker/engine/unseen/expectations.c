/* Tests of failures: a status that is compared with an error's enumerator out of sight, in the
 * functions and objects of a test framework. */
#include "engine/unseen/expectations.h"

#include "engine/call/call.h"
#include "engine/state/memory.h"
#include "engine/state/status.h"

#include <string.h>

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

/* Does the call say of two values that they shall differ: CmpHelperNE, or lhs != rhs that makes an
 * object for later rather than an answer? */
static bool is_of_difference(const struct invocation *invocation)
{
    static const char helper[] = "NE";
    const ir_id callee = invocation->op->call->function;
    const char *name = callee == IR_NONE ? "" : invocation->unit->functions.data[callee].name;
    const size_t len = strlen(name);
    if (strcmp(name, "operator!=") == 0)
        return invocation->into != VALUE_NONE;
    return len > strlen(helper) && strcmp(name + len - strlen(helper), helper) == 0;
}

static void expects(struct engine *engine, const struct invocation *invocation, value_id status,
                    int64_t code)
{
    if (!is_of_difference(invocation))
        status_expects(engine, status, code);
    else if (code == 0)
        status_expects_any(engine, status);
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
                expects(engine, invocation, status, code);
        }
    }
    return given;
}

void expectations_true(struct engine *engine, value_id condition)
{
    bool fails_when_true = false;
    value_id status =
        condition == VALUE_NONE ? VALUE_NONE : status_asked(engine, condition, &fails_when_true);
    if (status != VALUE_NONE && fails_when_true)
        status_expects_any(engine, status);
}

/* Catch2's REQUIRE(f() == e) is (Decomposer() <= f()) == e. */
void expectations_wrap(struct engine *engine, const struct invocation *invocation, value_id status,
                       value_id result)
{
    value_id made = invocation->into == VALUE_NONE ? result : invocation->into;
    if (status != VALUE_NONE && made != VALUE_NONE)
        map_set_u64(&engine->wrapped, made, status);
}
