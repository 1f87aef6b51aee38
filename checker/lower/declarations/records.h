/* Classes, structs and unions. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_RECORDS_H
#define CUHOSTLINT_LOWER_DECLARATIONS_RECORDS_H

#include "lower/builder.h"

#include <stdbool.h>

enum { DEEPEST_CLASS = 24 }; /* nesting of members and bases that is followed */

/* The record of a class's declaration. */
ir_id records_of(struct unit_builder *u, CXCursor declaration);
/* Of a library class whose arguments a template's pattern leaves open; IR_NONE: it is none that the
 * models know. */
ir_id records_of_pattern(struct unit_builder *u, CXType canonical);

/* Fills in the fields where that has not happened: system records wait until somebody looks. */
void records_need_fields(struct unit_builder *u, ir_id record);
/* ... and those of its bases, so that all of them are known. */
void records_need_bases(struct unit_builder *u, ir_id record);

/* The index of a field, or IR_NONE. */
ir_id records_field(struct unit_builder *u, ir_id record, const char *name);

/* The field that is an anonymous struct or union of the class `inner`, or IR_NONE. */
ir_id records_anonymous_field(struct unit_builder *u, ir_id record, ir_id inner);

/* The base-class field of `derived` that is `base` or leads to it, or IR_NONE. */
ir_id records_base_towards(struct unit_builder *u, ir_id derived, ir_id base);

/* Calls `each` for the members of the class's definition (its pattern's for an instance). */
void records_visit(struct unit_builder *u, ir_id record, CXCursorVisitor each, CXClientData data);

/* ---- special members (special_members.c) ---- */
/* The destructor's function, or IR_NONE when destruction does nothing. */
ir_id records_destructor(struct unit_builder *u, ir_id record);

enum special_member {
    DEFAULT_CONSTRUCTOR,
    COPY_CONSTRUCTOR,
    MOVE_CONSTRUCTOR,
    COPY_ASSIGNMENT,
    MOVE_ASSIGNMENT
};

/* The declared special member function of a class, or the null cursor. */
CXCursor records_special(struct unit_builder *u, ir_id record, enum special_member which);
/* Is there such a member, and does the program say what it does? */
bool records_is_written(struct unit_builder *u, CXCursor member);

/* The class's own operator of that name ("operator new[]") with so many parameters, or a base's;
 * the null cursor: it has none. */
CXCursor records_allocator(struct unit_builder *u, ir_id record, const char *name, int parameters);

/* The conversion function that a condition uses (the one to bool, or to a scalar), or the null
 * cursor. */
CXCursor records_condition(struct unit_builder *u, ir_id record);

/* Does the class have a friend of which the unit has not all bodies? (friends.c) */
bool records_has_unseen_friend(struct unit_builder *u, ir_id record);

/* True when copying objects of this class is no more than copying bytes. */
bool records_copy_is_trivial(struct unit_builder *u, ir_id record);

#endif
