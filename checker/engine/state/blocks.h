/* Blocks of memory and their registrations. */
#ifndef CUHOSTLINT_ENGINE_STATE_BLOCKS_H
#define CUHOSTLINT_ENGINE_STATE_BLOCKS_H

#include "engine/internal.h"
#include "engine/value/pmap.h"

/* A live block of which nothing has been seen yet. */
struct block block_blank(enum provenance memory);
bool block_get(struct engine *engine, const struct state *state, value_id base,
               struct block *block);
/* The local at `base` is gone: what is known of it too, where nothing was found out that later
 * calls with a stale address have to know. */
void block_end(struct engine *engine, struct state *state, value_id base);
void block_set(struct engine *engine, struct state *state, value_id base, struct block block);
/* As block_get, with what the region itself says (stack, static, constant) where nothing is set. */
bool block_describe(struct engine *engine, const struct state *state, value_id base,
                    struct block *block);
void block_add_flags(struct engine *engine, struct state *state, value_id base, uint32_t flags);
/* Was it made on this path, and has nobody else come by it? */
bool block_is_private(struct engine *engine, const struct state *state, value_id base);
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
/* The pointer went where the checker cannot follow. */
void escape(struct engine *engine, struct state *state, value_id value);
/* So did what an object holds, but not the object. */
void escape_contents(struct engine *engine, struct state *state, value_id object);
void escape_reachable(struct engine *engine, struct state *state, value_id value, uint64_t salt);
/* As escape_reachable, but the object itself is constant there: its own members stay as they are.
 */
void escape_from(struct engine *engine, struct state *state, value_id object, uint64_t salt);
/* The pointer lies where code after this function, or code out of sight, may find it. */
void hand_on(struct engine *engine, struct state *state, value_id value);
/* A status or a block's address is now known to be zero or not: settle what hung on it. */
void settle(struct engine *engine, struct state *state, value_id symbol);

#endif
