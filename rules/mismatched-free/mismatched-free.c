#include "engine/rule.h"

static void hear_pinned_free(const struct rule *rule, struct event *event)
{
    const struct block *block = &event->block;
    int64_t offset;
    const char *what = NULL;
    if (block->memory == PROVENANCE_PINNED && block->life == BLOCK_RELEASED)
        what = "memory that was freed already";
    else if (block->memory == PROVENANCE_PINNED && event->offset != VALUE_NONE &&
             rule_number(event, event->offset, &offset) && offset != 0)
        what = "an address inside of a block, not its start,";
    else if (block->memory != PROVENANCE_PINNED && block->memory != PROVENANCE_UNKNOWN &&
             block->memory != PROVENANCE_OTHER)
        what = rule_memory_name(event);
    if (!what)
        return;
    rule_report(rule, event, rule->level, 1,
                "'%s' on %s fails with status 1 (invalid value) and frees nothing", event->call,
                what);
    event->fails = true;
}

static void hear_other_free(const struct rule *rule, struct event *event)
{
    const char *call = event->call ? event->call : "its owner";
    if (event->expects == PROVENANCE_DEVICE || event->expects == PROVENANCE_MANAGED)
        rule_report(rule, event, rule->level, 1,
                    "'%s' on memory of a pinned host allocator fails with status 1 (invalid "
                    "value) and frees nothing",
                    call);
    else
        rule_report(rule, event, rule->level, 0,
                    "'%s' on memory of a pinned allocator crashes: it takes the matching "
                    "pinned free",
                    call);
    event->fails = true;
}

static void hear(const struct rule *rule, struct event *event)
{
    if (event->kind != EVENT_RELEASE || event->release == RELEASE_SCOPE ||
        event->release == RELEASE_GROWTH || event->block.life == BLOCK_GONE || !event->expects ||
        (event->block.flags & BLOCK_REPORTED))
        return;
    if (event->expects == PROVENANCE_PINNED)
        hear_pinned_free(rule, event);
    else if (event->block.memory == PROVENANCE_PINNED && event->block.life == BLOCK_LIVE)
        hear_other_free(rule, event);
}

const struct rule rule_mismatched_free = {
    .name = "mismatched-free",
    .level = LEVEL_ERROR,
    .summary = "frees memory with the wrong function",
    .hear = hear,
};
