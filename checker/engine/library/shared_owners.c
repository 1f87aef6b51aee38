/* Several owners of one object: how many there are. They share a block of the engine's own, which
 * holds the number; each names it in its part "(shared)": 0 is nobody else, 1 an unknown number. */
#include "engine/library/objects.h"
#include "engine/pairs/deleters.h"
#include "engine/state/blocks.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"

enum { UNCOUNTED = 1 };

static value_id shared_part(struct engine *engine, value_id owner)
{
    return part_address(engine, owner, "(shared)");
}

static void set_shared(struct engine *engine, struct state *state, value_id owner, value_id with)
{
    memory_store(engine, state, shared_part(engine, owner), with);
}

/* Was the object made on this path, so that all of its owners are in sight? */
static bool is_followed(struct engine *engine, const struct state *state, value_id pointer)
{
    value_id offset, base = value_base(&engine->values, pointer, &offset);
    struct block block;
    return base != VALUE_NONE && block_get(engine, state, base, &block) &&
           (block.flags & BLOCK_OWN) && !(block.flags & BLOCK_ESCAPED);
}

/* The number that owners share; false: it is not known any more. */
static bool count_at(struct engine *engine, const struct state *state, value_id group,
                     int64_t *count)
{
    value_id content;
    return is_followed(engine, state, group) && memory_peek(state, group, &content) &&
           value_is_int(&engine->values, content, count);
}

static void set_count(struct engine *engine, struct state *state, value_id group, int64_t count)
{
    memory_store(engine, state, group, value_int(&engine->values, count));
}

static value_id new_group(struct engine *engine, struct state *state, value_id object,
                          value_id source)
{
    struct symbol symbol = {.kind = SYMBOL_BLOCK,
                            .is_pointer = 1,
                            .bits = 64,
                            .origin = hash_u64(((uint64_t)object << 32) | source) ^ 53};
    value_id group = value_symbol(&engine->values, symbol);
    struct block block = block_blank(PROVENANCE_UNKNOWN);
    block.flags = BLOCK_OWN;
    block_set(engine, state, group, block);
    return group;
}

/* Another owner joins those that the source is one of. False: they are not counted. */
static bool join(struct engine *engine, struct state *state, value_id object, value_id source,
                 value_id pointer)
{
    value_id group = 0;
    int64_t count = 1;
    if (!is_followed(engine, state, pointer) && !owner_is_of_null(engine, state, source))
        return false;
    if (!memory_peek(state, shared_part(engine, source), &group) || group == 0)
        group = new_group(engine, state, object, source);
    else if (!count_at(engine, state, group, &count))
        return false;
    set_count(engine, state, group, count + 1);
    set_shared(engine, state, object, group);
    set_shared(engine, state, source, group);
    return true;
}

void owner_share_uncounted(struct engine *engine, struct state *state, value_id object,
                           value_id source, value_id pointer)
{
    value_id group;
    if (memory_peek(state, shared_part(engine, source), &group))
        escape(engine, state, group); /* the number is wrong from here on */
    escape(engine, state, pointer);
    set_shared(engine, state, object, value_int(&engine->values, UNCOUNTED));
    set_shared(engine, state, source, value_int(&engine->values, UNCOUNTED));
}

void owner_watch(struct engine *engine, struct state *state, value_id watcher, value_id source,
                 value_id pointer)
{
    if (join(engine, state, watcher, source, pointer)) {
        value_id group = VALUE_NONE;
        int64_t count = 0;
        memory_peek(state, shared_part(engine, watcher), &group);
        if (count_at(engine, state, group, &count))
            set_count(engine, state, group, count - 1); /* it is none of them */
        return;
    }
    escape(engine, state, pointer);
    set_shared(engine, state, watcher, value_int(&engine->values, UNCOUNTED));
}

enum owners_left owner_watched(struct engine *engine, const struct state *state, value_id watcher)
{
    value_id group;
    int64_t count;
    if (!memory_peek(state, shared_part(engine, watcher), &group) || group == 0)
        return OWNERS_NONE;
    if (!count_at(engine, state, group, &count))
        return OWNERS_UNKNOWN;
    return count > 0 ? OWNERS_SOME : OWNERS_NONE;
}

void owner_share(struct engine *engine, struct state *state, value_id object, value_id source,
                 value_id pointer)
{
    if (value_is_int(&engine->values, pointer, NULL) && !owner_is_of_null(engine, state, source))
        return; /* of nothing */
    deleters_shared(engine, source);
    if (!join(engine, state, object, source, pointer))
        owner_share_uncounted(engine, state, object, source, pointer);
}

enum owners_left owner_leave(struct engine *engine, struct state *state, value_id object,
                             value_id pointer)
{
    value_id group;
    int64_t count;
    if (!memory_peek(state, shared_part(engine, object), &group))
        return pointer == 0 || is_followed(engine, state, pointer) ? OWNERS_NONE : OWNERS_UNKNOWN;
    if (group == 0)
        return OWNERS_NONE;
    set_shared(engine, state, object, 0);
    if (!count_at(engine, state, group, &count))
        return OWNERS_UNKNOWN;
    set_count(engine, state, group, count - 1);
    return count > 1 ? OWNERS_SOME : OWNERS_NONE;
}
