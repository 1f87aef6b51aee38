#include "engine/rule.h"

static bool rule_variable_is_pointer(const struct event *event)
{
    const struct ir_type *type = rule_variable_type(event);
    return type && type->kind == IR_TYPE_POINTER; /* address-of-pointer's business */
}

/* Bytes of what the pointer points to, by its type as written; 0: unknown. */
static uint64_t element_size(const struct event *event, const struct model_effect *effect)
{
    if (event->block.element > 1)
        return event->block.element;
    const struct ir_op *pointer =
        effect->pointer >= 0 ? rule_argument(event, (size_t)effect->pointer) : NULL;
    if (!pointer || pointer->type == IR_NONE)
        return 0;
    const struct ir_unit *unit = rule_unit(event);
    const struct ir_type *type = &unit->types.data[pointer->type];
    if (type->element == IR_NONE)
        return 0;
    type = &unit->types.data[type->element];
    if (type->kind == IR_TYPE_ARRAY && type->element != IR_NONE)
        type = &unit->types.data[type->element];
    return type->size == IR_SIZE_UNKNOWN ? 0 : type->size;
}

/* The type whose sizeof the size was multiplied with, or NULL. */
static const struct ir_type *size_unit(const struct event *event, const struct ir_op *op, int depth)
{
    const struct ir_function *function = rule_function(event);
    if (!op || depth > 4)
        return NULL;
    if (op->code == IR_SIZEOF && op->aux != IR_NONE)
        return &rule_unit(event)->types.data[op->aux];
    if (op->code == IR_CAST)
        return size_unit(event, &function->ops.data[op->a], depth + 1);
    if (op->code != IR_BINARY || op->sub != IR_MUL)
        return NULL;
    const struct ir_type *left = size_unit(event, &function->ops.data[op->a], depth + 1);
    return left ? left : size_unit(event, &function->ops.data[op->b], depth + 1);
}

/* Does the object that the pointer points to begin with a member of that type? */
static bool is_first_member(const struct event *event, const struct model_effect *effect,
                            const struct ir_type *member)
{
    const struct ir_op *pointer =
        effect->pointer >= 0 ? rule_argument(event, (size_t)effect->pointer) : NULL;
    const struct ir_unit *unit = rule_unit(event);
    ir_id at =
        pointer && pointer->type != IR_NONE ? unit->types.data[pointer->type].element : IR_NONE;
    for (int depth = 0; at != IR_NONE && depth < 8; depth++) {
        const struct ir_type *type = &unit->types.data[at];
        if (depth &&
            (type == member || (member->kind == IR_TYPE_RECORD && type->record == member->record)))
            return true;
        if (type->kind != IR_TYPE_RECORD)
            return false;
        const struct ir_record *record = &unit->records.data[type->record];
        at = record->fields.len && record->fields.data[0].offset == 0 ? record->fields.data[0].type
                                                                      : IR_NONE;
    }
    return false;
}

static const char *slip_of(const struct event *event, const struct model_effect *effect)
{
    const struct ir_op *size =
        effect->size.args[0] >= 0 ? rule_argument(event, (size_t)effect->size.args[0]) : NULL;
    uint64_t element = element_size(event, effect);
    const struct ir_type *unit = size_unit(event, size, 0);
    if (size && size->code == IR_SIZEOF && unit && is_first_member(event, effect, unit))
        return NULL;
    if (size && size->code == IR_SIZEOF && unit && unit->kind == IR_TYPE_POINTER &&
        rule_below(event, event->size, event->block.size))
        return "it is the size of a pointer";
    if (size && size->code == IR_SIZEOF && unit && unit->kind == IR_TYPE_RECORD &&
        unit->size != element && rule_below(event, event->size, event->block.size))
        return "it is the size of the object that owns the buffer";
    if (element < 2)
        return NULL;
    if (!unit && rule_product(event, event->size, (int64_t)element) == event->block.size)
        return "it counts elements, not bytes";
    if (unit && unit->size != IR_SIZE_UNKNOWN && unit->size > 0 && unit->size < element &&
        rule_product(event, event->size, (int64_t)(element / unit->size)) == event->block.size &&
        element % unit->size == 0)
        return "it is made with the size of another type";
    return NULL;
}

static void hear(const struct rule *rule, struct event *event)
{
    int64_t zero;
    if (event->kind != EVENT_REGISTER || event->fails || event->size == VALUE_NONE ||
        event->block.size == VALUE_NONE || event->block.life != BLOCK_LIVE ||
        rule_variable_is_pointer(event))
        return;
    const struct model_effect *effect = rule_effect(event, MODEL_REGISTERS);
    /* where a member lies is not known, but not before its object */
    value_id end =
        event->offset == VALUE_NONE ? event->size : rule_sum(event, event->offset, event->size);
    if (rule_below(event, event->block.size, end)) {
        rule_report(rule, event, rule->level, 0,
                    "the size given to '%s' exceeds the object: it reaches into what lies behind",
                    event->call);
        return;
    }
    if (!effect || event->offset == VALUE_NONE || !rule_number(event, event->offset, &zero) ||
        zero != 0)
        return;
    const char *slip = slip_of(event, effect);
    if (slip)
        rule_report(rule, event, rule->level, 0,
                    "the size given to '%s' covers only a part of the object: %s", event->call,
                    slip);
}

const struct rule rule_size_mismatch = {
    .name = "size-mismatch",
    .level = LEVEL_WARNING,
    .summary = "registers more or less than the object by a slip of units",
    .hear = hear,
};
