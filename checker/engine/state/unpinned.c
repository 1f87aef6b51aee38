#include "engine/state/unpinned.h"

enum { MAX_UNPINNED = 16 };

const struct unpinned *unpinned_at(const struct engine *engine, uint32_t number)
{
    return number ? table_at(&engine->unpinned, number - 1) : NULL;
}

void unpinned_forget(struct block *block)
{
    block->unregistered = VALUE_NONE;
    block->unpinned_before = 0;
}

void unpinned_add(struct engine *engine, struct block *block, value_id address, site_id at,
                  value_id status)
{
    const struct unpinned *before = unpinned_at(engine, block->unpinned_before);
    if (block->unregistered != VALUE_NONE && block->unregistered != address &&
        (!before || before->depth < MAX_UNPINNED)) {
        struct unpinned last = {.address = block->unregistered,
                                .at = block->unregistered_at,
                                .status = block->unregister_status,
                                .next = block->unpinned_before,
                                .depth = before ? before->depth + 1 : 1};
        block->unpinned_before = table_intern(&engine->unpinned, &last) + 1;
    }
    block->unregistered = address;
    block->unregistered_at = at;
    block->unregister_status = status;
}

bool unpinned_find(const struct engine *engine, const struct block *block, value_id address,
                   site_id *at)
{
    *at = block->unregistered_at;
    if (block->unregistered == VALUE_NONE || block->unregistered == address)
        return block->unregistered == address;
    for (const struct unpinned *u = unpinned_at(engine, block->unpinned_before); u;
         u = unpinned_at(engine, u->next))
        if (u->address == address) {
            *at = u->at;
            return true;
        }
    return false;
}

bool unpinned_has_status(const struct engine *engine, const struct block *block, value_id status)
{
    if (block->unregister_status == status)
        return true;
    for (const struct unpinned *u = unpinned_at(engine, block->unpinned_before); u;
         u = unpinned_at(engine, u->next))
        if (u->status == status)
            return true;
    return false;
}
