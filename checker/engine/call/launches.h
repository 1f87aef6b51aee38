/* Kernel launches: events like the given one. */
#ifndef CUHOSTLINT_ENGINE_CALL_LAUNCHES_H
#define CUHOSTLINT_ENGINE_CALL_LAUNCHES_H

#include "engine/internal.h"

void launch_gives(struct event like, struct state *state, value_id pointer);
/* An object by value: whatever it holds. */
void launch_gives_object(struct event like, struct state *state, value_id object);
/* The array of the arguments' addresses. */
void launch_gives_array(struct event like, struct state *state, value_id array);

#endif
