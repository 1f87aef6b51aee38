/* Members of objects whose type is not known, by what the text says. */
#ifndef CUHOSTLINT_LOWER_TEXT_WRITTEN_MEMBERS_H
#define CUHOSTLINT_LOWER_TEXT_WRITTEN_MEMBERS_H

#include "lower/body/body.h"

/* The place that `a.b->c` writes where the tree does not know the member: the same words lead from
 * the same variable to the same place. IR_NONE where the node is written in another way. */
ir_value written_member_place(struct body *b, node_id node);

#endif
