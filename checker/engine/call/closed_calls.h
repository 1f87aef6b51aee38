/* Calls through a pointer to one of some functions that the program names: an element of a constant
 * table, a member that nothing but these is ever stored in. */
#ifndef CUHOSTLINT_ENGINE_CALL_CLOSED_CALLS_H
#define CUHOSTLINT_ENGINE_CALL_CLOSED_CALLS_H

#include "engine/internal.h"

/* A function of the program that the pointer, which the path found in memory, may be the address
 * of, and that does to host memory what all do that it may be: `type` is the pointer's, of `unit`.
 * MAP_NONE: there is none such. */
uint32_t closed_call_target(struct engine *engine, struct state *state, value_id pointer,
                            const struct ir_unit *unit, ir_id type);

#endif
