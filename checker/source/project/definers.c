#include "source/project/definers.h"

#include "source/text/definitions.h"
#include "support/map.h"
#include "support/nearness.h"

#include <assert.h>
#include <stdlib.h>

/* Functions of one name that are equally near: overloads, or programs of their own. */
enum { MOST_OF_ONE_NAME = 4 };

typedef VEC(size_t) unit_list;

/* Which units define what is wished. */
struct index {
    struct arena *arena;
    const struct source_unit *units;
    struct map by_name; /* definitions_hash -> into `definers` */
    VEC(unit_list) definers;
};

static void add_name(struct index *index, uint32_t hash)
{
    if (map_get_u64(&index->by_name, hash) != MAP_NONE)
        return;
    map_set_u64(&index->by_name, hash, (uint32_t)index->definers.len);
    vec_push(index->arena, &index->definers, (unit_list){0});
}

/* A function of a namespace is mostly written inside of it, a member function never. */
static bool is_written_alone(const struct definers_wish *wish)
{
    return !wish->is_member || !wish->scope;
}

static void add_wishes(struct index *index, const struct definers_wish *wishes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_written_alone(&wishes[i]))
            add_name(index, definitions_hash(NULL, wishes[i].name));
        if (wishes[i].scope)
            add_name(index, definitions_hash(wishes[i].scope, wishes[i].name));
    }
}

static void add_units(struct index *index, struct fact_store *store, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct facts *facts = fact_store_get(store, index->units[i].path);
        for (size_t j = 0; facts && j < facts->definition_count; j++) {
            uint32_t hash = facts_definitions(facts)[j];
            bool is_overload = j > 0 && facts_definitions(facts)[j - 1] == hash;
            uint32_t place = is_overload ? (uint32_t)MAP_NONE : map_get_u64(&index->by_name, hash);
            if (place == MAP_NONE)
                continue;
            assert(index->definers.data); /* what has a place was pushed */
            vec_push(index->arena, &index->definers.data[place], i);
        }
    }
}

/* Adds those that are as near to the caller as the nearest yet, and takes out those that are not.
 */
static void add_nearest(const struct index *index, uint32_t hash, const struct definers_wish *wish,
                        struct nearness *best, unit_list *nearest)
{
    assert(index->definers.data);
    const unit_list *all = &index->definers.data[map_get_u64(&index->by_name, hash)];
    for (size_t i = 0; i < all->len; i++) {
        struct nearness near = nearness_of(index->units[all->data[i]].path, wish->caller);
        int order = nearness_compare(near, *best);
        if (order > 0)
            continue;
        if (order < 0)
            nearest->len = 0;
        *best = near;
        if (nearest->len < MOST_OF_ONE_NAME)
            vec_push(index->arena, nearest, all->data[i]);
    }
}

static unit_list nearest_definers(const struct index *index, const struct definers_wish *wish)
{
    struct nearness best = {.own = SIZE_MAX};
    unit_list nearest = {0};
    if (wish->known)
        best = nearness_of(wish->known, wish->caller);
    if (is_written_alone(wish))
        add_nearest(index, definitions_hash(NULL, wish->name), wish, &best, &nearest);
    if (wish->scope)
        add_nearest(index, definitions_hash(wish->scope, wish->name), wish, &best, &nearest);
    return nearest;
}

static int by_unit(const void *a, const void *b)
{
    const struct definer *first = a, *second = b;
    return (first->unit > second->unit) - (first->unit < second->unit);
}

void definers_find(struct arena *arena, struct fact_store *store, const struct source_unit *units,
                   size_t count, const struct definers_wish *wishes, size_t wish_count, size_t most,
                   struct definers *definers)
{
    struct index index = {.arena = arena, .units = units, .by_name = {.arena = arena}};
    bool *is_known = arena_new_array(arena, count, bool);
    *definers = (struct definers){0};
    add_wishes(&index, wishes, wish_count);
    add_units(&index, store, count);
    for (size_t i = 0; i < wish_count; i++) {
        unit_list nearest = nearest_definers(&index, &wishes[i]);
        for (size_t j = 0; j < nearest.len; j++) {
            size_t unit = nearest.data[j];
            if (is_known[unit])
                continue;
            is_known[unit] = true;
            if (definers->chosen.len < most)
                vec_push(arena, &definers->chosen, (struct definer){unit, i});
            else
                definers->left_out++;
        }
    }
    if (definers->chosen.len)
        qsort(definers->chosen.data, definers->chosen.len, sizeof *definers->chosen.data, by_unit);
}
