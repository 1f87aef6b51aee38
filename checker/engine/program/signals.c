/* Volatile variables that a function sets which others call when they like: a signal handler, a
 * thread. No statement of the path changes them, and each read may find another value. */
#include "engine/program/signals.h"

static void note_stores(struct engine *engine, const struct program_function *handler)
{
    const struct ir_function *function = handler->ir;
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        if (op->code != IR_STORE || function->ops.data[op->a].code != IR_ADDR_GLOBAL)
            continue;
        const struct ir_global *global = &handler->in->globals.data[function->ops.data[op->a].aux];
        if (global->is_volatile)
            map_set(&engine->set_by_others, global->key, 1);
    }
}

/* Who has the address of a function may call it. */
void signals_collect(struct engine *engine)
{
    for (size_t f = 0; f < engine->program.functions.len; f++) {
        const struct program_function *function = &engine->program.functions.data[f];
        if (function->is_address_taken && function->flow)
            note_stores(engine, function);
    }
}

bool signal_may_set(const struct engine *engine, value_id address)
{
    const struct value *value = value_at(&engine->values, address);
    if (!engine->set_by_others.len || value->kind != VALUE_ADDRESS)
        return false;
    const struct region *region = region_at(&engine->values, value->a);
    return region->kind == REGION_GLOBAL &&
           map_get(&engine->set_by_others, name_text(&engine->values, region->a)) != MAP_NONE;
}
