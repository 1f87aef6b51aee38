#include "engine/fixes/fixer.h"
#include "engine/rule.h"

static void hear(const struct rule *rule, struct event *event)
{
    if (event->kind != EVENT_REGISTER || event->fails)
        return;
    int64_t size;
    const struct ir_type *type = rule_variable_type(event);
    if (!type || type->kind != IR_TYPE_POINTER)
        return;
    if (rule_number(event, event->size, &size) && (uint64_t)size == type->size)
        return;
    rule_report(rule, event, rule->level, 0,
                "'%s' is given the address of a pointer variable: it pins the pointer's own "
                "bytes and what lies behind them, not the buffer",
                event->call);
    rule_settle_variable(event);
}

/* ---- the fix --------------------------------------------------------------------------- */

/* Takes the only & out of an argument. */
static bool drop_address(struct fixer *fixer, const struct ir_op *op, int index)
{
    struct code_range argument, found = {CODE_NONE, CODE_NONE};
    if (!fixer_argument(fixer, op, index, &argument))
        return false;
    for (code_id i = argument.first; i < argument.last; i++) {
        if (!code_is(fixer->code, i, "&"))
            continue;
        if (found.first != CODE_NONE)
            return false;
        found = (struct code_range){i, i};
    }
    if (found.first == CODE_NONE)
        return false;
    fixer_replace(fixer, found, "%s", "");
    return true;
}

/* Of the other calls that get the variable's address, those that undo the registration change
 * with it. */
static bool mend_others(struct fixer *fixer, const struct uses *uses,
                        const struct ir_op *allocation, uint32_t *last_unregister)
{
    for (size_t i = 0; i < uses->list.len; i++) {
        const struct use *use = &uses->list.data[i];
        if (use->kind != USE_ADDRESS_GIVEN)
            continue;
        const struct ir_op *op = &fixer->function->ops.data[use->op];
        if (op == allocation || op == fixer->op)
            continue;
        if (!fixer_effect(fixer, op, MODEL_UNREGISTERS) || !drop_address(fixer, op, use->argument))
            return false;
        if (op->loc.offset > *last_unregister)
            *last_unregister = op->loc.offset;
    }
    return *last_unregister > fixer->op->loc.offset;
}

/* What the buffer goes through must stand behind its unregister call. */
static bool is_released_before(const struct fixer *fixer, const struct uses *uses, uint32_t offset)
{
    for (size_t i = 0; i < uses->list.len; i++) {
        const struct use *use = &uses->list.data[i];
        if (use->kind != USE_GIVEN && use->kind != USE_PART_GIVEN)
            continue;
        const struct ir_op *op = &fixer->function->ops.data[use->op];
        bool undoes = fixer_effect(fixer, op, MODEL_RELEASES) || fixer_may_undo(fixer, op) ||
                      fixer_effect(fixer, op, MODEL_REGISTERS) ||
                      fixer_effect(fixer, op, MODEL_UNREGISTERS) ||
                      fixer_effect(fixer, op, MODEL_REALLOCATES);
        if (undoes && op->loc.offset < offset)
            return true;
    }
    return false;
}

static bool can_register(const struct event *event, const struct block *block)
{
    bool is_ordinary = block->memory == PROVENANCE_HEAP || block->memory == PROVENANCE_NEW ||
                       block->memory == PROVENANCE_NEW_ARRAY || block->memory == PROVENANCE_MAPPING;
    return is_ordinary && block->life == BLOCK_LIVE && block->size == event->size &&
           event->size != VALUE_NONE;
}

/* The buffer takes the variable's place where the variable holds that buffer only, the size is the
 * buffer's, and the function unregisters it before it goes. */
static bool mend(struct fixer *fixer)
{
    const struct event *event = fixer->event;
    const struct model_effect *effect = rule_effect(event, MODEL_REGISTERS);
    struct block block;
    struct uses uses;
    uint32_t last_unregister = 0;
    if (!effect || !fixer->op || !rule_pointee(event, &block) || !can_register(event, &block) ||
        !fixer_uses(fixer, fixer->op, effect->pointer, true, &uses))
        return false;
    const struct ir_op *allocation = fixer_allocation(fixer, &block);
    if (!allocation || !fixer_is_set_only(fixer, &uses, allocation))
        return false;
    fixer_describe(fixer, "give the pointer, not its address");
    return drop_address(fixer, fixer->op, effect->pointer) &&
           mend_others(fixer, &uses, allocation, &last_unregister) &&
           !is_released_before(fixer, &uses, last_unregister);
}

const struct rule rule_address_of_pointer = {
    .name = "address-of-pointer",
    .level = LEVEL_WARNING,
    .summary = "registers a pointer variable in place of its buffer",
    .hear = hear,
    .fix = mend,
};
