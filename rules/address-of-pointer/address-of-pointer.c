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

const struct rule rule_address_of_pointer = {
    .name = "address-of-pointer",
    .level = LEVEL_WARNING,
    .summary = "registers a pointer variable in place of its buffer",
    .hear = hear,
};
