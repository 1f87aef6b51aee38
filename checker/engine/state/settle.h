/* What is settled when a status or an address becomes known. */
#ifndef CUHOSTLINT_ENGINE_STATE_SETTLE_H
#define CUHOSTLINT_ENGINE_STATE_SETTLE_H

#include "engine/internal.h"

/* A status or a block's address is now known to be zero or not: settle what hung on it. */
void settle(struct engine *engine, struct state *state, value_id symbol);
/* A program that only reports that the call with that status failed goes on as if it had not: with
 * the device pointer that the call would have given. */
void settle_goes_on(struct engine *engine, value_id status);

#endif
