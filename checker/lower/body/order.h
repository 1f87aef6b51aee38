/* The order of a finished function's blocks. */
#ifndef CUHOSTLINT_LOWER_BODY_ORDER_H
#define CUHOSTLINT_LOWER_BODY_ORDER_H

#include "ir/ir.h"

/* Puts the blocks into reverse postorder, which is close to the text's own: what control cannot
 * reach comes last, and is dropped when nothing is in it. */
void order_blocks(struct arena *arena, struct ir_function *function);

#endif
