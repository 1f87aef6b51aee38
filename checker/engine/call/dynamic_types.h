/* Virtual calls: of which class an object is. */
#ifndef CUHOSTLINT_ENGINE_CALL_DYNAMIC_TYPES_H
#define CUHOSTLINT_ENGINE_CALL_DYNAMIC_TYPES_H

#include "engine/call/call.h"
#include "engine/internal.h"

/* A constructor or destructor is entered: the object is of its class from here on. */
void dynamic_type_note(struct engine *engine, struct state *state,
                       const struct program_function *callee, value_id object);
/* A member function is entered of an object that the caller has as a member of another one: it is
 * of the class that the member is declared with, if nothing else is known of it. */
void dynamic_type_note_member(struct engine *engine, struct state *state,
                              const struct invocation *invocation);
/* A constructor came back into the current function: if that is one itself, the object is its. */
void dynamic_type_return(struct engine *engine, struct state *state,
                         const struct program_function *callee);
/* The class of an object, of *unit, all of which is of it; NULL: not known. */
const struct ir_record *dynamic_type_of(struct engine *engine, const struct state *state,
                                        value_id whole, uint32_t *unit);
/* The function that a virtual call of `declared` reaches, MAP_NONE where the object's class, or
 * what it makes of the call, is not known. `*object` becomes the object that it takes. */
uint32_t dynamic_type_target(struct engine *engine, const struct state *state,
                             const struct ir_function *declared, value_id *object);

#endif
