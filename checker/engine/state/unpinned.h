/* The addresses of a block that a path has unregistered, of each the last call that did. */
#ifndef CUHOSTLINT_ENGINE_STATE_UNPINNED_H
#define CUHOSTLINT_ENGINE_STATE_UNPINNED_H

#include "engine/internal.h"

struct unpinned {
    value_id address;
    site_id at;
    value_id status; /* of that call */
    uint32_t next;   /* what was unregistered before it: unpinned_at, 0: nothing */
    uint32_t depth;  /* how many there are from here on */
};

/* The address is unregistered now, by the call there. */
void unpinned_add(struct engine *engine, struct block *block, value_id address, site_id at,
                  value_id status);
/* Which addresses were unregistered says nothing any more. */
void unpinned_forget(struct block *block);
/* The earlier one with that number (struct block, struct unpinned); NULL: there is none. */
const struct unpinned *unpinned_at(const struct engine *engine, uint32_t number);
/* Was the address unregistered, by the call at `*at`? */
bool unpinned_find(const struct engine *engine, const struct block *block, value_id address,
                   site_id *at);
/* Is that the status of a call that unregistered any of them? */
bool unpinned_has_status(const struct engine *engine, const struct block *block, value_id status);

#endif
