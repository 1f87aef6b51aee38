#include "engine/walk/turnings.h"

#include "engine/program/flow.h"
#include "engine/state/context.h"
#include "engine/state/ranges.h"
#include "engine/walk/loops.h"

/* A step that tells the reader something is none that makes the path longer than another. */
static struct trail *add_step(struct engine *engine, struct state *state, site_id branch,
                              value_id subject, const char *message)
{
    struct trail *step = trail_add(engine, state, branch, subject, "%s", message);
    step->length--;
    return step;
}

void turning_past_unregister(struct engine *engine, struct state *state,
                             const struct ir_block *block, ir_id target)
{
    if (!state->registrations || loop_is_test(engine, state))
        return;
    const struct program_function *here = context_function(engine, state->context);
    const ir_id join = here->flow->post_dominator[state->block];
    bool has_call = false;
    for (size_t i = 0; i < block->targets.len && !has_call; i++)
        has_call =
            flow_between(here->ir, here->flow, block->targets.data[i], join) & FLOW_UNREGISTERS;
    if (has_call && !(flow_between(here->ir, here->flow, target, join) & FLOW_UNREGISTERS))
        add_step(engine, state, site_of_terminator(engine, state), VALUE_NONE,
                 "on this path, this test leads past an unregister call")
            ->is_past = true;
}

/* What the condition asks about: n in n == 0, p in if (p). */
static value_id subject_of(struct engine *engine, value_id condition)
{
    const struct value *value = value_at(&engine->values, condition);
    int64_t scale, shift;
    value_id asked = value->kind == VALUE_COMPARISON ? value->a : condition;
    value_id subject = ranges_canonical(engine, asked, &scale, &shift);
    return shift == 0 ? subject : VALUE_NONE;
}

void turning_to_zero(struct engine *engine, struct state *state, site_id branch, value_id condition)
{
    enum { SMALLEST_NUMBER = 32 };
    value_id subject = subject_of(engine, condition);
    const struct symbol *symbol = symbol_of(&engine->values, subject);
    struct range range = range_of(engine, state, subject);
    if (!symbol || symbol->kind == SYMBOL_STATUS || !range_is_one(&range, 0) ||
        (!symbol->is_pointer && symbol->bits < SMALLEST_NUMBER))
        return;
    add_step(engine, state, branch, subject,
             symbol->is_pointer ? "on this path, this test finds it NULL"
                                : "on this path, this test finds it 0");
}
