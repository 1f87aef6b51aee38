/* Calls: whom they reach, what they do, what they answer. */
#ifndef CUHOSTLINT_ENGINE_CALL_CALL_H
#define CUHOSTLINT_ENGINE_CALL_CALL_H

#include "engine/walk/step.h"

enum { MAX_ARGS = 24 };

/* One call being played: the operation's own, or one that it implies (a deleter). */
struct invocation {
    ir_id op_id;
    const struct ir_op *op;
    const struct ir_unit *unit;
    site_id site;
    value_id args[MAX_ARGS];
    ir_id types[MAX_ARGS]; /* of the arguments, IR_NONE unknown */
    size_t count;
    value_id into; /* where a record result goes, or VALUE_NONE */
    bool is_discarded;
    const char *name; /* of the callee, for messages */
};
/* A call that is made where `cause` is written and by nobody's words: of a destructor, a deleter.
 * It has no arguments yet. */
struct invocation invocation_within(const struct invocation *cause);
void invocation_add(struct invocation *invocation, value_id value, ir_id type);
/* The first argument, before those that are there: the object of a call. */
void invocation_add_object(struct invocation *invocation, value_id value, ir_id type);
enum step call_execute(struct engine *engine, struct state *state, ir_id op_id);
/* Enters the body of a function of the program, or plays its model; STEP_NEXT when neither. */
enum step call_function(struct engine *engine, struct state *state,
                        const struct invocation *invocation, uint32_t function, value_id *result);
enum step call_model(struct engine *engine, struct state *state,
                     const struct invocation *invocation, const struct model_function *model,
                     value_id *result);
/* A library function keeps its argument: a pointer, or what the object holds that a reference
 * stands for (a container's insert). `callee` may be NULL: the written types tell. */
void call_keep(struct engine *engine, struct state *state, const struct invocation *invocation,
               const struct ir_unit *in, const struct ir_function *callee, size_t index);
void call_unknown(struct engine *engine, struct state *state, const struct invocation *invocation,
                  const struct ir_unit *in, const struct ir_function *callee, value_id *result);
/* The same for a call that may throw: whatever it does, it may do before. */
void call_out_of_sight(struct engine *engine, struct state *state,
                       const struct invocation *invocation, const struct ir_unit *in,
                       const struct ir_function *callee, value_id *result);

#endif
