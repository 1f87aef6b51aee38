/* Blocks of memory: what a path knows of each. */
#ifndef CUHOSTLINT_ENGINE_STATE_BLOCKS_H
#define CUHOSTLINT_ENGINE_STATE_BLOCKS_H

#include "engine/internal.h"

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

#endif
