/* Members and statics that, whenever no function of theirs runs, hold nothing or registered memory:
 *
 *     if (n > c->capacity) {
 *         free(c->staging);                      what lies there is what the last call left
 *         c->staging = malloc(n);
 *         cudaHostRegister(c->staging, n, 0);
 *
 * where those that unregister what lies there free it, too, or clear the place. What finds a block
 * in such a place when it begins, and frees it, frees it while it is registered: pairs_released.c
 * asks. The text tells nothing of the order of calls, and need not: every order leads there. */
#ifndef CUHOSTLINT_ENGINE_PAIRS_ALWAYS_REGISTERED_H
#define CUHOSTLINT_ENGINE_PAIRS_ALWAYS_REGISTERED_H

#include "engine/internal.h"

void always_begin(struct engine *engine);
void always_begin_root(struct engine *engine);
/* The root was walked; `is_whole`: with all of its paths. */
void always_end_root(struct engine *engine, bool is_whole);

/* Under which key the place is known here: of the member or static that it is, or of the container
 * among whose elements it lies; 0: it is none such. */
uint64_t always_key(struct engine *engine, const struct state *state, value_id place);
void always_stored(struct engine *engine, const struct state *state, value_id place,
                   value_id value);
/* The path unregisters what lies at the pointer, or shows it to code out of sight, which may. */
void always_unregistered(struct engine *engine, const struct state *state, value_id pointer);
void always_shown(struct engine *engine, const struct state *state, value_id pointer);
/* A release of memory that the path knows no registration of. */
void always_released(struct engine *engine, const struct event *release);
/* The path is about to forget what lies in the place: nothing ahead reads it. */
void always_forgotten(struct engine *engine, const struct state *state, value_id place);
/* ... about to forget the block that it has unregistered. */
void always_block_forgotten(struct engine *engine, const struct state *state, value_id block);
void always_path_ends(struct engine *engine, const struct state *state);

/* All roots were walked: does the place of that key, where it holds anything when the root begins,
 * hold registered memory, and does the root itself never unregister it? */
bool always_registered(struct engine *engine, uint64_t key, uint32_t root);

#endif
