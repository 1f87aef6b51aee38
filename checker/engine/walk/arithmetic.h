/* The operations of the IR that compute a value from others. */
#ifndef CUHOSTLINT_ENGINE_WALK_ARITHMETIC_H
#define CUHOSTLINT_ENGINE_WALK_ARITHMETIC_H

#include "engine/internal.h"

/* The type, or NULL for IR_NONE. */
const struct ir_type *arithmetic_type(const struct ir_unit *unit, ir_id type);
bool arithmetic_is_float(const struct ir_unit *unit, ir_id type);
bool arithmetic_is_unsigned(const struct ir_unit *unit, ir_id type);

value_id arithmetic_cast(struct engine *engine, struct state *state, const struct ir_unit *unit,
                         const struct ir_function *function, ir_id op_id, value_id a);
value_id arithmetic_binary(struct engine *engine, struct state *state, const struct ir_unit *unit,
                           ir_id op_id, const struct ir_op *op);
value_id arithmetic_comparison(struct engine *engine, struct state *state,
                               const struct ir_unit *unit, const struct ir_function *function,
                               ir_id op_id);
value_id arithmetic_unary(struct engine *engine, struct state *state, const struct ir_op *op);

#endif
