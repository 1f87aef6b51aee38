/* Static locals that only their own functions read and write: their address goes nowhere. Code out
 * of sight changes them only by calling back, and then does what the function does besides: a flag
 * "is it registered yet?" and the registration stay in step. */
#include "engine/program/confined.h"

static void expose(struct program *program, const struct ir_unit *unit, ir_id global)
{
    program_global(program, program_global_key(&unit->globals.data[global]))->is_confined = false;
}

static void note_exposed(struct program *program, const struct ir_unit *unit,
                         const struct ir_function *function, ir_value value)
{
    if (value != IR_NONE && function->ops.data[value].code == IR_ADDR_GLOBAL)
        expose(program, unit, function->ops.data[value].aux);
}

/* An address is a value like any other wherever it is not read or written through. */
static void look_at_op(struct program *program, const struct ir_unit *unit,
                       const struct ir_function *function, const struct ir_op *op)
{
    if (op->code != IR_LOAD && op->code != IR_STORE)
        note_exposed(program, unit, function, op->a);
    note_exposed(program, unit, function, op->b);
    const struct ir_call *call = op->call;
    if (!call)
        return;
    note_exposed(program, unit, function, call->into);
    for (size_t i = 0; i < call->args.len; i++)
        note_exposed(program, unit, function, call->args.data[i]);
}

static void look_at_function(struct program *program, const struct ir_unit *unit,
                             const struct ir_function *function)
{
    for (size_t i = 0; i < function->ops.len; i++)
        look_at_op(program, unit, function, &function->ops.data[i]);
    for (size_t b = 0; b < function->blocks.len; b++)
        note_exposed(program, unit, function, function->blocks.data[b].value);
}

static void look_at_data(struct program *program, const struct ir_unit *unit,
                         const struct ir_global *global)
{
    for (size_t i = 0; i < global->parts.len; i++)
        if (global->parts.data[i].global != IR_NONE)
            expose(program, unit, global->parts.data[i].global);
}

void confined_find(struct program *program)
{
    for (size_t i = 0; i < program->globals.len; i++)
        program->globals.data[i].is_confined = program->globals.data[i].ir->is_function_local;
    for (uint32_t u = 0; u < program->unit_count; u++) {
        const struct ir_unit *unit = program->units[u];
        for (size_t i = 0; i < unit->functions.len; i++)
            look_at_function(program, unit, &unit->functions.data[i]);
        for (size_t i = 0; i < unit->globals.len; i++)
            look_at_data(program, unit, &unit->globals.data[i]);
    }
}
