#include "lower/body/expressions.h"

#include "lower/body/allocation.h"
#include "lower/body/atomics.h"
#include "lower/body/callees.h"
#include "lower/body/calls.h"
#include "lower/body/casts.h"
#include "lower/body/conditions.h"
#include "lower/body/exceptions.h"
#include "lower/body/initialisers.h"
#include "lower/body/members.h"
#include "lower/body/operators.h"
#include "lower/body/references.h"
#include "lower/body/scopes.h"
#include "lower/body/statements.h"
#include "lower/declarations/constants.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/records.h"
#include "lower/declarations/sizes.h"
#include "lower/declarations/types.h"
#include "support/starts_with.h"
#include "support/strbuf.h"

#include <ctype.h>
#include <string.h>

enum { DEEPEST_EXPRESSION = 1500 }; /* C frames, not source: the default stack holds many more */

static bool is_record(const struct body *b, ir_id type)
{
    return types_kind(b->u, type) == IR_TYPE_RECORD;
}

/* ---- literals -------------------------------------------------------------------------- */

static ir_value string_literal(struct body *b, node_id node)
{
    const struct ir_type *type = types_get(b->u, tree_type(b->tree, node));
    ir_id element = type->element == IR_NONE ? types_builtin(b->u, "char") : type->element;
    return body_emit(b, OP(IR_STRING, .type = types_pointer_to(b->u, element),
                           .text = names_spelling(b->u, tree_cursor(b->tree, node)),
                           .number = type->size));
}

/* ---- temporaries ----------------------------------------------------------------------- */

/* What nobody knows may lie somewhere, and what an unknown function gives may be a reference. */
static bool may_be_place(const struct body *b, ir_value value)
{
    const struct ir_op *op = &b->fn->ops.data[value];
    return op->code == IR_HAVOC || (op->code == IR_CALL && op->call->function == IR_NONE);
}

/* Stores a value where its address is wanted. */
static ir_value materialise(struct body *b, node_id node)
{
    ir_id type = tree_type(b->tree, node);
    if (is_record(b, type))
        return expressions_operand(b, node);
    if (types_kind(b->u, type) == IR_TYPE_FUNCTION)
        return expressions_operand(b, node);
    ir_value value = expressions_operand(b, node);
    if (types_kind(b->u, type) == IR_TYPE_UNKNOWN && may_be_place(b, value))
        return body_unknown(b, types_pointer_to(b->u, type), "place");
    ir_value slot = body_local_address(b, body_temporary(b, type));
    body_store(b, slot, value);
    return slot;
}

/* A new object of class type: built into a temporary. */
static ir_value object_value(struct body *b, node_id node)
{
    ir_id type = tree_type(b->tree, node);
    ir_id local = body_temporary(b, type);
    ir_value address = body_local_address(b, local);
    expressions_into(b, node, address, type);
    ir_id record = types_get(b->u, type)->record;
    if (record != IR_NONE && records_destructor(b->u, record) != IR_NONE)
        scopes_own(b, local, NODE_NONE);
    return address;
}

/* ---- values ---------------------------------------------------------------------------- */

/* clang's tree has what is waited for once, and then once more in each call that waits. */
static bool waits(struct body *b, node_id node)
{
    const char *text = locations_written(b->u, tree_cursor(b->tree, node));
    return starts_with(text, "co_await") || starts_with(text, "co_yield");
}

static ir_value unknown_expression(struct body *b, node_id node)
{
    ir_value operands[16];
    const size_t most = waits(b, node) ? 1 : sizeof operands / sizeof *operands;
    size_t count = 0;
    for (node_id child = tree_first_expression(b->tree, node); child != NODE_NONE && count < most;
         child = tree_next_expression(b->tree, child)) {
        ir_value value = expressions_value(b, child);
        if (value != IR_NONE)
            operands[count++] = value;
    }
    body_at(b, node);
    const char *kind =
        names_take(b->u, b->u->clang->getCursorKindSpelling(tree_cursor(b->tree, node).kind));
    return body_havoc(b, tree_type(b->tree, node), kind, operands, count);
}

static bool is_va_list(struct body *b, ir_id type)
{
    const struct ir_type *of = types_get(b->u, type);
    while (of->element != IR_NONE)
        of = types_get(b->u, of->element);
    return of->kind == IR_TYPE_RECORD &&
           strncmp(b->u->unit->records.data[of->record].name, "__va_list", 9) == 0;
}

/* va_arg looks like a conversion of the list. */
static bool is_va_arg(struct body *b, node_id node)
{
    return is_va_list(b, tree_type(b->tree, tree_first_expression(b->tree, node))) &&
           !is_va_list(b, tree_type(b->tree, node));
}

/* UnexposedExpr: an implicit conversion or wrapper with one child; a ?: b; an atomic operation; or
 * a call that clang could not resolve. */
static ir_value unexposed_value(struct body *b, node_id node)
{
    uint32_t count = tree_count_expressions(b->tree, node);
    if (count == 1 && is_va_arg(b, node)) {
        ir_value list = expressions_operand(b, tree_first_expression(b->tree, node));
        return body_havoc(b, tree_type(b->tree, node), "va_arg", &list, 1);
    }
    if (callees_is_recovered(b, node))
        return calls_value(b, node, IR_NONE);
    if (count <= 1)
        return casts_value(b, node);
    if (conditions_is_elvis(b, node))
        return conditions_value(b, node, false);
    const char *atomic = atomics_name(b, node);
    return atomic ? atomics_value(b, node, atomic) : unknown_expression(b, node);
}

static ir_value init_list_value(struct body *b, node_id node)
{
    ir_id type = tree_type(b->tree, node);
    enum ir_type_kind kind = types_kind(b->u, type);
    if (kind == IR_TYPE_RECORD || kind == IR_TYPE_ARRAY)
        return object_value(b, node);
    node_id inner = tree_first_expression(b->tree, node);
    if (inner != NODE_NONE) {
        ir_value value = expressions_operand(b, inner);
        return casts_convert(b, value, tree_type(b->tree, inner), type);
    }
    return kind == IR_TYPE_UNKNOWN || kind == IR_TYPE_FLOAT ? body_unknown(b, type, "{}")
                                                            : body_constant(b, type, 0);
}

/* What stands in parentheses, or what _Generic chooses; NODE_NONE: that is not known. */
static node_id inner_expression(struct body *b, node_id node)
{
    return tree_kind(b->tree, node) == CXCursor_GenericSelectionExpr
               ? tree_selected(b->tree, node)
               : tree_first_expression(b->tree, node);
}

/* f(std::forward<T>(args)...) in a template's pattern: no values, one or many. */
static ir_value pack_value(struct body *b, node_id node)
{
    node_id pattern = tree_first_expression(b->tree, node);
    if (pattern != NODE_NONE)
        expressions_value(b, pattern);
    return body_unknown(b, tree_type(b->tree, node), "pack");
}

static ir_value lower_value(struct body *b, node_id node)
{
    ir_id type = tree_type(b->tree, node);
    switch (tree_kind(b->tree, node)) {
    case CXCursor_PackExpansionExpr:
        return pack_value(b, node);
    case CXCursor_ParenExpr:
    case CXCursor_GenericSelectionExpr: {
        node_id inner = inner_expression(b, node);
        return inner == NODE_NONE ? body_havoc(b, type, "choice", NULL, 0)
                                  : expressions_value(b, inner);
    }
    case CXCursor_UnexposedExpr:
        return unexposed_value(b, node);
    case CXCursor_DeclRefExpr:
        return references_value(b, node);
    case CXCursor_MemberRefExpr: {
        CXCursor member = b->u->clang->getCursorReferenced(tree_cursor(b->tree, node));
        if (functions_is_function(b->u->clang->getCursorKind(member)))
            return references_function(b, member);
        ir_value place = members_place(b, node);
        /* In a pattern's body the class at hand knows the type better than the pattern. */
        ir_id known = types_get(b->u, body_value_type(b, place))->element;
        return body_read(b, place, known == IR_NONE ? type : known);
    }
    case CXCursor_ArraySubscriptExpr:
        return body_read(b, operators_subscript_place(b, node), type);
    case CXCursor_CallExpr:
        if (callees_returns_reference(b, node))
            return body_read(b, calls_value(b, node, IR_NONE), type);
        return calls_value(b, node, IR_NONE);
    case CXCursor_IntegerLiteral:
    case CXCursor_CharacterLiteral:
    case CXCursor_CXXBoolLiteralExpr:
        return body_unknown(b, type, "literal");
    case CXCursor_FloatingLiteral:
    case CXCursor_ImaginaryLiteral:
        return body_unknown(b, type, "floating-point value");
    case CXCursor_StringLiteral:
        return string_literal(b, node);
    case CXCursor_UnaryOperator:
        return operators_unary(b, node);
    case CXCursor_BinaryOperator:
        return operators_binary(b, node);
    case CXCursor_CompoundAssignOperator:
        return operators_compound(b, node);
    case CXCursor_ConditionalOperator:
        return conditions_value(b, node, false);
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXReinterpretCastExpr:
    case CXCursor_CXXConstCastExpr:
    case CXCursor_CXXFunctionalCastExpr:
    case CXCursor_CXXDynamicCastExpr:
    case CXCursor_BuiltinBitCastExpr:
        return casts_value(b, node);
    case CXCursor_CompoundLiteralExpr:
    case CXCursor_LambdaExpr:
    case CXCursor_CXXParenListInitExpr:
        return object_value(b, node);
    case CXCursor_InitListExpr:
        return init_list_value(b, node);
    case CXCursor_StmtExpr:
        return statements_expression(b, node);
    case CXCursor_GNUNullExpr:
    case CXCursor_CXXNullPtrLiteralExpr:
        return body_constant(b, type, 0);
    case CXCursor_CXXThisExpr:
        return members_this(b);
    case CXCursor_CXXThrowExpr:
        exceptions_throw(b, node);
        return IR_NONE;
    case CXCursor_CXXNewExpr:
        return allocation_new(b, node);
    case CXCursor_CXXDeleteExpr:
        allocation_delete(b, node);
        return IR_NONE;
    case CXCursor_UnaryExpr:
        return sizes_value(b, node);
    case CXCursor_CXXTypeidExpr:
    case CXCursor_RequiresExpr:
    case CXCursor_ConceptSpecializationExpr:
    case CXCursor_SizeOfPackExpr:
        return body_unknown(b, type, "compile-time value");
    default:
        return unknown_expression(b, node);
    }
}

/* The name that a literal was written with: a macro, or an enumerator; "" for a number. */
static const char *name_of_leaf(struct body *b, node_id leaf)
{
    enum CXCursorKind kind = tree_kind(b->tree, leaf);
    if (kind != CXCursor_IntegerLiteral && kind != CXCursor_DeclRefExpr)
        return "";
    struct ir_loc loc = tree_loc(b->tree, leaf);
    const char *name = locations_identifier(b->u, loc.file, loc.offset);
    return isdigit((unsigned char)*name) ? "" : name;
}

/* A constant; flags keep the names that they were written with. */
static ir_value named_constant(struct body *b, node_id node, uint64_t number)
{
    ir_value value = body_constant(b, tree_type(b->tree, node), number);
    node_id inner = tree_strip(b->tree, node);
    enum CXCursorKind kind = tree_kind(b->tree, inner);
    bool combines = kind == CXCursor_BinaryOperator &&
                    b->u->clang->getCursorBinaryOperatorKind(tree_cursor(b->tree, inner)) ==
                        CXBinaryOperator_Or;
    if (!combines && kind != CXCursor_IntegerLiteral && kind != CXCursor_DeclRefExpr)
        return value;
    struct strbuf names;
    strbuf_init(&names, b->u->arena);
    for (node_id leaf = inner; leaf < tree_end(b->tree, inner); leaf++) {
        const char *name =
            tree_node(b->tree, leaf)->first == NODE_NONE ? name_of_leaf(b, leaf) : "";
        if (*name)
            strbuf_addf(&names, names.len ? " %s" : "%s", name);
    }
    if (names.len)
        b->fn->ops.data[value].text = names.text;
    return value;
}

ir_value expressions_value(struct body *b, node_id node)
{
    struct ir_loc old = body_at(b, node);
    ir_value value;
    uint64_t number;
    if (++b->depth > DEEPEST_EXPRESSION)
        value = body_havoc(b, tree_type(b->tree, node), "expression nested too deeply", NULL, 0);
    else if (b->folds_sizeof ? constants_evaluate(b->tree, node, &number)
                             : constants_fold(b->tree, node, &number))
        value = named_constant(b, node, number);
    else
        value = lower_value(b, node);
    b->depth--;
    b->loc = old;
    return value;
}

ir_value expressions_operand(struct body *b, node_id node)
{
    if (node == NODE_NONE)
        return body_unknown(b, types_unknown(b->u), "missing operand");
    ir_value value = expressions_value(b, node);
    return value == IR_NONE ? body_unknown(b, tree_type(b->tree, node), "no value") : value;
}

/* ---- places ---------------------------------------------------------------------------- */

bool expressions_is_place(struct body *b, node_id node)
{
    for (;;) {
        node = tree_strip(b->tree, node);
        switch (tree_kind(b->tree, node)) {
        case CXCursor_DeclRefExpr: {
            CXCursor to = b->u->clang->getCursorReferenced(tree_cursor(b->tree, node));
            return b->u->clang->getCursorKind(to) != CXCursor_EnumConstantDecl;
        }
        case CXCursor_MemberRefExpr:
        case CXCursor_ArraySubscriptExpr:
        case CXCursor_StringLiteral:
        case CXCursor_CompoundLiteralExpr:
        case CXCursor_CompoundAssignOperator:
            return true;
        case CXCursor_CallExpr:
            return callees_returns_reference(b, node);
        case CXCursor_UnaryOperator: {
            enum CXUnaryOperatorKind op =
                b->u->clang->getCursorUnaryOperatorKind(tree_cursor(b->tree, node));
            return op == CXUnaryOperator_Deref || op == CXUnaryOperator_PreInc ||
                   op == CXUnaryOperator_PreDec;
        }
        case CXCursor_BinaryOperator: {
            enum CXBinaryOperatorKind op =
                b->u->clang->getCursorBinaryOperatorKind(tree_cursor(b->tree, node));
            if (op == CXBinaryOperator_Assign)
                return true;
            if (op != CXBinaryOperator_Comma)
                return false;
            node = tree_next_expression(b->tree, tree_first_expression(b->tree, node));
            break;
        }
        case CXCursor_ConditionalOperator:
            return conditions_chooses_place(b, node);
        case CXCursor_CXXStaticCastExpr:
        case CXCursor_CXXConstCastExpr:
        case CXCursor_CStyleCastExpr:
        case CXCursor_CXXReinterpretCastExpr:
            node = tree_first_expression(b->tree, node);
            if (node == NODE_NONE)
                return false;
            break;
        default:
            return false;
        }
    }
}

static ir_value lower_place(struct body *b, node_id node)
{
    switch (tree_kind(b->tree, node)) {
    case CXCursor_ParenExpr:
    case CXCursor_GenericSelectionExpr: {
        node_id inner = inner_expression(b, node);
        return inner == NODE_NONE ? IR_NONE : expressions_place(b, inner);
    }
    case CXCursor_UnexposedExpr:
        if (tree_count_expressions(b->tree, node) != 1 || callees_is_recovered(b, node))
            return IR_NONE;
        return casts_place(b, node);
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXReinterpretCastExpr:
    case CXCursor_CXXConstCastExpr:
        return casts_place(b, node);
    case CXCursor_DeclRefExpr:
        return expressions_is_place(b, node) ? references_place(b, node) : IR_NONE;
    case CXCursor_MemberRefExpr:
        return members_place(b, node);
    case CXCursor_ArraySubscriptExpr:
        return operators_subscript_place(b, node);
    case CXCursor_StringLiteral:
        return string_literal(b, node);
    case CXCursor_CallExpr:
        return callees_returns_reference(b, node) ? calls_value(b, node, IR_NONE) : IR_NONE;
    case CXCursor_UnaryOperator:
        return operators_unary_place(b, node);
    case CXCursor_BinaryOperator:
        return operators_binary_place(b, node);
    case CXCursor_CompoundAssignOperator:
        return operators_compound_place(b, node);
    case CXCursor_ConditionalOperator:
        return expressions_is_place(b, node) ? conditions_value(b, node, true) : IR_NONE;
    case CXCursor_CompoundLiteralExpr:
        return object_value(b, node);
    default:
        return IR_NONE;
    }
}

ir_value expressions_place(struct body *b, node_id node)
{
    struct ir_loc old = body_at(b, node);
    ir_value place;
    if (node == NODE_NONE)
        place = body_unknown(b, types_void_pointer(b->u), "missing operand");
    else if (++b->depth > DEEPEST_EXPRESSION)
        place = body_havoc(b, types_pointer_to(b->u, tree_type(b->tree, node)),
                           "expression nested too deeply", NULL, 0);
    else if ((place = lower_place(b, node)) == IR_NONE)
        place = materialise(b, node);
    if (node != NODE_NONE)
        b->depth--;
    b->loc = old;
    return place;
}

/* ---- into a place, and for nothing ----------------------------------------------------- */

void expressions_into(struct body *b, node_id node, ir_value place, ir_id type)
{
    struct ir_loc old = body_at(b, node);
    if (++b->depth > DEEPEST_EXPRESSION)
        body_havoc(b, types_void(b->u), "expression nested too deeply", &place, 1);
    else
        initialisers_into(b, node, place, type);
    b->depth--;
    b->loc = old;
}

void expressions_discard(struct body *b, node_id node)
{
    struct ir_loc old = body_at(b, node);
    node_id inner = tree_strip(b->tree, node);
    if (tree_kind(b->tree, inner) == CXCursor_CallExpr || callees_is_recovered(b, inner)) {
        calls_discard(b, inner);
    } else if (tree_kind(b->tree, inner) == CXCursor_ConditionalOperator &&
               !is_record(b, tree_type(b->tree, inner))) {
        statements_discard_conditional(b, inner);
    } else if (tree_kind(b->tree, inner) == CXCursor_StmtExpr) {
        statements_discard_expression(b, inner);
    } else if (tree_kind(b->tree, inner) == CXCursor_BinaryOperator &&
               b->u->clang->getCursorBinaryOperatorKind(tree_cursor(b->tree, inner)) ==
                   CXBinaryOperator_Comma) {
        node_id left = tree_first_expression(b->tree, inner);
        expressions_discard(b, left);
        if (tree_next_expression(b->tree, left) != NODE_NONE)
            expressions_discard(b, tree_next_expression(b->tree, left));
    } else {
        expressions_value(b, node);
    }
    b->loc = old;
}

void expressions_statement(struct body *b, node_id node)
{
    size_t mark = scopes_enter(b);
    expressions_discard(b, node);
    struct ir_loc old = body_at(b, node);
    scopes_leave(b, mark);
    b->loc = old;
}
