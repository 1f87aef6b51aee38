/* Exceptions. */
#ifndef CUHOSTLINT_ENGINE_WALK_UNWIND_H
#define CUHOSTLINT_ENGINE_WALK_UNWIND_H

#include "engine/walk/step.h"

enum step step_throw(struct engine *engine, struct state *state);
/* Where there is a handler around, a user's function out of sight may throw into it. A status that
 * it was given (VALUE_NONE: none), whose value the path does not know, may be why. */
void unwind_maybe(struct engine *engine, const struct state *state,
                  const struct ir_function *callee, value_id status);
/* An exception of the operation's type is under way; and does a clause take it (exceptions.c)? */
void exception_thrown(struct engine *engine, struct state *state, const struct ir_op *op);
value_id exception_is_caught(struct engine *engine, struct state *state, ir_id op_id);
/* The path comes to a catch clause's first block. ~T() { try { check(cudaDeviceSynchronize());
 * check(cudaHostUnregister(p)); } catch (...) { report(); } } lets nothing out and goes on: that
 * the earlier call fails, or may throw, is followed no further than a check that prints and goes on
 * is. */
void exception_caught(struct engine *engine, struct state *state, ir_id handler);
/* A function with handlers came back: which one is under way around the call is not known. */
void exception_after_call(struct state *state, const struct ir_function *callee);
/* Is the path leaving scopes because of an exception? */
bool is_unwinding(struct engine *engine, const struct state *state);

#endif
