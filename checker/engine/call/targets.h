/* Whom a call reaches. */
#ifndef CUHOSTLINT_ENGINE_CALL_TARGETS_H
#define CUHOSTLINT_ENGINE_CALL_TARGETS_H

#include "engine/walk/step.h"

struct invocation;

/* The function of the program that a call names, or that the pointer or the callable object which
 * is called stands for on this path (which becomes the first argument); MAP_NONE: none in sight. */
uint32_t call_target(struct engine *engine, struct state *state, struct invocation *invocation);
/* The function of the program whose address the value is; MAP_NONE: none. */
uint32_t call_function_at(const struct engine *engine, value_id value);
/* The only operator() of a class; MAP_NONE: none, or several. */
uint32_t call_operator_of_class(const struct engine *engine, const struct ir_unit *unit,
                                const struct ir_record *record);
/* The function of the program that a call of that argument runs, MAP_NONE: not known. */
uint32_t callable_function_of_argument(struct engine *engine, struct state *state,
                                       const struct invocation *invocation, size_t index);
/* The function that a std::function there holds, and the object that it is called on, VALUE_NONE:
 * on none. MAP_NONE: there is no std::function of which that is known. */
uint32_t callable_function_at(struct engine *engine, struct state *state, value_id object,
                              value_id *self);
/* Calls the argument, whatever can be called, with those behind it (callables.c). False: what it
 * does is not known. */
bool callable_call_argument(struct engine *engine, struct state *state,
                            const struct invocation *invocation, size_t index, enum step *step,
                            value_id *result);
/* The member function that a call in a template's pattern names: the only one of the object's class
 * with that name, which takes so many arguments. MAP_NONE: none, or several. */
uint32_t call_target_of_pattern(const struct engine *engine, const struct state *state,
                                const struct invocation *invocation, const char *name,
                                ir_id object);

#endif
