/* Calls out of sight that only ask. */
#ifndef CUHOSTLINT_ENGINE_UNSEEN_QUESTIONS_H
#define CUHOSTLINT_ENGINE_UNSEEN_QUESTIONS_H

#include "engine/internal.h"

struct invocation;

/* What a call out of sight that only asks gives, the same as before on this path; VALUE_NONE where
 * it may do more (questions.c). */
value_id question_answer(struct engine *engine, struct state *state,
                         const struct invocation *invocation);
/* Remembers what the call asked of whom, should it be asked again. */
void question_note(struct engine *engine, const struct state *state,
                   const struct invocation *invocation, value_id result);
/* The local object at `address` is gone: nobody asks it again. */
void questions_end(struct engine *engine, struct state *state, value_id address);
/* Is a static local initialised here? Once at most on a path. */
value_id question_first_visit(struct engine *engine, struct state *state, ir_id op_id);
/* Does std::call_once let the call through, with that flag? No code sets a flag back. */
bool question_first_call(struct engine *engine, struct state *state, value_id once);

#endif
