/* Sets of blocks by their bases, as numbers: equal sets have one number. What most paths know of
 * one flag they know of many blocks at once. */
#ifndef CUHOSTLINT_ENGINE_UNSEEN_BLOCK_SETS_H
#define CUHOSTLINT_ENGINE_UNSEEN_BLOCK_SETS_H

#include "engine/internal.h"

typedef uint32_t block_set_id; /* 0: the empty one */

/* The newest base first, so that a set and the one that grew out of it share most. */
struct block_link {
    value_id block;
    block_set_id rest;
};

void block_sets_begin(struct engine *engine);

/* The set with a block that is newer than all of its own. */
block_set_id block_set_link(struct engine *engine, value_id block, block_set_id rest);
struct block_link block_set_first(const struct engine *engine, block_set_id set);

block_set_id block_set_union(struct engine *engine, block_set_id left, block_set_id right);
block_set_id block_set_without(struct engine *engine, block_set_id set, block_set_id other);

#endif
