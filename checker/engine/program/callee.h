/* Who is called, as far as the text tells: the model of a callee, or the container class that it
 * belongs to. */
#ifndef CUHOSTLINT_ENGINE_PROGRAM_CALLEE_H
#define CUHOSTLINT_ENGINE_PROGRAM_CALLEE_H

#include "ir/ir.h"
#include "link/program.h"
#include "models/model.h"

/* The model that a call matches, or NULL. Functions with a body in the user's own files are what
 * their body says, whatever their name, unless the project's configuration models them. */
const struct model_function *callee_model(const struct model_set *models,
                                          const struct ir_unit *unit, const struct ir_call *call);

/* The model that a function matches when it is called with so many arguments (its object
 * among them), or NULL; the same rule as callee_model. */
const struct model_function *callee_function_model(const struct model_set *models,
                                                   const struct ir_function *function, size_t args);

/* Does the model's function change nothing that its arguments lead to? */
bool callee_only_tells(const struct model_function *model);

/* What the program calls the callee: a global function object has a name too. NULL: none. */
const char *callee_name(const struct ir_unit *unit, const struct ir_function *function,
                        const struct ir_call *call);

/* The T or T[] of the unique_ptr or shared_ptr that a call like make_unique gives, or NULL. */
const struct ir_type *callee_owned_type(const struct ir_unit *unit, const struct ir_call *call);

/* The container whose method, constructor or destructor this is, or NULL. */
const struct model_container *callee_container(const struct model_set *models,
                                               const struct program_function *callee);

/* The container model of a record type, or NULL. */
const struct model_container *callee_container_of_type(const struct model_set *models,
                                                       const struct ir_unit *unit, ir_id type);

/* The type of the elements that the container's class has among its arguments, or IR_NONE. */
ir_id callee_element_type(const struct model_container *container, const struct ir_record *record);

/* The class of what a pointer or reference of that type points to, or IR_NONE. */
ir_id callee_pointed_class(const struct ir_unit *unit, ir_id pointer);

/* Would the method override the declared one, in a class derived from that one's? */
bool callee_overrides(const struct ir_function *method, const struct ir_function *declared);

/* Does parameter `index` of a member function refer to another object of its class? */
bool callee_takes_own_class(const struct ir_unit *unit, const struct ir_function *function,
                            size_t index);

/* In a template's pattern a call of a member, `v_.data()`, shows the object and a name only. The
 * name, in the arena, with the type of the object that argument 0 points to; NULL: some other
 * call. */
const char *callee_member_name(struct arena *arena, const struct ir_unit *unit,
                               const struct ir_function *function, const struct ir_call *call,
                               ir_id *object);

#endif
