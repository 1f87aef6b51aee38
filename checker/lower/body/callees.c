#include "lower/body/callees.h"

#include "lower/body/casts.h"
#include "lower/body/dependent_callees.h"
#include "lower/body/expressions.h"
#include "lower/body/members.h"
#include "lower/declarations/arguments.h"
#include "lower/declarations/attributes.h"
#include "lower/declarations/call_operators.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/instances.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/patterns.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"
#include "support/identifier.h"

#include <string.h>

static bool is_named(const struct body *b, CXCursor function, const char *const *names,
                     size_t count)
{
    CXString text = b->u->clang->getCursorSpelling(function);
    const char *name = b->u->clang->getCString(text);
    bool found = name && names_is_one_of(name, names, count);
    b->u->clang->disposeString(text);
    return found;
}

/* ---- kinds of calls -------------------------------------------------------------------- */

bool callees_is_constructor(struct body *b, node_id node)
{
    return tree_kind(b->tree, node) == CXCursor_CallExpr &&
           b->u->clang->getCursorKind(tree_referenced(b->tree, node)) == CXCursor_Constructor;
}

bool callees_is_expect(struct body *b, node_id node)
{
    static const char *const names[] = {"__builtin_expect", "__builtin_expect_with_probability",
                                        "__builtin_assume_aligned", "__builtin_launder"};
    CXCursor function = tree_referenced(b->tree, node);
    return !b->u->clang->Cursor_isNull(function) &&
           is_named(b, function, names, sizeof names / sizeof *names);
}

static bool is_configuration(struct body *b, node_id node)
{
    static const char *const names[] = {"__cudaPushCallConfiguration", "cudaConfigureCall",
                                        "__hipPushCallConfiguration", "hipConfigureCall"};
    return tree_kind(b->tree, node) == CXCursor_CallExpr &&
           is_named(b, tree_referenced(b->tree, node), names, sizeof names / sizeof *names);
}

/* The configuration of a kernel launch, or NODE_NONE. */
node_id callees_configuration(struct body *b, node_id node)
{
    node_id callee = tree_first_expression(b->tree, node);
    node_id second = callee == NODE_NONE ? NODE_NONE : tree_next_expression(b->tree, callee);
    return second != NODE_NONE && is_configuration(b, second) ? second : NODE_NONE;
}

static CXType function_type(struct body *b, CXType type)
{
    CXType canonical = b->u->clang->getCanonicalType(type);
    for (int depth = 0; depth < 3; depth++) {
        if (canonical.kind != CXType_Pointer && canonical.kind != CXType_LValueReference &&
            canonical.kind != CXType_BlockPointer)
            break;
        canonical = b->u->clang->getCanonicalType(b->u->clang->getPointeeType(canonical));
    }
    return canonical;
}

static bool is_function_type(CXType type)
{
    return type.kind == CXType_FunctionProto || type.kind == CXType_FunctionNoProto;
}

/* `f = (F *)address`, for a variable that some declaration makes a function: not called, set. */
static bool is_assigned(struct body *b, node_id callee)
{
    const struct clang_api *clang = b->u->clang;
    node_id given = tree_next_expression(b->tree, callee);
    CXType type = function_type(b, clang->getCursorType(tree_cursor(b->tree, given)));
    CXType own = clang->getCursorType(tree_referenced(b->tree, callee));
    return is_function_type(type) && clang->equalTypes(type, clang->getCanonicalType(own));
}

bool callees_is_recovered(struct body *b, node_id node)
{
    if (tree_kind(b->tree, node) != CXCursor_UnexposedExpr)
        return false;
    node_id callee = tree_first_expression(b->tree, node);
    if (callee == NODE_NONE || tree_kind(b->tree, callee) != CXCursor_DeclRefExpr)
        return false;
    enum CXCursorKind kind = b->u->clang->getCursorKind(tree_referenced(b->tree, callee));
    bool is_overloaded = kind == CXCursor_OverloadedDeclRef;
    if (tree_count_expressions(b->tree, node) > 1)
        return is_overloaded || (functions_is_function(kind) && !is_assigned(b, callee));
    return is_overloaded && types_kind(b->u, tree_type(b->tree, node)) == IR_TYPE_UNKNOWN;
}

/* The function that the call names. Where what another call gives is called, `get()(p)`, libclang
 * says that it refers to what `get` does: that is none. */
static CXCursor called_function(struct body *b, node_id node)
{
    CXCursor function = tree_referenced(b->tree, node);
    node_id callee = tree_first_expression(b->tree, node);
    node_id inner = callee == NODE_NONE ? NODE_NONE : tree_strip(b->tree, callee);
    if (inner == NODE_NONE || tree_kind(b->tree, inner) != CXCursor_CallExpr ||
        !b->u->clang->equalCursors(function, tree_referenced(b->tree, inner)) ||
        !is_function_type(
            function_type(b, b->u->clang->getCursorType(tree_cursor(b->tree, inner)))))
        return function;
    return b->u->clang->getNullCursor();
}

/* The function type that a call goes through, or an invalid type. */
static CXType type_of_callee(struct body *b, node_id node)
{
    CXCursor function = called_function(b, node);
    CXType invalid = {.kind = CXType_Invalid};
    if (functions_is_function(b->u->clang->getCursorKind(function)))
        return b->u->clang->getCanonicalType(b->u->clang->getCursorType(function));
    node_id callee = tree_first_expression(b->tree, node);
    if (callee == NODE_NONE)
        return invalid;
    CXType type = function_type(b, b->u->clang->getCursorType(tree_cursor(b->tree, callee)));
    return is_function_type(type) ? type : invalid;
}

/* CXType_Invalid: none that is known. */
static enum CXTypeKind kind_of_result(struct body *b, node_id node)
{
    if (callees_is_constructor(b, node))
        return CXType_Invalid;
    CXType type = type_of_callee(b, node);
    if (is_function_type(type))
        return b->u->clang->getCanonicalType(b->u->clang->getResultType(type)).kind;
    node_id callee = tree_first_expression(b->tree, node);
    return callee != NODE_NONE && patterns_give_element(b, tree_strip(b->tree, callee))
               ? CXType_LValueReference
               : CXType_Invalid;
}

bool callees_returns_reference(struct body *b, node_id node)
{
    enum CXTypeKind result = kind_of_result(b, node);
    return result == CXType_LValueReference || result == CXType_RValueReference;
}

bool callees_returns_rvalue(struct body *b, node_id node)
{
    return tree_kind(b->tree, node) == CXCursor_CallExpr &&
           kind_of_result(b, node) == CXType_RValueReference;
}

bool callees_knows_type(const struct callee *callee)
{
    return is_function_type(callee->type);
}

/* std::exchange(p, nullptr) of a T *p: what one of the functions that it may be changes is given by
 * reference. */
static ir_id open_param_type(struct body *b, const struct callee *callee, int index)
{
    const struct clang_api *clang = b->u->clang;
    if (callee->open.kind != CXType_FunctionProto || index >= clang->getNumArgTypes(callee->open))
        return IR_NONE;
    CXType type = clang->getArgType(callee->open, (unsigned)index);
    bool is_changed = type.kind == CXType_LValueReference &&
                      !clang->isConstQualifiedType(clang->getPointeeType(type));
    return is_changed ? types_of(b->u, type) : IR_NONE;
}

ir_id callees_param_type(struct body *b, const struct callee *callee, unsigned index)
{
    if (!callees_knows_type(callee))
        return open_param_type(b, callee, (int)index);
    if ((int)index >= b->u->clang->getNumArgTypes(callee->type))
        return IR_NONE;
    return types_of(b->u, b->u->clang->getArgType(callee->type, index));
}

/* ---- callees --------------------------------------------------------------------------- */

/* Through a variable, or member, of class type itself there is nothing to dispatch. */
static bool is_exact_object(struct body *b, node_id member)
{
    node_id object = tree_first_expression(b->tree, member);
    if (object == NODE_NONE)
        return false;
    object = tree_strip(b->tree, object);
    enum CXCursorKind kind = tree_kind(b->tree, object);
    if (kind != CXCursor_DeclRefExpr && kind != CXCursor_MemberRefExpr)
        return false;
    CXType type =
        b->u->clang->getCanonicalType(b->u->clang->getCursorType(tree_referenced(b->tree, object)));
    return type.kind == CXType_Record;
}

/* Nor where nothing may override. */
static bool is_final(struct body *b, const struct callee *callee, ir_id record)
{
    return attributes_is_final(b->u, callee->declaration) ||
           (record != IR_NONE && attributes_is_final(b->u, b->u->records.data[record].declaration));
}

/* B::f(): the class is named. */
static bool is_qualified(const struct body *b, node_id member)
{
    for (node_id child = tree_node(b->tree, member)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next)
        if (tree_kind(b->tree, child) == CXCursor_TypeRef)
            return true;
    return false;
}

static bool takes_object(struct body *b, CXCursor function)
{
    switch (b->u->clang->getCursorKind(function)) {
    case CXCursor_CXXMethod:
        return !b->u->clang->CXXMethod_isStatic(function);
    case CXCursor_ConversionFunction:
    case CXCursor_Destructor:
    case CXCursor_Constructor:
        return true;
    default:
        return false;
    }
}

/* The object as the class that declares the method sees it. */
ir_value callees_object(struct body *b, ir_value object, ir_id record, CXCursor method)
{
    CXCursor parent = b->u->clang->getCursorSemanticParent(method);
    ir_id owner = records_of(b->u, parent);
    if (record == IR_NONE || owner == record ||
        records_base_towards(b->u, record, owner) == IR_NONE)
        return object;
    return casts_object(b, object, types_record(b->u, record), types_record(b->u, owner));
}

static void resolve_member(struct body *b, struct callee *callee, node_id member)
{
    ir_id record;
    if (!callee->takes_object)
        return;
    callee->object = members_object(b, member, &record);
    callee->object = callees_object(b, callee->object, record, callee->declaration);
    callee->has_object = true;
    callee->is_virtual = b->u->clang->CXXMethod_isVirtual(callee->declaration) &&
                         !is_exact_object(b, member) && !is_qualified(b, member) &&
                         !is_final(b, callee, record);
}

/* Where a macro holds a part of the text, the text may end before the name of a member. */
static const char *written_callee(struct body *b, node_id node)
{
    const char *text = locations_written(b->u, tree_cursor(b->tree, node));
    const bool is_whole = *text && (tree_kind(b->tree, node) != CXCursor_MemberRefExpr ||
                                    identifier_has(text[strlen(text) - 1]));
    return is_whole ? text : names_spelling(b->u, tree_cursor(b->tree, node));
}

/* A template's pattern can stand for its instance where the call, of whose type nothing is known,
 * needs no room for what it gives. */
static bool gives_no_object(struct body *b, CXCursor function)
{
    CXType type = b->u->clang->getCanonicalType(b->u->clang->getCursorType(function));
    switch (types_kind(b->u, types_of(b->u, b->u->clang->getResultType(type)))) {
    case IR_TYPE_VOID:
    case IR_TYPE_BOOL:
    case IR_TYPE_INT:
    case IR_TYPE_ENUM:
        return true;
    default:
        return false;
    }
}

/* A name that stands for several functions, of which clang chose none: all bear one qualified
 * name, which is what the models ask for. */
static void resolve_overloaded(struct body *b, struct callee *callee, CXCursor overloads)
{
    if (b->u->clang->getNumOverloadedDecls(overloads) == 0) {
        callee->function = functions_named(b->u, names_spelling(b->u, overloads), IR_NONE);
        return;
    }
    CXCursor first = b->u->clang->getOverloadedDecl(overloads, 0);
    enum CXCursorKind kind = b->u->clang->getCursorKind(first);
    callee->open = b->u->clang->getCanonicalType(b->u->clang->getCursorType(first));
    bool is_only = b->u->clang->getNumOverloadedDecls(overloads) == 1;
    if (is_only && kind == CXCursor_FunctionDecl) {
        callee->function = functions_of(b->u, first);
        callee->type = b->u->clang->getCanonicalType(b->u->clang->getCursorType(first));
        functions_want(b->u, callee->function);
        return;
    }
    if (is_only && kind == CXCursor_FunctionTemplate && gives_no_object(b, first)) {
        callee->function = functions_of(b->u, first);
        functions_want(b->u, callee->function);
        return;
    }
    callee->function = functions_named(b->u, names_qualified(b->u, first), IR_NONE);
    if (!b->u->clang->Location_isInSystemHeader(b->u->clang->getCursorLocation(first)))
        b->u->unit->functions.data[callee->function].in_system_header = false;
}

/* (o.*f)(x), (p->*f)(x): a pointer is called, with an object. */
static bool resolve_member_pointer(struct body *b, struct callee *callee, node_id node)
{
    if (tree_kind(b->tree, node) != CXCursor_BinaryOperator)
        return false;
    enum CXBinaryOperatorKind op =
        b->u->clang->getCursorBinaryOperatorKind(tree_cursor(b->tree, node));
    if (op != CXBinaryOperator_PtrMemD && op != CXBinaryOperator_PtrMemI)
        return false;
    node_id object = tree_first_expression(b->tree, node);
    node_id pointer = tree_next_expression(b->tree, object);
    callee->object = op == CXBinaryOperator_PtrMemD ? expressions_place(b, object)
                                                    : expressions_operand(b, object);
    callee->has_object = true;
    callee->pointer = expressions_operand(b, pointer);
    return true;
}

static void resolve_pointer(struct body *b, struct callee *callee)
{
    node_id inner = tree_strip(b->tree, callee->node);
    CXCursor target = tree_referenced(b->tree, inner);
    if (b->u->clang->getCursorKind(target) == CXCursor_OverloadedDeclRef &&
        tree_kind(b->tree, inner) == CXCursor_DeclRefExpr) {
        resolve_overloaded(b, callee, target);
        return;
    }
    callee->written = written_callee(b, inner);
    if (resolve_member_pointer(b, callee, inner) || dependent_callee(b, callee))
        return;
    if (tree_kind(b->tree, inner) == CXCursor_MemberRefExpr && b->u->clang->Cursor_isNull(target)) {
        dependent_callee_member(b, callee, inner);
        return;
    }
    ir_value value = expressions_operand(b, callee->node);
    ir_id closure = types_get(b->u, types_get(b->u, body_value_type(b, value))->element)->record;
    if (closure == IR_NONE || !b->u->unit->records.data[closure].is_lambda) {
        callee->pointer = value;
        return;
    }
    callee->function = call_operators_of(b->u, closure); /* in a template's pattern */
    callee->object = value;
    callee->has_object = true;
}

/* The function that `(*f)(x)` and `(&f)(x)` name as plainly as `f(x)` does; else null. */
static CXCursor decorated_function(struct body *b, node_id node)
{
    CXCursor null = b->u->clang->getNullCursor();
    while (node != NODE_NONE) {
        node = tree_strip(b->tree, node);
        if (tree_kind(b->tree, node) != CXCursor_UnaryOperator)
            break;
        enum CXUnaryOperatorKind op =
            b->u->clang->getCursorUnaryOperatorKind(tree_cursor(b->tree, node));
        if (op != CXUnaryOperator_Deref && op != CXUnaryOperator_AddrOf)
            return null;
        node = tree_first_expression(b->tree, node);
    }
    if (node == NODE_NONE || tree_kind(b->tree, node) != CXCursor_DeclRefExpr)
        return null;
    CXCursor function = tree_referenced(b->tree, node);
    return b->u->clang->getCursorKind(function) == CXCursor_FunctionDecl ? function : null;
}

/* T(x), where nobody knows which constructor that is before T is known: all that stands there are
 * arguments, which clang does not count. */
static bool is_unresolved_construction(struct body *b, node_id node)
{
    return tree_kind(b->tree, node) == CXCursor_CallExpr &&
           b->u->clang->Cursor_isNull(tree_referenced(b->tree, node)) &&
           b->u->clang->Cursor_getNumArguments(tree_cursor(b->tree, node)) < 0;
}

/* In what is lowered for an instance from its pattern (of a destructor clang shows no other),
 * another member of the class is that of the instance. */
static ir_id of_instance(struct body *b, ir_id function)
{
    return b->fn->is_template_pattern ? function : instances_own(b->u, function, b->record);
}

/* std::ranges::size(v): the library's functions there are objects whose classes each library names
 * as it likes. The object's own name is the function's. */
static bool resolve_function_object(struct body *b, struct callee *callee, node_id node)
{
    static const char scope[] = "std::ranges::";
    if (!callee->takes_object ||
        b->u->clang->Cursor_getNumArguments(tree_cursor(b->tree, node)) < 1)
        return false;
    CXCursor object = b->u->clang->Cursor_getArgument(tree_cursor(b->tree, node), 0);
    CXCursor variable = b->u->clang->getCursorReferenced(object);
    if (b->u->clang->getCursorKind(variable) != CXCursor_VarDecl ||
        strcmp(names_plain(b->u, callee->declaration), "operator()") != 0)
        return false;
    const char *name = names_qualified(b->u, variable);
    if (strncmp(name, scope, sizeof scope - 1) != 0)
        return false;
    callee->function = functions_named(b->u, name, tree_type(b->tree, node));
    callee->takes_object = false;
    callee->is_object = true;
    return true;
}

struct callee callees_resolve(struct body *b, node_id node)
{
    struct callee callee = {.declaration = b->u->clang->getNullCursor(),
                            .function = IR_NONE,
                            .pointer = IR_NONE,
                            .object = IR_NONE,
                            .type = type_of_callee(b, node),
                            .node = tree_first_expression(b->tree, node)};
    CXCursor function = called_function(b, node);
    if (is_unresolved_construction(b, node)) {
        callee.pointer = body_unknown(b, types_unknown(b->u), "constructor");
        callee.node = NODE_NONE;
        return callee;
    }
    if (b->u->clang->Cursor_isNull(function))
        function = decorated_function(b, callee.node);
    enum CXCursorKind kind = b->u->clang->getCursorKind(function);
    if (!functions_is_function(kind)) {
        if (callee.node == NODE_NONE)
            callee.pointer = body_unknown(b, types_unknown(b->u), "callee");
        else
            resolve_pointer(b, &callee);
        return callee;
    }
    callee.declaration = function;
    callee.takes_object = takes_object(b, function);
    if (resolve_function_object(b, &callee, node))
        return callee;
    callee.function = of_instance(b, functions_of(b->u, function));
    functions_want(b->u, callee.function);
    if (kind == CXCursor_Constructor) {
        callee.node = NODE_NONE;
        return callee;
    }
    node_id inner = callee.node == NODE_NONE ? NODE_NONE : tree_strip(b->tree, callee.node);
    if (inner != NODE_NONE && tree_kind(b->tree, inner) == CXCursor_MemberRefExpr &&
        functions_is_function(b->u->clang->getCursorKind(tree_referenced(b->tree, inner))))
        resolve_member(b, &callee, inner);
    return callee;
}
