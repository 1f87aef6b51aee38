#include "lower/body/variables.h"

#include "lower/body/casts.h"
#include "lower/body/expressions.h"
#include "lower/body/scopes.h"
#include "lower/declarations/constants.h"
#include "lower/declarations/globals.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/numbered.h"
#include "lower/declarations/patterns.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

/* The expression among a declaration's children, or NODE_NONE. */
static node_id initialiser_of(struct body *b, node_id declaration)
{
    node_id last = tree_last_expression(b->tree, declaration);
    if (last == NODE_NONE)
        return NODE_NONE;
    CXCursor given = b->u->clang->Cursor_getVarDeclInitializer(tree_cursor(b->tree, declaration));
    if (b->u->clang->Cursor_isNull(given))
        return NODE_NONE; /* what stands there is the size of an array */
    return last;
}

/* A temporary bound to a reference lives as long as the reference. */
static void bind_reference(struct body *b, node_id declaration, node_id initialiser, ir_value place)
{
    ir_id type = tree_type(b->tree, declaration);
    ir_id referee = types_get(b->u, type)->element;
    size_t mark = scopes_enter(b);
    ir_id kept = IR_NONE;
    ir_value address;
    if (expressions_is_place(b, initialiser) || types_kind(b->u, referee) != IR_TYPE_RECORD ||
        !types_is_same_record(b->u, tree_type(b->tree, initialiser), referee)) {
        address = expressions_place(b, initialiser);
        if (types_kind(b->u, referee) == IR_TYPE_RECORD &&
            types_kind(b->u, tree_type(b->tree, initialiser)) == IR_TYPE_RECORD)
            address = casts_object(b, address, tree_type(b->tree, initialiser), referee);
    } else {
        kept = body_temporary(b, referee);
        address = body_local_address(b, kept);
        expressions_into(b, initialiser, address, referee);
    }
    body_at(b, declaration);
    body_store(b, place, address);
    scopes_leave(b, mark);
    if (kept != IR_NONE)
        scopes_own(b, kept, declaration);
}

static void initialise(struct body *b, node_id declaration, node_id initialiser, ir_value place,
                       ir_id type)
{
    if (types_kind(b->u, type) == IR_TYPE_REFERENCE) {
        bind_reference(b, declaration, initialiser, place);
        return;
    }
    size_t mark = scopes_enter(b);
    expressions_into(b, initialiser, place, type);
    scopes_leave(b, mark);
}

/* Static locals: constants are there from the start; others are stored on the first visit. */
static void static_variable(struct body *b, node_id declaration, node_id initialiser)
{
    ir_id global = globals_of(b->u, tree_cursor(b->tree, declaration));
    if (global == IR_NONE || initialiser == NODE_NONE ||
        constants_is_static_data(b->tree, initialiser))
        return;
    ir_id first = body_block(b);
    ir_id join = body_block(b);
    body_branch(b, body_emit(b, OP(IR_FIRST_VISIT, .type = types_bool(b->u), .aux = global)), first,
                join);
    body_enter(b, first);
    ir_id type = b->u->unit->globals.data[global].type;
    ir_value place =
        body_emit(b, OP(IR_ADDR_GLOBAL, .type = types_pointer_to(b->u, type), .aux = global));
    initialise(b, declaration, initialiser, place, type);
    body_flow_into(b, join);
}

/* The bytes of a variable-length array, or IR_NONE. */
static ir_value variable_length(struct body *b, node_id declaration, ir_id type)
{
    const struct ir_type *array = types_get(b->u, type);
    CXType written = b->u->clang->getCanonicalType(
        b->u->clang->getCursorType(tree_cursor(b->tree, declaration)));
    node_id size = tree_first_expression(b->tree, declaration);
    if (array->kind != IR_TYPE_ARRAY || written.kind != CXType_VariableArray || size == NODE_NONE)
        return IR_NONE;
    ir_value count = expressions_operand(b, size);
    return body_binary(b, IR_MUL, count, body_size_of(b, array->element), types_size(b->u));
}

/* In a template's pattern `auto f = [&] ...` has no type yet: that of the closure. */
static ir_id type_of(struct body *b, node_id declaration, node_id initialiser)
{
    ir_id type = tree_type(b->tree, declaration);
    if (initialiser == NODE_NONE || types_kind(b->u, type) != IR_TYPE_UNKNOWN)
        return type;
    node_id given = tree_strip(b->tree, initialiser);
    return tree_kind(b->tree, given) == CXCursor_LambdaExpr ? tree_type(b->tree, given) : type;
}

void variables_declare(struct body *b, node_id declaration)
{
    CXCursor cursor = tree_cursor(b->tree, declaration);
    struct ir_loc old = body_at(b, declaration);
    node_id initialiser = initialiser_of(b, declaration);
    if (b->u->clang->Cursor_hasVarDeclGlobalStorage(cursor) == 1) {
        static_variable(b, declaration, initialiser);
        b->loc = old;
        return;
    }
    ir_id type = type_of(b, declaration, initialiser);
    ir_id local = body_local(b, names_spelling(b->u, cursor), type, IR_LOCAL_AUTO,
                             locations_name(b->u, cursor));
    body_bind(b, cursor, (struct variable){.kind = VARIABLE_LOCAL, .index = local});
    ir_value bytes = variable_length(b, declaration, type);
    body_emit(b, OP(IR_LIFETIME_BEGIN, .aux = local, .a = bytes));
    if (initialiser != NODE_NONE && bytes == IR_NONE)
        initialise(b, declaration, initialiser, body_local_address(b, local), type);
    else if (patterns_leave_open(b, type))
        patterns_construct(b, NODE_NONE, body_local_address(b, local), type);
    scopes_own(b, local, declaration);
    b->loc = old;
}

/* ---- structured bindings --------------------------------------------------------------- */

static void bind_names(struct body *b, node_id declaration, ir_value object, ir_id type)
{
    uint32_t index = 0;
    for (node_id child = tree_node(b->tree, declaration)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next) {
        if (tree_kind(b->tree, child) != CXCursor_UnexposedDecl)
            continue;
        ir_id binding = tree_type(b->tree, child);
        ir_value place = numbered_place(b, object, type, index++, binding);
        ir_id pointee = types_get(b->u, body_value_type(b, place))->element;
        if (types_kind(b->u, pointee) == IR_TYPE_REFERENCE) {
            place = body_load(b, place, pointee);
            pointee = types_get(b->u, pointee)->element;
        }
        body_bind(b, tree_cursor(b->tree, child),
                  (struct variable){.kind = VARIABLE_ADDRESS, .index = place, .type = pointee});
    }
}

void variables_declare_parts(struct body *b, node_id declaration)
{
    struct ir_loc old = body_at(b, declaration);
    ir_id type = tree_type(b->tree, declaration);
    node_id initialiser = NODE_NONE;
    for (node_id child = tree_first_expression(b->tree, declaration); child != NODE_NONE;
         child = tree_next_expression(b->tree, child))
        initialiser = child;
    ir_id local = body_local(b, "", type, IR_LOCAL_AUTO, tree_loc(b->tree, declaration));
    body_emit(b, OP(IR_LIFETIME_BEGIN, .aux = local));
    ir_value place = body_local_address(b, local);
    if (initialiser != NODE_NONE)
        initialise(b, declaration, initialiser, place, type);
    if (types_kind(b->u, type) == IR_TYPE_REFERENCE) {
        place = body_load(b, place, type);
        type = types_get(b->u, type)->element;
    }
    bind_names(b, declaration, place, type);
    scopes_own(b, local, declaration);
    b->loc = old;
}

void variables_bind_parts(struct body *b, node_id declaration, ir_value address, ir_id type)
{
    if (types_kind(b->u, type) == IR_TYPE_REFERENCE)
        type = types_get(b->u, type)->element;
    bind_names(b, declaration, address, type);
}
