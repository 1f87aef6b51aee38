/* Numbers for values that a path leaves open, so that what it assumes holds. */
#ifndef CUHOSTLINT_ENGINE_EVENTS_NUMBERS_H
#define CUHOSTLINT_ENGINE_EVENTS_NUMBERS_H

#include "engine/internal.h"

struct numbers {
    struct engine *engine;
    struct state state; /* with all that the path ever assumed */
    struct map chosen;  /* value -> index into `choices` */
    VEC(int64_t) choices;
    size_t attempt; /* which of the preferences are in use */
};

/* Chooses for all `wanted` values (VALUE_NONE among them is left out). */
void numbers_choose(struct numbers *numbers, struct engine *engine, const struct state *state,
                    const value_id *wanted, size_t count);

/* The number of a value: bytes, offsets and flags. */
int64_t numbers_of(struct numbers *numbers, value_id value);

#endif
