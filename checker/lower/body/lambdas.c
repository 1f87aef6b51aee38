#include "lower/body/lambdas.h"

#include "lower/body/expressions.h"
#include "lower/body/lower_function.h"
#include "lower/body/members.h"
#include "lower/declarations/constants.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/types.h"
#include "lower/text/written.h"

#include <ctype.h>
#include <string.h>

/* ---- what is written in the brackets --------------------------------------------------- */

/* "&", "=", or 0: how a lambda takes what its body names. */
static char default_capture(const char *text)
{
    if (*text != '[')
        return '&'; /* from a macro: what is not seen may be changed */
    for (text++; isspace((unsigned char)*text); text++)
        ;
    if (*text == '=')
        return '=';
    if (*text != '&')
        return 0;
    for (text++; isspace((unsigned char)*text); text++)
        ;
    return *text == ',' || *text == ']' ? '&' : 0;
}

/* [&x]: an ampersand stands before the name. */
static bool is_by_reference(struct body *b, node_id lambda, node_id capture)
{
    struct ir_loc whole = tree_loc(b->tree, lambda);
    struct ir_loc name = tree_loc(b->tree, capture);
    const char *text = written_text(b, lambda);
    if (name.file != whole.file || name.offset <= whole.offset ||
        name.offset - whole.offset > strlen(text))
        return false;
    const char *at = text + (name.offset - whole.offset);
    while (at > text && isspace((unsigned char)at[-1]))
        at--;
    return at > text && at[-1] == '&';
}

/* ---- captures -------------------------------------------------------------------------- */

struct lambda {
    struct body *b; /* the function around it */
    node_id node;
    ir_id record;
    ir_value place;
    char mode;
    struct map inside; /* declared in the lambda itself */
    struct map done;   /* captured already; the record's list may be from an earlier visit */
};

static ir_id add_field(struct lambda *l, const char *name, ir_id type, const void *variable,
                       bool by_reference)
{
    struct unit_builder *u = l->b->u;
    ir_id field = (ir_id)u->unit->records.data[l->record].fields.len;
    vec_push(u->arena, &u->unit->records.data[l->record].fields,
             (struct ir_field){.name = name, .type = type, .offset = IR_SIZE_UNKNOWN});
    vec_push(u->arena, &u->records.data[l->record].captures,
             (struct capture){.variable = variable, .field = field, .by_reference = by_reference});
    return field;
}

static bool is_captured(const struct lambda *l, const void *variable)
{
    const struct record_source *source = &l->b->u->records.data[l->record];
    for (size_t i = 0; i < source->captures.len; i++)
        if (source->captures.data[i].variable == variable)
            return true;
    return false;
}

static ir_id reference_to(struct unit_builder *u, ir_id type)
{
    ir_id pointer = types_pointer_to(u, type);
    for (ir_id i = 0; i < u->unit->types.len; i++)
        if (u->unit->types.data[i].kind == IR_TYPE_REFERENCE &&
            u->unit->types.data[i].element == type)
            return i;
    struct ir_type reference = u->unit->types.data[pointer];
    reference.kind = IR_TYPE_REFERENCE;
    reference.name = arena_printf(u->arena, "%s &", types_get(u, type)->name);
    ir_id id = (ir_id)u->unit->types.len;
    vec_push(u->arena, &u->unit->types, reference);
    return id;
}

/* Stores one captured variable; its initialiser is the variable itself, or written ([x = f()]). */
static void capture_variable(struct lambda *l, CXCursor variable, bool by_reference,
                             node_id initialiser)
{
    struct body *b = l->b;
    ir_value address = IR_NONE;
    ir_id type = IR_NONE;
    if (initialiser == NODE_NONE && !body_variable(b, variable, &address, &type))
        return; /* a global, or a constant */
    if (initialiser != NODE_NONE) {
        type = types_of_cursor(b->u, variable);
        if (types_kind(b->u, type) == IR_TYPE_REFERENCE)
            type = types_get(b->u, type)->element;
    }
    map_set_u64(&l->done, declaration_key(variable), 1);
    const char *name = names_spelling(b->u, variable);
    ir_id field_type = by_reference ? reference_to(b->u, type) : types_unqualified(b->u, type);
    if (!is_captured(l, declaration_id(variable)))
        add_field(l, name, field_type, declaration_id(variable), by_reference);
    ir_value field = body_field(b, l->place, l->record, name, field_type);
    if (initialiser != NODE_NONE)
        expressions_into(b, initialiser, field, field_type);
    else if (by_reference)
        body_store(b, field, address);
    else if (types_kind(b->u, type) == IR_TYPE_RECORD || types_kind(b->u, type) == IR_TYPE_ARRAY)
        body_emit(b, OP(IR_COPY, .type = type, .a = field, .b = address));
    else
        body_store(b, field, body_load(b, address, type));
}

static void capture_this(struct lambda *l)
{
    struct body *b = l->b;
    if (map_get_u64(&l->done, 0) != (uint32_t)MAP_NONE)
        return;
    map_set_u64(&l->done, 0, 1);
    ir_value self = members_this(b);
    ir_id type = body_value_type(b, self);
    if (!is_captured(l, NULL))
        add_field(l, "this", type, NULL, false);
    body_store(b, body_field(b, l->place, l->record, "this", type), self);
}

/* Is it an init capture: [x = ...]? Its variable is declared by the lambda itself. */
static bool is_init_capture(struct lambda *l, node_id reference)
{
    CXCursor variable = tree_referenced(l->b->tree, reference);
    struct ir_loc name = locations_name(l->b->u, variable);
    struct ir_loc here = tree_loc(l->b->tree, reference);
    return name.file == here.file && name.offset == here.offset;
}

/* libclang leaves out the initialisers of [&x = y]: the declaration has them all. */
static node_id written_initialiser(struct body *b, CXCursor variable)
{
    CXCursor given = b->u->clang->Cursor_getVarDeclInitializer(variable);
    return b->u->clang->Cursor_isNull(given) ? NODE_NONE : tree_add(b->tree, given);
}

static void explicit_captures(struct lambda *l)
{
    struct body *b = l->b;
    for (node_id child = tree_node(b->tree, l->node)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next) {
        if (tree_kind(b->tree, child) != CXCursor_VariableRef)
            continue;
        CXCursor variable = b->u->clang->getCursorReferenced(tree_cursor(b->tree, child));
        node_id initialiser =
            is_init_capture(l, child) ? written_initialiser(b, variable) : NODE_NONE;
        capture_variable(l, variable, is_by_reference(b, l->node, child), initialiser);
    }
}

static bool is_variable(enum CXCursorKind kind)
{
    return kind == CXCursor_VarDecl || kind == CXCursor_ParmDecl || kind == CXCursor_UnexposedDecl;
}

static node_id body_of(struct body *b, node_id lambda)
{
    node_id last = tree_node(b->tree, lambda)->last;
    for (node_id child = tree_node(b->tree, lambda)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next)
        if (tree_kind(b->tree, child) == CXCursor_CompoundStmt)
            last = child;
    return last;
}

static void note_declarations(struct lambda *l, node_id end)
{
    struct body *b = l->b;
    for (node_id node = l->node; node < end; node++)
        if (is_variable(tree_kind(b->tree, node)))
            map_set_u64(&l->inside, declaration_key(tree_cursor(b->tree, node)), 1);
}

static bool names_this(struct body *b, node_id node)
{
    if (tree_kind(b->tree, node) == CXCursor_CXXThisExpr)
        return true;
    if (tree_kind(b->tree, node) != CXCursor_MemberRefExpr ||
        tree_first_expression(b->tree, node) != NODE_NONE)
        return false;
    enum CXCursorKind kind =
        b->u->clang->getCursorKind(b->u->clang->getCursorReferenced(tree_cursor(b->tree, node)));
    return kind == CXCursor_FieldDecl || kind == CXCursor_CXXMethod;
}

/* A local of the functions around: only these can be captured. */
static bool is_local_around(struct lambda *l, CXCursor variable)
{
    struct body *b = l->b;
    enum CXCursorKind kind = b->u->clang->getCursorKind(variable);
    if (!is_variable(kind) ||
        (kind == CXCursor_VarDecl && b->u->clang->Cursor_hasVarDeclGlobalStorage(variable) == 1))
        return false;
    return map_get_u64(&l->inside, declaration_key(variable)) == (uint32_t)MAP_NONE;
}

static void implicit_captures(struct lambda *l)
{
    struct body *b = l->b;
    node_id compound = body_of(b, l->node);
    node_id end = tree_end(b->tree, compound);
    note_declarations(l, end);
    for (node_id node = compound; node < end; node++) {
        if (names_this(b, node)) {
            capture_this(l);
            continue;
        }
        if (tree_kind(b->tree, node) != CXCursor_DeclRefExpr)
            continue;
        uint64_t constant; /* needs no capture */
        if (constants_fold(b->tree, node, &constant))
            continue;
        CXCursor variable = b->u->clang->getCursorReferenced(tree_cursor(b->tree, node));
        if (!is_local_around(l, variable) ||
            map_get_u64(&l->done, declaration_key(variable)) != (uint32_t)MAP_NONE)
            continue;
        capture_variable(l, variable, l->mode != '=', NODE_NONE);
    }
}

void lambdas_into(struct body *b, node_id node, ir_value place)
{
    struct unit_builder *u = b->u;
    ir_id type = tree_type(b->tree, node);
    ir_id record = types_get(u, type)->record;
    if (record == IR_NONE) {
        body_havoc(b, IR_NONE, "lambda of unknown type", &place, 1);
        return;
    }
    struct lambda l = {.b = b,
                       .node = node,
                       .record = record,
                       .place = place,
                       .mode = default_capture(written_text(b, node)),
                       .inside = {.arena = u->arena},
                       .done = {.arena = u->arena}};
    u->unit->records.data[record].has_body = true;
    explicit_captures(&l);
    implicit_captures(&l);
    lower_function_lambda(b, node, record);
}
