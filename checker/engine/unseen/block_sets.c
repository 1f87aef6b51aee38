#include "engine/unseen/block_sets.h"

void block_sets_begin(struct engine *engine)
{
    table_init(&engine->block_links, engine->arena, sizeof(struct block_link));
}

block_set_id block_set_link(struct engine *engine, value_id block, block_set_id rest)
{
    return table_intern(&engine->block_links, &(struct block_link){block, rest}) + 1;
}

struct block_link block_set_first(const struct engine *engine, block_set_id set)
{
    return *(const struct block_link *)table_at(&engine->block_links, set - 1);
}

block_set_id block_set_union(struct engine *engine, block_set_id left, block_set_id right)
{
    if (!left || !right || left == right)
        return left ? left : right;
    struct block_link a = block_set_first(engine, left), b = block_set_first(engine, right);
    if (a.block == b.block)
        return block_set_link(engine, a.block, block_set_union(engine, a.rest, b.rest));
    if (a.block > b.block)
        return block_set_link(engine, a.block, block_set_union(engine, a.rest, right));
    return block_set_link(engine, b.block, block_set_union(engine, left, b.rest));
}

block_set_id block_set_without(struct engine *engine, block_set_id set, block_set_id other)
{
    if (!set || !other)
        return set;
    if (set == other)
        return 0;
    struct block_link a = block_set_first(engine, set), b = block_set_first(engine, other);
    if (a.block == b.block)
        return block_set_without(engine, a.rest, b.rest);
    if (a.block > b.block)
        return block_set_link(engine, a.block, block_set_without(engine, a.rest, other));
    return block_set_without(engine, set, b.rest);
}
