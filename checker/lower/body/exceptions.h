/* throw, try and catch. */
#ifndef CUHOSTLINT_LOWER_BODY_EXCEPTIONS_H
#define CUHOSTLINT_LOWER_BODY_EXCEPTIONS_H

#include "lower/body/body.h"

void exceptions_throw(struct body *b, node_id node);

/* Leaves by an exception that nothing is known of. */
void exceptions_throw_unknown(struct body *b);

void exceptions_try(struct body *b, node_id node);

#endif
