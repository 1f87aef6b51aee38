#include "lower/body/algorithms.h"

#include "lower/body/call_arguments.h"
#include "lower/body/calls.h"
#include "lower/body/expressions.h"
#include "lower/body/loops.h"
#include "lower/declarations/call_operators.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/types.h"

#include <string.h>

static bool is_for_each(struct body *b, node_id node)
{
    CXCursor function = tree_referenced(b->tree, node);
    return !b->u->clang->Cursor_isNull(function) &&
           strcmp(names_spelling(b->u, function), "for_each") == 0 &&
           strcmp(names_qualified(b->u, function), "std::for_each") == 0;
}

/* The object of a call `x.begin()`; NODE_NONE: it is another call. */
static node_id range_of_call(struct body *b, node_id node, const char *method)
{
    node = tree_strip(b->tree, node);
    if (tree_kind(b->tree, node) != CXCursor_CallExpr ||
        strcmp(names_spelling(b->u, tree_referenced(b->tree, node)), method) != 0)
        return NODE_NONE;
    node_id callee = tree_strip(b->tree, tree_first_expression(b->tree, node));
    return callee != NODE_NONE && tree_kind(b->tree, callee) == CXCursor_MemberRefExpr
               ? tree_first_expression(b->tree, callee)
               : NODE_NONE;
}

/* What both calls, of begin() and end(), are of, as it is written. */
static node_id common_range(struct body *b, node_id begin, node_id end)
{
    node_id range = range_of_call(b, begin, "begin"), other = range_of_call(b, end, "end");
    if (range == NODE_NONE || other == NODE_NONE ||
        types_kind(b->u, tree_type(b->tree, range)) != IR_TYPE_RECORD)
        return NODE_NONE;
    const char *written = locations_written(b->u, tree_cursor(b->tree, range));
    return *written && strcmp(written, locations_written(b->u, tree_cursor(b->tree, other))) == 0
               ? range
               : NODE_NONE;
}

struct body_of_loop {
    ir_id function;
    ir_value closure; /* IR_NONE: a plain function */
    ir_id param;      /* type */
    ir_id element;    /* type: `param`, or what it refers to */
};

static void call_with(struct body *b, ir_value element, ir_id type, void *data)
{
    const struct body_of_loop *what = data;
    bool by_place = what->param != what->element;
    ir_value args[2] = {what->closure, by_place ? element : body_read(b, element, type)};
    bool is_plain = what->closure == IR_NONE;
    ir_value value = calls_plain(b, what->function, is_plain ? args + 1 : args, is_plain ? 1 : 2);
    if (value != IR_NONE) /* the library drops what a body gives, as if by a cast */
        body_emit(b, OP(IR_CAST, .sub = IR_CAST_VOID, .type = types_void(b->u), .a = value));
}

/* The last parameter, where its type is known and not an object of its own. */
static bool find_param(struct body *b, size_t index, struct body_of_loop *what)
{
    const struct ir_function *f = &b->u->unit->functions.data[what->function];
    if (f->param_types.len != index + 1 || f->param_types.data[index] == IR_NONE)
        return false;
    what->param = f->param_types.data[index];
    bool is_copy = types_kind(b->u, what->param) != IR_TYPE_REFERENCE;
    what->element = is_copy ? what->param : types_get(b->u, what->param)->element;
    return !(is_copy && types_kind(b->u, what->element) == IR_TYPE_RECORD) &&
           types_kind(b->u, what->element) != IR_TYPE_UNKNOWN;
}

static bool find_body(struct body *b, node_id node, struct body_of_loop *what)
{
    node_id stripped = tree_strip(b->tree, node);
    ir_id record = types_get(b->u, tree_type(b->tree, node))->record;
    *what = (struct body_of_loop){.function = IR_NONE, .closure = IR_NONE};
    if (record != IR_NONE && b->u->unit->records.data[record].is_lambda) {
        what->function = call_operators_of(b->u, record);
        if (!find_param(b, 1, what))
            return false;
        what->closure = expressions_place(b, node);
        return true;
    }
    if (tree_kind(b->tree, stripped) != CXCursor_DeclRefExpr ||
        b->u->clang->getCursorKind(tree_referenced(b->tree, stripped)) != CXCursor_FunctionDecl)
        return false;
    what->function = functions_of(b->u, tree_referenced(b->tree, stripped));
    return find_param(b, 0, what);
}

bool algorithms_for_each(struct body *b, node_id node)
{
    struct body_of_loop what;
    if (!is_for_each(b, node) ||
        b->u->clang->Cursor_getNumArguments(tree_cursor(b->tree, node)) != 3)
        return false;
    node_id range = common_range(b, call_arguments_nth(b, node, 0), call_arguments_nth(b, node, 1));
    if (range == NODE_NONE || !find_body(b, call_arguments_nth(b, node, 2), &what))
        return false;
    loops_each_in(b, range, what.element, call_with, &what);
    return true;
}
