/* The registrations of a path. */
#ifndef CUHOSTLINT_ENGINE_STATE_REGISTRATIONS_H
#define CUHOSTLINT_ENGINE_STATE_REGISTRATIONS_H

#include "engine/internal.h"
#include "engine/value/pmap.h"

void registration_add(struct engine *engine, struct state *state, struct registration record);
/* How the call with that status went, the path cannot tell: nor what is registered of the blocks of
 * those registrations. */
void registrations_doubt(struct engine *engine, struct state *state, pmap registrations,
                         value_id status);
/* What is registered of the blocks of all registrations, the path cannot tell. */
void registrations_doubt_all(struct engine *engine, struct state *state);
const struct registration *registration_at(const struct engine *engine, uint64_t key);
/* One of the registrations that lie in the block with that base; false: there is none. */
bool registration_find(const struct engine *engine, const struct state *state, value_id block,
                       struct registration *found);
/* The path knows nothing of them any more. */
void registrations_drop(struct engine *engine, struct state *state, value_id block);
/* What is registered of the block, and what memory it is, is not known any more. */
void block_doubt(struct engine *engine, struct state *state, value_id block);

#endif
