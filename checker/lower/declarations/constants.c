#include "lower/declarations/constants.h"

#include "lower/declarations/functions.h"
#include "lower/declarations/locations.h"

#include <string.h>

static bool is_integer_type(CXType canonical)
{
    return (canonical.kind >= CXType_Bool && canonical.kind <= CXType_Int128) ||
           canonical.kind == CXType_Enum;
}

/* ---- marking --------------------------------------------------------------------------- */

/* `const size_t n = sizeof p;` in a function: where the number comes from is to be seen. */
static bool is_set_by_sizeof(struct unit_builder *u, CXCursor variable)
{
    if (u->clang->Cursor_hasVarDeclGlobalStorage(variable) == 1)
        return false;
    CXCursor initialiser = u->clang->Cursor_getVarDeclInitializer(variable);
    return !u->clang->Cursor_isNull(initialiser) &&
           strstr(locations_written(u, initialiser), "sizeof") != NULL;
}

static uint8_t mark_of_reference(struct unit_builder *u, CXCursor cursor)
{
    CXCursor to = u->clang->getCursorReferenced(cursor);
    switch (u->clang->getCursorKind(to)) {
    case CXCursor_EnumConstantDecl:
    case CXCursor_NonTypeTemplateParameter:
    case CXCursor_FunctionDecl:
        return NODE_MAY_FOLD;
    case CXCursor_CXXMethod:
        return u->clang->CXXMethod_isStatic(to) ? NODE_MAY_FOLD : 0;
    case CXCursor_VarDecl:
        if (!u->clang->isConstQualifiedType(u->clang->getCursorType(to)) ||
            u->clang->isVolatileQualifiedType(u->clang->getCursorType(to)))
            return 0;
        return is_set_by_sizeof(u, to) ? NODE_MAY_FOLD | NODE_HAS_SIZEOF : NODE_MAY_FOLD;
    default:
        return 0;
    }
}

static uint8_t mark_of_children(const struct tree *tree, node_id node)
{
    uint8_t all = NODE_MAY_FOLD;
    uint8_t any = 0;
    for (node_id child = tree_node(tree, node)->first; child != NODE_NONE;
         child = tree_node(tree, child)->next) {
        uint8_t flags = tree_node(tree, child)->flags;
        all &= flags;
        any |= flags;
    }
    return (uint8_t)(all | (any & (NODE_HAS_SIZEOF | NODE_HAS_CALL)));
}

static uint8_t without_fold(uint8_t flags)
{
    return flags & (uint8_t)~NODE_MAY_FOLD;
}

/* Clang folds `f() || true` as if the call were not there. */
static uint8_t unless_calls(uint8_t flags)
{
    return flags & NODE_HAS_CALL ? without_fold(flags) : flags;
}

static uint8_t mark_of_binary(struct unit_builder *u, CXCursor cursor, uint8_t children)
{
    enum CXBinaryOperatorKind op = u->clang->getCursorBinaryOperatorKind(cursor);
    if (op == CXBinaryOperator_LAnd || op == CXBinaryOperator_LOr)
        return unless_calls(children);
    bool is_plain = op >= CXBinaryOperator_Mul && op <= CXBinaryOperator_Or;
    return is_plain ? children : without_fold(children);
}

static uint8_t mark_of_unary(struct unit_builder *u, CXCursor cursor, uint8_t children)
{
    switch (u->clang->getCursorUnaryOperatorKind(cursor)) {
    case CXUnaryOperator_Plus:
    case CXUnaryOperator_Minus:
    case CXUnaryOperator_Not:
    case CXUnaryOperator_LNot:
    case CXUnaryOperator_Extension:
        return children;
    default:
        return without_fold(children);
    }
}

static uint8_t mark_of(struct tree *tree, node_id node)
{
    struct unit_builder *u = tree->u;
    CXCursor cursor = tree_node(tree, node)->cursor;
    uint8_t children = mark_of_children(tree, node);
    switch (tree_kind(tree, node)) {
    case CXCursor_IntegerLiteral:
    case CXCursor_CharacterLiteral:
    case CXCursor_CXXBoolLiteralExpr:
    case CXCursor_SizeOfPackExpr:
    case CXCursor_TypeRef:
    case CXCursor_NamespaceRef:
    case CXCursor_TemplateRef:
    case CXCursor_MemberRef: /* of offsetof */
    case CXCursor_FloatingLiteral:
        return NODE_MAY_FOLD;
    case CXCursor_DeclRefExpr: /* a template argument put in place of its parameter has a child */
        return tree_node(tree, node)->first != NODE_NONE ? children : mark_of_reference(u, cursor);
    case CXCursor_MemberRefExpr:
        return children & mark_of_reference(u, cursor);
    case CXCursor_UnaryExpr:
        return NODE_MAY_FOLD | NODE_HAS_SIZEOF;
    case CXCursor_ParenExpr:
    case CXCursor_UnexposedExpr:
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXFunctionalCastExpr:
    case CXCursor_CXXConstCastExpr:
        return children;
    case CXCursor_UnaryOperator:
        return mark_of_unary(u, cursor, children);
    case CXCursor_BinaryOperator:
        return mark_of_binary(u, cursor, children);
    case CXCursor_ConditionalOperator:
        return unless_calls(children);
    case CXCursor_CallExpr:
        return children | NODE_HAS_CALL;
    default:
        return without_fold(children);
    }
}

void constants_mark(struct tree *tree, node_id root)
{
    for (node_id node = (node_id)tree->nodes.len; node-- > root;)
        tree_node(tree, node)->flags = mark_of(tree, node);
}

/* ---- evaluation ------------------------------------------------------------------------ */

static bool evaluate(struct unit_builder *u, CXCursor expression, uint64_t *value)
{
    enum CXCursorKind kind = u->clang->getCursorKind(expression);
    /* Other types, and lists, crash clang_Cursor_Evaluate. */
    if (!u->clang->isExpression(kind) || kind == CXCursor_InitListExpr ||
        !is_integer_type(u->clang->getCanonicalType(u->clang->getCursorType(expression))))
        return false;
    CXEvalResult result = u->clang->Cursor_Evaluate(expression);
    if (!result)
        return false;
    bool is_known = u->clang->EvalResult_getKind(result) == CXEval_Int;
    if (is_known)
        *value = u->clang->EvalResult_isUnsignedInt(result)
                     ? u->clang->EvalResult_getAsUnsigned(result)
                     : (uint64_t)u->clang->EvalResult_getAsLongLong(result);
    u->clang->EvalResult_dispose(result);
    return is_known;
}

bool constants_evaluate(struct tree *tree, node_id node, uint64_t *value)
{
    const struct node *n = tree_node(tree, node);
    return (n->flags & NODE_MAY_FOLD) && evaluate(tree->u, n->cursor, value);
}

bool constants_of_variable(struct unit_builder *u, CXCursor variable, uint64_t *value)
{
    CXType type = u->clang->getCursorType(variable);
    if (!u->clang->isConstQualifiedType(type) || u->clang->isVolatileQualifiedType(type))
        return false;
    CXCursor initialiser = u->clang->Cursor_getVarDeclInitializer(variable);
    return !u->clang->Cursor_isNull(initialiser) && evaluate(u, initialiser, value);
}

bool constants_fold(struct tree *tree, node_id node, uint64_t *value)
{
    return !(tree_node(tree, node)->flags & NODE_HAS_SIZEOF) &&
           constants_evaluate(tree, node, value);
}

/* ---- initialisers ---------------------------------------------------------------------- */

enum { DEEPEST_INITIALISER = 64 };

static bool is_data(struct tree *tree, node_id node, bool functions_too, unsigned depth);

static bool children_are_data(struct tree *tree, node_id node, bool functions_too, unsigned depth)
{
    for (node_id child = tree_first_expression(tree, node); child != NODE_NONE;
         child = tree_next_expression(tree, child))
        if (!is_data(tree, child, functions_too, depth + 1))
            return false;
    return true;
}

static bool is_global(struct unit_builder *u, CXCursor cursor, bool functions_too)
{
    CXCursor to = u->clang->getCursorReferenced(cursor), function;
    enum CXCursorKind kind = u->clang->getCursorKind(to);
    if (functions_is_function(kind) || functions_only_overload(u, to, &function))
        return functions_too;
    return kind == CXCursor_VarDecl && u->clang->Cursor_hasVarDeclGlobalStorage(to) == 1;
}

static bool is_data(struct tree *tree, node_id node, bool functions_too, unsigned depth)
{
    struct unit_builder *u = tree->u;
    if (depth > DEEPEST_INITIALISER)
        return false;
    if (tree_node(tree, node)->flags & NODE_MAY_FOLD &&
        !(tree_node(tree, node)->flags & NODE_HAS_CALL) &&
        tree_kind(tree, node) != CXCursor_DeclRefExpr)
        return children_are_data(tree, node, functions_too, depth);
    switch (tree_kind(tree, node)) {
    case CXCursor_StringLiteral:
    case CXCursor_CXXNullPtrLiteralExpr:
    case CXCursor_GNUNullExpr:
    case CXCursor_FloatingLiteral:
        return true;
    case CXCursor_DeclRefExpr:
        return tree_node(tree, node)->flags & NODE_MAY_FOLD
                   ? is_global(u, tree_node(tree, node)->cursor, functions_too) ||
                         u->clang->getCursorKind(u->clang->getCursorReferenced(
                             tree_node(tree, node)->cursor)) == CXCursor_EnumConstantDecl
                   : is_global(u, tree_node(tree, node)->cursor, functions_too);
    case CXCursor_UnaryOperator:
    case CXCursor_InitListExpr:
    case CXCursor_UnexposedExpr:
    case CXCursor_ParenExpr:
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXReinterpretCastExpr:
    case CXCursor_CXXFunctionalCastExpr:
    case CXCursor_CompoundLiteralExpr:
    case CXCursor_BinaryOperator:
    case CXCursor_ArraySubscriptExpr:
        return children_are_data(tree, node, functions_too, depth);
    default:
        return false;
    }
}

bool constants_is_static_data(struct tree *tree, node_id node)
{
    return is_data(tree, node, true, 0);
}

bool constants_is_plain_data(struct tree *tree, node_id node)
{
    return is_data(tree, node, false, 0);
}
