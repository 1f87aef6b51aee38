#include "engine/rule.h"

static void hear(const struct rule *rule, struct event *event)
{
    if (event->kind != EVENT_LEAKED || (event->block.flags & BLOCK_REPORTED))
        return;
    if (event->ends_process)
        rule_report_at(rule, event, event->registration.site, LEVEL_NOTE, 0,
                       "the memory is still registered when the process ends");
    else
        rule_report_at(rule, event, event->registration.site, rule->level, 0,
                       "on a path from here the memory is neither unregistered nor handed on: "
                       "its pages stay locked");
}

const struct rule rule_register_leak = {
    .name = "register-leak",
    .level = LEVEL_WARNING,
    .summary = "leaves memory registered with nobody to undo it",
    .hear = hear,
};
