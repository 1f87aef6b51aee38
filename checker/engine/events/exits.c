/* A local ends at each of its function's exits. What is wrong there is one mistake, told at the
 * first of them in the text, the others are steps of its path; unless some path does it right: then
 * each exit that does not is a mistake of its own. */
#include "engine/events/exits.h"

#include "engine/state/context.h"

#include <string.h>

/* The operation of the frame that leads to the site; IR_NONE: none of that frame. */
static ir_id op_of_frame(const struct engine *engine, site_id site, context_id frame)
{
    ir_id op = site_at(engine, site)->op;
    context_id context = site_at(engine, site)->context;
    while (context != frame && context != CONTEXT_NONE) {
        op = context_at(engine, context)->call_op;
        context = context_at(engine, context)->parent;
    }
    return context == frame ? op : IR_NONE;
}

static uint64_t cause_of(const struct engine *engine, context_id frame, ir_id op)
{
    return hash_u64(call_key_of(context_at(engine, frame)->function, op)) | 1;
}

void exits_note_undone(struct engine *engine, site_id registered)
{
    ir_id op = site_at(engine, registered)->op;
    for (context_id frame = site_at(engine, registered)->context; frame != CONTEXT_NONE;
         frame = context_at(engine, frame)->parent) {
        if (op != IR_NONE)
            map_set_u64(&engine->undone_causes, cause_of(engine, frame, op), 1);
        op = context_at(engine, frame)->call_op;
    }
}

/* The local that ends at the operation, by itself or by its destructor; IR_NONE: none does. */
static ir_id local_ended(const struct program_function *here, ir_id op_id)
{
    const struct ir_op *op = &here->ir->ops.data[op_id];
    if (op->code == IR_LIFETIME_END)
        return op->aux;
    if (op->code != IR_CALL || op->call->function == IR_NONE || op->call->args.len != 1 ||
        here->in->functions.data[op->call->function].kind != IR_FUNCTION_DESTRUCTOR)
        return IR_NONE;
    const struct ir_op *object = &here->ir->ops.data[op->call->args.data[0]];
    return object->code == IR_ADDR_LOCAL ? object->aux : IR_NONE;
}

void exits_describe(struct engine *engine, const struct event *event, site_id site,
                    struct candidate *candidate)
{
    struct site place = *site_at(engine, site);
    site_id cause = event->has_registration ? event->registration.site : event->block.allocated;
    if ((event->kind != EVENT_RELEASE && event->kind != EVENT_UNREGISTER) || place.op == IR_NONE ||
        !event->block_known || cause == SITE_NONE)
        return;
    ir_id local = local_ended(context_function(engine, place.context), place.op);
    ir_id op = op_of_frame(engine, cause, place.context);
    if (local == IR_NONE || op == IR_NONE)
        return;
    uint64_t key = cause_of(engine, place.context, op);
    const char *rule = candidate->finding.rule;
    candidate->exit_key = hash_u64(key ^ hash_bytes(rule, strlen(rule))) ^ local;
    candidate->exit_cause = event->has_registration ? key : 0;
}

static bool is_same_mistake(const struct engine *engine, const struct candidate *a,
                            const struct candidate *b)
{
    return a->finding.at.offset != b->finding.at.offset && a->exit_key == b->exit_key &&
           map_get_u64(&engine->undone_causes, a->exit_cause) == MAP_NONE;
}

bool exits_are_told(const struct engine *engine, const struct candidate *candidate)
{
    for (size_t i = 0; candidate->exit_key && i < engine->candidates.len; i++) {
        const struct candidate *other = &engine->candidates.data[i];
        if (is_same_mistake(engine, candidate, other) &&
            other->finding.at.offset < candidate->finding.at.offset)
            return true;
    }
    return false;
}

static bool has_step_at(const struct finding *finding, uint32_t offset)
{
    for (size_t i = 0; i < finding->path.len; i++)
        if (finding->path.data[i].at.offset == offset)
            return true;
    return false;
}

void exits_add(const struct engine *engine, struct candidate *candidate)
{
    for (size_t i = 0; candidate->exit_key && i < engine->candidates.len; i++) {
        const struct candidate *other = &engine->candidates.data[i];
        struct path_step step = {.at = other->finding.at, .message = "ends here too"};
        if (is_same_mistake(engine, candidate, other) &&
            !has_step_at(&candidate->finding, other->finding.at.offset))
            vec_push(engine->findings->arena, &candidate->finding.path, step);
    }
}
