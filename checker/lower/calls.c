#include "lower/calls.h"

#include "lower/casts.h"
#include "lower/constants.h"
#include "lower/constructors.h"
#include "lower/expressions.h"
#include "lower/functions.h"
#include "lower/initialisers.h"
#include "lower/locations.h"
#include "lower/loops.h"
#include "lower/names.h"
#include "lower/operators.h"
#include "lower/records.h"
#include "lower/scopes.h"
#include "lower/types.h"

#include <string.h>

/* What a call expression calls. */
struct callee {
    CXCursor declaration; /* null: a pointer or unresolved */
    ir_id function;
    ir_value pointer;
    const char *written;
    CXType type; /* the function type, or invalid */
    bool takes_object;
    bool has_object; /* evaluated: in `object` */
    ir_value object;
    bool is_virtual;
    node_id node; /* the callee's expression: no argument */
};

static CXCursor cursor_of(const struct body *b, node_id node)
{
    return tree_node(b->tree, node)->cursor;
}

static CXCursor referenced(const struct body *b, node_id node)
{
    return b->u->clang->getCursorReferenced(cursor_of(b, node));
}

static bool is_named(const struct body *b, CXCursor function, const char *const *names,
                     size_t count)
{
    CXString text = b->u->clang->getCursorSpelling(function);
    const char *name = b->u->clang->getCString(text);
    bool found = false;
    for (size_t i = 0; name && i < count && !found; i++)
        found = strcmp(name, names[i]) == 0;
    b->u->clang->disposeString(text);
    return found;
}

/* ---- kinds of calls -------------------------------------------------------------------- */

bool calls_is_constructor(struct body *b, node_id node)
{
    return tree_kind(b->tree, node) == CXCursor_CallExpr &&
           b->u->clang->getCursorKind(referenced(b, node)) == CXCursor_Constructor;
}

bool calls_is_expect(struct body *b, node_id node)
{
    static const char *const names[] = {"__builtin_expect", "__builtin_expect_with_probability",
                                        "__builtin_assume_aligned", "__builtin_launder"};
    CXCursor function = referenced(b, node);
    return !b->u->clang->Cursor_isNull(function) &&
           is_named(b, function, names, sizeof names / sizeof *names);
}

static bool is_configuration(struct body *b, node_id node)
{
    static const char *const names[] = {"__cudaPushCallConfiguration", "cudaConfigureCall",
                                        "__hipPushCallConfiguration", "hipConfigureCall"};
    return tree_kind(b->tree, node) == CXCursor_CallExpr &&
           is_named(b, referenced(b, node), names, sizeof names / sizeof *names);
}

/* The configuration of a kernel launch, or NODE_NONE. */
static node_id configuration_of(struct body *b, node_id node)
{
    node_id callee = tree_first_expression(b->tree, node);
    node_id second = callee == NODE_NONE ? NODE_NONE : tree_next_expression(b->tree, callee);
    return second != NODE_NONE && is_configuration(b, second) ? second : NODE_NONE;
}

bool calls_is_recovered(struct body *b, node_id node)
{
    if (tree_kind(b->tree, node) != CXCursor_UnexposedExpr)
        return false;
    node_id callee = tree_first_expression(b->tree, node);
    if (callee == NODE_NONE || tree_kind(b->tree, callee) != CXCursor_DeclRefExpr)
        return false;
    enum CXCursorKind kind = b->u->clang->getCursorKind(referenced(b, callee));
    bool is_overloaded = kind == CXCursor_OverloadedDeclRef;
    if (tree_count_expressions(b->tree, node) > 1)
        return is_overloaded || functions_is_function(kind);
    return is_overloaded && types_kind(b->u, tree_type(b->tree, node)) == IR_TYPE_UNKNOWN;
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

/* The function type that a call goes through, or an invalid type. */
static CXType type_of_callee(struct body *b, node_id node)
{
    CXCursor function = referenced(b, node);
    CXType invalid = {.kind = CXType_Invalid};
    if (functions_is_function(b->u->clang->getCursorKind(function)))
        return b->u->clang->getCanonicalType(b->u->clang->getCursorType(function));
    node_id callee = tree_first_expression(b->tree, node);
    if (callee == NODE_NONE)
        return invalid;
    CXType type = function_type(b, b->u->clang->getCursorType(cursor_of(b, callee)));
    return is_function_type(type) ? type : invalid;
}

bool calls_returns_reference(struct body *b, node_id node)
{
    if (calls_is_constructor(b, node))
        return false;
    CXType type = type_of_callee(b, node);
    if (!is_function_type(type))
        return false;
    CXType result = b->u->clang->getCanonicalType(b->u->clang->getResultType(type));
    return result.kind == CXType_LValueReference || result.kind == CXType_RValueReference;
}

/* ---- callees --------------------------------------------------------------------------- */

/* Through a variable of class type itself there is nothing to dispatch. */
static bool is_exact_object(struct body *b, node_id member)
{
    node_id object = tree_first_expression(b->tree, member);
    if (object == NODE_NONE)
        return false;
    object = tree_strip(b->tree, object);
    if (tree_kind(b->tree, object) != CXCursor_DeclRefExpr)
        return false;
    CXType type = b->u->clang->getCanonicalType(b->u->clang->getCursorType(referenced(b, object)));
    return type.kind == CXType_Record;
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
static ir_value adjust_object(struct body *b, ir_value object, ir_id record, CXCursor method)
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
    callee->object = operators_object(b, member, &record);
    callee->object = adjust_object(b, callee->object, record, callee->declaration);
    callee->has_object = true;
    callee->is_virtual = b->u->clang->CXXMethod_isVirtual(callee->declaration) &&
                         !is_exact_object(b, member) && !is_qualified(b, member);
}

static const char *written_callee(struct body *b, node_id node)
{
    const char *text = locations_written(b->u, cursor_of(b, node));
    return *text ? text : names_spelling(b->u, cursor_of(b, node));
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
    if (b->u->clang->getNumOverloadedDecls(overloads) == 1 &&
        b->u->clang->getCursorKind(first) == CXCursor_FunctionDecl) {
        callee->function = functions_of(b->u, first);
        callee->type = b->u->clang->getCanonicalType(b->u->clang->getCursorType(first));
        functions_want(b->u, callee->function);
        return;
    }
    callee->function = functions_named(b->u, names_qualified(b->u, first), IR_NONE);
}

static void resolve_pointer(struct body *b, struct callee *callee)
{
    node_id inner = tree_strip(b->tree, callee->node);
    CXCursor target = referenced(b, inner);
    if (b->u->clang->getCursorKind(target) == CXCursor_OverloadedDeclRef &&
        tree_kind(b->tree, inner) == CXCursor_DeclRefExpr) {
        resolve_overloaded(b, callee, target);
        return;
    }
    callee->written = written_callee(b, inner);
    if (tree_kind(b->tree, inner) == CXCursor_MemberRefExpr && b->u->clang->Cursor_isNull(target)) {
        ir_id record;
        ir_value object = operators_object(b, inner, &record);
        callee->pointer = body_unknown(b, types_unknown(b->u), "member of unknown type");
        callee->object = object;
        callee->has_object = true;
        return;
    }
    callee->pointer = expressions_operand(b, callee->node);
}

/* The function that `(*f)(x)` and `(&f)(x)` name as plainly as `f(x)` does; else null. */
static CXCursor decorated_function(struct body *b, node_id node)
{
    CXCursor null = b->u->clang->getNullCursor();
    while (node != NODE_NONE) {
        node = tree_strip(b->tree, node);
        if (tree_kind(b->tree, node) != CXCursor_UnaryOperator)
            break;
        enum CXUnaryOperatorKind op = b->u->clang->getCursorUnaryOperatorKind(cursor_of(b, node));
        if (op != CXUnaryOperator_Deref && op != CXUnaryOperator_AddrOf)
            return null;
        node = tree_first_expression(b->tree, node);
    }
    if (node == NODE_NONE || tree_kind(b->tree, node) != CXCursor_DeclRefExpr)
        return null;
    CXCursor function = referenced(b, node);
    return b->u->clang->getCursorKind(function) == CXCursor_FunctionDecl ? function : null;
}

static struct callee resolve(struct body *b, node_id node)
{
    struct callee callee = {.declaration = b->u->clang->getNullCursor(),
                            .function = IR_NONE,
                            .pointer = IR_NONE,
                            .object = IR_NONE,
                            .type = type_of_callee(b, node),
                            .node = tree_first_expression(b->tree, node)};
    CXCursor function = referenced(b, node);
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
    callee.function = functions_of(b->u, function);
    functions_want(b->u, callee.function);
    callee.takes_object = takes_object(b, function);
    if (kind == CXCursor_Constructor) {
        callee.node = NODE_NONE;
        return callee;
    }
    node_id inner = callee.node == NODE_NONE ? NODE_NONE : tree_strip(b->tree, callee.node);
    if (inner != NODE_NONE && tree_kind(b->tree, inner) == CXCursor_MemberRefExpr &&
        functions_is_function(b->u->clang->getCursorKind(referenced(b, inner))))
        resolve_member(b, &callee, inner);
    return callee;
}

/* ---- arguments ------------------------------------------------------------------------- */

static node_id node_of_argument(struct body *b, node_id call, CXCursor argument)
{
    for (node_id child = tree_node(b->tree, call)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next)
        if (tree_same_cursor(b->u, cursor_of(b, child), argument))
            return child;
    return tree_add(b->tree, argument);
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
    node_id copy = tree_add(b->tree, parameter);
    node_id given = NODE_NONE;
    for (node_id child = tree_first_expression(b->tree, copy); child != NODE_NONE;
         child = tree_next_expression(b->tree, child))
        given = child;
    return given == NODE_NONE ? node : given;
}

void calls_argument(struct body *b, struct ir_call *call, node_id argument, ir_id param)
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
        calls_argument(b, call, default_argument(b, node, function, index), param);
        call->arg_locs.data[call->arg_locs.len - 1] = b->loc;
    }
    b->is_pinned = was_pinned;
}

static ir_id param_type(struct body *b, const struct callee *callee, unsigned index)
{
    if (!is_function_type(callee->type) || (int)index >= b->u->clang->getNumArgTypes(callee->type))
        return IR_NONE;
    return types_of(b->u, b->u->clang->getArgType(callee->type, index));
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
        calls_argument(b, call, child, param_type(b, callee, index++));
    }
}

static void add_arguments(struct body *b, node_id node, struct callee *callee, struct ir_call *call,
                          node_id configuration)
{
    int count = b->u->clang->Cursor_getNumArguments(cursor_of(b, node));
    if (callee->has_object) {
        vec_push(b->u->arena, &call->args, callee->object);
        vec_push(b->u->arena, &call->arg_locs, tree_loc(b->tree, callee->node));
    }
    if (count < 0) {
        add_children(b, node, callee, call, configuration);
        return;
    }
    unsigned first = 0;
    if (callee->takes_object && !callee->has_object &&
        b->u->clang->getCursorKind(callee->declaration) != CXCursor_Constructor && count > 0) {
        /* An operator: its object is the first argument. */
        node_id object =
            node_of_argument(b, node, b->u->clang->Cursor_getArgument(cursor_of(b, node), 0));
        ir_value place = expressions_place(b, object);
        ir_id record = types_get(b->u, tree_type(b->tree, object))->record;
        place = adjust_object(b, place, record, callee->declaration);
        vec_push(b->u->arena, &call->args, place);
        vec_push(b->u->arena, &call->arg_locs, tree_loc(b->tree, object));
        first = 1;
    }
    for (unsigned i = first; i < (unsigned)count; i++) {
        CXCursor cursor = b->u->clang->Cursor_getArgument(cursor_of(b, node), i);
        node_id argument = node_of_argument(b, node, cursor);
        ir_id param = param_type(b, callee, i - first);
        if (is_default_argument(b, argument))
            add_default_argument(b, call, argument, callee->declaration, i - first, param);
        else
            calls_argument(b, call, argument, param);
    }
}

/* ---- the operation --------------------------------------------------------------------- */

static struct ir_call *new_call(struct body *b)
{
    struct ir_call *call = arena_new_object(b->u->arena, struct ir_call);
    call->function = IR_NONE;
    call->callee = IR_NONE;
    call->into = IR_NONE;
    return call;
}

/* May come back by an exception. */
static bool may_throw(const struct body *b, const struct ir_call *call)
{
    if (b->u->source->language == SOURCE_C)
        return false;
    return call->function == IR_NONE || !b->u->unit->functions.data[call->function].is_noexcept;
}

static ir_value emit_call(struct body *b, enum ir_opcode code, struct ir_call *call, ir_id type)
{
    if (code == IR_CALL && may_throw(b, call))
        scopes_may_throw(b);
    if (types_kind(b->u, type) == IR_TYPE_VOID || types_kind(b->u, type) == IR_TYPE_RECORD)
        type = IR_NONE;
    ir_value value = body_emit(b, OP(code, .type = type, .call = call));
    if (call->function != IR_NONE && b->u->unit->functions.data[call->function].is_noreturn)
        body_end(b, IR_UNREACHABLE, IR_NONE);
    return type == IR_NONE ? IR_NONE : value;
}

ir_value calls_plain(struct body *b, ir_id function, const ir_value *args, size_t count)
{
    struct ir_call *call = new_call(b);
    call->function = function;
    for (size_t i = 0; i < count; i++) {
        vec_push(b->u->arena, &call->args, args[i]);
        vec_push(b->u->arena, &call->arg_locs, b->loc);
    }
    functions_want(b->u, function);
    return emit_call(b, IR_CALL, call, b->u->unit->functions.data[function].result_type);
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
    if (!is_function_type(callee->type))
        return tree_type(b->tree, node);
    ir_id type = types_of(b->u, b->u->clang->getResultType(callee->type));
    return types_kind(b->u, type) == IR_TYPE_UNKNOWN ? tree_type(b->tree, node) : type;
}

/* Grid, block, shared memory, stream: evaluated for what they do. */
static void lower_configuration(struct body *b, node_id configuration)
{
    int count = b->u->clang->Cursor_getNumArguments(cursor_of(b, configuration));
    for (int i = 0; i < count; i++) {
        node_id argument = node_of_argument(
            b, configuration,
            b->u->clang->Cursor_getArgument(cursor_of(b, configuration), (unsigned)i));
        uint64_t constant;
        if (!is_default_argument(b, argument) &&
            !constants_evaluate(b->tree, tree_strip(b->tree, argument), &constant))
            expressions_value(b, argument);
    }
}

static ir_value lower_call(struct body *b, node_id node, ir_value into, bool is_discarded)
{
    node_id configuration = configuration_of(b, node);
    if (configuration != NODE_NONE)
        lower_configuration(b, configuration);
    struct callee callee = resolve(b, node);
    struct ir_call *call = new_call(b);
    call->function = callee.function;
    call->callee = callee.pointer;
    call->written = callee.written;
    call->is_virtual = callee.is_virtual;
    add_arguments(b, node, &callee, call, configuration);
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

node_id calls_first_argument(struct body *b, node_id node)
{
    return node_of_argument(b, node, b->u->clang->Cursor_getArgument(cursor_of(b, node), 0));
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
    add_arguments(b, what->node, &what->callee, call, NODE_NONE);
    body_at(b, what->node);
    emit_call(b, IR_CALL, call, types_void(b->u));
}

/* The only argument, when it makes a new object of the class: the copy is elided. */
static node_id elided_source(struct body *b, node_id node, ir_id type)
{
    if (b->u->clang->Cursor_getNumArguments(cursor_of(b, node)) != 1)
        return NODE_NONE;
    CXCursor constructor = referenced(b, node);
    if (!b->u->clang->CXXConstructor_isCopyConstructor(constructor) &&
        !b->u->clang->CXXConstructor_isMoveConstructor(constructor))
        return NODE_NONE;
    node_id source = calls_first_argument(b, node);
    ir_id record = types_get(b->u, tree_type(b->tree, source))->record;
    if (record == IR_NONE || record != types_get(b->u, type)->record ||
        expressions_is_place(b, source))
        return NODE_NONE;
    return source;
}

/* T() and T{} zero what the implicit constructor leaves alone. */
static bool is_value_initialisation(struct body *b, node_id node)
{
    const char *text = locations_written(b->u, cursor_of(b, node));
    size_t len = strlen(text);
    return len > 1 && (text[len - 1] == ')' || text[len - 1] == '}');
}

static bool construct_implicit(struct body *b, node_id node, ir_value place, ir_id type)
{
    CXCursor constructor = referenced(b, node);
    const struct ir_type *of = types_get(b->u, type);
    while (of->kind == IR_TYPE_ARRAY)
        of = types_get(b->u, of->element);
    if (of->record == IR_NONE || !functions_is_implicit(b->u, constructor))
        return false;
    ir_id record = of->record;
    int count = b->u->clang->Cursor_getNumArguments(cursor_of(b, node));
    if (count == 0) {
        if (is_value_initialisation(b, node))
            body_emit(b, OP(IR_ZERO, .type = type, .a = place));
        return constructors_default_is_trivial(b->u, record);
    }
    if (!records_copy_is_trivial(b->u, record))
        return false;
    ir_value source = expressions_place(b, calls_first_argument(b, node));
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
        struct construction what = {.node = node, .callee = resolve(b, node)};
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
    CXCursor function = referenced(b, node);
    if (b->u->clang->getCursorKind(function) != CXCursor_CXXMethod ||
        !(b->u->clang->CXXMethod_isCopyAssignmentOperator(function) ||
          b->u->clang->CXXMethod_isMoveAssignmentOperator(function)) ||
        !functions_is_implicit(b->u, function) ||
        b->u->clang->Cursor_getNumArguments(cursor_of(b, node)) != 2)
        return false;
    ir_id record = records_of(b->u, b->u->clang->getCursorSemanticParent(function));
    if (!records_copy_is_trivial(b->u, record))
        return false;
    node_id target = calls_first_argument(b, node);
    node_id source =
        node_of_argument(b, node, b->u->clang->Cursor_getArgument(cursor_of(b, node), 1));
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
    CXCursor function = referenced(b, node);
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
    CXCursor function = referenced(b, node);
    if (b->u->clang->getCursorKind(function) != CXCursor_ConversionFunction)
        return false;
    ir_id record = records_of(b->u, b->u->clang->getCursorSemanticParent(function));
    if (!b->u->unit->records.data[record].is_lambda)
        return false;
    node_id callee = tree_strip(b->tree, tree_first_expression(b->tree, node));
    if (tree_kind(b->tree, callee) == CXCursor_MemberRefExpr)
        expressions_place(b, tree_first_expression(b->tree, callee));
    ir_id target = functions_call_operator(b->u, record);
    body_at(b, node);
    *result = body_emit(b, OP(IR_ADDR_FUNCTION, .type = tree_type(b->tree, node), .aux = target));
    return true;
}

static ir_value call(struct body *b, node_id node, ir_value into, bool is_discarded)
{
    ir_value result;
    if (tree_kind(b->tree, node) == CXCursor_CallExpr && convert_closure(b, node, &result))
        return result;
    if (calls_is_constructor(b, node))
        return constructed_temporary(b, node, into);
    if (tree_kind(b->tree, node) == CXCursor_CallExpr && destroy_trivial(b, node))
        return IR_NONE;
    if (tree_kind(b->tree, node) == CXCursor_CallExpr && calls_is_expect(b, node))
        return expressions_value(b, calls_first_argument(b, node));
    if (tree_kind(b->tree, node) == CXCursor_CallExpr && assign_implicit(b, node, &result))
        return result;
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
