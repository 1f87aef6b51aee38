/* new and delete. */
#ifndef CUHOSTLINT_LOWER_BODY_ALLOCATION_H
#define CUHOSTLINT_LOWER_BODY_ALLOCATION_H

#include "lower/body/body.h"

ir_value allocation_new(struct body *b, node_id node);
void allocation_delete(struct body *b, node_id node);

#endif
