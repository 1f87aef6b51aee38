#include "engine/rule.h"

static void hear(const struct rule *rule, struct event *event)
{
    if (event->kind != EVENT_REGISTER || event->fails || (event->block.flags & BLOCK_QUERIED) ||
        rule_must_be_zero(event, event->size))
        return;
    int64_t number;
    const char *what = NULL;
    if (event->block.memory == PROVENANCE_DEVICE)
        what = "device memory";
    else if (event->block.memory == PROVENANCE_MANAGED)
        what = "managed memory";
    else if (rule_number(event, event->pointer, &number) &&
             !(event->state->flags & STATE_SKIPPED_LOOP))
        what = number == 0 ? "NULL" : number == -1 ? "MAP_FAILED" : NULL;
    if (!what)
        return;
    rule_report(rule, event, rule->level, 1, "'%s' on %s fails with status 1 (invalid value)",
                event->call, what);
    event->fails = true;
}

const struct rule rule_not_host_memory = {
    .name = "not-host-memory",
    .level = LEVEL_ERROR,
    .summary = "registers what is no host memory",
    .needs_whole_body = true,
    .hear = hear,
};
