#include "engine/fixes/fixer.h"
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
    /* of an array's elements, those may be registered that a loop undid which was assumed away */
    bool may_be_undone =
        (event->state->flags & STATE_SKIPPED_UNREGISTER) && !(event->block.flags & BLOCK_OWN);
    if (!event->has_registration || pinned_call || may_be_undone ||
        event->block.memory == PROVENANCE_PINNED)
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
                    "the memory that %s'%s' points to is %s while it is registered: no call fails, "
                    "but once the address is used again the GPU reads stale data",
                    event->keeper_is_of_file ? "" : "member ", event->keeper, how(event));
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

/* The unregister call, further down in the block, of the pointer that is released or was
 * registered. */
static bool find_unregister(const struct fixer *fixer, const struct code_statement *release,
                            struct code_range released, struct code_statement *found)
{
    const struct code *code = fixer->code;
    for (size_t i = 0; i < fixer->function->ops.len; i++) {
        const struct ir_op *op = &fixer->function->ops.data[i];
        const struct model_effect *effect = fixer_effect(fixer, op, MODEL_UNREGISTERS);
        struct code_range pointer;
        if (!effect || !fixer_argument(fixer, op, effect->pointer, &pointer) ||
            !code_equal(code, pointer, released) || !fixer_statement(fixer, op, found) ||
            found->block != release->block || found->all.first <= release->all.last)
            continue;
        const struct code_range between = {release->all.last + 1, found->all.first - 1};
        return code_is_straight(code, (struct code_range){between.first, found->all.last}) &&
               !code_mentions(code, between, released);
    }
    return false;
}

/* Both are statements of one block: each goes where the other was. */
static bool mend(struct fixer *fixer)
{
    struct code_statement release, unregister;
    struct code_range pointer;
    if (fixer->event->kind == EVENT_PAIR || !fixer->op || !fixer->op->call ||
        !fixer_statement(fixer, fixer->op, &release) || release.wrapper.first != CODE_NONE ||
        release.is_void || !fixer_released(fixer, fixer->op, &pointer) ||
        !find_unregister(fixer, &release, pointer, &unregister))
        return false;
    fixer_describe(fixer, "unregister before the memory is released");
    fixer_replace(fixer, release.all, "%s", code_text(fixer->code, unregister.all));
    fixer_replace(fixer, unregister.all, "%s", code_text(fixer->code, release.all));
    return true;
}

const struct rule rule_freed_while_registered = {
    .name = "freed-while-registered",
    .level = LEVEL_ERROR,
    .summary = "releases memory while it is registered",
    .hears_stories = true,
    .hear = hear,
    .fix = mend,
};
