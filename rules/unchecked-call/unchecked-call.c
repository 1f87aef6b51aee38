#include "engine/rule.h"

static void hear(const struct rule *rule, struct event *event)
{
    if (event->kind != EVENT_DROPPED)
        return;
    rule_report(rule, event, event->is_advice ? LEVEL_NOTE : rule->level, 0,
                "the status of '%s' is not checked: if the call fails, a later call is blamed",
                event->call);
}

const struct rule rule_unchecked_call = {
    .name = "unchecked-call",
    .level = LEVEL_WARNING,
    .summary = "drops the status of a registration or pinned allocation",
    .hear = hear,
};
