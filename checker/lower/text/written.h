/* What libclang does not tell and the words of the source do. */
#ifndef CUHOSTLINT_LOWER_TEXT_WRITTEN_H
#define CUHOSTLINT_LOWER_TEXT_WRITTEN_H

#include "lower/body/body.h"

/* The text of a node where it stands in one place of a file, else "". */
const char *written_text(struct body *b, node_id node);

/* The type in the parentheses of `sizeof(T)`: builtin types are no children. */
ir_id written_type(struct body *b, node_id node);

/* The type that the words name, where they stand in the text of the node (or of none, NODE_NONE): a
 * builtin one, an argument of the instance being lowered, or one that the node refers to. */
ir_id written_type_named(struct body *b, node_id node, const char *words);

#endif
