#include "engine/rule.h"

static bool is_literal(const struct event *event)
{
    const struct model_effect *effect = rule_effect(event, MODEL_REGISTERS);
    if (!effect || effect->size.args[0] < 0)
        return false;
    const struct ir_op *size = rule_argument(event, (size_t)effect->size.args[0]);
    return size && size->code == IR_CONST;
}

static void hear(const struct rule *rule, struct event *event)
{
    if (event->kind != EVENT_REGISTER || event->size == VALUE_NONE || event->reported ||
        !rule_must_be_zero(event, event->size))
        return;
    /* a sum that stays 0 because a loop was assumed to run zero times proves nothing, nor does a
     * guard of something else that lets 0 pass: what would follow from it is a guess, too */
    if ((event->state->flags & (STATE_SKIPPED_LOOP | STATE_ZERO_OR_ELSE)) && !is_literal(event)) {
        event->fails = true;
        event->is_impossible = true;
        return;
    }
    if (rule_is_found_pair(event, event->pointer, event->size))
        return;
    rule_report(rule, event, rule->level, 1, "'%s' with size 0 fails with status 1 (invalid value)",
                event->call);
    event->fails = true;
}

const struct rule rule_zero_size = {
    .name = "zero-size",
    .level = LEVEL_ERROR,
    .summary = "registers zero bytes",
    .needs_whole_body = true,
    .hear = hear,
};
