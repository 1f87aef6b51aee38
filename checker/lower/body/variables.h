/* Declarations of variables in function bodies, structured bindings included. */
#ifndef CUHOSTLINT_LOWER_BODY_VARIABLES_H
#define CUHOSTLINT_LOWER_BODY_VARIABLES_H

#include "lower/body/body.h"

/* A variable's declaration: it comes to life, is initialised, and dies with its scope. */
void variables_declare(struct body *b, node_id declaration);

/* auto [x, y] = ...; */
void variables_declare_parts(struct body *b, node_id declaration);

/* for (auto [x, y] : ...): the same for the object at `address`. */
void variables_bind_parts(struct body *b, node_id declaration, ir_value address, ir_id type);

#endif
