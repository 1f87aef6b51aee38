/* What is settled when a status or an address becomes known. */
#ifndef CUHOSTLINT_ENGINE_STATE_SETTLE_H
#define CUHOSTLINT_ENGINE_STATE_SETTLE_H

#include "engine/internal.h"

/* A status or a block's address is now known to be zero or not: settle what hung on it. */
void settle(struct engine *engine, struct state *state, value_id symbol);

#endif
