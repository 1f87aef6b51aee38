#include "engine/rule.h"

/* A query takes away the registrations before it: those that are there were made after it. */
enum { TRUST_LOST = BLOCK_REPORTED | BLOCK_BEYOND_LOOP };

static void hear(const struct rule *rule, struct event *event)
{
    if (event->kind != EVENT_REGISTER || event->fails || (event->block.flags & TRUST_LOST))
        return;
    struct registration other;
    struct pmap_iter iter = rule_registrations(event);
    while (rule_next_registration(event, &iter, &other)) {
        if (other.block != event->base ||
            !rule_overlap(event, event->pointer, event->size, other.address, other.size))
            continue;
        event->fails = true;
        event->is_impossible = rule_may_be_gated(event, other.site);
        if (event->is_impossible)
            return;
        rule_report(rule, event, rule->level, 712,
                    "'%s' on memory that is registered already (at %s) fails with status 712 "
                    "(host memory already registered)",
                    event->call, rule_place(event, other.site));
        return;
    }
}

const struct rule rule_double_register = {
    .name = "double-register",
    .level = LEVEL_ERROR,
    .summary = "registers memory that is registered already",
    .hears_stories = true,
    .hear = hear,
};
