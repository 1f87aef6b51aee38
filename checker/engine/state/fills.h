/* What those parts of objects hold that nobody wrote: zeros, what has been unknown since some
 * moment, or what another object held when this one was made a copy of it. */
#ifndef CUHOSTLINT_ENGINE_STATE_FILLS_H
#define CUHOSTLINT_ENGINE_STATE_FILLS_H

#include "engine/internal.h"

/* A fill is a value of state->fill. */
enum { FILL_ZERO = 1 };

enum unwritten_kind { UNWRITTEN_UNKNOWN, UNWRITTEN_ZERO, UNWRITTEN_UNINITIALISED };

/* Of an unknown content: where it lies or lay, and since when it is not known. Two contents that
 * agree in both are one. */
struct unwritten {
    enum unwritten_kind kind;
    value_id place;
    uint64_t moment;
};

void fill_begin(struct engine *engine);

/* What a read of the cell gives that nobody wrote. `base`: value_base of the address. */
struct unwritten fill_unwritten(struct engine *engine, const struct state *state, value_id address,
                                value_id base);
bool fill_is_zero_at(struct engine *engine, const struct state *state, value_id address);

/* `is_whole`: of the array that begins at the address, not of its first element alone. */
void fill_set(struct engine *engine, struct state *state, value_id address, bool is_whole,
              uint64_t fill);
/* Unknown from now on: `salt` and `address` tell such moments apart. */
uint64_t fill_unknown(uint64_t salt, uint64_t address);
/* The fill of what becomes a copy of the object at `from` now. */
uint64_t fill_of_copy(struct engine *engine, const struct state *state, value_id from);
void fill_remove(struct engine *engine, struct state *state, value_id address);
/* The context's locals are no more. */
void fill_leave(struct engine *engine, struct state *state, context_id context);

/* The object that an entry of state->fill is about. */
value_id fill_object(uint64_t key);
/* The object that it was copied from, or VALUE_NONE. */
value_id fill_source(const struct engine *engine, uint64_t fill);
/* Since when the contents are unknown. */
uint64_t fill_moment(const struct engine *engine, uint64_t fill);
/* Of a copy's fill: the same contents, unknown since a moment of another name. */
uint64_t fill_with_moment(struct engine *engine, uint64_t fill, uint64_t moment);

#endif
