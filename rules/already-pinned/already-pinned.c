#include "engine/fixes/fixer.h"
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

/* May the call at this use unregister the block without our seeing it? */
static bool may_unregister(const struct fixer *fixer, const struct use *use)
{
    bool is_given = use->kind == USE_GIVEN || use->kind == USE_PART_GIVEN;
    return is_given && fixer_may_undo(fixer, &fixer->function->ops.data[use->op]);
}

/* Takes the unregister calls of the variable's block along; false where one cannot go. */
static bool remove_unregister_calls(struct fixer *fixer, const struct uses *uses)
{
    for (size_t i = 0; i < uses->list.len; i++) {
        const struct use *use = &uses->list.data[i];
        const struct ir_op *op = use->op == IR_NONE ? NULL : &fixer->function->ops.data[use->op];
        struct code_statement statement;
        if (may_unregister(fixer, use))
            return false;
        if ((use->kind != USE_GIVEN && use->kind != USE_PART_GIVEN) ||
            !fixer_effect(fixer, op, MODEL_UNREGISTERS))
            continue;
        if (!fixer_statement(fixer, op, &statement))
            return false;
        fixer_remove(fixer, &statement);
    }
    return true;
}

/* Where the variable never holds anything but this pinned block, registration has no use. */
static bool mend(struct fixer *fixer)
{
    const struct model_effect *effect = rule_effect(fixer->event, MODEL_REGISTERS);
    const struct ir_op *allocation = fixer_allocation(fixer, &fixer->event->block);
    struct code_statement statement;
    struct uses uses;
    if (!effect || !allocation || !fixer_statement(fixer, fixer->op, &statement) ||
        !fixer_uses(fixer, fixer->op, effect->pointer, false, &uses) ||
        !fixer_holds_only(fixer, &uses, allocation))
        return false;
    fixer_describe(fixer, "do not register memory that is pinned already");
    fixer_remove(fixer, &statement);
    return remove_unregister_calls(fixer, &uses);
}

const struct rule rule_already_pinned = {
    .name = "already-pinned",
    .level = LEVEL_ERROR,
    .summary = "registers memory that a pinned allocator gave",
    .hear = hear,
    .fix = mend,
};
