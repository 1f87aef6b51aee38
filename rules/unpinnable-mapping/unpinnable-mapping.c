#include "engine/rule.h"

enum { IO_MEMORY = 4 };

/* A file whose path is not in sight may be a device's; the flag says that it is one. */
static bool says_device(const struct event *event)
{
    int64_t flags;
    return event->flags != VALUE_NONE &&
           (!rule_number(event, event->flags, &flags) || (flags & IO_MEMORY));
}

static void hear(const struct rule *rule, struct event *event)
{
    if (event->kind != EVENT_REGISTER || event->fails)
        return;
    const char *what = NULL;
    if (event->block.flags & BLOCK_NO_ACCESS)
        what = "a mapping without access (PROT_NONE)";
    else if ((event->block.flags & BLOCK_SHARED_FILE) && !says_device(event))
        what = "a shared writable mapping of a regular file";
    if (!what)
        return;
    rule_report(rule, event, rule->level, 1,
                "'%s' on %s: its pages cannot be pinned, the call fails with status 1 (invalid "
                "value)",
                event->call, what);
    event->fails = true;
}

const struct rule rule_unpinnable_mapping = {
    .name = "unpinnable-mapping",
    .level = LEVEL_WARNING,
    .summary = "registers a mapping whose pages cannot be pinned",
    .hear = hear,
};
