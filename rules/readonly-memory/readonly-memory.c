#include "engine/rule.h"

enum { READ_ONLY = 8 };

static void hear(const struct rule *rule, struct event *event)
{
    int64_t flags;
    if (event->kind != EVENT_REGISTER || event->fails || event->flags == VALUE_NONE ||
        !rule_number(event, event->flags, &flags) || (flags & READ_ONLY))
        return;
    bool constant = event->block.memory == PROVENANCE_CONSTANT;
    if (!constant && !(event->block.flags & BLOCK_READ_ONLY))
        return;
    rule_report(rule, event, rule->level, 1,
                "'%s' on %s without the ReadOnly flag fails with status 1 (invalid value)",
                event->call, constant ? "constant data" : "a mapping that cannot be written");
    event->fails = true;
}

const struct rule rule_readonly_memory = {
    .name = "readonly-memory",
    .level = LEVEL_ERROR,
    .summary = "registers read-only memory without the ReadOnly flag",
    .hear = hear,
};
