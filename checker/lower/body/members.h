/* Member access. */
#ifndef CUHOSTLINT_LOWER_BODY_MEMBERS_H
#define CUHOSTLINT_LOWER_BODY_MEMBERS_H

#include "lower/body/body.h"

/* The place of a member: o.x, p->x, x of `this`, a static one. */
ir_value members_place(struct body *b, node_id node);

/* The object of a member access: its address, and its class (IR_NONE for unknown). */
ir_value members_object(struct body *b, node_id member, ir_id *record);

/* `this`, as a value. */
ir_value members_this(struct body *b);

#endif
