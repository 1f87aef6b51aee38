#include "engine/rule.h"

static void hear(const struct rule *rule, struct event *event)
{
    if (event->kind != EVENT_REGISTER || event->block.memory != PROVENANCE_PINNED ||
        event->block.life != BLOCK_LIVE || (event->block.flags & (BLOCK_QUERIED | BLOCK_REPORTED)))
        return;
    rule_report(rule, event, rule->level, 1,
                "'%s' on memory that is pinned already: it comes from a pinned allocator, "
                "so the call fails with status 1 (invalid value)",
                event->call);
    event->fails = true;
}

const struct rule rule_already_pinned = {
    .name = "already-pinned",
    .level = LEVEL_ERROR,
    .summary = "registers memory that a pinned allocator gave",
    .hear = hear,
};
