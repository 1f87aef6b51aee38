#include "engine/rule.h"

static const char *how(const struct event *event)
{
    switch (event->release) {
    case RELEASE_REALLOC:
        return "reallocated";
    case RELEASE_GROWTH:
        return "given up by a container that may grow";
    case RELEASE_DESTRUCTION:
        return "destroyed with its owner";
    case RELEASE_SCOPE:
        return "out of scope";
    case RELEASE_UNMAP:
        return "unmapped";
    default:
        return "freed";
    }
}

static void hear_release(const struct rule *rule, struct event *event)
{
    bool pinned_call = event->expects == PROVENANCE_PINNED || event->expects == PROVENANCE_DEVICE;
    if (!event->has_registration || pinned_call || event->block.memory == PROVENANCE_PINNED)
        return;
    rule_report(rule, event, rule->level, 0,
                "memory is %s while it is registered: no call fails, but once the address is "
                "used again the GPU reads stale data",
                how(event));
}

/* The unregister call that comes after the release shows that the order is wrong, wherever the
 * registration was made. */
static void hear_late_unregister(const struct rule *rule, struct event *event)
{
    const struct block *block = &event->block;
    bool never_registered =
        (block->flags & BLOCK_OWN) && !(block->flags & (BLOCK_ESCAPED | BLOCK_BEYOND_LOOP));
    if (block->life != BLOCK_RELEASED || block->released == SITE_NONE || never_registered ||
        (block->flags & BLOCK_UNREGISTERED) || block->released_as == PROVENANCE_PINNED ||
        block->memory == PROVENANCE_PINNED)
        return;
    rule_report_at(rule, event, block->released, rule->level, 0,
                   "memory is released before '%s' at %s: until then it is registered, and once "
                   "the address is used again the GPU reads stale data",
                   event->call, rule_place(event, event->site));
    event->fails = true;
}

static void hear(const struct rule *rule, struct event *event)
{
    if (event->block.flags & (BLOCK_REPORTED | BLOCK_REG_UNKNOWN))
        return;
    if (event->kind == EVENT_PAIR && event->keeper_is_released)
        rule_report(rule, event, rule->level, 0,
                    "the memory that member '%s' points to is %s while it is registered, and no "
                    "member function unregisters it: no call fails, but once the address is used "
                    "again the GPU reads stale data",
                    event->keeper, how(event));
    else if (event->kind == EVENT_PAIR && event->owner_dies != SITE_NONE)
        rule_report_at(rule, event, event->owner_dies, rule->level, 0,
                       "member '%s' is destroyed here while its memory is registered (at %s) and "
                       "no member function unregisters it: no call fails, but once the address is "
                       "used again the GPU reads stale data",
                       event->keeper, rule_place(event, event->registration.site));
    else if (event->kind == EVENT_RELEASE)
        hear_release(rule, event);
    else if (event->kind == EVENT_UNREGISTER)
        hear_late_unregister(rule, event);
}

const struct rule rule_freed_while_registered = {
    .name = "freed-while-registered",
    .level = LEVEL_ERROR,
    .summary = "releases memory while it is registered",
    .hear = hear,
};
