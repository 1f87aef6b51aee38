/* Calls of the functions of library classes that models describe. */
#ifndef CUHOSTLINT_ENGINE_LIBRARY_LIBRARY_H
#define CUHOSTLINT_ENGINE_LIBRARY_LIBRARY_H

#include "engine/walk/step.h"

struct invocation;

enum step container_call(struct engine *engine, struct state *state,
                         const struct invocation *invocation,
                         const struct model_container *container,
                         const struct program_function *callee, value_id *result);
enum step container_method(struct engine *engine, struct state *state,
                           const struct invocation *invocation,
                           const struct model_container *container,
                           const struct model_method *method, const struct ir_unit *unit,
                           const struct ir_record *record, value_id *result);
/* Is the argument an iterator? A function of the library that takes it may read and write the
 * elements from there on: what they hold goes out of sight, the buffer that they lie in stays. */
bool iterator_is_handed(struct engine *engine, struct state *state,
                        const struct invocation *invocation, size_t argument);
/* Where the iterator at `object` stands; VALUE_NONE: nobody knows, or it is none. */
value_id iterator_position(struct engine *engine, const struct state *state, value_id object);
/* Where the elements of the container that the argument is begin; VALUE_NONE: it is none. */
value_id container_first_element(struct engine *engine, struct state *state,
                                 const struct invocation *invocation, size_t argument);

#endif
