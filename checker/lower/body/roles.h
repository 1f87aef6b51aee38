/* What the children of if and for are: libclang leaves the missing ones out. */
#ifndef CUHOSTLINT_LOWER_BODY_ROLES_H
#define CUHOSTLINT_LOWER_BODY_ROLES_H

#include "lower/body/body.h"

struct roles {
    node_id init, variable, condition, increment; /* NODE_NONE where there is none */
    node_id body, otherwise;                      /* then (or the loop's body), else */
};

struct roles roles_of_if(struct body *b, node_id node);
struct roles roles_of_for(struct body *b, node_id node);

#endif
