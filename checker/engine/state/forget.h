/* What a path cannot come by any more is dropped. */
#ifndef CUHOSTLINT_ENGINE_STATE_FORGET_H
#define CUHOSTLINT_ENGINE_STATE_FORGET_H

#include "engine/internal.h"

/* Drops what the path cannot come by any more, at the start of a block. The number of values that
 * it still can: what it takes to look through them. */
size_t forget_out_of_reach(struct engine *engine, struct state *state);

#endif
