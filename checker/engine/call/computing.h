/* Bodies that only compute. */
#ifndef CUHOSTLINT_ENGINE_CALL_COMPUTING_H
#define CUHOSTLINT_ENGINE_CALL_COMPUTING_H

#include "engine/internal.h"

/* Has the call that enters the context spent its share? */
bool computing_is_over(const struct engine *engine, context_id context);
/* Charges a block to the outermost call around it that only computes. True: with it the share is
 * spent, and the state stands before that call again. */
bool computing_spend(struct engine *engine, struct state *state);

#endif
