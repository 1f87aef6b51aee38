#include "engine/pairs/always_registered.h"

#include "engine/clients/lifecycles.h"
#include "engine/pairs/keepers.h"
#include "engine/pairs/kept.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/state/registrations.h"

#include <string.h>

struct seen_place {
    value_id place;
    uint64_t key;
    value_id
        found; /* what lay there, and was unregistered; VALUE_NONE: something was stored there */
};

/* The elements of a container that is a member of a class. */
struct elements {
    uint32_t unit;
    const struct ir_record *record;
    const char *name; /* of the member */
};

struct always {
    struct map left;        /* keys of places that some path leaves registered memory in */
    struct map left_by;     /* ... key and root */
    struct map bare;        /* ... other memory, or nobody knows */
    struct map failed;      /* ... other memory after a call has failed */
    struct map undone_by;   /* key and root: the root unregisters what lies there */
    struct map given_to;    /* key and function: a caller has put other memory there for it */
    struct map of_elements; /* key -> index into `elements` */
    VEC(struct elements) elements;
    VEC(struct seen_place) seen; /* per root: what it stores in or unregisters */
    struct map is_seen;          /* ... place and what was found there -> index into `seen` */
};

void always_begin(struct engine *engine)
{
    struct always *always = arena_new_object(engine->lasting, struct always);
    struct map *const maps[] = {&always->left,       &always->left_by,   &always->bare,
                                &always->failed,     &always->undone_by, &always->given_to,
                                &always->of_elements};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        maps[i]->arena = engine->lasting;
    engine->always = always;
}

void always_begin_root(struct engine *engine)
{
    struct always *always = engine->always;
    memset(&always->seen, 0, sizeof always->seen);
    always->is_seen = (struct map){.arena = engine->arena};
}

static void note_bare(struct engine *engine, uint64_t key)
{
    map_set_u64(&engine->always->bare, key, 1);
}

/* What the paths that were not walked leave nobody knows. */
void always_end_root(struct engine *engine, bool is_whole)
{
    const struct always *always = engine->always;
    for (size_t i = 0; !is_whole && i < always->seen.len; i++)
        note_bare(engine, always->seen.data[i].key);
}

static uint64_t seen_pair(value_id place, value_id found)
{
    return ((uint64_t)place << 32) | found;
}

static void see(struct engine *engine, struct seen_place seen)
{
    struct always *always = engine->always;
    const uint64_t pair = seen_pair(seen.place, seen.found);
    if (map_get_u64(&always->is_seen, pair) != MAP_NONE)
        return;
    map_set_u64(&always->is_seen, pair, (uint32_t)always->seen.len);
    vec_push(engine->arena, &always->seen, seen);
}

/* The key of the pointers that a container, a private member, has as its elements; 0: the place is
 * none of those. Members of the elements are members of their own class. What owners among them
 * hold goes where another takes its place, and nothing tells whether one was there: m[key] =
 * std::move(p). */
static uint64_t key_of_element(struct engine *engine, const struct state *state, value_id place)
{
    enum { OF_ELEMENTS = 128 };
    struct always *always = engine->always;
    struct keeper keeper;
    if (!keeper_is_in_buffer(engine, place) || keeper_innermost_member(engine, place) ||
        !keeper_of_element(engine, state, place, &keeper) || !keeper.of_this || keeper.by_owner)
        return 0;
    const struct ir_record *record = keeper_class(engine);
    const struct ir_field *field = ir_field_named(record, keeper.name);
    uint64_t key = hash_pair(keeper_key(&keeper, true), OF_ELEMENTS);
    if (!field || !field->is_private)
        return 0;
    if (map_get_u64(&always->of_elements, key) == MAP_NONE) {
        map_set_u64(&always->of_elements, key, (uint32_t)always->elements.len);
        vec_push(engine->lasting, &always->elements,
                 ((struct elements){engine->program.functions.data[engine->root].unit, record,
                                    field->name}));
    }
    return key;
}

uint64_t always_key(struct engine *engine, const struct state *state, value_id place)
{
    uint64_t key = kept_key(engine, place);
    return key ? key : key_of_element(engine, state, place);
}

/* The place that the content was found in, when the path came by it. */
static value_id found_in(struct engine *engine, const struct state *state, value_id base,
                         uint64_t *key)
{
    const value_id place = memory_found_at(engine, base);
    *key = place == VALUE_NONE ? 0 : always_key(engine, state, place);
    return place;
}

static value_id content_of(struct engine *engine, const struct state *state, value_id place)
{
    value_id content, offset;
    return memory_peek(state, place, &content) ? value_base(&engine->values, content, &offset)
                                               : VALUE_NONE;
}

typedef void visit_key(struct engine *engine, uint64_t key, uint32_t function);

/* The places that hold the block, or that it was found in. */
static void visit_places(struct engine *engine, const struct state *state, value_id base,
                         visit_key *visit, uint32_t function)
{
    struct always *always = engine->always;
    uint64_t key;
    if (base == VALUE_NONE)
        return;
    value_id place = found_in(engine, state, base, &key);
    if (key) {
        see(engine, (struct seen_place){place, key, base});
        visit(engine, key, function);
    }
    for (size_t i = 0; i < always->seen.len; i++)
        if (content_of(engine, state, always->seen.data[i].place) == base)
            visit(engine, always->seen.data[i].key, function);
}

static void note_undone(struct engine *engine, uint64_t key, uint32_t root)
{
    map_set_u64(&engine->always->undone_by, hash_pair(key, root), 1);
}

static void note_given(struct engine *engine, uint64_t key, uint32_t function)
{
    map_set_u64(&engine->always->given_to, hash_pair(key, function), 1);
}

static void note_shown(struct engine *engine, uint64_t key, uint32_t function)
{
    (void)function; /* whoever it is */
    note_bare(engine, key);
}

void always_unregistered(struct engine *engine, const struct state *state, value_id pointer)
{
    value_id offset;
    visit_places(engine, state, value_base(&engine->values, pointer, &offset), note_undone,
                 engine->root);
}

void always_shown(struct engine *engine, const struct state *state, value_id pointer)
{
    value_id offset;
    visit_places(engine, state, value_base(&engine->values, pointer, &offset), note_shown,
                 engine->root);
}

/* Was it found in that place, by a path that has not unregistered it? */
static bool is_as_found(struct engine *engine, const struct state *state, value_id content,
                        uint64_t key)
{
    struct block block;
    uint64_t found;
    block_describe(engine, state, content, &block);
    found_in(engine, state, content, &found);
    return found == key && !(block.flags & (BLOCK_UNREGISTERED | BLOCK_ESCAPED));
}

static bool is_within(const struct engine *engine, site_id site, context_id outer)
{
    context_id context = site == SITE_NONE ? CONTEXT_NONE : site_at(engine, site)->context;
    while (context != CONTEXT_NONE && context != outer)
        context = context_at(engine, context)->parent;
    return context != CONTEXT_NONE;
}

/* A function that others call, and that is a root as well, was given the block unregistered: by one
 * that did not find it there when it began. */
void always_released(struct engine *engine, const struct event *release)
{
    const site_id undone =
        release->block.flags & BLOCK_UNREGISTERED ? release->block.unregistered_at : SITE_NONE;
    uint64_t key;
    found_in(engine, release->state, release->base, &key);
    if ((key && is_as_found(engine, release->state, release->base, key)) ||
        decide(engine, release->state, release->pointer) == TRUTH_FALSE) /* free(NULL) */
        return;
    for (context_id c = site_at(engine, release->site)->context;
         context_at(engine, c)->parent != CONTEXT_NONE; c = context_at(engine, c)->parent)
        if (engine_is_walkable(context_function(engine, c)) && !is_within(engine, undone, c) &&
            !is_within(engine, release->block.allocated, c))
            visit_places(engine, release->state, release->base, note_given,
                         context_at(engine, c)->function);
}

/* Objects of the path's own end with it. */
static bool goes_on(struct engine *engine, value_id place)
{
    value_id offset, object = value_base(&engine->values, place, &offset);
    return object == VALUE_NONE || memory_region_kind(engine, object) != REGION_LOCAL;
}

enum left { LEFT_NOTHING, LEFT_REGISTERED, LEFT_BARE };

static enum left left_in(struct engine *engine, const struct state *state,
                         const struct seen_place *seen)
{
    value_id content = content_of(engine, state, seen->place);
    if (content == VALUE_NONE && !memory_peek(state, seen->place, &content))
        content = seen->found; /* what lies there is not known any more: the same perhaps */
    struct registration registration;
    struct block block;
    if (content == VALUE_NONE || decide(engine, state, content) == TRUTH_FALSE)
        return LEFT_NOTHING;
    block_describe(engine, state, content, &block);
    if (registration_find(engine, state, content, &registration))
        return block.flags & BLOCK_REG_UNKNOWN ? LEFT_BARE : LEFT_REGISTERED;
    if (block.life != BLOCK_LIVE)
        return LEFT_NOTHING;
    /* what realloc makes of registered memory is its mistake, and no other memory */
    value_id before = block.moved_from == VALUE_NONE ? content : block.moved_from;
    return is_as_found(engine, state, before, seen->key) ? LEFT_NOTHING : LEFT_BARE;
}

/* What another member holds as well is undone by that name, perhaps. */
static void look_for_others(struct engine *engine, const struct state *state, value_id block,
                            uint64_t key)
{
    value_id offset;
    struct pmap_iter cells = pmap_begin(state->store);
    for (uint64_t cell, content; block != VALUE_NONE && pmap_next(&cells, &cell, &content);) {
        struct keeper keeper;
        if (value_base(&engine->values, (value_id)content, &offset) != block)
            continue;
        uint64_t other = always_key(engine, state, (value_id)cell);
        bool is_elsewhere = !other && keeper_of(engine, (value_id)cell, &keeper) &&
                            (keeper.is_static || keeper.of_this);
        if (is_elsewhere || (other && other != key))
            note_bare(engine, key);
        if (other && other != key)
            note_bare(engine, other);
    }
}

static void note_left(struct engine *engine, const struct state *state,
                      const struct seen_place *seen)
{
    struct always *always = engine->always;
    const struct program_function *root = &engine->program.functions.data[engine->root];
    const bool has_failed = state->flags & STATE_AFTER_FAILURE;
    if (root->ir->kind == IR_FUNCTION_DESTRUCTOR || lifecycles_is(root) ||
        !goes_on(engine, seen->place))
        return;
    switch (left_in(engine, state, seen)) {
    case LEFT_NOTHING:
        break;
    case LEFT_BARE:
        map_set_u64(has_failed ? &always->failed : &always->bare, seen->key, 1);
        break;
    case LEFT_REGISTERED:
        look_for_others(engine, state, content_of(engine, state, seen->place), seen->key);
        map_set_u64(&always->left, seen->key, 1);
        map_set_u64(&always->left_by, hash_pair(seen->key, engine->root), 1);
        break;
    }
}

void always_forgotten(struct engine *engine, const struct state *state, value_id place)
{
    const struct always *always = engine->always;
    uint32_t known = map_get_u64(&always->is_seen, seen_pair(place, VALUE_NONE));
    if (known != MAP_NONE)
        note_left(engine, state, &always->seen.data[known]);
}

void always_block_forgotten(struct engine *engine, const struct state *state, value_id block)
{
    const struct always *always = engine->always;
    for (size_t i = 0; i < always->seen.len; i++)
        if (always->seen.data[i].found == block)
            note_left(engine, state, &always->seen.data[i]);
}

void always_path_ends(struct engine *engine, const struct state *state)
{
    for (size_t i = 0; i < engine->always->seen.len; i++)
        note_left(engine, state, &engine->always->seen.data[i]);
}

/* Elements are moved and copied where no path follows: what is stored counts at once. */
static void note_element(struct engine *engine, const struct state *state, uint64_t key,
                         value_id value)
{
    struct always *always = engine->always;
    struct registration registration;
    value_id offset, base = value_base(&engine->values, value, &offset);
    if (value_is_int(&engine->values, value, NULL))
        return;
    if (base == VALUE_NONE || !registration_find(engine, state, base, &registration))
        note_bare(engine, key);
    else
        map_set_u64(&always->left, key, 1);
    look_for_others(engine, state, base, key);
}

void always_stored(struct engine *engine, const struct state *state, value_id place, value_id value)
{
    uint64_t key = kept_key(engine, place);
    if (key)
        see(engine, (struct seen_place){place, key, VALUE_NONE});
    else if ((key = key_of_element(engine, state, place)) != 0)
        note_element(engine, state, key, value);
}

static bool is_in_sight(struct engine *engine, uint64_t key)
{
    const struct always *always = engine->always;
    uint32_t known = map_get_u64(&always->of_elements, key);
    if (known == MAP_NONE)
        return kept_is_in_sight(engine, key);
    const struct elements *elements = &always->elements.data[known];
    return kept_container_is_in_sight(engine, elements->unit, elements->record, elements->name);
}

/* What is left after a failure may be another function's to free; not one's that registers anew. */
bool always_registered(struct engine *engine, uint64_t key, uint32_t root)
{
    const struct always *always = engine->always;
    return map_get_u64(&always->left, key) != MAP_NONE &&
           map_get_u64(&always->bare, key) == MAP_NONE &&
           map_get_u64(&always->undone_by, hash_pair(key, root)) == MAP_NONE &&
           map_get_u64(&always->given_to, hash_pair(key, root)) == MAP_NONE &&
           (map_get_u64(&always->failed, key) == MAP_NONE ||
            map_get_u64(&always->left_by, hash_pair(key, root)) != MAP_NONE) &&
           is_in_sight(engine, key);
}
