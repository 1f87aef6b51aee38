/* What code out of sight may have written to while it ran. */
#ifndef CUHOSTLINT_ENGINE_UNSEEN_UNSEEN_WRITES_H
#define CUHOSTLINT_ENGINE_UNSEEN_UNSEEN_WRITES_H

#include "engine/internal.h"

/* Which objects of the caller's code out of sight may come by: any that leads there from what it
 * was given, or only those that the whole program shares. */
enum unseen_reach { UNSEEN_REACHES_OTHERS, UNSEEN_REACHES_ITS_OWN };
/* No statement of the program changes a number or pointer that is declared const, whoever has its
 * address. */
bool memory_is_constant(const struct engine *engine, value_id base);
/* Forgets whatever code out of sight can write (unseen_writes.c): all but locals whose address
 * never left, static ones too. What is given nothing that leads to an object of the caller's is not
 * taken to exchange the blocks which that keeps: who does that behind its user's back? */
void memory_havoc_all(struct engine *engine, struct state *state, enum unseen_reach reach,
                      uint64_t salt);
/* A node that was found in memory gets another neighbour: which node of the list it is is not
 * known, so that the same member of any other may be the one that changed. Where the address is
 * what such a node's own member holds (`*node->link = next`), the place that leads to the node. */
void memory_relink(struct engine *engine, struct state *state, value_id address, uint64_t salt);

#endif
