#include "lower/body/conditions.h"

#include "lower/body/call_arguments.h"
#include "lower/body/callees.h"
#include "lower/body/casts.h"
#include "lower/body/expressions.h"
#include "lower/body/scopes.h"
#include "lower/declarations/constants.h"
#include "lower/declarations/types.h"

/* ---- conditions ------------------------------------------------------------------------ */

static bool is_logical(struct body *b, node_id node, enum CXBinaryOperatorKind *op)
{
    if (tree_kind(b->tree, node) != CXCursor_BinaryOperator)
        return false;
    *op = b->u->clang->getCursorBinaryOperatorKind(tree_cursor(b->tree, node));
    return *op == CXBinaryOperator_LAnd || *op == CXBinaryOperator_LOr;
}

static void logical_condition(struct body *b, node_id node, enum CXBinaryOperatorKind op, ir_id yes,
                              ir_id no)
{
    node_id left = tree_first_expression(b->tree, node);
    node_id right = tree_next_expression(b->tree, left);
    ir_id next = body_block(b);
    if (op == CXBinaryOperator_LAnd)
        conditions_branch(b, left, next, no);
    else
        conditions_branch(b, left, yes, next);
    body_enter(b, next);
    size_t mark = scopes_enter(b);
    conditions_branch(b, right, yes, no);
    b->cleanups.len = mark;
}

/* a ? b : c asks about a, then about b or c: there is no value in between. */
static void chosen_condition(struct body *b, node_id node, ir_id yes, ir_id no)
{
    node_id condition = tree_first_expression(b->tree, node);
    node_id ways[2] = {tree_next_expression(b->tree, condition)};
    ways[1] = tree_next_expression(b->tree, ways[0]);
    ir_id blocks[2] = {body_block(b), body_block(b)};
    conditions_branch(b, condition, blocks[0], blocks[1]);
    for (size_t i = 0; i < 2; i++) {
        body_enter(b, blocks[i]);
        size_t mark = scopes_enter(b);
        conditions_branch(b, ways[i], yes, no);
        b->cleanups.len = mark;
    }
}

/* Both ways have a truth of their own: neither throws, nor is it an object that converts. */
static bool chooses_truth(struct body *b, node_id node)
{
    if (tree_kind(b->tree, node) != CXCursor_ConditionalOperator ||
        tree_count_expressions(b->tree, node) != 3)
        return false;
    enum ir_type_kind type = types_kind(b->u, tree_type(b->tree, node));
    if (type != IR_TYPE_INT && type != IR_TYPE_BOOL && type != IR_TYPE_POINTER)
        return false;
    node_id way = tree_first_expression(b->tree, node);
    for (int i = 0; i < 2; i++) {
        way = tree_next_expression(b->tree, way);
        if (tree_kind(b->tree, tree_strip(b->tree, way)) == CXCursor_CXXThrowExpr)
            return false;
    }
    return true;
}

/* Implicit conversions to bool, parentheses, __builtin_expect: the condition is what is inside. */
static node_id strip_condition(struct body *b, node_id node)
{
    for (;;) {
        enum CXCursorKind kind = tree_kind(b->tree, node);
        if (kind == CXCursor_CallExpr && callees_is_expect(b, node)) {
            node = call_arguments_first(b, node);
            continue;
        }
        if (kind != CXCursor_ParenExpr && kind != CXCursor_UnexposedExpr)
            return node;
        if (tree_count_expressions(b->tree, node) != 1)
            return node;
        node_id inner = tree_first_expression(b->tree, node);
        enum ir_type_kind type = types_kind(b->u, tree_type(b->tree, inner));
        if (type == IR_TYPE_RECORD || type == IR_TYPE_ARRAY || type == IR_TYPE_FUNCTION ||
            type == IR_TYPE_FLOAT)
            return node;
        node = inner;
    }
}

/* The scope's temporaries end on both ways of a branch. */
static void branch_and_end(struct body *b, ir_value value, size_t mark, ir_id yes, ir_id no)
{
    if (b->cleanups.len == mark) {
        body_branch(b, value, yes, no);
        return;
    }
    ir_id on_yes = body_block(b);
    ir_id on_no = body_block(b);
    body_branch(b, value, on_yes, on_no);
    body_enter(b, on_yes);
    scopes_unwind_to(b, mark);
    body_jump(b, yes);
    body_enter(b, on_no);
    scopes_leave(b, mark);
    body_jump(b, no);
}

void conditions_branch(struct body *b, node_id node, ir_id yes, ir_id no)
{
    struct ir_loc old = body_at(b, node);
    node = strip_condition(b, node);
    enum CXBinaryOperatorKind op;
    uint64_t known;
    if (constants_fold(b->tree, node, &known)) {
        body_jump(b, known ? yes : no);
    } else if (is_logical(b, node, &op)) {
        logical_condition(b, node, op, yes, no);
    } else if (chooses_truth(b, node)) {
        chosen_condition(b, node, yes, no);
    } else if (tree_kind(b->tree, node) == CXCursor_UnaryOperator &&
               b->u->clang->getCursorUnaryOperatorKind(tree_cursor(b->tree, node)) ==
                   CXUnaryOperator_LNot) {
        conditions_branch(b, tree_first_expression(b->tree, node), no, yes);
    } else {
        size_t mark = scopes_enter(b);
        ir_value value = expressions_operand(b, node);
        body_at(b, node);
        branch_and_end(b, value, mark, yes, no);
    }
    b->loc = old;
}

/* ---- ?: && || -------------------------------------------------------------------------- */

struct ways {
    node_id condition, yes, no; /* NODE_NONE: the way is the constant below */
    uint64_t yes_constant, no_constant;
    bool shares_condition; /* a ?: b: the yes way is the condition's own value */
};

static struct ways ways_of(struct body *b, node_id node)
{
    node_id first = tree_first_expression(b->tree, node);
    node_id second = tree_next_expression(b->tree, first);
    node_id third = second == NODE_NONE ? NODE_NONE : tree_next_expression(b->tree, second);
    if (tree_kind(b->tree, node) == CXCursor_BinaryOperator)
        return (struct ways){.condition = node,
                             .yes = NODE_NONE,
                             .no = NODE_NONE,
                             .yes_constant = 1,
                             .no_constant = 0};
    if (tree_kind(b->tree, node) == CXCursor_UnexposedExpr) /* common, condition, yes, no */
        return (struct ways){.condition = first,
                             .yes = first,
                             .no = tree_next_expression(b->tree, third),
                             .shares_condition = true};
    return (struct ways){.condition = first, .yes = second, .no = third};
}

bool conditions_chooses_place(struct body *b, node_id node)
{
    struct ways ways = ways_of(b, node);
    return ways.no != NODE_NONE && expressions_is_place(b, ways.yes) &&
           expressions_is_place(b, ways.no);
}

static void lower_way(struct body *b, node_id way, uint64_t constant, ir_value slot, ir_id type,
                      bool as_place)
{
    size_t mark = scopes_enter(b);
    if (way == NODE_NONE) {
        body_store(b, slot, body_constant(b, type, constant));
    } else if (as_place) {
        body_store(b, slot, expressions_place(b, way));
    } else if (types_kind(b->u, type) == IR_TYPE_VOID) {
        expressions_discard(b, way);
    } else if (tree_kind(b->tree, tree_strip(b->tree, way)) == CXCursor_CXXThrowExpr) {
        expressions_discard(b, way);
    } else {
        expressions_into(b, way, slot, type);
    }
    scopes_leave(b, mark);
}

/* a ?: b evaluates a once. */
static void lower_elvis(struct body *b, struct ways ways, ir_value slot, ir_id type, ir_id yes,
                        ir_id no)
{
    ir_value value = expressions_operand(b, ways.condition);
    ir_id from = tree_type(b->tree, ways.condition);
    ir_value converted = casts_convert(b, value, from, type);
    body_store(b, slot, converted);
    body_branch(b, casts_truth(b, value, from), yes, no);
}

ir_value conditions_value(struct body *b, node_id node, bool as_place)
{
    struct ways ways = ways_of(b, node);
    ir_id type = tree_type(b->tree, node);
    if (as_place)
        type = types_pointer_to(b->u, type);
    if (ways.no == NODE_NONE && tree_kind(b->tree, node) != CXCursor_BinaryOperator)
        return body_havoc(b, type, "conditional", NULL, 0);
    bool is_void = types_kind(b->u, type) == IR_TYPE_VOID;
    ir_value slot = IR_NONE;
    if (!is_void)
        slot = body_local_address(b, body_temporary(b, type));
    ir_id yes = body_block(b);
    ir_id no = body_block(b);
    ir_id join = body_block(b);
    if (ways.shares_condition && !as_place) {
        lower_elvis(b, ways, slot, type, join, no);
        yes = IR_NONE;
    } else {
        conditions_branch(b, ways.condition, yes, no);
    }
    if (yes != IR_NONE) {
        body_enter(b, yes);
        lower_way(b, ways.yes, ways.yes_constant, slot, type, as_place);
        body_jump(b, join);
    }
    body_enter(b, no);
    lower_way(b, ways.no, ways.no_constant, slot, type, as_place);
    body_flow_into(b, join);
    body_at(b, node);
    if (is_void)
        return IR_NONE;
    return as_place ? body_load(b, slot, type) : body_read(b, slot, type);
}

/* a ?: b: the common value, the condition and the yes way that both stand for it, the no way. Not
 * so what clang could not resolve: a callee with three arguments, say. */
bool conditions_is_elvis(struct body *b, node_id node)
{
    if (tree_count_expressions(b->tree, node) != 4)
        return false;
    node_id common = tree_first_expression(b->tree, node);
    node_id condition = tree_next_expression(b->tree, common);
    node_id yes = tree_next_expression(b->tree, condition);
    uint32_t start = tree_loc(b->tree, common).offset;
    return tree_loc(b->tree, condition).offset == start && tree_loc(b->tree, yes).offset == start;
}
