#include "lower/body/exceptions.h"

#include "lower/body/expressions.h"
#include "lower/body/initialisers.h"
#include "lower/body/scopes.h"
#include "lower/body/statements.h"
#include "lower/declarations/names.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

/* `throw;`: what was caught. Where a try in the handler may have had another exception since, the
 * clause still says of which type it is. */
static void throw_again(struct body *b)
{
    bool is_same = b->tries == b->tries_before;
    body_emit(b, OP(IR_THROWN, .aux = is_same ? IR_NONE : b->caught, .number = is_same));
}

static void throw_new(struct body *b, node_id thrown)
{
    expressions_value(b, thrown);
    ir_id type = tree_type(b->tree, thrown);
    if (types_kind(b->u, type) == IR_TYPE_REFERENCE)
        type = types_get(b->u, type)->element;
    if (type != IR_NONE && types_get(b->u, type)->record != IR_NONE)
        records_need_bases(b->u, types_get(b->u, type)->record);
    bool is_known = types_kind(b->u, type) != IR_TYPE_UNKNOWN;
    body_emit(b, OP(IR_THROWN, .aux = is_known ? type : IR_NONE));
}

void exceptions_throw(struct body *b, node_id node)
{
    node_id thrown = tree_first_expression(b->tree, node);
    if (thrown == NODE_NONE)
        throw_again(b);
    else
        throw_new(b, thrown);
    body_at(b, node);
    scopes_throw(b);
}

void exceptions_throw_unknown(struct body *b)
{
    body_emit(b, OP(IR_THROWN, .aux = IR_NONE));
    scopes_throw(b);
}

/* The variable of a catch clause; what it holds is unknown. */
static void declare_caught(struct body *b, node_id declaration)
{
    CXCursor cursor = tree_node(b->tree, declaration)->cursor;
    ir_id type = tree_type(b->tree, declaration);
    ir_id local = body_local(b, names_spelling(b->u, cursor), type, IR_LOCAL_AUTO,
                             tree_loc(b->tree, declaration));
    body_bind(b, cursor, (struct variable){.kind = VARIABLE_LOCAL, .index = local});
    body_emit(b, OP(IR_LIFETIME_BEGIN, .aux = local));
    ir_value place = body_local_address(b, local);
    if (types_kind(b->u, type) != IR_TYPE_RECORD)
        body_store(b, place, body_unknown(b, type, "exception"));
    scopes_own(b, local, declaration);
}

/* catch (...): its declaration is missing from the tree. */
static bool catches_all(struct body *b, node_id handler)
{
    return tree_kind(b->tree, tree_node(b->tree, handler)->first) != CXCursor_VarDecl;
}

/* The type that the clause takes; IR_NONE: any. */
static ir_id caught_type(struct body *b, node_id handler)
{
    if (catches_all(b, handler))
        return IR_NONE;
    ir_id type = tree_type(b->tree, tree_node(b->tree, handler)->first);
    return types_kind(b->u, type) == IR_TYPE_REFERENCE ? types_get(b->u, type)->element : type;
}

/* The clause's statements: `throw;` in them is of what it caught. */
static void lower_clause(struct body *b, node_id handler)
{
    uint32_t tries_before = b->tries_before;
    ir_id caught = b->caught;
    b->tries_before = b->tries;
    b->caught = caught_type(b, handler);
    statements_scoped(b, tree_node(b->tree, handler)->last);
    b->tries_before = tries_before;
    b->caught = caught;
}

static void lower_handler(struct body *b, node_id handler, ir_id join)
{
    size_t mark = scopes_enter(b);
    body_at(b, handler);
    if (!catches_all(b, handler))
        declare_caught(b, tree_node(b->tree, handler)->first);
    lower_clause(b, handler);
    scopes_leave(b, mark);
    body_jump(b, join);
}

static node_id next_handler(struct body *b, node_id clause)
{
    while (clause != NODE_NONE && tree_kind(b->tree, clause) != CXCursor_CXXCatchStmt)
        clause = tree_node(b->tree, clause)->next;
    return clause;
}

/* Picks a clause. Of what comes out of sight each may be the one, and the last one takes what the
 * others leave: that is what a program with handlers is written for. */
static void lower_handlers(struct body *b, node_id try_node, ir_id dispatch, ir_id join)
{
    node_id handler =
        next_handler(b, tree_node(b->tree, tree_node(b->tree, try_node)->first)->next);
    body_enter(b, dispatch);
    while (handler != NODE_NONE && b->block != IR_NONE) {
        node_id later = next_handler(b, tree_node(b->tree, handler)->next);
        body_at(b, handler);
        ir_id chosen = body_block(b);
        b->fn->blocks.data[chosen].is_handler = true;
        ir_id next = IR_NONE;
        if (catches_all(b, handler)) {
            body_jump(b, chosen);
        } else {
            next = body_block(b);
            ir_value fits =
                body_emit(b, OP(IR_CATCHES, .type = types_bool(b->u),
                                .aux = caught_type(b, handler), .number = later == NODE_NONE));
            body_branch(b, fits, chosen, next);
        }
        body_enter(b, chosen);
        lower_handler(b, handler, join);
        body_enter(b, next);
        handler = later;
    }
    if (b->block != IR_NONE)
        scopes_throw(b);
}

void exceptions_try(struct body *b, node_id node)
{
    b->tries++;
    ir_id dispatch = body_block(b);
    ir_id join = body_block(b);
    size_t mark = scopes_enter(b);
    scopes_catch(b, node, dispatch);
    /* Calls before belong to another way out. */
    body_flow_into(b, body_block(b));
    statements_scoped(b, tree_node(b->tree, node)->first);
    b->cleanups.len = mark;
    body_jump(b, join);
    lower_handlers(b, node, dispatch, join);
    body_enter(b, join);
}
