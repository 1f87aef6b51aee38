/* Which flags the program looks at twice, or sets and looks at. Only of those can a path take two
 * answers (gates.c). */
#include "engine/program/ahead.h"
#include "engine/state/memory.h"
#include "engine/unseen/gates.h"

/* The member or global that the operation reads or sets, or what it calls; 0: nothing. */
static uint32_t name_looked_at(const struct ir_unit *unit, const struct ir_function *function,
                               const struct ir_op *op)
{
    if (op->code == IR_CALL)
        return name_of_op(unit, op);
    return op->code == IR_LOAD || op->code == IR_STORE
               ? name_of_op(unit, &function->ops.data[op->a])
               : 0;
}

static void count(struct engine *engine, uint32_t what, uint32_t times)
{
    uint32_t known = map_get_u64(&engine->gate_readers, what);
    map_set_u64(&engine->gate_readers, what, (known == MAP_NONE ? 0 : known) + times);
}

/* An address that is kept, or handed on: how often the flag is looked at there, nobody counts. */
static void count_address(struct engine *engine, const struct program_function *function,
                          ir_value operand)
{
    if (operand == IR_NONE)
        return;
    const struct ir_op *op = &function->ir->ops.data[operand];
    uint32_t name = op->code == IR_CALL ? 0 : name_of_op(function->in, op);
    if (name)
        count(engine, name, 2);
}

static void count_addresses(struct engine *engine, const struct program_function *function,
                            const struct ir_op *op)
{
    if (op->code == IR_STORE)
        count_address(engine, function, op->b);
    for (size_t i = 0; op->call && i < op->call->args.len; i++)
        count_address(engine, function, op->call->args.data[i]);
}

/* What is called may be called several times. */
static void count_in(struct engine *engine, const struct program_function *function)
{
    uint32_t times = function->is_called || function->is_address_taken ? 2 : 1;
    for (size_t i = 0; i < function->ir->ops.len; i++) {
        uint32_t name = name_looked_at(function->in, function->ir, &function->ir->ops.data[i]);
        if (name)
            count(engine, name, times);
        count_addresses(engine, function, &function->ir->ops.data[i]);
    }
}

void gate_readers_count(struct engine *engine)
{
    engine->gate_readers = (struct map){.arena = engine->lasting};
    for (size_t i = 0; i < engine->program.functions.len; i++)
        if (engine->program.functions.data[i].flow)
            count_in(engine, &engine->program.functions.data[i]);
}

static bool are_several(const struct engine *engine, uint32_t what)
{
    uint32_t known = map_get_u64(&engine->gate_readers, what);
    return known != MAP_NONE && known > 1;
}

bool gate_is_read_twice(const struct engine *engine, value_id place)
{
    uint32_t name = place_name(&engine->values, place);
    return !name || are_several(engine, name);
}

bool gate_is_asked_twice(const struct engine *engine, const struct ir_function *callee)
{
    return are_several(engine, name_of_callee(callee));
}

uint32_t gate_name_of_symbol(const struct engine *engine, value_id symbol)
{
    const struct symbol *of = symbol_of(&engine->values, symbol);
    uint32_t name = MAP_NONE;
    if (of->kind == SYMBOL_RESULT)
        name = map_get_u64(&engine->asked_by, symbol);
    const value_id place = memory_found_at(engine, symbol);
    if (place != VALUE_NONE)
        name = place_name(&engine->values, place);
    return name == MAP_NONE ? 0 : name;
}
