/* Elements of arrays at unknown indexes. */
#ifndef CUHOSTLINT_ENGINE_STATE_OPEN_ELEMENTS_H
#define CUHOSTLINT_ENGINE_STATE_OPEN_ELEMENTS_H

#include "engine/internal.h"

/* A cell is made there. */
void open_elements_note(struct engine *engine, value_id address, value_id base);
/* The place, where nothing was written, may be one that was by another name: what tells the moment
 * apart from others, and what the array keeps is in doubt from here on; 0: it is not. */
uint64_t open_elements_written(struct engine *engine, struct state *state, value_id address,
                               value_id base);
/* The path chooses what an element holds that may be one of those that it wrote by another name:
 * what the array keeps is in doubt from here on. */
void open_elements_asked(struct engine *engine, struct state *state, value_id condition);
/* A loop that the path left when it liked undid what some elements keep, or looked for one in vain:
 * perhaps those at unknown indexes. */
void open_elements_doubt(struct engine *engine, struct state *state);

#endif
