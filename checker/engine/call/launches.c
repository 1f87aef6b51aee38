/* What a kernel launch gives to the GPU: pointers, objects with pointers in them, and, where the
 * launch is a plain call, an array of the addresses of all those. */
#include "engine/call/launches.h"

#include "engine/events/events.h"
#include "engine/state/memory.h"
#include "engine/state/registrations.h"
#include "engine/value/pmap.h"

/* Host memory that the GPU reaches: numbers in it are what the kernel leaves. What points on from
 * there it is taken to leave alone. */
static void numbers_may_change(struct event *event, struct state *state)
{
    struct engine *engine = event->engine;
    struct registration any;
    bool is_reached = registration_find(engine, state, event->base, &any) ||
                      event->block.memory == PROVENANCE_PINNED ||
                      event->block.memory == PROVENANCE_MANAGED;
    if (!is_reached)
        return;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        value_id offset;
        if (value_is_int(&engine->values, (value_id)content, NULL) &&
            value_base(&engine->values, (value_id)cell, &offset) == event->base)
            memory_forget(engine, state, (value_id)cell);
    }
    memory_renew(engine, state, event->pointer, event->site);
}

void launch_gives(struct event like, struct state *state, value_id pointer)
{
    struct event event = event_new(like.engine, state, EVENT_LAUNCH, like.site, pointer);
    event.call = like.call;
    event.model = like.model;
    event.status = like.status;
    event.op = like.op;
    if (event.base == VALUE_NONE)
        return;
    event_raise(like.engine, &event);
    numbers_may_change(&event, state);
}

void launch_gives_object(struct event like, struct state *state, value_id object)
{
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_is_within(&like.engine->values, (value_id)cell, object))
            launch_gives(like, state, (value_id)content);
}

void launch_gives_array(struct event like, struct state *state, value_id array)
{
    value_id offset, base = value_base(&like.engine->values, array, &offset);
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; base != VALUE_NONE && pmap_next(&iter, &cell, &content);)
        if (value_base(&like.engine->values, (value_id)cell, &offset) == base)
            launch_gives_object(like, state, (value_id)content);
}
