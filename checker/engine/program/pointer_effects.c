/* What calls through pointers may do. */
#include "engine/program/flow_effects.h"

static void add_stored(struct effects_pass *pass, uint32_t unit, ir_id function)
{
    const uint32_t number = program_number(pass->program, unit, function);
    const size_t count = pass->program->functions.data[number].ir->param_types.len;
    if (count >= MOST_STORED_PARAMETERS)
        return;
    number_list *stored = &pass->stored[count];
    for (size_t i = 0; i < stored->len; i++)
        if (stored->data[i] == number)
            return;
    vec_push(pass->arena, stored, number);
}

static void find_in_function(struct effects_pass *pass, const struct program_function *entry)
{
    for (size_t i = 0; i < entry->ir->ops.len; i++) {
        const struct ir_op *op = &entry->ir->ops.data[i];
        const struct ir_op *what = op->code == IR_STORE ? ir_behind_casts(entry->ir, op->b) : NULL;
        if (what && what->code == IR_ADDR_FUNCTION)
            add_stored(pass, entry->unit, what->aux);
    }
}

void effects_find_stored(struct effects_pass *pass)
{
    const struct program *program = pass->program;
    for (size_t i = 0; i < program->functions.len; i++)
        find_in_function(pass, &program->functions.data[i]);
    for (size_t i = 0; i < program->globals.len; i++) {
        const struct program_global *table = &program->globals.data[i];
        for (size_t j = 0; j < table->ir->parts.len; j++)
            if (table->ir->parts.data[j].kind == IR_PART_FUNCTION)
                add_stored(pass, table->unit, table->ir->parts.data[j].function);
    }
}

uint32_t effects_of_stored(const struct effects_pass *pass, const struct ir_function *function,
                           const struct ir_call *call)
{
    const struct ir_op *pointer =
        call->callee == IR_NONE ? NULL : ir_behind_casts(function, call->callee);
    const struct ir_op *place =
        pointer && pointer->code == IR_LOAD ? ir_behind_casts(function, pointer->a) : NULL;
    uint32_t effects = 0;
    if (!place || (place->code != IR_FIELD && place->code != IR_INDEX) ||
        call->args.len >= MOST_STORED_PARAMETERS)
        return 0;
    const number_list *stored = &pass->stored[call->args.len];
    for (size_t i = 0; i < stored->len; i++)
        effects |= effects_of_number(pass, stored->data[i]);
    return effects & ~(uint32_t)(FLOW_LEAVES | FLOW_MAY_EXIT); /* it may be another one */
}

uint32_t effects_of_held(const struct effects_pass *pass, uint32_t unit,
                         const struct ir_function *function)
{
    const struct program *program = pass->program;
    uint32_t effects = FLOW_CALLS_UNKNOWN | FLOW_WRITES;
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        if (op->code == IR_ADDR_FUNCTION)
            effects |= effects_of_function(pass, unit, op->aux);
        if (op->code != IR_ADDR_GLOBAL)
            continue;
        const char *key = program_global_key(&program->units[unit]->globals.data[op->aux]);
        const struct program_global *table = program_global(program, key);
        for (size_t j = 0; j < table->ir->parts.len; j++)
            if (table->ir->parts.data[j].kind == IR_PART_FUNCTION)
                effects |=
                    effects_of_function(pass, table->unit, table->ir->parts.data[j].function);
    }
    return effects & ~(uint32_t)(FLOW_LEAVES | FLOW_MAY_EXIT); /* it may be another one */
}
