#include "engine/call/closed_calls.h"

#include "engine/call/targets.h"
#include "engine/pairs/kept.h"
#include "engine/state/constant_data.h"
#include "engine/state/constraint.h"
#include "engine/state/memory.h"

enum { DEEPEST_TABLE = 2 }; /* o->table->release */

static value_id address_of(struct engine *engine, const struct kept_constant *constant)
{
    return constant->is_function
               ? memory_function(engine, constant->unit, constant->id)
               : memory_global(engine, engine->program.units[constant->unit], constant->id);
}

static bool add_choices(struct engine *engine, const struct state *state, value_id value,
                        const struct ir_unit *unit, ir_id type, unsigned depth,
                        struct value_choices *choices);

/* The place lies in a table of which the path does not know which one it is. */
static bool add_of_tables(struct engine *engine, const struct state *state, value_id place,
                          const struct ir_unit *unit, ir_id type, unsigned depth,
                          struct value_choices *choices)
{
    value_id offset, table = value_base(&engine->values, place, &offset);
    struct value_choices tables = {0};
    if (table == VALUE_NONE || !add_choices(engine, state, table, unit, type, depth + 1, &tables))
        return false;
    for (size_t i = 0; i < tables.count; i++) {
        if (value_is_int(&engine->values, tables.data[i], NULL))
            continue; /* NULL is no table */
        value_id there = value_rebase(&engine->values, place, table, tables.data[i]);
        if (there == VALUE_NONE || !constant_choices(engine, state, there, unit, type, choices))
            return false;
    }
    return tables.count > 0;
}

/* All that the value, which the path found in memory, may be. */
static bool add_choices(struct engine *engine, const struct state *state, value_id value,
                        const struct ir_unit *unit, ir_id type, unsigned depth,
                        struct value_choices *choices)
{
    value_id place = memory_found_at(engine, value);
    if (place == VALUE_NONE || depth >= DEEPEST_TABLE)
        return false;
    const struct kept_constants *constants = kept_constants_at(engine, place);
    for (size_t i = 0; constants && i < constants->count; i++)
        if (!value_choices_add(choices, address_of(engine, &constants->data[i])))
            return false;
    return constants || constant_choices(engine, state, place, unit, type, choices) ||
           add_of_tables(engine, state, place, unit, type, depth, choices);
}

static bool does_the_same(const struct engine *engine, uint32_t one, uint32_t other)
{
    const uint32_t matters = FLOW_REGISTERS | FLOW_UNREGISTERS | FLOW_RELEASES | FLOW_ALLOCATES |
                             FLOW_OTHER | FLOW_CALLS_UNKNOWN;
    const struct flow *a = engine->program.functions.data[one].flow;
    const struct flow *b = engine->program.functions.data[other].flow;
    return one == other || (a && b && (a->all & matters) == (b->all & matters));
}

uint32_t closed_call_target(struct engine *engine, struct state *state, value_id pointer,
                            const struct ir_unit *unit, ir_id type)
{
    struct value_choices choices = {0};
    uint32_t found = MAP_NONE;
    if (!add_choices(engine, state, pointer, unit, type, 0, &choices))
        return MAP_NONE;
    for (size_t i = 0; i < choices.count; i++) {
        if (value_is_int(&engine->values, choices.data[i], NULL) ||
            decide(engine, state, compare(engine, IR_EQ, pointer, choices.data[i])) == TRUTH_FALSE)
            continue;
        uint32_t target = call_function_at(engine, choices.data[i]);
        if (target == MAP_NONE || (found != MAP_NONE && !does_the_same(engine, found, target)))
            return MAP_NONE;
        found = found == MAP_NONE ? target : found;
    }
    return found;
}
