/* Constant expressions, as clang evaluates them. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_CONSTANTS_H
#define CUHOSTLINT_LOWER_DECLARATIONS_CONSTANTS_H

#include "lower/parse/tree.h"

#include <stdbool.h>

/* Marks the expressions from `root` on that may be constants, so that clang is asked only about
 * them (asking about every level of a deep expression would cost its square). */
void constants_mark(struct tree *tree, node_id root);

/* The value of an integer, bool or enum expression; false when it is none or not constant.
 * Expressions with a sizeof inside count as not constant: they are lowered part by part. */
bool constants_fold(struct tree *tree, node_id node, uint64_t *value);

/* The same, sizeof or not. */
bool constants_evaluate(struct tree *tree, node_id node, uint64_t *value);

/* The value of a constant variable, as its initialiser says. */
bool constants_of_variable(struct unit_builder *u, CXCursor variable, uint64_t *value);

/* True when an initialiser is made of constants and addresses of globals only. */
bool constants_is_static_data(struct tree *tree, node_id node);

/* True when it also holds no function's address. */
bool constants_is_plain_data(struct tree *tree, node_id node);

#endif
