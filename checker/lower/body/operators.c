#include "lower/body/operators.h"

#include "lower/body/conditions.h"
#include "lower/body/expressions.h"
#include "lower/body/unions.h"
#include "lower/declarations/names.h"
#include "lower/declarations/patterns.h"
#include "lower/declarations/types.h"

static node_id left_of(const struct body *b, node_id node)
{
    return tree_first_expression(b->tree, node);
}

static node_id right_of(const struct body *b, node_id node)
{
    return tree_next_expression(b->tree, left_of(b, node));
}

static bool is_pointer_like(const struct body *b, ir_id type)
{
    enum ir_type_kind kind = types_kind(b->u, type);
    return kind == IR_TYPE_POINTER || kind == IR_TYPE_ARRAY;
}

static ir_id element_of(const struct body *b, ir_id type)
{
    return types_get(b->u, type)->element;
}

/* ---- arithmetic ------------------------------------------------------------------------ */

static ir_value negated(struct body *b, ir_value value, ir_id type)
{
    return body_emit(b, OP(IR_UNARY, .sub = IR_NEG, .type = type, .a = value));
}

static ir_value pointer_difference(struct body *b, ir_value x, ir_value y, ir_id pointer,
                                   ir_id type)
{
    return body_emit(b, OP(IR_BINARY, .sub = IR_PTRDIFF, .type = type, .a = x, .b = y,
                           .number = types_bytes(b->u, element_of(b, pointer))));
}

/* In an instance's body the value may be of a known type where the pattern's words say none. */
static ir_id known_type(const struct body *b, ir_value value, ir_id type)
{
    bool is_open =
        types_kind(b->u, type) == IR_TYPE_UNKNOWN ||
        (is_pointer_like(b, type) && types_kind(b->u, element_of(b, type)) == IR_TYPE_UNKNOWN);
    ir_id of_value = value == IR_NONE ? IR_NONE : b->fn->ops.data[value].type;
    return is_open && types_kind(b->u, of_value) == IR_TYPE_POINTER ? of_value : type;
}

ir_value operators_add(struct body *b, enum ir_binary op, ir_value x, ir_id x_type, ir_value y,
                       ir_id y_type, ir_id type)
{
    x_type = known_type(b, x, x_type);
    y_type = known_type(b, y, y_type);
    bool x_points = is_pointer_like(b, x_type);
    bool y_points = is_pointer_like(b, y_type);
    if (op == IR_SUB && x_points && y_points)
        return pointer_difference(b, x, y, x_type, type);
    if (op == IR_SUB && x_points)
        return body_index(b, x, negated(b, y, y_type), element_of(b, x_type));
    if (op == IR_ADD && x_points)
        return body_index(b, x, y, element_of(b, x_type));
    if (op == IR_ADD && y_points)
        return body_index(b, y, x, element_of(b, y_type));
    return body_binary(b, op, x, y, type);
}

static bool binary_of(enum CXBinaryOperatorKind kind, enum ir_binary *op)
{
    switch (kind) {
    case CXBinaryOperator_Mul:
    case CXBinaryOperator_MulAssign:
        *op = IR_MUL;
        return true;
    case CXBinaryOperator_Div:
    case CXBinaryOperator_DivAssign:
        *op = IR_DIV;
        return true;
    case CXBinaryOperator_Rem:
    case CXBinaryOperator_RemAssign:
        *op = IR_REM;
        return true;
    case CXBinaryOperator_Add:
    case CXBinaryOperator_AddAssign:
        *op = IR_ADD;
        return true;
    case CXBinaryOperator_Sub:
    case CXBinaryOperator_SubAssign:
        *op = IR_SUB;
        return true;
    case CXBinaryOperator_Shl:
    case CXBinaryOperator_ShlAssign:
        *op = IR_SHL;
        return true;
    case CXBinaryOperator_Shr:
    case CXBinaryOperator_ShrAssign:
        *op = IR_SHR;
        return true;
    case CXBinaryOperator_And:
    case CXBinaryOperator_AndAssign:
        *op = IR_AND;
        return true;
    case CXBinaryOperator_Xor:
    case CXBinaryOperator_XorAssign:
        *op = IR_XOR;
        return true;
    case CXBinaryOperator_Or:
    case CXBinaryOperator_OrAssign:
        *op = IR_OR;
        return true;
    default:
        return false;
    }
}

static bool compare_of(enum CXBinaryOperatorKind kind, enum ir_compare *op)
{
    switch (kind) {
    case CXBinaryOperator_LT:
        *op = IR_LT;
        return true;
    case CXBinaryOperator_GT:
        *op = IR_GT;
        return true;
    case CXBinaryOperator_LE:
        *op = IR_LE;
        return true;
    case CXBinaryOperator_GE:
        *op = IR_GE;
        return true;
    case CXBinaryOperator_EQ:
        *op = IR_EQ;
        return true;
    case CXBinaryOperator_NE:
        *op = IR_NE;
        return true;
    default:
        return false;
    }
}

/* ---- assignment ------------------------------------------------------------------------ */

static ir_value assign_place(struct body *b, node_id node)
{
    ir_id type = tree_type(b->tree, left_of(b, node));
    if (types_kind(b->u, type) == IR_TYPE_RECORD) {
        ir_value source = expressions_operand(b, right_of(b, node));
        ir_value place = expressions_place(b, left_of(b, node));
        body_at(b, node);
        if (patterns_assign(b, place, source, type, patterns_is_moved(b, right_of(b, node))))
            return place;
        body_emit(b, OP(IR_COPY, .type = type, .a = place, .b = source));
        return place;
    }
    /* The right side first: C++17's order, and any order in C. */
    ir_value value = expressions_operand(b, right_of(b, node));
    ir_value place = expressions_place(b, left_of(b, node));
    body_at(b, node);
    unions_store(b, place, value);
    return place;
}

static ir_value assign_value(struct body *b, node_id node)
{
    ir_id type = tree_type(b->tree, left_of(b, node));
    ir_value place = assign_place(b, node);
    if (types_kind(b->u, type) == IR_TYPE_RECORD)
        return place;
    const struct ir_block *block = &b->fn->blocks.data[b->block];
    const struct ir_op *store = &b->fn->ops.data[block->ops.data[block->ops.len - 1]];
    return store->code == IR_STORE ? store->b : body_load(b, place, type);
}

static ir_value compound(struct body *b, node_id node, ir_value *place)
{
    enum ir_binary op;
    ir_id left = tree_type(b->tree, left_of(b, node));
    ir_id right = tree_type(b->tree, right_of(b, node));
    ir_value y = expressions_operand(b, right_of(b, node));
    *place = expressions_place(b, left_of(b, node));
    body_at(b, node);
    ir_value x = body_load(b, *place, left);
    ir_value result;
    if (!binary_of(b->u->clang->getCursorBinaryOperatorKind(tree_cursor(b->tree, node)), &op) ||
        types_kind(b->u, left) == IR_TYPE_FLOAT)
        result = body_unknown(b, left, "arithmetic");
    else
        result = operators_add(b, op, x, left, y, right, left);
    unions_store(b, *place, result);
    return result;
}

ir_value operators_compound(struct body *b, node_id node)
{
    ir_value place;
    return compound(b, node, &place);
}

ir_value operators_compound_place(struct body *b, node_id node)
{
    ir_value place;
    compound(b, node, &place);
    return place;
}

/* ---- binary ---------------------------------------------------------------------------- */

static ir_value arithmetic(struct body *b, node_id node, enum ir_binary op)
{
    ir_id type = tree_type(b->tree, node);
    ir_id left = tree_type(b->tree, left_of(b, node));
    ir_id right = tree_type(b->tree, right_of(b, node));
    ir_value x = expressions_operand(b, left_of(b, node));
    ir_value y = expressions_operand(b, right_of(b, node));
    body_at(b, node);
    if (types_kind(b->u, type) == IR_TYPE_FLOAT)
        return body_unknown(b, type, "floating-point value");
    return operators_add(b, op, x, left, y, right, type);
}

ir_value operators_binary(struct body *b, node_id node)
{
    enum CXBinaryOperatorKind kind =
        b->u->clang->getCursorBinaryOperatorKind(tree_cursor(b->tree, node));
    enum ir_compare comparison;
    enum ir_binary op;
    if (right_of(b, node) == NODE_NONE)
        return body_havoc(b, tree_type(b->tree, node), "operator without operands", NULL, 0);
    if (kind == CXBinaryOperator_LAnd || kind == CXBinaryOperator_LOr)
        return conditions_value(b, node, false);
    if (kind == CXBinaryOperator_Comma) {
        expressions_discard(b, left_of(b, node));
        return expressions_value(b, right_of(b, node));
    }
    if (kind == CXBinaryOperator_Assign)
        return assign_value(b, node);
    if (binary_of(kind, &op))
        return arithmetic(b, node, op);
    ir_value operands[2] = {expressions_operand(b, left_of(b, node)),
                            expressions_operand(b, right_of(b, node))};
    body_at(b, node);
    if (compare_of(kind, &comparison)) {
        if (types_kind(b->u, tree_type(b->tree, left_of(b, node))) == IR_TYPE_FLOAT)
            return body_unknown(b, tree_type(b->tree, node), "floating-point comparison");
        return body_compare(b, comparison, operands[0], operands[1]);
    }
    return body_havoc(b, tree_type(b->tree, node), "operator", operands, 2);
}

ir_value operators_binary_place(struct body *b, node_id node)
{
    switch (b->u->clang->getCursorBinaryOperatorKind(tree_cursor(b->tree, node))) {
    case CXBinaryOperator_Comma:
        expressions_discard(b, left_of(b, node));
        return expressions_place(b, right_of(b, node));
    case CXBinaryOperator_Assign:
        return assign_place(b, node);
    case CXBinaryOperator_PtrMemD:
    case CXBinaryOperator_PtrMemI: {
        ir_value operands[2] = {expressions_operand(b, left_of(b, node)),
                                expressions_operand(b, right_of(b, node))};
        ir_id place = types_pointer_to(b->u, tree_type(b->tree, node));
        return body_havoc(b, place, "pointer to member", operands, 2);
    }
    default:
        return IR_NONE;
    }
}

/* ---- unary ----------------------------------------------------------------------------- */

static ir_value step(struct body *b, node_id node, bool is_decrement, bool wants_old,
                     ir_value *place)
{
    node_id operand = left_of(b, node);
    ir_id type = tree_type(b->tree, operand);
    *place = expressions_place(b, operand);
    body_at(b, node);
    ir_value old = body_load(b, *place, type);
    ir_value one = body_constant(b, types_int(b->u), 1);
    ir_value result = types_kind(b->u, type) == IR_TYPE_FLOAT
                          ? body_unknown(b, type, "floating-point value")
                          : operators_add(b, is_decrement ? IR_SUB : IR_ADD, old, type, one,
                                          types_int(b->u), type);
    unions_store(b, *place, result);
    return wants_old ? old : result;
}

static ir_value dereference(struct body *b, node_id node)
{
    ir_id type = tree_type(b->tree, left_of(b, node));
    ir_value pointer = expressions_operand(b, left_of(b, node));
    body_at(b, node);
    return types_kind(b->u, type) == IR_TYPE_RECORD ? patterns_dereference(b, pointer, type)
                                                    : pointer;
}

/* "Class::field" without an object. */
static bool names_field(const struct body *b, node_id node)
{
    const struct clang_api *clang = b->u->clang;
    CXCursor cursor = tree_cursor(b->tree, node);
    return clang->getCursorKind(cursor) == CXCursor_DeclRefExpr &&
           clang->getCursorKind(clang->getCursorReferenced(cursor)) == CXCursor_FieldDecl;
}

/* &f of a function or a member, else of a place. In a template, the type of what stands there may
 * depend on its arguments and that of its address be unknown: a call then gives a reference. */
static ir_value address_of(struct body *b, node_id node)
{
    node_id operand = tree_strip_parens(b->tree, left_of(b, node));
    ir_id type = tree_type(b->tree, operand);
    if (types_kind(b->u, type) == IR_TYPE_FUNCTION)
        return expressions_operand(b, operand);
    if (names_field(b, operand))
        return body_unknown(b, tree_type(b->tree, node), "pointer to member");
    bool is_open_call = tree_kind(b->tree, operand) == CXCursor_CallExpr &&
                        types_kind(b->u, type) == IR_TYPE_UNKNOWN &&
                        !expressions_is_place(b, operand);
    return is_open_call ? expressions_operand(b, operand) : expressions_place(b, operand);
}

ir_value operators_unary(struct body *b, node_id node)
{
    ir_id type = tree_type(b->tree, node);
    enum ir_unary op;
    ir_value place;
    if (left_of(b, node) == NODE_NONE)
        return body_havoc(b, type, "operator without operand", NULL, 0);
    switch (b->u->clang->getCursorUnaryOperatorKind(tree_cursor(b->tree, node))) {
    case CXUnaryOperator_PostInc:
        return step(b, node, false, true, &place);
    case CXUnaryOperator_PostDec:
        return step(b, node, true, true, &place);
    case CXUnaryOperator_PreInc:
        return step(b, node, false, false, &place);
    case CXUnaryOperator_PreDec:
        return step(b, node, true, false, &place);
    case CXUnaryOperator_AddrOf:
        return address_of(b, node);
    case CXUnaryOperator_Deref:
        return body_read(b, dereference(b, node), type);
    case CXUnaryOperator_Plus:
    case CXUnaryOperator_Extension:
        return expressions_value(b, left_of(b, node));
    case CXUnaryOperator_Minus:
        op = IR_NEG;
        break;
    case CXUnaryOperator_Not:
        op = IR_BIT_NOT;
        break;
    case CXUnaryOperator_LNot:
        op = IR_NOT;
        break;
    default: {
        ir_value operand = expressions_operand(b, left_of(b, node));
        return body_havoc(b, type, "operator", &operand, 1);
    }
    }
    ir_value operand = expressions_operand(b, left_of(b, node));
    body_at(b, node);
    if (types_kind(b->u, type) == IR_TYPE_FLOAT)
        return body_unknown(b, type, "floating-point value");
    return body_emit(b, OP(IR_UNARY, .sub = (uint8_t)op, .type = type, .a = operand));
}

ir_value operators_unary_place(struct body *b, node_id node)
{
    ir_value place;
    switch (b->u->clang->getCursorUnaryOperatorKind(tree_cursor(b->tree, node))) {
    case CXUnaryOperator_Deref:
        return dereference(b, node);
    case CXUnaryOperator_PreInc:
        step(b, node, false, false, &place);
        return place;
    case CXUnaryOperator_PreDec:
        step(b, node, true, false, &place);
        return place;
    case CXUnaryOperator_Extension:
        return expressions_place(b, left_of(b, node));
    default:
        return IR_NONE;
    }
}

/* ---- subscripts ------------------------------------------------------------------------ */

/* What stands before the [], and its type: of what depends on a template's arguments, as far as its
 * place tells. */
static ir_value subscripted(struct body *b, node_id base, ir_id *type)
{
    *type = tree_type(b->tree, base);
    if (types_kind(b->u, *type) != IR_TYPE_UNKNOWN || !expressions_is_place(b, base))
        return expressions_operand(b, base);
    ir_value place = expressions_place(b, base);
    *type = types_get(b->u, body_value_type(b, place))->element;
    enum ir_type_kind kind = types_kind(b->u, *type);
    return kind == IR_TYPE_RECORD || kind == IR_TYPE_ARRAY ? place : body_load(b, place, *type);
}

ir_value operators_subscript_place(struct body *b, node_id node)
{
    node_id base = left_of(b, node);
    node_id index = right_of(b, node);
    if (index == NODE_NONE)
        return body_havoc(b, types_pointer_to(b->u, tree_type(b->tree, node)), "subscript", NULL,
                          0);
    ir_id base_type = tree_type(b->tree, base);
    if (!is_pointer_like(b, base_type) && is_pointer_like(b, tree_type(b->tree, index))) {
        node_id swap = base; /* 3[p] */
        base = index;
        index = swap;
    }
    ir_value pointer = subscripted(b, base, &base_type);
    ir_value offset = expressions_operand(b, index);
    body_at(b, node);
    if (types_kind(b->u, base_type) == IR_TYPE_RECORD)
        return patterns_subscript(b, pointer, offset, base_type);
    ir_id element =
        is_pointer_like(b, base_type) ? element_of(b, base_type) : tree_type(b->tree, node);
    return body_index(b, pointer, offset, element);
}
