/* Loops. */
#ifndef CUHOSTLINT_LOWER_BODY_LOOPS_H
#define CUHOSTLINT_LOWER_BODY_LOOPS_H

#include "lower/body/body.h"

void loops_while(struct body *b, node_id node);
void loops_do(struct body *b, node_id node);
void loops_for(struct body *b, node_id node);
void loops_range_for(struct body *b, node_id node);

/* Calls `each` with the address of the object, or of each element of an array in turn (a loop in
 * the IR when there is more than one). */
typedef void (*element_visitor)(struct body *b, ir_value element, ir_id type, void *data);
void loops_each_element(struct body *b, ir_value place, ir_id type, element_visitor each,
                        void *data);

/* The same for `count` elements from `first` on; IR_NONE: an unknown number. */
void loops_each_of(struct body *b, ir_value first, ir_id element, ir_value count,
                   element_visitor each, void *data);

/* The same for the elements of the range that the expression is, which are of that type. */
void loops_each_in(struct body *b, node_id expression, ir_id element, element_visitor each,
                   void *data);

#endif
