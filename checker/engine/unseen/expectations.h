/* Failures that the program asks for. */
#ifndef CUHOSTLINT_ENGINE_UNSEEN_EXPECTATIONS_H
#define CUHOSTLINT_ENGINE_UNSEEN_EXPECTATIONS_H

#include "engine/internal.h"

struct invocation;

/* A call that takes a status together with an error's enumerator expects that error; one that says
 * that it shall differ from success (CmpHelperNE), any. The status that it is given, itself, by
 * reference or in an object made of it; or VALUE_NONE. */
value_id expectations_note(struct engine *engine, const struct state *state,
                           const struct invocation *invocation);
/* A test expects that the condition is true: of a status that it shall be a failure, any. */
void expectations_true(struct engine *engine, value_id condition);
/* Code out of sight that was given the status made an object, or shows one. */
void expectations_wrap(struct engine *engine, const struct invocation *invocation, value_id status,
                       value_id result);

#endif
