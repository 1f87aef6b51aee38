/* Calls of a base's member functions. */
#ifndef CUHOSTLINT_ENGINE_CALL_BASE_CALLS_H
#define CUHOSTLINT_ENGINE_CALL_BASE_CALLS_H

#include "engine/call/call.h"

/* Is the call, of code out of sight, of a base's part of an object that is of a known class, or the
 * begin or end of a part that is the library's, so that no more than this part is lost? Then it is.
 */
bool base_call_keeps_to_itself(struct engine *engine, struct state *state,
                               const struct invocation *invocation,
                               const struct ir_function *callee, uint64_t salt);

#endif
