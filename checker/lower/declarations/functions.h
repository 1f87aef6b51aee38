/* Functions: their entries in the unit's table, and which of them get a body. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_FUNCTIONS_H
#define CUHOSTLINT_LOWER_DECLARATIONS_FUNCTIONS_H

#include "lower/builder.h"

#include <stdbool.h>

/* The entry of a declared function, method, constructor, destructor or instance of a template.
 * Its body is queued when a definition is in sight and may be lowered. */
ir_id functions_of(struct unit_builder *u, CXCursor declaration);

/* A function known by its name only: operator new, an unresolved callee. `qualified` is its key;
 * the result type is IR_NONE for unknown. */
ir_id functions_named(struct unit_builder *u, const char *qualified, ir_id result_type);

/* The constructor of a class of the library from something of the type, which the tree hides. */
ir_id functions_conversion(struct unit_builder *u, ir_id record, ir_id from);
/* ... its assignment from such a value. */
ir_id functions_assignment(struct unit_builder *u, ir_id record, ir_id from);

/* What constructs an object of the class, where its first argument points, from others of these
 * types, which come by reference: std::construct_at. */
ir_id functions_construction(struct unit_builder *u, ir_id record, const ir_id *from, size_t count);

/* The member function of that name of a class whose declaration is not at hand: "begin". */
ir_id functions_member_named(struct unit_builder *u, ir_id record, const char *name,
                             ir_id result_type);

/* The destructor that the class declares, or that the language makes for it (`declared` is then
 * the defaulted declaration or the null cursor). Used by records_destructor. */
ir_id functions_destructor(struct unit_builder *u, ir_id record, CXCursor declared);
ir_id functions_implicit_destructor(struct unit_builder *u, ir_id record, CXCursor declared);

/* Enters a function that no cursor need stand for. */
ir_id functions_add(struct unit_builder *u, struct ir_function function,
                    struct function_source source);

/* Fills in result and parameters from a function type; `this` first for methods. */
void functions_set_signature(struct unit_builder *u, struct ir_function *function, CXType type);

/* True for a cursor of a function or a template of one. */
bool functions_is_function(enum CXCursorKind kind);

/* The only function that a set of overloads holds, as far as clang has seen: of `destroy<T>` it
 * leaves open which function that is. False: there are several. */
bool functions_only_overload(struct unit_builder *u, CXCursor overloads, CXCursor *function);

/* Asks for the body of a function, once. */
void functions_want(struct unit_builder *u, ir_id function);

/* True for a constructor or assignment that the compiler writes. */
bool functions_is_implicit(struct unit_builder *u, CXCursor cursor);

#endif
