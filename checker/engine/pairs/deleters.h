/* What the deleters of a class's members do: a unique_ptr or shared_ptr that is one frees what it
 * owns when the object ends. */
#ifndef CUHOSTLINT_ENGINE_PAIRS_DELETERS_H
#define CUHOSTLINT_ENGINE_PAIRS_DELETERS_H

#include "engine/internal.h"

struct keeper;

/* Does the member's type say that its deleter does no more than to release? */
bool deleters_named_release(const struct engine *engine, const struct keeper *keeper);
/* If not, and the walk over all functions that set the member may tell: under which key that is
 * asked for; else 0. */
uint64_t deleters_ask(struct engine *engine, const struct keeper *keeper);
/* May the function, that was not walked, set a member that was asked for? */
bool deleters_may_set(const struct engine *engine, const struct program_function *function);
/* The path of the root ends: what do the members' deleters do that it gave them? */
void deleters_path_ends(struct engine *engine, const struct state *state);
/* Is the owner, or what is kept there of one, a member of the class whose function the root is? */
bool deleters_are_of_class(const struct engine *engine, value_id owner);
/* What the member at that place owns gets another owner, which may outlive it. */
void deleters_shared(struct engine *engine, value_id owner);
/* All roots were walked: do all deleters that the member of that key may have no more than to
 * release? */
bool deleters_release(struct engine *engine, uint64_t key);

#endif
