#include "lower/body/call_arguments.h"

#include "lower/body/casts.h"
#include "lower/body/expressions.h"
#include "lower/declarations/constants.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/types.h"

node_id call_arguments_nth(struct body *b, node_id node, unsigned index)
{
    CXCursor argument = b->u->clang->Cursor_getArgument(tree_cursor(b->tree, node), index);
    for (node_id child = tree_node(b->tree, node)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next)
        if (tree_same_cursor(b->u, tree_cursor(b->tree, child), argument))
            return child;
    return tree_add(b->tree, argument);
}

node_id call_arguments_first(struct body *b, node_id node)
{
    return call_arguments_nth(b, node, 0);
}

/* A default argument is shown as an empty expression without a place. */
static bool is_default_argument(struct body *b, node_id node)
{
    if (tree_kind(b->tree, node) != CXCursor_UnexposedExpr ||
        tree_node(b->tree, node)->child_count != 0)
        return false;
    return tree_loc(b->tree, node).file == IR_NONE;
}

/* The expression that the declaration gives for a default argument, or `node` itself. */
static node_id default_argument(struct body *b, node_id node, CXCursor function, unsigned index)
{
    uint64_t value;
    if (b->u->clang->Cursor_isNull(function) || constants_evaluate(b->tree, node, &value))
        return node;
    CXCursor parameter = b->u->clang->Cursor_getArgument(function, index);
    if (b->u->clang->Cursor_isNull(parameter))
        return node;
    node_id given = tree_last_expression(b->tree, tree_add(b->tree, parameter));
    return given == NODE_NONE ? node : given;
}

static void add_argument(struct body *b, struct ir_call *call, node_id argument, ir_id param)
{
    enum ir_type_kind kind = types_kind(b->u, param);
    ir_value value;
    if (kind == IR_TYPE_REFERENCE) {
        ir_id referee = types_get(b->u, param)->element;
        value = expressions_place(b, argument);
        if (types_kind(b->u, referee) == IR_TYPE_RECORD &&
            types_kind(b->u, tree_type(b->tree, argument)) == IR_TYPE_RECORD)
            value = casts_object(b, value, tree_type(b->tree, argument), referee);
    } else if (kind == IR_TYPE_RECORD) {
        value = body_local_address(b, body_temporary(b, param));
        expressions_into(b, argument, value, param);
    } else {
        value = expressions_operand(b, argument);
    }
    vec_push(b->u->arena, &call->args, value);
    struct ir_loc loc = tree_loc(b->tree, argument);
    vec_push(b->u->arena, &call->arg_locs, loc.file == IR_NONE ? b->loc : loc);
}

/* What the library gives itself by default (an allocator) means nothing to anybody. */
static bool is_of_no_interest(struct body *b, CXCursor function, ir_id param)
{
    enum ir_type_kind kind = types_kind(b->u, param);
    return (kind == IR_TYPE_RECORD || kind == IR_TYPE_REFERENCE) &&
           locations_in_system_header(b->u, function);
}

static void add_default_argument(struct body *b, struct ir_call *call, node_id node,
                                 CXCursor function, unsigned index, ir_id param)
{
    bool was_pinned = b->is_pinned;
    b->is_pinned = true;
    if (is_of_no_interest(b, function, param)) {
        ir_value value = body_unknown(b, param, "default argument");
        vec_push(b->u->arena, &call->args, value);
        vec_push(b->u->arena, &call->arg_locs, b->loc);
    } else {
        add_argument(b, call, default_argument(b, node, function, index), param);
        call->arg_locs.data[call->arg_locs.len - 1] = b->loc;
    }
    b->is_pinned = was_pinned;
}

/* The arguments as written: for calls that clang does not count. */
static void add_children(struct body *b, node_id node, const struct callee *callee,
                         struct ir_call *call, node_id configuration)
{
    unsigned index = 0;
    for (node_id child = tree_first_expression(b->tree, node); child != NODE_NONE;
         child = tree_next_expression(b->tree, child)) {
        if (child == callee->node || child == configuration)
            continue;
        add_argument(b, call, child, callees_param_type(b, callee, index++));
    }
}

void call_arguments_add(struct body *b, node_id node, struct callee *callee, struct ir_call *call,
                        node_id configuration)
{
    int count = b->u->clang->Cursor_getNumArguments(tree_cursor(b->tree, node));
    if (callee->has_object) {
        vec_push(b->u->arena, &call->args, callee->object);
        vec_push(b->u->arena, &call->arg_locs, tree_loc(b->tree, callee->node));
    }
    if (count < 0) {
        add_children(b, node, callee, call, configuration);
        return;
    }
    unsigned first = callee->is_object ? 1 : 0;
    if (callee->takes_object && !callee->has_object &&
        b->u->clang->getCursorKind(callee->declaration) != CXCursor_Constructor && count > 0) {
        /* An operator: its object is the first argument. */
        node_id object = call_arguments_first(b, node);
        ir_value place = expressions_place(b, object);
        ir_id record = types_get(b->u, tree_type(b->tree, object))->record;
        place = callees_object(b, place, record, callee->declaration);
        vec_push(b->u->arena, &call->args, place);
        vec_push(b->u->arena, &call->arg_locs, tree_loc(b->tree, object));
        first = 1;
    }
    for (unsigned i = first; i < (unsigned)count; i++) {
        node_id argument = call_arguments_nth(b, node, i);
        ir_id param = callees_param_type(b, callee, i - first);
        if (!is_default_argument(b, argument))
            add_argument(b, call, argument, param);
        else if (!callee->is_object)
            add_default_argument(b, call, argument, callee->declaration, i - first, param);
    }
}

void call_arguments_evaluate(struct body *b, node_id configuration)
{
    int count = b->u->clang->Cursor_getNumArguments(tree_cursor(b->tree, configuration));
    for (int i = 0; i < count; i++) {
        node_id argument = call_arguments_nth(b, configuration, (unsigned)i);
        uint64_t constant;
        if (!is_default_argument(b, argument) &&
            !constants_evaluate(b->tree, tree_strip(b->tree, argument), &constant))
            expressions_value(b, argument);
    }
}
