#include "engine/rule.h"

/* A flag of unknown history may stand for "there is something to undo". */
enum { ASSUMED = STATE_ASSUMED_CONTENT | STATE_ASSUMED_TURN };
enum {
    NULL_PROVES_NOTHING =
        STATE_SKIPPED_LOOP | STATE_NULL_REPORTED | STATE_MISPLACED_REPORTED | ASSUMED
};

/* Is there a registration at this address, or one that this path cannot tell apart from it? */
static bool may_match(const struct event *event, bool *is_interior)
{
    struct registration other;
    struct pmap_iter iter = rule_registrations(event);
    bool some = false;
    while (rule_next_registration(event, &iter, &other)) {
        if (other.block != event->base)
            continue;
        bool elsewhere =
            other.address != event->pointer && rule_differ(event, other.address, event->pointer);
        if (!elsewhere)
            return true;
        some |= rule_below(event, other.address, event->pointer) &&
                rule_overlap(event, other.address, other.size, event->pointer, event->size);
    }
    *is_interior = some;
    return false;
}

static bool history_is_known(const struct event *event)
{
    const struct block *block = &event->block;
    return (block->flags & BLOCK_OWN) &&
           !(block->flags & (BLOCK_ESCAPED | BLOCK_REG_UNKNOWN | BLOCK_BEYOND_LOOP)) &&
           !(event->state->flags & (STATE_SKIPPED_REGISTER | ASSUMED | STATE_MISPLACED_REPORTED)) &&
           block->life != BLOCK_GONE;
}

static const char *reason(const struct event *event, int *code)
{
    const struct block *block = &event->block;
    bool is_interior = false;
    site_id undone_at;
    *code = 1;
    if (rule_must_be_zero(event, event->pointer))
        return event->state->flags & NULL_PROVES_NOTHING ? NULL : "NULL";
    if (event->base == VALUE_NONE || (block->flags & BLOCK_REPORTED))
        return NULL;
    if (rule_was_unregistered(event, &undone_at) && !(block->flags & BLOCK_BEYOND_LOOP)) {
        *code = 713;
        return rule_may_be_gated(event, undone_at) ? NULL : "memory that was unregistered already";
    }
    if ((block->flags & BLOCK_QUERIED) || may_match(event, &is_interior))
        return NULL;
    if (is_interior)
        return "an address inside of a registered range, not its start,";
    if (block->memory == PROVENANCE_PINNED && block->life == BLOCK_LIVE)
        return "memory of a pinned allocator";
    if (block->memory == PROVENANCE_DEVICE || block->memory == PROVENANCE_MANAGED)
        return "memory that is no host memory";
    *code = 713;
    if ((block->flags & BLOCK_RESET) && !(block->flags & BLOCK_REG_UNKNOWN))
        return "memory whose registration ended with the device's reset";
    /* since then, a flag or an answer that may say so */
    bool asked = event->state->flags & STATE_CHOSE;
    if (block->failed == event->pointer && !(block->flags & BLOCK_REG_UNKNOWN) && !asked &&
        !rule_may_be_registered(event))
        return "memory whose register call failed on this path";
    return history_is_known(event) ? "memory that is not registered on this path" : NULL;
}

static void hear(const struct rule *rule, struct event *event)
{
    if (event->kind != EVENT_UNREGISTER || event->fails)
        return;
    int code = 0;
    const char *why = reason(event, &code);
    if (!why)
        return;
    rule_report(rule, event, rule->level, code, "'%s' on %s fails with status %d (%s)", event->call,
                why, code, code == 1 ? "invalid value" : "host memory not registered");
    event->fails = true;
}

const struct rule rule_unregister_unregistered = {
    .name = "unregister-unregistered",
    .level = LEVEL_ERROR,
    .summary = "unregisters what is not registered",
    .needs_whole_body = true,
    .hears_stories = true,
    .hear = hear,
};
