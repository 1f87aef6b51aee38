/* Which questions are one. */
#ifndef CUHOSTLINT_ENGINE_UNSEEN_QUESTION_KEYS_H
#define CUHOSTLINT_ENGINE_UNSEEN_QUESTION_KEYS_H

#include "engine/internal.h"

struct invocation;

/* Equal for calls that ask the callee about equal arguments. */
uint64_t question_key(struct engine *engine, const struct state *state,
                      const struct invocation *invocation, const struct ir_function *callee);
/* Is the argument a temporary, or a part of one? What that is made of stays when it is gone. */
bool question_is_of_temporary(const struct engine *engine, const struct state *state,
                              const struct invocation *invocation, size_t index);

#endif
