#include "engine/rule.h"

static void hear(const struct rule *rule, struct event *event)
{
    site_id at;
    if (event->kind != EVENT_REGISTER || event->fails || event->base == VALUE_NONE ||
        !(event->block.flags & BLOCK_UNREGISTERED) || !rule_was_unregistered(event, &at) ||
        !rule_was_here_before(event) || rule_must_be_zero(event, event->size))
        return;
    rule_report(rule, event, rule->level, 0,
                "the same memory is registered and unregistered in each turn of a loop: move "
                "'%s' out of it",
                event->call);
}

const struct rule rule_register_in_loop = {
    .name = "register-in-loop",
    .level = LEVEL_NOTE,
    .summary = "registers and unregisters one block in each turn of a loop",
    .hear = hear,
};
