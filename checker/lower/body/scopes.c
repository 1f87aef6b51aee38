#include "lower/body/scopes.h"

#include "lower/body/calls.h"
#include "lower/body/loops.h"
#include "lower/body/members.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

#include <string.h>

size_t scopes_enter(const struct body *b)
{
    return b->cleanups.len;
}

static ir_id record_of_element(struct body *b, ir_id type)
{
    const struct ir_type *of = types_get(b->u, type);
    while (of->kind == IR_TYPE_ARRAY)
        of = types_get(b->u, of->element);
    return of->kind == IR_TYPE_RECORD ? of->record : IR_NONE;
}

static ir_id destructor_of(struct body *b, ir_id type)
{
    ir_id record = record_of_element(b, type);
    return record == IR_NONE ? IR_NONE : records_destructor(b->u, record);
}

/* The name comes from the text, or from a macro's body: where that says only one of several
 * parameters, the function is one that nobody knows. */
static ir_id function_with_name(struct body *b, const char *name)
{
    const struct ir_unit *unit = b->u->unit;
    for (ir_id i = 0; i < unit->functions.len; i++) {
        const struct ir_function *function = &unit->functions.data[i];
        if (function->kind == IR_FUNCTION_FREE && function->param_count == 1 &&
            strcmp(function->name, name) == 0)
            return i;
    }
    return functions_named(b->u, "(cleanup)", types_builtin(b->u, "void"));
}

static ir_id cleanup_handler(struct body *b, node_id owner)
{
    node_id child = owner == NODE_NONE ? NODE_NONE : tree_node(b->tree, owner)->first;
    for (; child != NODE_NONE; child = tree_node(b->tree, child)->next) {
        const char *name, *argument;
        if (!b->u->clang->isAttribute(tree_kind(b->tree, child)))
            continue;
        locations_attribute(b->u, tree_cursor(b->tree, child), &name, &argument);
        if (strcmp(name, "cleanup") == 0 || strcmp(name, "__cleanup__") == 0)
            return function_with_name(b, argument);
    }
    return IR_NONE;
}

void scopes_own(struct body *b, ir_id local, node_id owner)
{
    struct cleanup cleanup = {.kind = CLEANUP_LOCAL,
                              .local = local,
                              .destructor = destructor_of(b, b->fn->locals.data[local].type),
                              .handler = cleanup_handler(b, owner),
                              .owner = owner,
                              .unwind = IR_NONE};
    vec_push(b->u->arena, &b->cleanups, cleanup);
}

void scopes_catch(struct body *b, node_id owner, ir_id block)
{
    struct cleanup cleanup = {.kind = CLEANUP_HANDLER,
                              .local = IR_NONE,
                              .destructor = IR_NONE,
                              .handler = IR_NONE,
                              .owner = owner,
                              .unwind = block};
    vec_push(b->u->arena, &b->cleanups, cleanup);
}

struct destruction {
    ir_id destructor;
};

static void destroy_element(struct body *b, ir_value address, ir_id type, void *data)
{
    const struct destruction *what = data;
    (void)type;
    calls_method(b, what->destructor, address);
}

void scopes_destroy(struct body *b, ir_value address, ir_id type)
{
    struct destruction what = {.destructor = destructor_of(b, type)};
    if (what.destructor == IR_NONE)
        return;
    loops_each_element(b, address, type, destroy_element, &what);
}

void scopes_own_part(struct body *b, ir_id field)
{
    ir_id type = field == IR_NONE ? types_record(b->u, b->record)
                                  : b->u->unit->records.data[b->record].fields.data[field].type;
    struct cleanup cleanup = {.kind = CLEANUP_PART,
                              .local = field,
                              .destructor = destructor_of(b, type),
                              .handler = IR_NONE,
                              .owner = NODE_NONE,
                              .unwind = IR_NONE};
    if (cleanup.destructor != IR_NONE)
        vec_push(b->u->arena, &b->cleanups, cleanup);
}

static void destroy_part(struct body *b, ir_id index)
{
    ir_value self = members_this(b);
    if (index == IR_NONE) {
        scopes_destroy(b, self, types_record(b->u, b->record));
        return;
    }
    struct ir_field field = b->u->unit->records.data[b->record].fields.data[index];
    scopes_destroy(b, body_field(b, self, b->record, field.name, field.type), field.type);
}

/* The destructor and the end of one local; the destructor of a part. */
static void run_cleanup(struct body *b, const struct cleanup *cleanup, bool by_exception)
{
    if (cleanup->kind == CLEANUP_PART && by_exception)
        destroy_part(b, cleanup->local);
    if (cleanup->kind != CLEANUP_LOCAL)
        return;
    if (cleanup->handler != IR_NONE)
        calls_method(b, cleanup->handler, body_local_address(b, cleanup->local));
    if (cleanup->destructor != IR_NONE)
        scopes_destroy(b, body_local_address(b, cleanup->local),
                       b->fn->locals.data[cleanup->local].type);
    body_emit(b, OP(IR_LIFETIME_END, .aux = cleanup->local));
}

/* Runs the cleanups above `depth`. While one runs, it and those inside it are off the stack, so
 * that an exception in a destructor does not run them again. */
static void run_down_to(struct body *b, size_t depth, bool by_exception)
{
    size_t len = b->cleanups.len;
    while (b->block != IR_NONE && b->cleanups.len > depth) {
        struct cleanup cleanup = b->cleanups.data[--b->cleanups.len];
        run_cleanup(b, &cleanup, by_exception);
    }
    b->cleanups.len = len;
}

void scopes_unwind_to(struct body *b, size_t depth)
{
    run_down_to(b, depth, false);
}

void scopes_leave(struct body *b, size_t mark)
{
    run_down_to(b, mark, false);
    b->cleanups.len = mark;
}

/* Is what this declaration made alive at the label? It is when the label stands in the scope of
 * the declaration, behind it. Node numbers grow with the text. */
static bool is_alive_at(struct body *b, const struct cleanup *cleanup, node_id label)
{
    if (cleanup->owner == NODE_NONE)
        return false;
    node_id scope = tree_node(b->tree, cleanup->owner)->parent;
    if (cleanup->kind == CLEANUP_HANDLER)
        scope = cleanup->owner;
    else if (tree_kind(b->tree, scope) == CXCursor_DeclStmt)
        scope = tree_node(b->tree, scope)->parent;
    return label > cleanup->owner && tree_is_within(b->tree, label, scope);
}

void scopes_leave_for_label(struct body *b, node_id label)
{
    size_t depth = b->cleanups.len;
    while (depth > 0 && !is_alive_at(b, &b->cleanups.data[depth - 1], label))
        depth--;
    run_down_to(b, depth, false);
}

/* ---- exceptions ------------------------------------------------------------------------ */

static bool is_unwind_point(const struct cleanup *cleanup)
{
    return cleanup->kind == CLEANUP_HANDLER || cleanup->destructor != IR_NONE ||
           cleanup->handler != IR_NONE;
}

/* The position after the innermost cleanup below `depth` that an exception must visit. */
static size_t innermost_point(const struct body *b, size_t depth)
{
    while (depth > 0 && !is_unwind_point(&b->cleanups.data[depth - 1]))
        depth--;
    return depth;
}

static ir_id unwind_block_at(struct body *b, size_t depth);

/* Makes the block that undoes cleanup `index` and all below, and goes on outwards. */
static ir_id make_unwind_block(struct body *b, size_t index)
{
    struct ir_loc old_loc = b->loc;
    ir_id old_block = b->block;
    size_t old_len = b->cleanups.len;

    ir_id block = body_block(b);
    b->cleanups.data[index].unwind = block;
    body_enter(b, block);
    size_t next = innermost_point(b, index);
    b->cleanups.len = index + 1;
    run_down_to(b, next, true);
    b->cleanups.len = next;
    ir_id outer = unwind_block_at(b, next);
    if (outer == IR_NONE)
        body_end(b, IR_THROW, IR_NONE);
    else
        body_jump(b, outer);

    b->cleanups.len = old_len;
    b->block = old_block;
    b->loc = old_loc;
    return block;
}

static ir_id unwind_block_at(struct body *b, size_t depth)
{
    size_t point = innermost_point(b, depth);
    if (point == 0)
        return IR_NONE;
    const struct cleanup *cleanup = &b->cleanups.data[point - 1];
    return cleanup->unwind != IR_NONE ? cleanup->unwind : make_unwind_block(b, point - 1);
}

ir_id scopes_unwind_block(struct body *b)
{
    return unwind_block_at(b, b->cleanups.len);
}

void scopes_may_throw(struct body *b)
{
    if (b->block == IR_NONE)
        body_enter(b, body_block(b));
    ir_id unwind = scopes_unwind_block(b);
    if (b->throws.data[b->block] && b->fn->blocks.data[b->block].unwind != unwind)
        body_flow_into(b, body_block(b));
    b->fn->blocks.data[b->block].unwind = unwind;
    b->throws.data[b->block] = true;
}

void scopes_throw(struct body *b)
{
    size_t depth = b->cleanups.len;
    while (depth > 0 && b->cleanups.data[depth - 1].kind != CLEANUP_HANDLER)
        depth--;
    run_down_to(b, depth, true);
    if (depth == 0)
        body_end(b, IR_THROW, IR_NONE);
    else
        body_jump(b, b->cleanups.data[depth - 1].unwind);
}
