/* What a path assumes about integers and pointers. */
#ifndef CUHOSTLINT_ENGINE_STATE_CONSTRAINT_H
#define CUHOSTLINT_ENGINE_STATE_CONSTRAINT_H

#include "engine/internal.h"

enum truth decide(struct engine *engine, const struct state *state, value_id condition);
/* Adds the assumption that the condition is true (or false); false: the path is infeasible. */
bool assume(struct engine *engine, struct state *state, value_id condition, bool truth);
/* Adds what is true whatever the path chose: a container that something was added to is not empty.
 */
void assume_fact(struct engine *engine, struct state *state, value_id fact);
/* A pointer whose object is used is not NULL from there on. */
void assume_points(struct engine *engine, struct state *state, value_id pointer);
value_id compare(struct engine *engine, uint32_t op, value_id a, value_id b);
void forget_value(struct engine *engine, struct state *state, value_id value);

#endif
