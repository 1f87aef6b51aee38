/* The registrations of a path. */
#include "engine/state/registrations.h"

#include "engine/state/blocks.h"
#include "engine/state/constraint.h"

const struct registration *registration_at(const struct engine *engine, uint64_t key)
{
    return table_at(&engine->registrations, (uint32_t)key);
}

/* At NULL the call fails, and with 0 bytes. Nobody asked: it is no choice of the path. */
static void assume_registered(struct engine *engine, struct state *state,
                              const struct registration *record)
{
    const uint32_t flags = state->flags;
    assume(engine, state, record->address, true);
    if (record->size != VALUE_NONE)
        assume(engine, state, compare(engine, IR_NE, record->size, value_int(&engine->values, 0)),
               true);
    state->flags = flags;
}

void registration_add(struct engine *engine, struct state *state, struct registration record)
{
    uint32_t key = table_intern(&engine->registrations, &record);
    state->registrations = pmap_set(engine->arena, state->registrations, key, 1);
    if (record.status == VALUE_NONE)
        assume_registered(engine, state, &record);
}

void registrations_doubt(struct engine *engine, struct state *state, pmap registrations,
                         value_id status)
{
    struct pmap_iter iter = pmap_begin(registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        if (registration_at(engine, key)->status == status)
            block_add_flags(engine, state, registration_at(engine, key)->block, BLOCK_REG_UNKNOWN);
}

void registrations_doubt_all(struct engine *engine, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        block_add_flags(engine, state, registration_at(engine, key)->block, BLOCK_REG_UNKNOWN);
}

bool registration_find(const struct engine *engine, const struct state *state, value_id block,
                       struct registration *found)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        if (registration_at(engine, key)->block == block) {
            *found = *registration_at(engine, key);
            return true;
        }
    return false;
}

void registrations_drop(struct engine *engine, struct state *state, value_id block)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        if (registration_at(engine, key)->block == block)
            state->registrations = pmap_remove(engine->arena, state->registrations, key);
}

void block_doubt(struct engine *engine, struct state *state, value_id block)
{
    registrations_drop(engine, state, block);
    block_add_flags(engine, state, block, BLOCK_QUERIED | BLOCK_REG_UNKNOWN);
}
