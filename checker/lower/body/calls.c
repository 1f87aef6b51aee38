#include "lower/body/calls.h"

#include "lower/body/algorithms.h"
#include "lower/body/call_arguments.h"
#include "lower/body/callees.h"
#include "lower/body/constructors.h"
#include "lower/body/expressions.h"
#include "lower/body/jumps.h"
#include "lower/body/loops.h"
#include "lower/body/scopes.h"
#include "lower/declarations/call_operators.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/numbered.h"
#include "lower/declarations/overloaded.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

#include <string.h>

/* ---- the operation --------------------------------------------------------------------- */

static struct ir_call *new_call(struct body *b)
{
    struct ir_call *call = arena_new_object(b->u->arena, struct ir_call);
    call->function = IR_NONE;
    call->callee = IR_NONE;
    call->into = IR_NONE;
    return call;
}

/* May come back by an exception, or jump back. */
static bool may_throw(const struct body *b, const struct ir_call *call)
{
    if (b->u->source->language == SOURCE_C)
        return b->landing.block != IR_NONE;
    return call->function == IR_NONE || !b->u->unit->functions.data[call->function].is_noexcept;
}

static ir_value emit_call(struct body *b, enum ir_opcode code, struct ir_call *call, ir_id type)
{
    if (code == IR_CALL && may_throw(b, call))
        scopes_may_throw(b);
    if (types_kind(b->u, type) == IR_TYPE_VOID || types_kind(b->u, type) == IR_TYPE_RECORD)
        type = IR_NONE;
    ir_value value = body_emit(b, OP(code, .type = type, .call = call));
    const struct ir_function *function =
        call->function == IR_NONE ? NULL : &b->u->unit->functions.data[call->function];
    if (function && jumps_is_back(function))
        scopes_throw(b);
    else if (function && function->is_noreturn)
        body_end(b, IR_UNREACHABLE, IR_NONE);
    else if (function && type != IR_NONE && jumps_is_set(function))
        return jumps_set(b, type);
    return type == IR_NONE ? IR_NONE : value;
}

ir_value calls_builtin(struct body *b, ir_id function, const ir_value *args, size_t count,
                       ir_id type)
{
    struct ir_call *call = new_call(b);
    call->function = function;
    for (size_t i = 0; i < count; i++) {
        vec_push(b->u->arena, &call->args, args[i]);
        vec_push(b->u->arena, &call->arg_locs, b->loc);
    }
    functions_want(b->u, function);
    return emit_call(b, IR_CALL, call, type);
}

ir_value calls_plain(struct body *b, ir_id function, const ir_value *args, size_t count)
{
    return calls_builtin(b, function, args, count,
                         b->u->unit->functions.data[function].result_type);
}

ir_value calls_method(struct body *b, ir_id function, ir_value object)
{
    return calls_plain(b, function, &object, 1);
}

void calls_special(struct body *b, CXCursor function, ir_value object, ir_value source)
{
    ir_id id = functions_of(b->u, function);
    ir_value args[2] = {object, source};
    calls_plain(b, id, args, source == IR_NONE ? 1 : 2);
}

void calls_assign(struct body *b, ir_id record, ir_value object, ir_value source, bool is_moved)
{
    ir_id from = types_reference_to(b->u, types_record(b->u, record), is_moved);
    const ir_value args[] = {object, source};
    calls_plain(b, functions_assignment(b->u, record, from), args, 2);
}

ir_value calls_condition(struct body *b, ir_value object, ir_id record)
{
    CXCursor conversion = records_condition(b->u, record);
    bool is_ours = !b->u->unit->records.data[record].in_system_header;
    ir_id function;
    if (b->u->clang->Cursor_isNull(conversion) && is_ours)
        return body_havoc(b, types_bool(b->u), "conversion of a condition variable", &object, 1);
    if (is_ours)
        function = functions_of(b->u, conversion);
    else
        function = functions_member_named(b->u, record, "operator bool", types_bool(b->u));
    return calls_method(b, function, object);
}

static ir_id result_type(struct body *b, node_id node, const struct callee *callee)
{
    if (!callees_knows_type(callee))
        return tree_type(b->tree, node);
    ir_id type = types_of(b->u, b->u->clang->getResultType(callee->type));
    return types_kind(b->u, type) == IR_TYPE_UNKNOWN ? tree_type(b->tree, node) : type;
}

static ir_value lower_call(struct body *b, node_id node, ir_value into, bool is_discarded)
{
    node_id configuration = callees_configuration(b, node);
    if (configuration != NODE_NONE)
        call_arguments_evaluate(b, configuration);
    struct callee callee = callees_resolve(b, node);
    struct ir_call *call = new_call(b);
    call->function = callee.function;
    call->callee = callee.pointer;
    call->written = callee.written;
    call->is_virtual = callee.is_virtual;
    call_arguments_add(b, node, &callee, call, configuration);
    body_at(b, node);
    ir_id type = result_type(b, node, &callee);
    bool is_record = types_kind(b->u, type) == IR_TYPE_RECORD;
    if (is_record) {
        /* The result's temporary lives on: only after the call is it one to destroy. */
        ir_id local = IR_NONE;
        if (into == IR_NONE) {
            local = body_temporary(b, type);
            into = body_local_address(b, local);
        }
        call->into = into;
        call->is_discarded = is_discarded;
        emit_call(b, IR_CALL, call, type);
        if (local != IR_NONE && b->block != IR_NONE &&
            records_destructor(b->u, types_get(b->u, type)->record) != IR_NONE)
            scopes_own(b, local, NODE_NONE);
        return into;
    }
    call->is_discarded = is_discarded;
    return emit_call(b, configuration == NODE_NONE ? IR_CALL : IR_LAUNCH, call, type);
}

/* ---- constructors ---------------------------------------------------------------------- */

struct construction {
    node_id node;
    struct callee callee;
};

static void construct_one(struct body *b, ir_value place, ir_id type, void *data)
{
    struct construction *what = data;
    (void)type;
    struct ir_call *call = new_call(b);
    call->function = what->callee.function;
    vec_push(b->u->arena, &call->args, place);
    vec_push(b->u->arena, &call->arg_locs, tree_loc(b->tree, what->node));
    what->callee.has_object = false;
    call_arguments_add(b, what->node, &what->callee, call, NODE_NONE);
    body_at(b, what->node);
    emit_call(b, IR_CALL, call, types_void(b->u));
}

/* The only argument, when it makes a new object of the class: the copy is elided. */
static node_id elided_source(struct body *b, node_id node, ir_id type)
{
    if (b->u->clang->Cursor_getNumArguments(tree_cursor(b->tree, node)) != 1)
        return NODE_NONE;
    CXCursor constructor = tree_referenced(b->tree, node);
    if (!b->u->clang->CXXConstructor_isCopyConstructor(constructor) &&
        !b->u->clang->CXXConstructor_isMoveConstructor(constructor))
        return NODE_NONE;
    node_id source = call_arguments_first(b, node);
    ir_id record = types_get(b->u, tree_type(b->tree, source))->record;
    if (record == IR_NONE || record != types_get(b->u, type)->record ||
        expressions_is_place(b, source))
        return NODE_NONE;
    return source;
}

/* T() and T{} zero what the implicit constructor leaves alone. */
static bool is_value_initialisation(struct body *b, node_id node)
{
    const char *text = locations_written(b->u, tree_cursor(b->tree, node));
    size_t len = strlen(text);
    return len > 1 && (text[len - 1] == ')' || text[len - 1] == '}');
}

static bool construct_implicit(struct body *b, node_id node, ir_value place, ir_id type)
{
    CXCursor constructor = tree_referenced(b->tree, node);
    const struct ir_type *of = types_get(b->u, type);
    while (of->kind == IR_TYPE_ARRAY)
        of = types_get(b->u, of->element);
    if (of->record == IR_NONE || !functions_is_implicit(b->u, constructor))
        return false;
    ir_id record = of->record;
    int count = b->u->clang->Cursor_getNumArguments(tree_cursor(b->tree, node));
    if (count == 0) {
        if (is_value_initialisation(b, node))
            body_emit(b, OP(IR_ZERO, .type = type, .a = place));
        return constructors_default_is_trivial(b->u, record);
    }
    if (!records_copy_is_trivial(b->u, record))
        return false;
    ir_value source = expressions_place(b, call_arguments_first(b, node));
    body_at(b, node);
    body_emit(b, OP(IR_COPY, .type = type, .a = place, .b = source));
    return true;
}

void calls_construct(struct body *b, node_id node, ir_value place, ir_id type)
{
    node_id source = elided_source(b, node, type);
    if (source != NODE_NONE) {
        expressions_into(b, source, place, type);
        return;
    }
    struct ir_loc old = body_at(b, node);
    if (!construct_implicit(b, node, place, type)) {
        struct construction what = {.node = node, .callee = callees_resolve(b, node)};
        loops_each_element(b, place, type, construct_one, &what);
    }
    b->loc = old;
}

/* A constructor call as an expression: a temporary object. */
static ir_value constructed_temporary(struct body *b, node_id node, ir_value into)
{
    ir_id type = tree_type(b->tree, node);
    if (into != IR_NONE) {
        calls_construct(b, node, into, type);
        return into;
    }
    ir_id local = body_temporary(b, type);
    ir_value place = body_local_address(b, local);
    calls_construct(b, node, place, type);
    ir_id record = types_get(b->u, type)->record;
    if (record != IR_NONE && records_destructor(b->u, record) != IR_NONE)
        scopes_own(b, local, NODE_NONE);
    return place;
}

/* An implicit assignment of plain bytes. */
static bool assign_implicit(struct body *b, node_id node, ir_value *result)
{
    CXCursor function = tree_referenced(b->tree, node);
    if (b->u->clang->getCursorKind(function) != CXCursor_CXXMethod ||
        !(b->u->clang->CXXMethod_isCopyAssignmentOperator(function) ||
          b->u->clang->CXXMethod_isMoveAssignmentOperator(function)) ||
        !functions_is_implicit(b->u, function) ||
        b->u->clang->Cursor_getNumArguments(tree_cursor(b->tree, node)) != 2)
        return false;
    ir_id record = records_of(b->u, b->u->clang->getCursorSemanticParent(function));
    if (!records_copy_is_trivial(b->u, record))
        return false;
    node_id target = call_arguments_first(b, node);
    node_id source = call_arguments_nth(b, node, 1);
    ir_value from = expressions_place(b, source);
    ir_value to = expressions_place(b, target);
    body_at(b, node);
    body_emit(b, OP(IR_COPY, .type = types_record(b->u, record), .a = to, .b = from));
    *result = to;
    return true;
}

/* p->~T() where T has a trivial destructor does nothing. */
static bool destroy_trivial(struct body *b, node_id node)
{
    CXCursor function = tree_referenced(b->tree, node);
    if (b->u->clang->getCursorKind(function) != CXCursor_Destructor)
        return false;
    ir_id record = records_of(b->u, b->u->clang->getCursorSemanticParent(function));
    if (!b->u->unit->records.data[record].has_body || records_destructor(b->u, record) != IR_NONE)
        return false;
    node_id callee = tree_strip(b->tree, tree_first_expression(b->tree, node));
    if (tree_kind(b->tree, callee) == CXCursor_MemberRefExpr)
        expressions_discard(b, tree_first_expression(b->tree, callee));
    return true;
}

/* A captureless lambda as a function pointer: its operator(). */
static bool convert_closure(struct body *b, node_id node, ir_value *result)
{
    CXCursor function = tree_referenced(b->tree, node);
    if (b->u->clang->getCursorKind(function) != CXCursor_ConversionFunction)
        return false;
    ir_id record = records_of(b->u, b->u->clang->getCursorSemanticParent(function));
    if (!b->u->unit->records.data[record].is_lambda)
        return false;
    node_id callee = tree_strip(b->tree, tree_first_expression(b->tree, node));
    if (tree_kind(b->tree, callee) == CXCursor_MemberRefExpr)
        expressions_place(b, tree_first_expression(b->tree, callee));
    ir_id target = call_operators_of(b->u, record);
    body_at(b, node);
    *result = body_emit(b, OP(IR_ADDR_FUNCTION, .type = tree_type(b->tree, node), .aux = target));
    return true;
}

static ir_value call(struct body *b, node_id node, ir_value into, bool is_discarded)
{
    ir_value result;
    if (tree_kind(b->tree, node) == CXCursor_CallExpr && convert_closure(b, node, &result))
        return result;
    if (overloaded_operator(b, node, &result))
        return result;
    if (callees_is_constructor(b, node))
        return constructed_temporary(b, node, into);
    if (tree_kind(b->tree, node) == CXCursor_CallExpr && destroy_trivial(b, node))
        return IR_NONE;
    if (tree_kind(b->tree, node) == CXCursor_CallExpr && callees_is_expect(b, node))
        return expressions_value(b, call_arguments_first(b, node));
    if (tree_kind(b->tree, node) == CXCursor_CallExpr && assign_implicit(b, node, &result))
        return result;
    if (tree_kind(b->tree, node) == CXCursor_CallExpr && numbered_get(b, node, &result))
        return result;
    if (is_discarded && tree_kind(b->tree, node) == CXCursor_CallExpr &&
        algorithms_for_each(b, node))
        return IR_NONE;
    return lower_call(b, node, into, is_discarded);
}

ir_value calls_value(struct body *b, node_id node, ir_value into)
{
    return call(b, node, into, false);
}

void calls_discard(struct body *b, node_id node)
{
    struct ir_loc old = body_at(b, node);
    call(b, node, IR_NONE, true);
    b->loc = old;
}
