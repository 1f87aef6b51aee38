/* The end of a path, and what is registered still. */
#ifndef CUHOSTLINT_ENGINE_PAIRS_LEAKS_H
#define CUHOSTLINT_ENGINE_PAIRS_LEAKS_H

#include "engine/internal.h"

void path_ends(struct engine *engine, struct state *state, value_id result, bool ends_process);
/* A function that registers memory of its caller owes the unregister only where another of its
 * paths does it; when paths are missing from the walk, nothing is claimed. */
void leaks_report(struct engine *engine);

#endif
