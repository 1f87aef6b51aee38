#include "engine/state/fills.h"

#include "engine/state/memory.h"
#include "engine/value/pmap.h"

/* Set in the key of a fill that is about the one object at an address, not about all elements of
 * the array that begins there. */
#define ONE_OBJECT ((uint64_t)1 << 32)

/* The two low bits tell fills apart: 1 is FILL_ZERO, those of copies are numbers of engine->copies
 * above two clear bits, any other has the second one set and is the moment itself. */
enum { COPY_SHIFT = 2, COPY_MASK = 3, UNKNOWN_BIT = 2 };

struct copy {
    uint64_t from; /* value_id; as wide as the other, so that no padding is compared */
    uint64_t moment;
};

struct found {
    uint64_t fill;
    value_id object;
};

void fill_begin(struct engine *engine)
{
    table_init(&engine->copies, engine->arena, sizeof(struct copy));
}

static bool is_copy(uint64_t fill)
{
    return (fill & COPY_MASK) == 0;
}

static struct copy copy_at(const struct engine *engine, uint64_t fill)
{
    return *(const struct copy *)table_at(&engine->copies, (uint32_t)(fill >> COPY_SHIFT) - 1);
}

static uint64_t copy_of(struct engine *engine, value_id from, uint64_t moment)
{
    uint32_t number = table_intern(&engine->copies, &(struct copy){.from = from, .moment = moment});
    return ((uint64_t)number + 1) << COPY_SHIFT;
}

static bool find_at(const struct state *state, value_id address, struct found *found)
{
    found->object = address;
    return pmap_get(state->fill, address | ONE_OBJECT, &found->fill) ||
           pmap_get(state->fill, address, &found->fill);
}

/* The innermost enclosing object whose unwritten contents are known to be something. */
static bool find(struct engine *engine, const struct state *state, value_id address,
                 struct found *found)
{
    if (!state->fill)
        return false;
    for (;;) {
        if (find_at(state, address, found))
            return true;
        region_id region;
        value_id offset;
        if (!value_as_address(&engine->values, address, &region, &offset))
            return false;
        found->object = value_address(&engine->values, region, 0);
        if (found->object != address && pmap_get(state->fill, found->object, &found->fill))
            return true;
        const struct region *r = region_at(&engine->values, region);
        if (r->kind != REGION_FIELD)
            return false;
        address = r->a;
    }
}

/* Where the content lay before the object was copied; the moment is that of the original. */
static struct unwritten original(struct engine *engine, value_id address, struct found found)
{
    struct unwritten unwritten = {.place = address, .moment = found.fill};
    if (!is_copy(found.fill))
        return unwritten;
    struct copy copy = copy_at(engine, found.fill);
    value_id place = value_rebase(&engine->values, address, found.object, (value_id)copy.from);
    if (place != VALUE_NONE)
        unwritten = (struct unwritten){.place = place, .moment = copy.moment};
    return unwritten;
}

static bool is_local(const struct engine *engine, value_id base)
{
    return base != VALUE_NONE && memory_region_kind(engine, base) == REGION_LOCAL;
}

struct unwritten fill_unwritten(struct engine *engine, const struct state *state, value_id address,
                                value_id base)
{
    struct found found;
    if (!find(engine, state, address, &found))
        return (struct unwritten){.kind = is_local(engine, base) ? UNWRITTEN_UNINITIALISED
                                                                 : UNWRITTEN_UNKNOWN,
                                  .place = address,
                                  .moment = state->epoch};
    if (found.fill == FILL_ZERO)
        return (struct unwritten){.kind = UNWRITTEN_ZERO};
    return original(engine, address, found);
}

bool fill_is_zero_at(struct engine *engine, const struct state *state, value_id address)
{
    struct found found;
    return find(engine, state, address, &found) && found.fill == FILL_ZERO;
}

/* What was known of the object, and of its parts; of the other elements of an array, it stays. */
static void remove_inner(struct engine *engine, struct state *state, value_id object, bool is_whole)
{
    struct pmap_iter iter = pmap_begin(state->fill);
    for (uint64_t key, fill; pmap_next(&iter, &key, &fill);)
        if ((is_whole || key != object) &&
            value_is_within(&engine->values, fill_object(key), object))
            state->fill = pmap_remove(engine->arena, state->fill, key);
}

void fill_set(struct engine *engine, struct state *state, value_id address, bool is_whole,
              uint64_t fill)
{
    remove_inner(engine, state, address, is_whole);
    state->fill =
        pmap_set(engine->arena, state->fill, is_whole ? address : address | ONE_OBJECT, fill);
}

uint64_t fill_unknown(uint64_t salt, uint64_t address)
{
    return hash_pair(salt, address) | UNKNOWN_BIT;
}

uint64_t fill_of_copy(struct engine *engine, const struct state *state, value_id from)
{
    value_id offset;
    struct unwritten unwritten =
        fill_unwritten(engine, state, from, value_base(&engine->values, from, &offset));
    switch (unwritten.kind) {
    case UNWRITTEN_ZERO:
        return FILL_ZERO;
    case UNWRITTEN_UNINITIALISED:
        return fill_unknown(from, state->epoch);
    case UNWRITTEN_UNKNOWN:
        break;
    }
    return copy_of(engine, unwritten.place, unwritten.moment);
}

void fill_remove(struct engine *engine, struct state *state, value_id address)
{
    state->fill = pmap_remove(engine->arena, state->fill, address);
    state->fill = pmap_remove(engine->arena, state->fill, address | ONE_OBJECT);
}

void fill_leave(struct engine *engine, struct state *state, context_id context)
{
    struct pmap_iter iter = pmap_begin(state->fill);
    for (uint64_t key, fill; pmap_next(&iter, &key, &fill);) {
        value_id offset, base = value_base(&engine->values, fill_object(key), &offset);
        const struct value *value = base == VALUE_NONE ? NULL : value_at(&engine->values, base);
        if (value && value->kind == VALUE_ADDRESS &&
            region_at(&engine->values, value->a)->kind == REGION_LOCAL &&
            region_at(&engine->values, value->a)->a == context)
            state->fill = pmap_remove(engine->arena, state->fill, key);
    }
}

value_id fill_object(uint64_t key)
{
    return (value_id)(key & ~ONE_OBJECT);
}

value_id fill_source(const struct engine *engine, uint64_t fill)
{
    return is_copy(fill) ? (value_id)copy_at(engine, fill).from : VALUE_NONE;
}

uint64_t fill_moment(const struct engine *engine, uint64_t fill)
{
    return is_copy(fill) ? copy_at(engine, fill).moment : fill;
}

uint64_t fill_with_moment(struct engine *engine, uint64_t fill, uint64_t moment)
{
    return copy_of(engine, fill_source(engine, fill), moment);
}
