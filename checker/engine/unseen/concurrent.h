/* Bodies that code out of sight was given to run. */
#ifndef CUHOSTLINT_ENGINE_UNSEEN_CONCURRENT_H
#define CUHOSTLINT_ENGINE_UNSEEN_CONCURRENT_H

#include "engine/internal.h"

struct invocation;

/* Code out of sight takes the arguments from the `first` on: bodies among them that handle memory
 * run whenever it likes (concurrent.c). */
void concurrent_handed(struct engine *engine, struct state *state,
                       const struct invocation *invocation, size_t first);
/* Is the argument a closure whose body is in sight? Then it takes what that may change, and hand
 * on, of what it holds; the members of objects that it only reads stay as they are. */
bool concurrent_gives(struct engine *engine, struct state *state,
                      const struct invocation *invocation, size_t index, uint64_t salt);
/* The same for a thread that runs the argument `body` with those behind it. */
bool concurrent_starts(struct engine *engine, struct state *state,
                       const struct invocation *invocation, size_t body, uint64_t salt);
/* Such bodies may have done their part again. */
void concurrent_goes_on(struct engine *engine, struct state *state, uint64_t salt);
/* May such a body change the member that the place is, or lies in? */
bool concurrent_changes(const struct engine *engine, value_id place);
/* A branch asks what the subject says: where such a body sets that flag, what it did besides, only
 * the flag tells. */
void concurrent_told(struct engine *engine, struct state *state, value_id subject);
/* May a body come by what the pointer points to? */
bool concurrent_reaches(struct engine *engine, const struct state *state, value_id pointer);

#endif
