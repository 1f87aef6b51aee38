/* Static locals that only their own functions read and write: their address goes nowhere. Code out
 * of sight changes them only by calling back, and then does what the function does besides: a flag
 * "is it registered yet?" and the registration stay in step. */
#include "engine/internal.h"

static uint32_t place_of(const struct engine *engine, const struct ir_unit *unit, ir_id global)
{
    const struct ir_global *declared = &unit->globals.data[global];
    return map_get(&engine->globals, declared->key ? declared->key : declared->qualified);
}

static void note_exposed(struct engine *engine, const struct ir_unit *unit,
                         const struct ir_function *function, ir_value value)
{
    if (value == IR_NONE || function->ops.data[value].code != IR_ADDR_GLOBAL)
        return;
    uint32_t place = place_of(engine, unit, function->ops.data[value].aux);
    if (place != MAP_NONE)
        engine->global_confined.data[place] = false;
}

/* An address is a value like any other wherever it is not read or written through. */
static void look_at_op(struct engine *engine, const struct ir_unit *unit,
                       const struct ir_function *function, const struct ir_op *op)
{
    if (op->code != IR_LOAD && op->code != IR_STORE)
        note_exposed(engine, unit, function, op->a);
    note_exposed(engine, unit, function, op->b);
    const struct ir_call *call = op->call;
    if (!call)
        return;
    note_exposed(engine, unit, function, call->into);
    for (size_t i = 0; i < call->args.len; i++)
        note_exposed(engine, unit, function, call->args.data[i]);
}

static void look_at_function(struct engine *engine, const struct ir_unit *unit,
                             const struct ir_function *function)
{
    for (size_t i = 0; i < function->ops.len; i++)
        look_at_op(engine, unit, function, &function->ops.data[i]);
    for (size_t b = 0; b < function->blocks.len; b++)
        note_exposed(engine, unit, function, function->blocks.data[b].value);
}

static void look_at_data(struct engine *engine, const struct ir_unit *unit,
                         const struct ir_global *global)
{
    for (size_t i = 0; i < global->parts.len; i++) {
        uint32_t place = MAP_NONE;
        if (global->parts.data[i].global != IR_NONE)
            place = place_of(engine, unit, global->parts.data[i].global);
        if (place != MAP_NONE)
            engine->global_confined.data[place] = false;
    }
}

void confined_find(struct engine *engine)
{
    for (size_t i = 0; i < engine->global_places.len; i++)
        vec_push(engine->lasting, &engine->global_confined,
                 engine->global_places.data[i]->is_function_local);
    for (uint32_t u = 0; u < engine->program.unit_count; u++) {
        const struct ir_unit *unit = engine->program.units[u];
        for (size_t i = 0; i < unit->functions.len; i++)
            look_at_function(engine, unit, &unit->functions.data[i]);
        for (size_t i = 0; i < unit->globals.len; i++)
            look_at_data(engine, unit, &unit->globals.data[i]);
    }
}

bool confined_is(const struct engine *engine, uint32_t place)
{
    return engine->global_confined.data[place];
}
