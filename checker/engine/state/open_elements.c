/* Elements of arrays that a path has no number for: a[k] may be a[0]. */
#include "engine/state/open_elements.h"

#include "engine/state/blocks.h"
#include "engine/state/holders.h"
#include "engine/state/ranges.h"
#include "engine/state/registrations.h"
#include "engine/value/pmap.h"

/* Does the way to the place lead through an array, to an element of which no number is known? */
static bool is_open(const struct engine *engine, value_id address)
{
    for (;;) {
        const struct value *place = value_at(&engine->values, address);
        if (place->kind != VALUE_ADDRESS)
            return false;
        if (!value_is_int(&engine->values, place->b, NULL))
            return true;
        const struct region *region = region_at(&engine->values, place->a);
        if (region->kind != REGION_FIELD)
            return false;
        address = region->a;
    }
}

void open_elements_note(struct engine *engine, value_id address, value_id base)
{
    if (base != VALUE_NONE && base != address && is_open(engine, address))
        map_set_u64(&engine->open_arrays, base, 1);
}

/* What is registered of the blocks that the array leads to is not known once an element was looked
 * at that may be any of them. */
static void doubt_kept(struct engine *engine, struct state *state, value_id array)
{
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t block, number; pmap_next(&iter, &block, &number);)
        if (holders_lead(engine, state, array, (value_id)block))
            block_doubt(engine, state, (value_id)block);
}

/* As long as all that was written there is what was there before, it does not matter where. */
static bool is_zero(const struct engine *engine, value_id content)
{
    int64_t number;
    return content != VALUE_NONE && value_is_int(&engine->values, content, &number) && number == 0;
}

uint64_t open_elements_written(struct engine *engine, struct state *state, value_id address,
                               value_id base)
{
    if (base == VALUE_NONE)
        return 0;
    const bool any = is_open(engine, address);
    if (!any && map_get_u64(&engine->open_arrays, base) == MAP_NONE)
        return 0;
    const uint32_t member = value_last_member(&engine->values, address);
    uint64_t moment = 0;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        value_id offset, other = (value_id)cell;
        if (other != address && value_base(&engine->values, other, &offset) == base &&
            value_last_member(&engine->values, other) == member &&
            (any || is_open(engine, other)) && !is_zero(engine, (value_id)content))
            moment = hash_pair(moment, hash_pair(cell, content)) | 1;
    }
    if (moment)
        doubt_kept(engine, state, base);
    return moment;
}

static void asked(struct engine *engine, struct state *state, value_id value)
{
    int64_t scale, shift;
    value_id offset, content = ranges_canonical(engine, value, &scale, &shift);
    const struct symbol *symbol =
        content == VALUE_NONE ? NULL : symbol_of(&engine->values, content);
    if (!symbol || symbol->kind != SYMBOL_CONTENT)
        return;
    const value_id address = map_get_u64(&engine->made_of, content);
    if (address != (value_id)MAP_NONE && is_open(engine, address))
        open_elements_written(engine, state, address,
                              value_base(&engine->values, address, &offset));
}

void open_elements_asked(struct engine *engine, struct state *state, value_id condition)
{
    const struct value value = *value_at(&engine->values, condition);
    if (value.kind != VALUE_COMPARISON) {
        asked(engine, state, condition);
        return;
    }
    asked(engine, state, value.a);
    asked(engine, state, value.b);
}

/* Does an element at an unknown index keep the block, or what leads to it? */
static bool is_kept_openly(struct engine *engine, const struct state *state, value_id block)
{
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        if (content == VALUE_NONE || !is_open(engine, (value_id)cell))
            continue;
        value_id kept = value_base_of_number(&engine->values, (value_id)content);
        if (kept != VALUE_NONE && (kept == block || holders_lead(engine, state, kept, block)))
            return true;
    }
    return false;
}

void open_elements_doubt(struct engine *engine, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        const value_id block = registration_at(engine, key)->block;
        if (is_kept_openly(engine, state, block))
            block_doubt(engine, state, block);
    }
}
