/* What constant globals hold. */
#ifndef CUHOSTLINT_ENGINE_STATE_CONSTANT_DATA_H
#define CUHOSTLINT_ENGINE_STATE_CONSTANT_DATA_H

#include "engine/internal.h"

/* What a constant global holds at the address; false where that is not known. An element that the
 * path does not tell apart from others is a symbol in the range of them all. */
bool constant_load(struct engine *engine, struct state *state, value_id address,
                   const struct ir_unit *unit, ir_id type, value_id *value);

#endif
