#include "lower/body/references.h"

#include "lower/body/dependent.h"
#include "lower/body/expressions.h"
#include "lower/declarations/arguments.h"
#include "lower/declarations/constants.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/globals.h"
#include "lower/declarations/names.h"
#include "lower/declarations/types.h"
#include "lower/text/written.h"

ir_value references_function(struct body *b, CXCursor function)
{
    ir_id id = functions_of(b->u, function);
    functions_want(b->u, id);
    ir_id type = types_of_cursor(b->u, function);
    return body_emit(b, OP(IR_ADDR_FUNCTION, .type = types_pointer_to(b->u, type), .aux = id));
}

/* The function that the name stands for, as far as that is known. */
static bool is_function(struct body *b, CXCursor target, CXCursor *function)
{
    *function = target;
    return functions_is_function(b->u->clang->getCursorKind(target)) ||
           functions_only_overload(b->u, target, function);
}

/* An instance of it that depends on an argument of the template around. */
static bool is_variable_template(struct body *b, CXCursor target)
{
    return b->u->clang->getCursorKind(target) == CXCursor_OverloadedDeclRef &&
           b->u->clang->getNumOverloadedDecls(target) == 1 && b->fn->key &&
           b->u->clang->getCursorKind(b->u->clang->getOverloadedDecl(target, 0)) ==
               CXCursor_UnexposedDecl;
}

ir_value references_place(struct body *b, node_id node)
{
    CXCursor target = b->u->clang->getCursorReferenced(tree_cursor(b->tree, node)), function;
    ir_value address;
    ir_id type;
    if (!b->u->clang->Cursor_isNull(target)) {
        if (is_function(b, target, &function))
            return references_function(b, function);
        if (body_variable(b, target, &address, &type))
            return address;
    }
    ir_id pointer = types_pointer_to(b->u, tree_type(b->tree, node));
    const char *written = written_text(b, node);
    if (*written && is_variable_template(b, target)) {
        ir_id global = globals_of_instance(b->u, b->fn->key, written);
        return body_emit(b, OP(IR_ADDR_GLOBAL, .type = pointer, .aux = global));
    }
    return body_unknown(b, pointer, "unknown name");
}

/* A number that has a name, and that nobody knows. */
static ir_value open_number(struct body *b, ir_id type, const char *name)
{
    return body_emit(
        b, OP(IR_SIZEOF, .type = type, .aux = IR_NONE, .number = IR_SIZE_UNKNOWN, .text = name));
}

/* What depends on an argument of the template: the pattern itself goes one way wherever it asks for
 * it; an instance, as what a static member is set to says. Which way it goes by anything else is
 * not known. */
static ir_value open_constant(struct body *b, node_id node, CXCursor target, ir_id type)
{
    const char *name = written_text(b, node);
    if (b->fn->is_template_pattern && *name)
        return open_number(b, types_size(b->u), name);
    if (b->u->clang->getCursorKind(target) == CXCursor_VarDecl)
        return expressions_value(
            b, tree_add(b->tree, b->u->clang->Cursor_getVarDeclInitializer(target)));
    b->is_open |= b->record != IR_NONE && !b->fn->is_template_pattern;
    return body_unknown(b, type, "what depends on a template argument");
}

ir_value references_value(struct body *b, node_id node)
{
    CXCursor target = b->u->clang->getCursorReferenced(tree_cursor(b->tree, node)), function;
    enum CXCursorKind kind = b->u->clang->getCursorKind(target);
    ir_id type = tree_type(b->tree, node);
    if (kind == CXCursor_EnumConstantDecl)
        return body_constant(b, type, (uint64_t)b->u->clang->getEnumConstantDeclValue(target));
    if (is_function(b, target, &function))
        return references_function(b, function);
    uint64_t number;
    switch (dependent_constant(b, node, target, &number)) {
    case DEPENDENT_KNOWN:
        return body_constant(b, types_kind(b->u, type) == IR_TYPE_UNKNOWN ? types_size(b->u) : type,
                             number);
    case DEPENDENT_OPEN:
        return open_constant(b, node, target, type);
    case DEPENDENT_NOT:
        break;
    }
    ir_value address;
    ir_id of;
    if (!b->u->clang->Cursor_isNull(target) && body_variable(b, target, &address, &of))
        return body_read(b, address, of);
    node_id substituted = tree_first_expression(b->tree, node);
    if (substituted != NODE_NONE)
        return expressions_value(b, substituted);
    if (kind == CXCursor_NonTypeTemplateParameter) {
        if (!arguments_number(b, names_spelling(b->u, target), &number))
            return open_number(b, type, names_spelling(b->u, target));
        bool is_truth = types_kind(b->u, type) == IR_TYPE_BOOL;
        return body_constant(b, type, is_truth ? number != 0 : number);
    }
    if (constants_evaluate(b->tree, node, &number)) /* a constant of the function around */
        return body_constant(b, type, number);
    return body_unknown(b, type, "unknown name");
}
