#include "lower/body/loops.h"

#include "lower/body/calls.h"
#include "lower/body/conditions.h"
#include "lower/body/expressions.h"
#include "lower/body/roles.h"
#include "lower/body/scopes.h"
#include "lower/body/statements.h"
#include "lower/body/variables.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/names.h"
#include "lower/declarations/patterns.h"
#include "lower/declarations/types.h"

#include <string.h>

/* ---- common parts ---------------------------------------------------------------------- */

struct loop {
    ir_id head, body, step, exit;
};

static void push_jumps(struct body *b, ir_id break_block, ir_id continue_block)
{
    vec_push(b->u->arena, &b->jumps,
             (struct jump_scope){.break_block = break_block,
                                 .continue_block = continue_block,
                                 .depth = b->cleanups.len});
}

static void mark_head(struct body *b, ir_id block)
{
    b->fn->blocks.data[block].is_loop_head = true;
}

/* ---- while, do ------------------------------------------------------------------------- */

static node_id last_child(struct body *b, node_id node)
{
    return tree_node(b->tree, node)->last;
}

void loops_while(struct body *b, node_id node)
{
    node_id condition = tree_node(b->tree, node)->first;
    node_id variable = NODE_NONE;
    if (tree_kind(b->tree, condition) == CXCursor_VarDecl) {
        variable = condition;
        condition = tree_node(b->tree, condition)->next;
    }
    ir_id head = body_block(b);
    mark_head(b, head);
    body_flow_into(b, head);
    ir_id body = body_block(b);
    ir_id exit = body_block(b);
    size_t mark = scopes_enter(b);
    push_jumps(b, exit, head);
    if (variable != NODE_NONE) {
        /* The variable lives through one turn; on the way out it is gone as well. */
        ir_id out = body_block(b);
        statements_condition_variable(b, variable, body, out);
        body_enter(b, out);
        scopes_unwind_to(b, mark);
        body_jump(b, exit);
    } else {
        conditions_branch(b, condition, body, exit);
    }
    body_enter(b, body);
    statements_scoped(b, last_child(b, node));
    scopes_leave(b, mark);
    body_at(b, node);
    body_jump(b, head);
    b->jumps.len--;
    body_enter(b, exit);
}

static bool jumps_to(const struct body *b, ir_id from, ir_id to)
{
    const struct ir_block *block = &b->fn->blocks.data[from];
    for (size_t i = 0; i < block->targets.len; i++)
        if (block->targets.data[i] == to)
            return true;
    return false;
}

void loops_do(struct body *b, node_id node)
{
    node_id statement = tree_node(b->tree, node)->first;
    node_id condition = tree_node(b->tree, node)->last;
    ir_id body = body_block(b);
    body_flow_into(b, body);
    ir_id test = body_block(b);
    ir_id exit = body_block(b);
    push_jumps(b, exit, test);
    statements_scoped(b, statement);
    b->jumps.len--;
    body_flow_into(b, test);
    size_t blocks = b->fn->blocks.len;
    conditions_branch(b, condition, body, exit);
    /* do { } while (0) has no way back. */
    bool goes_back = jumps_to(b, test, body);
    for (size_t i = blocks; i < b->fn->blocks.len && !goes_back; i++)
        goes_back = jumps_to(b, (ir_id)i, body);
    if (goes_back)
        mark_head(b, body);
    body_enter(b, exit);
}

/* ---- for ------------------------------------------------------------------------------- */

static void for_condition(struct body *b, struct roles roles, size_t mark, ir_id body, ir_id exit)
{
    if (roles.variable != NODE_NONE) {
        ir_id out = body_block(b);
        statements_condition_variable(b, roles.variable, body, out);
        body_enter(b, out);
        scopes_unwind_to(b, mark);
        body_jump(b, exit);
    } else if (roles.condition != NODE_NONE) {
        conditions_branch(b, roles.condition, body, exit);
    } else {
        body_jump(b, body);
    }
}

void loops_for(struct body *b, node_id node)
{
    struct roles roles = roles_of_for(b, node);
    size_t outer = scopes_enter(b);
    if (roles.init != NODE_NONE)
        statements_lower(b, roles.init);
    ir_id head = body_block(b);
    mark_head(b, head);
    body_flow_into(b, head);
    ir_id body = body_block(b);
    ir_id step = body_block(b);
    ir_id exit = body_block(b);
    size_t mark = scopes_enter(b);
    push_jumps(b, exit, step);
    for_condition(b, roles, mark, body, exit);
    body_enter(b, body);
    if (roles.body != NODE_NONE)
        statements_scoped(b, roles.body);
    body_at(b, node);
    body_flow_into(b, step);
    if (roles.increment != NODE_NONE)
        expressions_statement(b, roles.increment);
    scopes_leave(b, mark);
    body_jump(b, head);
    b->jumps.len--;
    body_enter(b, exit);
    body_at(b, node);
    scopes_leave(b, outer);
}

/* ---- counted loops that the language makes --------------------------------------------- */

/* for (i = 0; i < count; i++): `count` IR_NONE is an unknown number of turns. Leaves the body
 * block open; the counter's value is given. */
static struct loop start_counting(struct body *b, ir_value count, ir_id *counter, ir_value *index)
{
    struct loop loop;
    ir_id size = types_size(b->u);
    *counter = body_temporary(b, size);
    ir_value zero = body_constant(b, size, 0);
    body_store(b, body_local_address(b, *counter), zero);
    loop.head = body_block(b);
    mark_head(b, loop.head);
    body_flow_into(b, loop.head);
    loop.body = body_block(b);
    loop.step = body_block(b);
    loop.exit = body_block(b);
    *index = body_load(b, body_local_address(b, *counter), size);
    ir_value more = count == IR_NONE ? body_unknown(b, types_bool(b->u), "one more element")
                                     : body_compare(b, IR_LT, *index, count);
    body_branch(b, more, loop.body, loop.exit);
    body_enter(b, loop.body);
    return loop;
}

static void finish_counting(struct body *b, struct loop loop, ir_id counter)
{
    ir_id size = types_size(b->u);
    body_flow_into(b, loop.step);
    ir_value place = body_local_address(b, counter);
    ir_value turns = body_load(b, place, size);
    ir_value one = body_constant(b, size, 1); /* arguments would come in any order */
    ir_value next = body_binary(b, IR_ADD, turns, one, size);
    body_store(b, place, next);
    body_jump(b, loop.head);
    body_enter(b, loop.exit);
}

void loops_each_of(struct body *b, ir_value first, ir_id element, ir_value count,
                   element_visitor each, void *data)
{
    ir_id counter;
    ir_value index;
    struct loop loop = start_counting(b, count, &counter, &index);
    each(b, body_index(b, first, index, element), element, data);
    finish_counting(b, loop, counter);
}

void loops_each_element(struct body *b, ir_value place, ir_id type, element_visitor each,
                        void *data)
{
    const struct ir_type *of = types_get(b->u, type);
    if (of->kind != IR_TYPE_ARRAY) {
        each(b, place, type, data);
        return;
    }
    ir_id element = of->element;
    uint64_t total = of->count;
    ir_value first = body_index(b, place, IR_NONE, element);
    while (types_kind(b->u, element) == IR_TYPE_ARRAY) { /* R a[2][3] is six of them */
        const struct ir_type *inner = types_get(b->u, element);
        total = total == IR_SIZE_UNKNOWN || inner->count == IR_SIZE_UNKNOWN ? IR_SIZE_UNKNOWN
                                                                            : total * inner->count;
        element = inner->element;
        first = body_index(b, first, IR_NONE, element);
    }
    ir_value count = total == IR_SIZE_UNKNOWN ? IR_NONE : body_constant(b, types_size(b->u), total);
    loops_each_of(b, first, element, count, each, data);
}

/* ---- range-for ------------------------------------------------------------------------- */

/* What a range-for goes over: the first element's address and the number, where known. */
struct range {
    ir_value first;
    ir_value count;
    ir_id element;
};

static ir_id element_of_variable(struct body *b, node_id variable)
{
    ir_id type = variable == NODE_NONE ? IR_NONE : tree_type(b->tree, variable);
    if (types_kind(b->u, type) == IR_TYPE_REFERENCE)
        return types_get(b->u, type)->element;
    return type;
}

/* `for (auto *p : {&a, &b})` goes over the array that is behind the std::initializer_list. */
static ir_id type_of_range(struct body *b, node_id expression)
{
    node_id list = tree_strip(b->tree, expression);
    bool is_array = tree_kind(b->tree, list) == CXCursor_InitListExpr &&
                    types_kind(b->u, tree_type(b->tree, list)) == IR_TYPE_ARRAY;
    return tree_type(b->tree, is_array ? list : expression);
}

static struct range range_of(struct body *b, node_id expression, ir_id element)
{
    ir_id type = type_of_range(b, expression);
    struct range range = {.count = IR_NONE, .element = element};
    ir_value place = expressions_place(b, expression);
    body_at(b, expression);
    const struct ir_type *of = types_get(b->u, type);
    ir_id class = of->kind == IR_TYPE_RECORD ? patterns_class_at(b, place, type) : IR_NONE;
    if (of->kind == IR_TYPE_ARRAY) {
        /* an instance's member knows more than its pattern: T a[N] */
        const ir_id member = types_get(b->u, body_value_type(b, place))->element;
        if (types_kind(b->u, member) == IR_TYPE_ARRAY)
            of = types_get(b->u, member);
        range.element = of->element;
        uint64_t count = of->count;
        range.first = body_index(b, place, IR_NONE, range.element);
        if (count != IR_SIZE_UNKNOWN)
            range.count = body_constant(b, types_size(b->u), count);
    } else if (of->kind == IR_TYPE_RECORD) {
        if (types_kind(b->u, element) == IR_TYPE_UNKNOWN) /* auto, in a template's pattern */
            range.element = element = patterns_element(b, class);
        ir_id begin = functions_member_named(b->u, class, "begin", types_pointer_to(b->u, element));
        range.first = calls_method(b, begin, place);
        if (types_kind(b->u, element) == IR_TYPE_UNKNOWN) /* an instance may have called it */
            range.element = types_get(b->u, body_value_type(b, range.first))->element;
        /* the library's ranges know their number of elements; forward_list alone has no size() */
        const struct ir_record *record = &b->u->unit->records.data[class];
        if (record->in_system_header && strcmp(record->name, "std::forward_list") != 0) {
            ir_id size = functions_member_named(b->u, class, "size", types_size(b->u));
            range.count = calls_method(b, size, place);
        }
    } else {
        range.first = body_unknown(b, types_pointer_to(b->u, element), "begin of a range");
    }
    return range;
}

void loops_each_in(struct body *b, node_id expression, ir_id element, element_visitor each,
                   void *data)
{
    struct range range = range_of(b, expression, element);
    loops_each_of(b, range.first, range.element, range.count, each, data);
}

/* `auto &x` of a template's pattern refers to what the range is known to hold. */
static ir_id type_of_variable(struct body *b, node_id variable, ir_id element)
{
    ir_id type = tree_type(b->tree, variable);
    bool is_open = types_kind(b->u, type) == IR_TYPE_REFERENCE &&
                   types_kind(b->u, types_get(b->u, type)->element) == IR_TYPE_UNKNOWN;
    return is_open ? types_reference_to(b->u, element, false) : type;
}

static void bind_element(struct body *b, node_id variable, ir_value address, ir_id element)
{
    CXCursor cursor = tree_node(b->tree, variable)->cursor;
    if (tree_kind(b->tree, variable) == CXCursor_UnexposedDecl) {
        variables_bind_parts(b, variable, address, element);
        return;
    }
    ir_id type = type_of_variable(b, variable, element);
    struct ir_loc old = body_at(b, variable);
    ir_id local = body_local(b, names_spelling(b->u, cursor), type, IR_LOCAL_AUTO,
                             tree_loc(b->tree, variable));
    body_bind(b, cursor, (struct variable){.kind = VARIABLE_LOCAL, .index = local});
    body_emit(b, OP(IR_LIFETIME_BEGIN, .aux = local));
    ir_value place = body_local_address(b, local);
    if (types_kind(b->u, type) == IR_TYPE_REFERENCE)
        body_store(b, place, address);
    else if (types_kind(b->u, type) == IR_TYPE_RECORD)
        body_emit(b, OP(IR_COPY, .type = type, .a = place, .b = address));
    else
        body_store(b, place, body_read(b, address, element));
    scopes_own(b, local, variable);
    b->loc = old;
}

void loops_range_for(struct body *b, node_id node)
{
    node_id variable = tree_node(b->tree, node)->first;
    node_id expression = tree_first_expression(b->tree, node);
    node_id statement = tree_node(b->tree, node)->last;
    if (variable == expression)
        variable = NODE_NONE;
    size_t outer = scopes_enter(b);
    statements_hidden_declarations(b, node);
    struct range range = range_of(b, expression, element_of_variable(b, variable));
    ir_id counter;
    ir_value index;
    struct loop loop = start_counting(b, range.count, &counter, &index);
    push_jumps(b, loop.exit, loop.step);
    size_t mark = scopes_enter(b);
    ir_value address = body_index(b, range.first, index, range.element);
    if (variable != NODE_NONE)
        bind_element(b, variable, address, range.element);
    statements_scoped(b, statement);
    body_at(b, node);
    scopes_leave(b, mark);
    b->jumps.len--;
    finish_counting(b, loop, counter);
    scopes_leave(b, outer);
}
