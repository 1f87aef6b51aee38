/* Walking a root: the paths that wait, and where they go. */
#ifndef CUHOSTLINT_ENGINE_WALK_WALK_H
#define CUHOSTLINT_ENGINE_WALK_WALK_H

#include "engine/internal.h"

void walk_root(struct engine *engine, uint32_t function);
/* Walks what was pushed until nothing is left or the budget is used up. */
void walk_paths(struct engine *engine);
void walk_push(struct engine *engine, const struct state *state);
/* Is half of the root's budget spent? */
bool walk_runs_short(const struct engine *engine);
/* Have as many paths come to the block as are worth it that are nearly the same (alike.c)? */
bool alike_are_enough(struct engine *engine, const struct state *state);
/* Moves the path to another block of its function; false: it ends there. */
bool walk_go_to(struct engine *engine, struct state *state, ir_id target);
/* A call that may have ended the process was made: where the path meets those that did not make
 * it, it ends. True: nothing that matters lies between, so it may end at once. */
bool walk_may_have_exited(struct engine *engine, struct state *state);
/* The function that the path is in. */
const struct ir_function *walk_function(const struct engine *engine, const struct state *state);
struct flow *walk_flow(const struct engine *engine, const struct state *state);

#endif
