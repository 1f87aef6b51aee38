#include "lower/body/atomics.h"

#include "lower/body/calls.h"
#include "lower/body/expressions.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/locations.h"
#include "lower/parse/tree.h"

#include <string.h>

const char *atomics_name(struct body *b, node_id node)
{
    if (tree_kind(b->tree, node) != CXCursor_UnexposedExpr ||
        tree_count_expressions(b->tree, node) < 2)
        return NULL;
    struct ir_loc loc = tree_loc(b->tree, node);
    const char *name = locations_identifier(b->u, loc.file, loc.offset);
    return strstr(name, "atomic_") ? name : NULL;
}

/* The operands stand in clang's own order: pointer, memory order, value, order on failure, second
 * value, weak or not. One that initialises has no order. */
ir_value atomics_value(struct body *b, node_id node, const char *name)
{
    ir_value args[8];
    size_t count = 0;
    bool has_orders = !strstr(name, "init");
    size_t at = 0;
    for (node_id child = tree_first_expression(b->tree, node);
         child != NODE_NONE && count < sizeof args / sizeof *args;
         child = tree_next_expression(b->tree, child))
        if (at++ % 2 == 0 || !has_orders)
            args[count++] = expressions_operand(b, child);
    body_at(b, node);
    ir_id function = functions_named(b->u, name, IR_NONE);
    return calls_builtin(b, function, args, count, tree_type(b->tree, node));
}
