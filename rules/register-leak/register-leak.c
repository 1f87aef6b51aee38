#include "engine/rule.h"

static void hear_pair(const struct rule *rule, struct event *event)
{
    if (event->owner_dies != SITE_NONE || event->keeper_is_released)
        return; /* freed-while-registered says it */
    bool is_itself = event->block.memory == PROVENANCE_STATIC;
    if (event->keeper_is_of_file)
        rule_report(rule, event, event->ends_process ? LEVEL_NOTE : rule->level, 0,
                    "%s'%s'%s is registered here and nothing in this file unregisters it",
                    is_itself ? "" : "the memory that ", event->keeper,
                    is_itself ? "" : " points to");
    else
        rule_report(rule, event, rule->level, 0,
                    "the memory that member '%s' points to is registered here and no member "
                    "function unregisters it",
                    event->keeper);
}

static void hear(const struct rule *rule, struct event *event)
{
    if (event->kind == EVENT_PAIR)
        hear_pair(rule, event);
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
    .needs_whole_body = true,
    .hear = hear,
};
