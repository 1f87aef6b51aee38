/* One operation, or one branch, on one path. */
#ifndef CUHOSTLINT_ENGINE_WALK_STEP_H
#define CUHOSTLINT_ENGINE_WALK_STEP_H

#include "engine/internal.h"

enum step {
    STEP_NEXT,  /* on to the next operation */
    STEP_MOVED, /* the state stands somewhere else now: in a callee, a handler */
    STEP_ENDED
};
/* Terminators with several targets. False: the path is over. */
bool step_branch(struct engine *engine, struct state *state, const struct ir_block *block);
bool step_switch(struct engine *engine, struct state *state, const struct ir_block *block);
enum step step_op(struct engine *engine, struct state *state, ir_id op_id);
value_id operand(struct engine *engine, const struct state *state, ir_value value);
void set_result(struct engine *engine, struct state *state, ir_id op, value_id value);
value_id unknown_result(struct engine *engine, struct state *state, ir_id op_id);
/* The size of a type, or a template's argument (`parameter`: its name where there is no type), that
 * only instantiation fixes: a constant all the same. */
value_id size_symbol(struct engine *engine, const struct ir_unit *unit, ir_id type,
                     const char *parameter);

#endif
