#include "engine/rule.h"

static void hear(const struct rule *rule, struct event *event)
{
    int64_t number;
    if (event->kind != EVENT_REGISTER || event->size == VALUE_NONE || event->fails ||
        rule_number(event, event->size, &number) || !rule_may_be_zero(event, event->size) ||
        rule_has_callers(event))
        return;
    rule_report(rule, event, rule->level, 0,
                "the size given to '%s' is not constant and nothing on this path rules out 0, "
                "for which the call fails with status 1 (invalid value)",
                event->call);
}

const struct rule rule_nonconstant_size = {
    .name = "nonconstant-size",
    .level = LEVEL_NOTE,
    .summary = "registers a size that nothing keeps from being zero",
    .hear = hear,
};
