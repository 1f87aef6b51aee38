/* Members of unions, which lie in one place. */
#ifndef CUHOSTLINT_LOWER_BODY_UNIONS_H
#define CUHOSTLINT_LOWER_BODY_UNIONS_H

#include "lower/body/body.h"

/* Stores a number or pointer. Where the place is a member of a union beside a struct, the struct's
 * members hold other bits then; where it is one of these, the number beside them does. */
void unions_store(struct body *b, ir_value place, ir_value value);

#endif
