#include "engine/state/state.h"

#include "engine/value/pmap.h"

/* Loop counters are left out on purpose: a state that comes round unchanged is an old one. */
uint64_t state_hash(const struct state *state)
{
    const uint64_t parts[] = {
        ((uint64_t)state->context << 32) | state->block,
        ((uint64_t)state->next << 32) | state->flags,
        pmap_hash(state->store),
        pmap_hash(state->temps),
        pmap_hash(state->fill),
        pmap_hash(state->ranges),
        pmap_hash(state->blocks),
        pmap_hash(state->registrations),
        pmap_hash(state->statuses),
        pmap_hash(state->decided),
        pmap_hash(state->ends),
        state->epoch,
        state->doubt,
        state->thrown,
        ((uint64_t)state->capture << 32) | state->capture_site,
    };
    return hash_bytes(parts, sizeof parts);
}
