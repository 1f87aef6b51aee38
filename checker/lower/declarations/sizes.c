#include "lower/declarations/sizes.h"

#include "lower/declarations/constants.h"
#include "lower/declarations/types.h"
#include "lower/text/written.h"

#include <string.h>

/* The type that a sizeof is about. */
static ir_id measured_type(struct body *b, node_id node)
{
    node_id operand = tree_first_expression(b->tree, node);
    if (operand != NODE_NONE)
        return tree_type(b->tree, operand);
    return written_type(b, node);
}

/* clang gives a size to classes that it knows in part. */
static bool hides_its_size(const struct body *b, ir_id measured)
{
    while (types_kind(b->u, measured) == IR_TYPE_ARRAY)
        measured = types_get(b->u, measured)->element;
    return types_kind(b->u, measured) == IR_TYPE_RECORD &&
           types_bytes(b->u, measured) == IR_SIZE_UNKNOWN;
}

ir_value sizes_value(struct body *b, node_id node)
{
    ir_id type = tree_type(b->tree, node);
    uint64_t bytes;
    bool is_known = constants_evaluate(b->tree, node, &bytes);
    const char *written = written_text(b, node);
    if (is_known && strncmp(written, "sizeof", 6) != 0)
        return body_constant(b, type, bytes); /* alignof and the like */
    if (tree_loc(b->tree, node).macro != IR_NONE && is_known)
        written = "sizeof";
    if (!is_known && strncmp(written, "sizeof", 6) != 0)
        return body_unknown(b, type, "size");
    ir_id measured = measured_type(b, node);
    is_known &= !hides_its_size(b, measured);
    if (is_known && types_kind(b->u, measured) == IR_TYPE_ARRAY &&
        types_bytes(b->u, measured) != bytes) /* a parameter is a pointer, as whatever written */
        measured = types_pointer_to(b->u, types_get(b->u, measured)->element);
    return body_emit(b, OP(IR_SIZEOF, .type = type, .aux = measured,
                           .number = is_known ? bytes : types_bytes(b->u, measured)));
}
