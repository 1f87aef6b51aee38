/* What code out of sight says of a status. */
#ifndef CUHOSTLINT_ENGINE_UNSEEN_ANSWERS_H
#define CUHOSTLINT_ENGINE_UNSEEN_ANSWERS_H

#include "engine/internal.h"

struct invocation;
struct program_function;

/* A status that the call is given, itself, compared or by reference, and of which the path does not
 * know how it went; or VALUE_NONE. */
value_id answers_given(struct engine *engine, const struct state *state,
                       const struct invocation *invocation);
/* `result` is what code out of sight answered to the status (VALUE_NONE: to none). */
void answers_note(struct engine *engine, struct state *state, const struct invocation *invocation,
                  value_id status, value_id result);
/* A value goes into the object at `base`: where code out of sight showed that (map["a"]), it is
 * read by another name. */
void answers_stored(struct engine *engine, struct state *state, value_id base, value_id value);
/* Code out of sight may have written to the place that held the value: what is asked there tells of
 * the call no more, or in a way of its own. */
void answers_lost(struct engine *engine, struct state *state, value_id content);
/* The number is what a member of a union shows of others that were written. */
void answers_overlaid(struct engine *engine, value_id number);
/* The path is about to choose by the condition. */
void answers_ask(struct engine *engine, struct state *state, value_id condition);
/* A branch on the condition is about to be decided: may one of its sides tell others? */
void answers_tell(struct engine *engine, struct state *state, value_id condition,
                  const struct ir_block *branch);
/* A function in sight is called, in that frame. */
void answers_entered(struct engine *engine, const struct state *state,
                     const struct invocation *invocation, context_id frame);
/* It leaves the frame with an object: may what that tells of a status be told by code out of sight
 * alone? */
void answers_returned(struct engine *engine, struct state *state,
                      const struct program_function *left, context_id frame, value_id object);
/* The path takes a gate by that answer: what was told before may be what it says. */
void answers_decide(struct engine *engine, struct state *state, value_id answer);

#endif
