/* Conversions between types. */
#ifndef CUHOSTLINT_LOWER_BODY_CASTS_H
#define CUHOSTLINT_LOWER_BODY_CASTS_H

#include "lower/body/body.h"

/* A value of type `from` as `to`. */
ir_value casts_convert(struct body *b, ir_value value, ir_id from, ir_id to);

/* A value compared with zero: what a condition or a conversion to bool means. */
ir_value casts_truth(struct body *b, ir_value value, ir_id type);

/* The address of an object of class `from` as that of its base (or derived) class `to`. */
ir_value casts_object(struct body *b, ir_value address, ir_id from, ir_id to);

/* Implicit and written cast expressions. */
ir_value casts_value(struct body *b, node_id node);
ir_value casts_place(struct body *b, node_id node);

#endif
