/* Which flags the program looks at twice, or sets and looks at. Only of those can a path take two
 * answers (gates.c). */
#include "engine/call.h"

#include <string.h>

static uint64_t hash_of_name(const char *name)
{
    return hash_bytes(name, strlen(name));
}

static uint64_t hash_of_callee(const struct ir_function *callee)
{
    return hash_of_name(callee->qualified) ^ 1U;
}

/* The name of the member or variable that the operation reads or sets, or NULL. */
static const char *name_used(const struct ir_unit *unit, const struct ir_function *function,
                             const struct ir_op *op)
{
    if (op->code != IR_LOAD && op->code != IR_STORE)
        return NULL;
    const struct ir_op *address = &function->ops.data[op->a];
    if (address->code == IR_FIELD)
        return address->text;
    if (address->code != IR_ADDR_GLOBAL)
        return NULL;
    const struct ir_global *global = &unit->globals.data[address->aux];
    return global->key ? global->key : global->qualified;
}

static void count(struct engine *engine, uint64_t what, uint32_t times)
{
    uint32_t known = map_get_u64(&engine->gate_readers, what);
    map_set_u64(&engine->gate_readers, what, (known == MAP_NONE ? 0 : known) + times);
}

/* What is called may be called several times. */
static void count_in(struct engine *engine, const struct program_function *function)
{
    uint32_t times = function->is_called || function->is_address_taken ? 2 : 1;
    for (size_t i = 0; i < function->ir->ops.len; i++) {
        const struct ir_op *op = &function->ir->ops.data[i];
        const char *name = name_used(function->in, function->ir, op);
        if (name)
            count(engine, hash_of_name(name), times);
        if (op->code == IR_CALL && op->call->function != IR_NONE)
            count(engine, hash_of_callee(&function->in->functions.data[op->call->function]), times);
    }
}

void gate_readers_count(struct engine *engine)
{
    engine->gate_readers = (struct map){.arena = engine->lasting};
    for (size_t i = 0; i < engine->program.functions.len; i++)
        if (engine->program.functions.data[i].flow)
            count_in(engine, &engine->program.functions.data[i]);
}

static bool are_several(const struct engine *engine, uint64_t what)
{
    uint32_t known = map_get_u64(&engine->gate_readers, what);
    return known != MAP_NONE && known > 1;
}

bool gate_is_read_twice(const struct engine *engine, value_id place)
{
    const struct value *value = value_at(&engine->values, place);
    if (value->kind != VALUE_ADDRESS)
        return true;
    const struct region *region = region_at(&engine->values, value->a);
    if (region->kind != REGION_FIELD && region->kind != REGION_GLOBAL)
        return true;
    uint32_t name = region->kind == REGION_FIELD ? region->b : region->a;
    return are_several(engine, hash_of_name(name_text(&engine->values, name)));
}

bool gate_is_asked_twice(const struct engine *engine, const struct ir_function *callee)
{
    return are_several(engine, hash_of_callee(callee));
}
