#include "lower/declarations/overloaded.h"

#include "lower/body/expressions.h"
#include "lower/body/operators.h"
#include "lower/declarations/names.h"
#include "lower/declarations/types.h"

#include <string.h>

/* clang shows such a call as operand, operator, operand; the operator as a name that stands for
 * whatever was declared so far. */
static const char *operator_of(struct body *b, node_id node)
{
    if (tree_kind(b->tree, node) != CXCursor_DeclRefExpr)
        return NULL;
    CXCursor names = tree_referenced(b->tree, node);
    const char *name = b->u->clang->getCursorKind(names) == CXCursor_OverloadedDeclRef
                           ? names_spelling(b->u, names)
                           : "";
    return strncmp(name, "operator", 8) == 0 ? name + 8 : NULL;
}

static bool comparison_of(const char *name, enum ir_compare *op)
{
    static const char *const names[] = {"==", "!=", "<", "<=", ">", ">="};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *op = (enum ir_compare)i; /* in the order of the enumeration */
            return true;
        }
    return false;
}

static bool arithmetic_of(const char *name, enum ir_binary *op)
{
    static const char *const names[] = {"+", "-", "*", "/", "%"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *op = (enum ir_binary)i;
            return true;
        }
    return false;
}

/* A number, or what only the instance tells: not an object with operators of its own. */
static bool may_be_number(const struct body *b, ir_id type)
{
    enum ir_type_kind kind = types_kind(b->u, type);
    return kind != IR_TYPE_RECORD && kind != IR_TYPE_FLOAT;
}

static ir_value apply(struct body *b, node_id node, const char *name, node_id left, node_id right)
{
    ir_id types[2] = {tree_type(b->tree, left), tree_type(b->tree, right)};
    ir_value operands[2] = {expressions_operand(b, left), expressions_operand(b, right)};
    enum ir_compare comparison;
    enum ir_binary op;
    body_at(b, node);
    if (may_be_number(b, types[0]) && may_be_number(b, types[1])) {
        if (comparison_of(name, &comparison))
            return body_compare(b, comparison, operands[0], operands[1]);
        if (arithmetic_of(name, &op))
            return operators_add(b, op, operands[0], types[0], operands[1], types[1],
                                 tree_type(b->tree, node));
    }
    return body_havoc(b, tree_type(b->tree, node), "operator", operands, 2);
}

bool overloaded_operator(struct body *b, node_id node, ir_value *result)
{
    if (tree_kind(b->tree, node) != CXCursor_CallExpr ||
        !b->u->clang->Cursor_isNull(tree_referenced(b->tree, node)))
        return false;
    node_id left = tree_first_expression(b->tree, node);
    node_id middle = left == NODE_NONE ? NODE_NONE : tree_next_expression(b->tree, left);
    const char *name = middle == NODE_NONE ? NULL : operator_of(b, middle);
    if (!name)
        return false;
    node_id right = tree_next_expression(b->tree, middle);
    struct ir_loc old = body_at(b, node);
    if (right != NODE_NONE) {
        *result = apply(b, node, name, left, right);
    } else {
        ir_value operand = expressions_operand(b, left);
        body_at(b, node);
        *result = body_havoc(b, tree_type(b->tree, node), "operator", &operand, 1);
    }
    b->loc = old;
    return true;
}
