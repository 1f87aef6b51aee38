#include "engine/library/asked_keys.h"

#include "engine/call/effect.h"
#include "engine/state/context.h"
#include "engine/value/pmap.h"

/* Is the place that the call gives used for no more than to store there? */
static bool is_only_stored_to(struct method_play *play)
{
    const struct site *site = site_at(play->engine, play->invocation->site);
    const struct ir_function *function = context_function(play->engine, site->context)->ir;
    const ir_id place = play->invocation->op_id;
    for (size_t i = place + 1; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        for (size_t a = 0; op->call && a < op->call->args.len; a++)
            if (op->call->args.data[a] == place)
                return false;
        bool stores = (op->code == IR_STORE || op->code == IR_COPY) && op->b != place;
        if ((op->a == place || op->b == place) && !stores)
            return false;
    }
    return true;
}

/* live[p] = n and a mere insert() do not look. */
static bool looks(struct method_play *play)
{
    return play->method->kind == MODEL_METHOD_ELEMENT ? !is_only_stored_to(play)
                                                      : !play->invocation->is_discarded;
}

void asked_key(struct method_play *play, value_id pointer)
{
    if (looks(play))
        registrations_asked(play->engine, play->state, pointer);
}

void asked_key_of_parts(struct method_play *play)
{
    if (play->invocation->count < 2 || !looks(play))
        return;
    struct pmap_iter iter = pmap_begin(play->state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_is_within(&play->engine->values, (value_id)cell, play->invocation->args[1]))
            registrations_asked(play->engine, play->state, (value_id)content);
}
