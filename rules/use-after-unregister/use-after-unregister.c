#include "engine/rule.h"

static bool is_registered(const struct event *event)
{
    struct registration other;
    struct pmap_iter iter = rule_registrations(event);
    while (rule_next_registration(event, &iter, &other))
        if (other.block == event->base)
            return true;
    return false;
}

static void hear(const struct rule *rule, struct event *event)
{
    const uint32_t lost = BLOCK_REG_UNKNOWN | BLOCK_REPORTED | BLOCK_BEYOND_LOOP;
    if (event->kind != EVENT_LAUNCH || !(event->block.flags & BLOCK_UNREGISTERED) ||
        (event->block.flags & lost) || is_registered(event))
        return;
    rule_report(rule, event, rule->level, 700,
                "a kernel is given memory that was unregistered at %s: it fails with status 700 "
                "(illegal address), and so does every call after it",
                rule_place(event, event->block.unregistered_at));
}

const struct rule rule_use_after_unregister = {
    .name = "use-after-unregister",
    .level = LEVEL_WARNING,
    .summary = "gives a kernel memory that is unregistered",
    .hear = hear,
};
