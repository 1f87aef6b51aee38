/* What constructors, destructors and assignments do beside their written bodies, and those that
 * the language writes itself. */
#ifndef CUHOSTLINT_LOWER_BODY_CONSTRUCTORS_H
#define CUHOSTLINT_LOWER_BODY_CONSTRUCTORS_H

#include "lower/body/body.h"

/* True when default construction leaves every member alone. */
bool constructors_default_is_trivial(struct unit_builder *u, ir_id record);

/* Asks for the default constructor's body, which the language may have to write. */
void constructors_want_default(struct unit_builder *u, ir_id record);

/* Initialises one member as if no initialiser were written: with its default, or its class's. */
void constructors_default_member(struct body *b, ir_value object, ir_id record, ir_id field);

/* Makes the object of type `type` at `place` a copy of the one at `source`, as its class does that.
 */
void constructors_copy(struct body *b, ir_value place, ir_value source, ir_id type, bool is_moved);

/* Bases and members before a constructor's body (`function` is its node). */
void constructors_initialise(struct body *b, node_id function);

/* Members and bases after a destructor's body. */
void constructors_destroy_parts(struct body *b);

/* The body of a defaulted or undeclared constructor or assignment. */
void constructors_synthesise(struct body *b, CXCursor cursor);

#endif
