/* switch and its labels. */
#ifndef CUHOSTLINT_LOWER_BODY_SWITCHES_H
#define CUHOSTLINT_LOWER_BODY_SWITCHES_H

#include "lower/body/body.h"

void switches_lower(struct body *b, node_id node);

/* `case X:` or `default:`, with the statement behind it. */
void switches_case(struct body *b, node_id node);

/* A label of which only the text tells that there is one: any value may come here. */
void switches_unknown_case(struct body *b);

#endif
