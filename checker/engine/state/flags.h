/* What the path asks of memory of unknown history: flags there may say what became of blocks. */
#ifndef CUHOSTLINT_ENGINE_STATE_FLAGS_H
#define CUHOSTLINT_ENGINE_STATE_FLAGS_H

#include "engine/internal.h"

/* Is it a number of unknown history, or some of its bits? */
bool flag_is_content(const struct engine *engine, value_id subject);

/* ... that the path has counted up or down where it found it? How many there are left says nothing
 * of what became of a block. */
bool flag_is_counted(struct engine *engine, const struct state *state, value_id subject);

#endif
