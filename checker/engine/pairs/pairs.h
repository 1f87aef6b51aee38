/* Classes and files as pairs: what one function registers and another one undoes, or frees. */
#ifndef CUHOSTLINT_ENGINE_PAIRS_PAIRS_H
#define CUHOSTLINT_ENGINE_PAIRS_PAIRS_H

#include "engine/internal.h"

/* ---- what undoes (pairs.c) ---- */

/* The path undoes what lies at the pointer, perhaps: so it may be with the members and statics that
 * hold it, for whoever registered it there. */
void pairs_settle(struct engine *engine, const struct state *state, value_id pointer);
/* The same for what the path has found to be equal: `if (table[i] == p) cudaHostUnregister(p)`. */
void pairs_settle_equals(struct engine *engine, const struct state *state, value_id pointer);
/* ... it hands it to code out of sight. */
void pairs_shown(struct engine *engine, const struct state *state, value_id pointer);
/* ... it unregisters it. */
void pairs_unregistered(struct engine *engine, const struct state *state, value_id pointer);
/* The path unregisters what it did not register: whoever did may leave that to it. */
void pairs_undone_alone(struct engine *engine, value_id pointer);
/* A path resets the device: whatever the file left registered is not any more. */
void pairs_reset(struct engine *engine);
/* The key of the static that the pointer is the address of, or of a part of; 0: of none. */
uint64_t pairs_static_key(const struct engine *engine, value_id pointer);

/* ---- what is left, and freed (pairs.c, pairs_released.c) ---- */

/* The path ends, with what it returns: proposes findings for what members and statics keep
 * registered. */
void pairs_path_ends(struct engine *engine, struct state *state, value_id result);
/* A path leaves the registration, of what the member or static of that key keeps, behind it, and
 * gives the memory to its caller perhaps. */
void pairs_left(struct engine *engine, const struct registration *record, uint64_t key,
                const char *name, bool is_handed_out);
/* May the function release something that another one leaves registered in a member or static? */
bool pairs_may_release(const struct engine *engine, const struct program_function *function);
/* A release of memory whose registration, if there is one, was made elsewhere. */
void pairs_released(struct engine *engine, const struct event *release);

#endif
