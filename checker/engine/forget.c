/* What a path assumed about results that nothing holds any more is dropped, so that paths which
 * differ in nothing else become one: else every checked call, every "if (a()) b();" would double
 * their number.
 *
 * Only results of calls are dropped: what memory held can be loaded again. */
#include "engine/internal.h"

enum { MAX_RESULTS = 32 }; /* looked at in one go; what is left over waits for the next block */

struct results {
    const struct engine *engine;
    value_id held_by_none[MAX_RESULTS];
    size_t count;
};

static bool is_result(const struct engine *engine, value_id value)
{
    const struct symbol *symbol = symbol_of(&engine->values, value);
    return symbol && (symbol->kind == SYMBOL_STATUS ||
                      (symbol->kind == SYMBOL_RESULT && !symbol->is_pointer));
}

static void add(struct results *results, value_id atom)
{
    for (size_t i = 0; i < results->count; i++)
        if (results->held_by_none[i] == atom)
            return;
    if (results->count < MAX_RESULTS && is_result(results->engine, atom))
        results->held_by_none[results->count++] = atom;
}

/* The results that the path assumed something about. */
static void add_atoms(struct results *results, value_id value)
{
    const struct values *values = &results->engine->values;
    const struct value *v = value_at(values, value);
    if (v->kind != VALUE_INT) {
        add(results, value);
        return;
    }
    for (const struct term *term = term_at(values, v->a); term; term = term_at(values, term->next))
        for (const struct monomial *m = monomial_at(values, term->monomial); m;
             m = monomial_at(values, m->next))
            add(results, m->atom);
}

static void holds(struct results *results, value_id value)
{
    if (value == VALUE_NONE)
        return;
    for (size_t i = 0; i < results->count;)
        if (value_mentions(&results->engine->values, value, results->held_by_none[i]))
            results->held_by_none[i] = results->held_by_none[--results->count];
        else
            i++;
}

static void all_hold(struct results *results, pmap map)
{
    struct pmap_iter iter = pmap_begin(map);
    for (uint64_t key, content; results->count && pmap_next(&iter, &key, &content);)
        holds(results, (value_id)content);
}

static void all_addresses_hold(struct results *results, pmap store)
{
    struct pmap_iter iter = pmap_begin(store);
    for (uint64_t key, content; results->count && pmap_next(&iter, &key, &content);)
        holds(results, (value_id)key);
}

static void blocks_hold(struct results *results, const struct state *state)
{
    const struct engine *engine = results->engine;
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t key, number; results->count && pmap_next(&iter, &key, &number);) {
        const struct block *block = table_at(&engine->blocks, (uint32_t)number);
        const value_id values[] = {block->size,          block->status,
                                   block->failed_status, block->unregister_status,
                                   block->failed,        block->unregistered};
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
            holds(results, values[i]);
    }
}

static void registrations_hold(struct results *results, const struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; results->count && pmap_next(&iter, &key, &one);) {
        const struct registration *registration = registration_at(results->engine, key);
        holds(results, registration->address);
        holds(results, registration->size);
        holds(results, registration->flags);
        holds(results, registration->status);
    }
}

static void statuses_hold(struct results *results, const struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->statuses);
    for (uint64_t key, number; results->count && pmap_next(&iter, &key, &number);)
        holds(results, (value_id)key);
    if (state->capture)
        holds(results, state->capture_status);
}

static void drop(struct engine *engine, struct state *state, const struct results *results)
{
    struct pmap_iter iter = pmap_begin(state->ranges);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);)
        for (size_t i = 0; i < results->count; i++) {
            if (!value_mentions(&engine->values, (value_id)key, results->held_by_none[i]))
                continue;
            state->past = pmap_set(engine->arena, state->past, key, number);
            state->ranges = pmap_remove(engine->arena, state->ranges, key);
            break;
        }
}

void forget_dead_results(struct engine *engine, struct state *state)
{
    struct results results = {.engine = engine};
    struct pmap_iter iter = pmap_begin(state->ranges);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);)
        add_atoms(&results, (value_id)key);
    all_hold(&results, state->temps);
    all_hold(&results, state->store);
    all_addresses_hold(&results, state->store);
    all_hold(&results, state->asked);
    registrations_hold(&results, state);
    blocks_hold(&results, state);
    statuses_hold(&results, state);
    if (results.count)
        drop(engine, state, &results);
}
