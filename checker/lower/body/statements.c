#include "lower/body/statements.h"

#include "lower/body/calls.h"
#include "lower/body/conditions.h"
#include "lower/body/exceptions.h"
#include "lower/body/expressions.h"
#include "lower/body/jumps.h"
#include "lower/body/labels.h"
#include "lower/body/loops.h"
#include "lower/body/roles.h"
#include "lower/body/scopes.h"
#include "lower/body/switches.h"
#include "lower/body/variables.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/patterns.h"
#include "lower/declarations/types.h"
#include "lower/text/lost.h"
#include "support/starts_with.h"

#include <string.h>

enum { DEEPEST_STATEMENT = 1500 };

/* ---- declarations ---------------------------------------------------------------------- */

static void lower_declaration(struct body *b, node_id node)
{
    switch (tree_kind(b->tree, node)) {
    case CXCursor_VarDecl:
        variables_declare(b, node);
        break;
    case CXCursor_UnexposedDecl:
        variables_declare_parts(b, node);
        break;
    default:
        break; /* types, using, prototypes */
    }
}

static void lower_declarations(struct body *b, node_id node)
{
    for (node_id child = tree_node(b->tree, node)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next)
        lower_declaration(b, child);
}

/* ---- compound -------------------------------------------------------------------------- */

/* The scope ends at the closing brace. */
static void lower_compound(struct body *b, node_id node)
{
    size_t mark = scopes_enter(b);
    struct landing outer = jumps_enter(b);
    struct lost_gaps gaps = lost_look(b, node);
    for (node_id child = tree_node(b->tree, node)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next) {
        lost_before(b, &gaps, child);
        statements_lower(b, child);
        jumps_after_statement(b);
    }
    lost_before(b, &gaps, NODE_NONE);
    struct ir_loc old = b->loc;
    b->loc = locations_last(tree_loc(b->tree, node));
    scopes_leave(b, mark);
    jumps_leave(b, outer);
    b->loc = old;
}

ir_value statements_expression(struct body *b, node_id node)
{
    node_id compound = tree_node(b->tree, node)->first;
    if (compound == NODE_NONE)
        return IR_NONE;
    node_id last = tree_node(b->tree, compound)->last;
    ir_id type = tree_type(b->tree, node);
    if (types_kind(b->u, type) == IR_TYPE_VOID || last == NODE_NONE) {
        lower_compound(b, compound);
        return IR_NONE;
    }
    ir_id local = body_temporary(b, type);
    size_t mark = scopes_enter(b);
    struct lost_gaps gaps = lost_look(b, compound);
    for (node_id child = tree_node(b->tree, compound)->first; child != last;
         child = tree_node(b->tree, child)->next) {
        lost_before(b, &gaps, child);
        statements_lower(b, child);
    }
    lost_before(b, &gaps, last);
    ir_value slot = body_local_address(b, local);
    expressions_into(b, last, slot, type);
    struct ir_loc old = b->loc;
    b->loc = locations_last(tree_loc(b->tree, compound));
    scopes_leave(b, mark);
    b->loc = old;
    ir_value address = body_local_address(b, local);
    return body_read(b, address, type);
}

void statements_discard_expression(struct body *b, node_id node)
{
    node_id compound = tree_node(b->tree, node)->first;
    if (compound != NODE_NONE)
        lower_compound(b, compound);
}

void statements_scoped(struct body *b, node_id node)
{
    if (node == NODE_NONE)
        return;
    size_t mark = scopes_enter(b);
    statements_lower(b, node);
    struct ir_loc old = b->loc;
    b->loc = locations_last(tree_loc(b->tree, node));
    scopes_leave(b, mark);
    b->loc = old;
}

/* ---- if, ?: ---------------------------------------------------------------------------- */

void statements_condition_variable(struct body *b, node_id declaration, ir_id yes, ir_id no)
{
    variables_declare(b, declaration);
    struct ir_loc old = body_at(b, declaration);
    ir_value address;
    ir_id type;
    if (!body_variable(b, tree_cursor(b->tree, declaration), &address, &type)) {
        body_branch(b, body_unknown(b, types_bool(b->u), "condition"), yes, no);
    } else if (types_kind(b->u, type) == IR_TYPE_RECORD) {
        ir_value truth = calls_condition(b, address, types_get(b->u, type)->record);
        body_branch(b, truth, yes, no);
    } else {
        body_branch(b, body_read(b, address, type), yes, no);
    }
    b->loc = old;
}

static void lower_if(struct body *b, node_id node)
{
    struct roles roles = roles_of_if(b, node);
    size_t mark = scopes_enter(b);
    if (roles.init != NODE_NONE)
        statements_lower(b, roles.init);
    ir_id yes = body_block(b);
    ir_id no = body_block(b);
    ir_id join = roles.otherwise == NODE_NONE ? no : body_block(b);
    if (roles.variable != NODE_NONE)
        statements_condition_variable(b, roles.variable, yes, no);
    else if (roles.condition != NODE_NONE)
        conditions_branch(b, roles.condition, yes, no);
    else
        body_branch(b, body_unknown(b, types_bool(b->u), "condition"), yes, no);
    body_enter(b, yes);
    statements_scoped(b, roles.body);
    bool may_leave = lost_may_leave(b, roles.body);
    if (may_leave)
        body_end(b, IR_UNREACHABLE, IR_NONE);
    body_jump(b, join);
    if (roles.otherwise != NODE_NONE) {
        body_enter(b, no);
        statements_scoped(b, roles.otherwise);
        if (!may_leave && lost_may_leave(b, roles.otherwise))
            body_end(b, IR_UNREACHABLE, IR_NONE);
        body_jump(b, join);
    }
    body_enter(b, join);
    struct ir_loc old = b->loc;
    b->loc = locations_last(tree_loc(b->tree, node));
    scopes_leave(b, mark);
    b->loc = old;
}

void statements_discard_conditional(struct body *b, node_id node)
{
    node_id condition = tree_first_expression(b->tree, node);
    node_id first = tree_next_expression(b->tree, condition);
    node_id second = first == NODE_NONE ? NODE_NONE : tree_next_expression(b->tree, first);
    ir_id yes = body_block(b);
    ir_id no = body_block(b);
    ir_id join = body_block(b);
    conditions_branch(b, condition, yes, no);
    body_enter(b, yes);
    if (first != NODE_NONE)
        expressions_statement(b, first);
    body_jump(b, join);
    body_enter(b, no);
    if (second != NODE_NONE)
        expressions_statement(b, second);
    body_flow_into(b, join);
}

/* ---- declarations that libclang leaves out ----------------------------------------------- */

static bool is_bound(const struct body *b, CXCursor variable)
{
    return map_get_u64(&b->names, declaration_key(variable)) != (uint32_t)MAP_NONE;
}

void statements_hidden_declarations(struct body *b, node_id node)
{
    struct ir_loc whole = tree_loc(b->tree, node);
    node_id end = tree_end(b->tree, node);
    uint32_t body_start = tree_loc(b->tree, tree_node(b->tree, node)->last).offset;
    for (node_id at = node; at < end; at++) {
        if (tree_kind(b->tree, at) != CXCursor_DeclRefExpr)
            continue;
        CXCursor variable = b->u->clang->getCursorReferenced(tree_cursor(b->tree, at));
        if (b->u->clang->getCursorKind(variable) != CXCursor_VarDecl || is_bound(b, variable))
            continue;
        struct ir_loc name = locations_name(b->u, variable);
        if (name.file != whole.file || name.offset <= whole.offset || name.offset >= body_start ||
            tree_declares(b->tree, node, variable) ||
            strncmp(names_spelling(b->u, variable), "__", 2) == 0) /* a range-for's own */
            continue;
        variables_declare(b, tree_add(b->tree, variable));
    }
}

/* ---- jumps ----------------------------------------------------------------------------- */

static void lower_break(struct body *b, bool is_continue)
{
    for (size_t i = b->jumps.len; i > 0; i--) {
        struct jump_scope scope = b->jumps.data[i - 1];
        ir_id target = is_continue ? scope.continue_block : scope.break_block;
        if (target == IR_NONE)
            continue;
        scopes_unwind_to(b, scope.depth);
        labels_jump(b, target);
        return;
    }
    body_end(b, IR_UNREACHABLE, IR_NONE);
}

/* The object that a return gives back: built where nothing destroys it. */
static ir_value returned_object(struct body *b, node_id given)
{
    ir_id type = b->fn->result_type;
    ir_value place = body_local_address(b, body_temporary(b, type));
    bool is_local = tree_kind(b->tree, tree_strip(b->tree, given)) == CXCursor_DeclRefExpr &&
                    types_is_same_record(b->u, tree_type(b->tree, given), type);
    if (!is_local || !patterns_copy(b, place, expressions_place(b, given), type, true))
        expressions_into(b, given, place, type);
    return place;
}

void statements_return(struct body *b, ir_value value)
{
    scopes_unwind_to(b, 0);
    if (b->epilogue != IR_NONE)
        body_jump(b, b->epilogue);
    else
        body_end(b, IR_RETURN, value);
}

static void lower_return(struct body *b, node_id node)
{
    node_id given = tree_first_expression(b->tree, node);
    ir_value value = IR_NONE;
    size_t mark = scopes_enter(b);
    if (given != NODE_NONE) {
        enum ir_type_kind kind = types_kind(b->u, b->fn->result_type);
        if (kind == IR_TYPE_REFERENCE)
            value = expressions_place(b, given);
        else if (kind == IR_TYPE_RECORD)
            value = returned_object(b, given);
        else if (kind == IR_TYPE_VOID)
            expressions_discard(b, given);
        else
            value = expressions_value(b, given);
    }
    body_at(b, node);
    statements_return(b, value);
    b->cleanups.len = mark;
}

/* Inline assembly may change what its operands reach. */
static void lower_asm(struct body *b, node_id node)
{
    enum { MOST_OPERANDS = 16 };
    ir_value operands[MOST_OPERANDS];
    size_t count = 0;
    for (node_id child = tree_first_expression(b->tree, node);
         child != NODE_NONE && count < MOST_OPERANDS; child = tree_next_expression(b->tree, child))
        operands[count++] = expressions_place(b, child);
    body_at(b, node);
    body_havoc(b, IR_NONE, "inline assembly", operands, count);
}

/* ---- dispatch -------------------------------------------------------------------------- */

static void lower_unknown(struct body *b, node_id node)
{
    const char *kind =
        names_take(b->u, b->u->clang->getCursorKindSpelling(tree_kind(b->tree, node)));
    body_havoc(b, IR_NONE, kind, NULL, 0);
    for (node_id child = tree_node(b->tree, node)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next)
        statements_lower(b, child);
}

static bool is_co_return(struct body *b, node_id node)
{
    return starts_with(locations_written(b->u, tree_cursor(b->tree, node)), "co_return");
}

/* The last child gives the value to the promise; what stands before is the value once more. */
static void lower_co_return(struct body *b, node_id node)
{
    node_id last = tree_node(b->tree, node)->first;
    for (node_id child = last; child != NODE_NONE; child = tree_node(b->tree, child)->next)
        last = child;
    if (last != NODE_NONE)
        statements_lower(b, last);
    statements_return(b, IR_NONE);
}

/* An attributed statement wraps one statement; clang's captured regions wrap code too. */
static void lower_wrapped(struct body *b, node_id node)
{
    if (is_co_return(b, node)) {
        lower_co_return(b, node);
        return;
    }
    for (node_id child = tree_node(b->tree, node)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next)
        if (!b->u->clang->isAttribute(tree_kind(b->tree, child)))
            statements_lower(b, child);
}

static void lower_statement(struct body *b, node_id node)
{
    enum CXCursorKind kind = tree_kind(b->tree, node);
    switch (kind) {
    case CXCursor_CompoundStmt:
        lower_compound(b, node);
        break;
    case CXCursor_DeclStmt:
        lower_declarations(b, node);
        break;
    case CXCursor_IfStmt:
        lower_if(b, node);
        break;
    case CXCursor_WhileStmt:
        loops_while(b, node);
        break;
    case CXCursor_DoStmt:
        loops_do(b, node);
        break;
    case CXCursor_ForStmt:
        loops_for(b, node);
        break;
    case CXCursor_CXXForRangeStmt:
        loops_range_for(b, node);
        break;
    case CXCursor_SwitchStmt:
        switches_lower(b, node);
        break;
    case CXCursor_CaseStmt:
    case CXCursor_DefaultStmt:
        switches_case(b, node);
        break;
    case CXCursor_LabelStmt:
        labels_label(b, node);
        break;
    case CXCursor_GotoStmt:
        labels_goto(b, node);
        break;
    case CXCursor_IndirectGotoStmt:
        labels_goto_computed(b, node);
        break;
    case CXCursor_BreakStmt:
        lower_break(b, false);
        break;
    case CXCursor_ContinueStmt:
        lower_break(b, true);
        break;
    case CXCursor_ReturnStmt:
        lower_return(b, node);
        break;
    case CXCursor_CXXTryStmt:
        exceptions_try(b, node);
        break;
    case CXCursor_NullStmt:
        lost_in_place_of(b, node);
        break;
    case CXCursor_UnexposedStmt:
        lower_wrapped(b, node);
        break;
    case CXCursor_GCCAsmStmt:
    case CXCursor_MSAsmStmt:
        lower_asm(b, node);
        break;
    default:
        if (lost_macro(b, node))
            break;
        if (b->u->clang->isExpression(kind))
            expressions_statement(b, node);
        else if (b->u->clang->isDeclaration(kind))
            lower_declaration(b, node);
        else if (b->u->clang->isStatement(kind))
            lower_unknown(b, node);
        break;
    }
}

void statements_lower(struct body *b, node_id node)
{
    struct ir_loc old = body_at(b, node);
    if (++b->depth > DEEPEST_STATEMENT)
        body_havoc(b, IR_NONE, "statement nested too deeply", NULL, 0);
    else
        lower_statement(b, node);
    b->depth--;
    b->loc = old;
}
