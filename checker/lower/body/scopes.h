/* Ends of scopes: lifetimes, destructor calls, and the ways out that run them. */
#ifndef CUHOSTLINT_LOWER_BODY_SCOPES_H
#define CUHOSTLINT_LOWER_BODY_SCOPES_H

#include "lower/body/body.h"

/* From here to scopes_leave, what comes to life dies at the end. */
size_t scopes_enter(const struct body *b);

/* Ends everything since `mark` at b->loc, and forgets it. */
void scopes_leave(struct body *b, size_t mark);

/* Ends everything above `depth` for a jump out of it: nothing is forgotten. */
void scopes_unwind_to(struct body *b, size_t depth);

/* For goto: ends what is alive here but not at the label (a node of the tree). */
void scopes_leave_for_label(struct body *b, node_id label);

/* The local is alive now and dies with the scope; its class's destructor is found by itself. */
void scopes_own(struct body *b, ir_id local, node_id owner);

/* In a constructor: the field (IR_NONE: the whole object, by another constructor) is made now, and
 * an exception that leaves from here on destroys it. */
void scopes_own_part(struct body *b, ir_id field);

/* From here on, up to the end of the scope, what is thrown goes to the block. `owner`: the try
 * statement, or NODE_NONE. */
void scopes_catch(struct body *b, node_id owner, ir_id block);

/* Calls the destructor of the object at an address, if its type has one. Arrays: each element. */
void scopes_destroy(struct body *b, ir_value address, ir_id type);

/* Call before each call that may throw: gives the block its way out. */
void scopes_may_throw(struct body *b);

/* The block that an exception goes to from here: IR_NONE when nothing is to be done. */
ir_id scopes_unwind_block(struct body *b);

/* Leaves by `throw`: ends the scopes up to the handler or the function's end. */
void scopes_throw(struct body *b);

#endif
