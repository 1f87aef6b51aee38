#include "lower/body/lower_function.h"

#include "lower/body/constructors.h"
#include "lower/body/exceptions.h"
#include "lower/body/expressions.h"
#include "lower/body/initialisers.h"
#include "lower/body/operators.h"
#include "lower/body/order.h"
#include "lower/body/scopes.h"
#include "lower/body/statements.h"
#include "lower/declarations/call_operators.h"
#include "lower/declarations/callbacks.h"
#include "lower/declarations/constants.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/globals.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/types.h"

#include <string.h>

static struct body *new_body(struct unit_builder *u, ir_id function, struct tree *tree)
{
    struct body *b = body_new(u, &u->unit->functions.data[function], tree);
    b->id = function;
    return b;
}

static void add_parameter(struct body *b, const char *name, ir_id type, struct ir_loc loc)
{
    body_local(b, name, type, IR_LOCAL_PARAM, loc);
}

static ir_id parameter_type(const struct body *b, size_t index, ir_id otherwise)
{
    return index < b->fn->param_types.len ? b->fn->param_types.data[index] : otherwise;
}

static bool has_this(const struct body *b)
{
    return b->fn->kind != IR_FUNCTION_FREE && b->fn->kind != IR_FUNCTION_INIT &&
           !b->fn->is_static_method;
}

static bool is_number_or_pointer(enum ir_type_kind kind)
{
    return kind == IR_TYPE_INT || kind == IR_TYPE_BOOL || kind == IR_TYPE_ENUM ||
           kind == IR_TYPE_POINTER;
}

/* The constant that calls give to a parameter which they leave out. The first declaration, in the
 * class, says it. */
static void note_default(struct body *b, CXCursor function, ir_id local)
{
    const struct clang_api *clang = b->u->clang;
    CXCursor parameter = clang->Cursor_getArgument(clang->getCanonicalCursor(function),
                                                   local - (has_this(b) ? 1 : 0));
    if (clang->Cursor_isNull(parameter))
        return;
    CXCursor initialiser = clang->Cursor_getVarDeclInitializer(parameter);
    if (clang->Cursor_isNull(initialiser))
        return;
    node_id given = tree_add(b->tree, initialiser);
    bool is_null = tree_kind(b->tree, tree_strip(b->tree, given)) == CXCursor_CXXNullPtrLiteralExpr;
    uint64_t number = 0;
    if (!is_null && !constants_evaluate(b->tree, given, &number))
        return;
    b->fn->locals.data[local].has_default = true;
    b->fn->locals.data[local].initial = (int64_t)number;
}

/* Parameters are the first locals; objects given by value die at the function's end. */
static void declare_parameters(struct body *b, node_id function)
{
    if (has_this(b))
        add_parameter(b, "this", parameter_type(b, 0, types_void_pointer(b->u)), IR_NO_LOC);
    for (node_id child = tree_node(b->tree, function)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next) {
        if (tree_kind(b->tree, child) != CXCursor_ParmDecl)
            continue;
        CXCursor cursor = tree_node(b->tree, child)->cursor;
        ir_id local = (ir_id)b->fn->locals.len;
        ir_id type = parameter_type(b, local, tree_type(b->tree, child));
        add_parameter(b, names_spelling(b->u, cursor), type, locations_name(b->u, cursor));
        body_bind(b, cursor, (struct variable){.kind = VARIABLE_LOCAL, .index = local});
        if (b->fn->kind == IR_FUNCTION_CONSTRUCTOR && is_number_or_pointer(types_kind(b->u, type)))
            note_default(b, tree_cursor(b->tree, function), local);
        if (types_kind(b->u, type) == IR_TYPE_RECORD)
            scopes_own(b, local, child);
    }
    while (b->fn->locals.len < b->fn->param_types.len)
        add_parameter(b, "", b->fn->param_types.data[b->fn->locals.len], IR_NO_LOC);
    b->fn->param_count = (uint32_t)b->fn->locals.len;
    for (size_t i = b->fn->param_types.len; i < b->fn->locals.len; i++)
        vec_push(b->u->arena, &b->fn->param_types, b->fn->locals.data[i].type);
}

static node_id body_node(struct body *b, node_id function)
{
    node_id found = NODE_NONE;
    for (node_id child = tree_node(b->tree, function)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next)
        if (b->u->clang->isStatement(tree_kind(b->tree, child)))
            found = child;
    return found;
}

/* ---- what is missing from the tree ----------------------------------------------------- */

/* What is known of a class decides nothing about the code around its members, as long as that is in
 * the tree. */
static bool is_about_class(const struct parse_error *error)
{
    return strstr(error->text, "incomplete definition of type") != NULL;
}

static bool is_lost(const struct ir_op *op)
{
    return op->code == IR_HAVOC && strcmp(op->text, "statement that is not in the tree") == 0;
}

/* Puts what stands for the text around an error in doubt. False: nothing does. */
static bool doubt_around(struct body *b, const struct parse_error *error)
{
    bool found = false;
    for (size_t i = 0; i < b->fn->ops.len; i++) {
        struct ir_op *op = &b->fn->ops.data[i];
        if (op->loc.file != error->file || error->offset < op->loc.offset ||
            error->offset >= op->loc.end_offset)
            continue;
        op->is_in_doubt |= !is_about_class(error) || is_lost(op);
        found = true;
    }
    return found;
}

/* Behind what it did not expect the parser skips text until it finds its way again. */
static bool skips_text(const struct parse_error *error)
{
    return strstr(error->text, "expected") || strstr(error->text, "extraneous");
}

/* Types and defaults of parameters: the parser goes on at the body all the same. */
static bool is_in_head(const struct parse_error *error, struct ir_loc compound)
{
    return compound.file == error->file && error->offset < compound.offset;
}

static void note_errors(struct body *b, struct ir_loc extent, struct ir_loc compound)
{
    for (size_t i = 0; i < b->u->errors.len; i++) {
        struct parse_error error = b->u->errors.data[i];
        if (error.file != extent.file || error.offset < extent.offset ||
            error.offset >= extent.end_offset)
            continue;
        const char *why =
            error.is_healed ? error.text : arena_printf(b->u->arena, "error: %s", error.text);
        bool is_known = error.hides_nothing ||
                        (b->fn->kind != IR_FUNCTION_CONSTRUCTOR && is_in_head(&error, compound));
        if (!skips_text(&error) && (is_known || doubt_around(b, &error)))
            body_note_degraded(b, why);
        else
            body_degrade(b, why);
    }
}

/* clang's tree of a coroutine is not that of its text. */
static void note_coroutine(struct body *b, CXCursor cursor)
{
    if (b->u->source->language == SOURCE_C)
        return;
    const char *text = locations_written(b->u, cursor);
    b->fn->is_coroutine =
        strstr(text, "co_await") || strstr(text, "co_yield") || strstr(text, "co_return");
    if (b->fn->is_coroutine)
        body_degrade(b, "coroutine");
}

/* ---- bodies ---------------------------------------------------------------------------- */

/* Of an instance that goes one way where only its pattern is at hand: which way is not known, nor
 * therefore what the function does. */
static void hide_body(struct body *b)
{
    body_note_degraded(b, "it depends on a template argument in a way that is not followed");
    b->fn->blocks.len = b->fn->ops.len = b->fn->locals.len = 0;
}

/* Falling off the end: members are destroyed, parameters end, and control returns. */
static void finish(struct body *b, struct ir_loc end)
{
    b->loc = end;
    b->fn->end = end;
    scopes_leave(b, 0);
    if (b->epilogue != IR_NONE) {
        body_flow_into(b, b->epilogue);
        constructors_destroy_parts(b);
    }
    body_end(b, IR_RETURN, IR_NONE);
    order_blocks(b->u->arena, b->fn);
    b->fn->has_body = !b->is_open;
    if (b->is_open)
        hide_body(b);
    b->u->unit->functions.data[b->id] = *b->fn;
    callbacks_want(b->u, b->fn);
}

static void lower_written(struct body *b, node_id function)
{
    if (b->fn->kind == IR_FUNCTION_DESTRUCTOR)
        b->epilogue = body_block(b);
    node_id compound = body_node(b, function);
    if (b->fn->kind == IR_FUNCTION_CONSTRUCTOR)
        constructors_initialise(b, function);
    if (compound == NODE_NONE) {
        body_degrade(b, "no body in the tree");
    } else {
        statements_lower(b, compound);
    }
    struct ir_loc extent = tree_loc(b->tree, compound == NODE_NONE ? function : compound);
    note_errors(b, tree_loc(b->tree, function), extent);
    finish(b, locations_last(extent));
}

static void lower_implicit(struct body *b, CXCursor cursor)
{
    if (b->fn->kind == IR_FUNCTION_DESTRUCTOR)
        b->epilogue = body_block(b);
    else
        constructors_synthesise(b, cursor);
    finish(b, b->loc);
}

void lower_function(struct unit_builder *u, ir_id function)
{
    struct function_source source = u->functions.data[function];
    struct body *b = new_body(u, function, tree_new(u));
    if (source.body == BODY_IMPLICIT) {
        if (has_this(b))
            add_parameter(b, "this", parameter_type(b, 0, types_void_pointer(u)), IR_NO_LOC);
        while (b->fn->locals.len < b->fn->param_types.len)
            add_parameter(b, "", b->fn->param_types.data[b->fn->locals.len], IR_NO_LOC);
        lower_implicit(b, source.cursor);
        return;
    }
    node_id root = tree_add(b->tree, source.cursor);
    declare_parameters(b, root);
    note_coroutine(b, source.cursor);
    lower_written(b, root);
}

static void lower_lambda_body(struct unit_builder *u, struct tree *tree, node_id lambda,
                              ir_id function)
{
    struct body *b = new_body(u, function, tree);
    declare_parameters(b, lambda);
    lower_written(b, lambda);
}

void lower_function_lambda(struct body *outer, node_id lambda, ir_id record)
{
    struct unit_builder *u = outer->u;
    ir_id function = call_operators_of(u, record);
    if (u->unit->functions.data[function].has_body ||
        u->unit->functions.data[function].is_device_only)
        return;
    if (u->unit->functions.data[function].is_template_pattern)
        vec_push(u->arena, &u->lambdas,
                 (struct deferred_lambda){.tree = outer->tree, .node = lambda, .record = record});
    else
        lower_lambda_body(u, outer->tree, lambda, function);
}

void lower_function_deferred(struct unit_builder *u)
{
    for (size_t i = 0; i < u->lambdas.len; i++) {
        struct deferred_lambda lambda = u->lambdas.data[i];
        ir_id function = call_operators_of(u, lambda.record);
        uint64_t pattern = declaration_key(u->functions.data[function].cursor);
        if (map_get_u64(&u->instantiated, pattern) == (uint32_t)MAP_NONE &&
            !u->unit->functions.data[function].has_body)
            lower_lambda_body(u, lambda.tree, lambda.node, function);
    }
}

/* ---- globals --------------------------------------------------------------------------- */

/* Constant data is there from the start, and says itself what it is (ir_global.parts). */
static node_id dynamic_initialiser(struct unit_builder *u, CXCursor variable, struct tree **tree)
{
    CXCursor given = u->clang->Cursor_getVarDeclInitializer(variable);
    if (u->clang->Cursor_isNull(given))
        return NODE_NONE;
    *tree = tree_new(u);
    node_id initialiser = tree_add(*tree, given);
    return constants_is_plain_data(*tree, initialiser) ? NODE_NONE : initialiser;
}

static void initialise_global(struct body *b, CXCursor variable, struct tree *tree,
                              node_id initialiser)
{
    ir_id global = globals_of(b->u, variable);
    if (global == IR_NONE)
        return;
    b->tree = tree;
    body_at(b, initialiser);
    ir_id type = b->u->unit->globals.data[global].type;
    ir_value place =
        body_emit(b, OP(IR_ADDR_GLOBAL, .type = types_pointer_to(b->u, type), .aux = global));
    size_t mark = scopes_enter(b);
    expressions_into(b, initialiser, place, type);
    scopes_leave(b, mark);
}

static struct body *new_initialisation(struct unit_builder *u)
{
    const char *name = "(initialisation of globals)";
    ir_id id = functions_named(u, name, types_void(u));
    struct ir_function *function = &u->unit->functions.data[id];
    function->key = arena_printf(u->arena, "%s:%s", u->source->path, name);
    function->kind = IR_FUNCTION_INIT;
    function->is_static = true;
    function->in_system_header = false;
    function->is_variadic = false;
    function->is_implicit = true;
    return new_body(u, id, NULL);
}

void lower_function_globals(struct unit_builder *u)
{
    struct body *b = NULL;
    for (size_t i = 0; i < u->initialised.len; i++) {
        struct tree *tree = NULL;
        node_id initialiser = dynamic_initialiser(u, u->initialised.data[i], &tree);
        if (initialiser == NODE_NONE)
            continue;
        if (!b)
            b = new_initialisation(u);
        initialise_global(b, u->initialised.data[i], tree, initialiser);
    }
    if (b)
        finish(b, b->loc);
}
