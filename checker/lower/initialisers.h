/* Initialisation of objects, and written types. */
#ifndef CUHOSTLINT_LOWER_INITIALISERS_H
#define CUHOSTLINT_LOWER_INITIALISERS_H

#include "lower/body.h"

/* Initialises the object of type `type` at `place` with an expression or a braced list. */
void initialisers_into(struct body *b, node_id node, ir_value place, ir_id type);

/* A variable's declaration: it comes to life, is initialised, and dies with its scope. */
void initialisers_variable(struct body *b, node_id declaration);

/* auto [x, y] = ...; */
void initialisers_bindings(struct body *b, node_id declaration);

/* for (auto [x, y] : ...): the same for the object at `address`. */
void initialisers_bindings_of(struct body *b, node_id declaration, ir_value address, ir_id type);

/* The initialiser's expression among a declaration's children, or NODE_NONE. */
node_id initialisers_of(struct body *b, node_id declaration);

/* The text of a node where it stands in one place of a file, else "". */
const char *initialisers_written(struct body *b, node_id node);

/* The type in the parentheses of `sizeof(T)`: builtin types are no children. */
ir_id initialisers_written_type(struct body *b, node_id node);

#endif
