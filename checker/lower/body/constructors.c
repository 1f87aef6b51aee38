#include "lower/body/constructors.h"

#include "lower/body/calls.h"
#include "lower/body/expressions.h"
#include "lower/body/inherited.h"
#include "lower/body/loops.h"
#include "lower/body/members.h"
#include "lower/body/scopes.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

#include <string.h>

/* ---- default member initialisers ------------------------------------------------------- */

struct field_search {
    struct unit_builder *u;
    const char *name;
    CXCursor found;
};

static enum CXChildVisitResult visit_field(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct field_search *search = data;
    (void)parent;
    if (search->u->clang->getCursorKind(cursor) != CXCursor_FieldDecl ||
        strcmp(names_spelling(search->u, cursor), search->name) != 0)
        return CXChildVisit_Continue;
    search->found = cursor;
    return CXChildVisit_Break;
}

static CXCursor field_cursor(struct unit_builder *u, ir_id record, const char *name)
{
    struct field_search search = {.u = u, .name = name, .found = u->clang->getNullCursor()};
    records_visit(u, record, visit_field, &search);
    return search.found;
}

/* `int n = 3;`, `int n{3};`: what stands behind the name, past any array size or bit width. */
static bool has_default(struct unit_builder *u, CXCursor field)
{
    struct ir_loc whole = locations_extent(u, field);
    struct ir_loc name = locations_name(u, field);
    const char *text = locations_written(u, field);
    size_t from = name.end_offset - whole.offset;
    if (name.file != whole.file || name.end_offset < whole.offset || from > strlen(text))
        return false;
    return strpbrk(text + from, "={") != NULL;
}

static node_id default_of(struct body *b, CXCursor field)
{
    if (b->u->clang->Cursor_isNull(field) || !has_default(b->u, field))
        return NODE_NONE;
    return tree_last_expression(b->tree, tree_add(b->tree, field));
}

/* ---- default construction -------------------------------------------------------------- */

static const struct ir_type *innermost(const struct unit_builder *u, ir_id type)
{
    const struct ir_type *of = types_get(u, type);
    while (of->kind == IR_TYPE_ARRAY)
        of = types_get(u, of->element);
    return of;
}

struct virtual_search {
    const struct unit_builder *u;
    bool found;
};

static enum CXChildVisitResult visit_virtual(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct virtual_search *search = data;
    enum CXCursorKind kind = search->u->clang->getCursorKind(cursor);
    (void)parent;
    search->found = (kind == CXCursor_CXXMethod || kind == CXCursor_Destructor) &&
                    search->u->clang->CXXMethod_isVirtual(cursor);
    return search->found ? CXChildVisit_Break : CXChildVisit_Continue;
}

/* Does the class itself declare a virtual function? */
static bool has_virtual(struct unit_builder *u, ir_id record)
{
    struct virtual_search search = {.u = u};
    records_visit(u, record, visit_virtual, &search);
    return search.found;
}

static bool is_trivial(struct unit_builder *u, ir_id record, unsigned depth)
{
    if (depth > DEEPEST_CLASS)
        return false;
    CXCursor constructor = records_special(u, record, DEFAULT_CONSTRUCTOR);
    if (!u->clang->Cursor_isNull(constructor) && !functions_is_implicit(u, constructor))
        return false;
    /* nobody looks into the library's classes: one that cleans up behind itself starts somehow */
    if (u->unit->records.data[record].in_system_header && records_destructor(u, record) != IR_NONE)
        return false;
    if (has_virtual(u, record))
        return false; /* from then on the object is of the class */
    records_need_fields(u, record);
    for (size_t i = 0; i < u->unit->records.data[record].fields.len; i++) {
        struct ir_field field = u->unit->records.data[record].fields.data[i];
        const struct ir_type *type = innermost(u, field.type);
        if (type->kind == IR_TYPE_RECORD && !is_trivial(u, type->record, depth + 1))
            return false;
        if (field.is_base || *field.name == '(')
            continue;
        CXCursor cursor = field_cursor(u, record, field.name);
        if (!u->clang->Cursor_isNull(cursor) && has_default(u, cursor))
            return false;
    }
    return true;
}

static bool has_constructor(const struct unit_builder *u, ir_id record)
{
    const struct ir_record *r = &u->unit->records.data[record];
    for (size_t i = 0; i < r->methods.len; i++)
        if (u->unit->functions.data[r->methods.data[i]].kind == IR_FUNCTION_CONSTRUCTOR)
            return true;
    return false;
}

/* The default constructor that the language makes for a class, where no text calls it. */
static ir_id undeclared_constructor(struct unit_builder *u, ir_id record)
{
    const struct ir_record *owner = &u->unit->records.data[record];
    CXCursor linked = u->records.data[record].declaration;
    const char *name = names_plain(u, linked);
    bool is_static = names_is_internal(u, linked);
    const char *key =
        arena_printf(u->arena, "%s%s::()", is_static ? u->source->path : "", owner->key);
    uint32_t known = map_get(&u->keys, key);
    if (known != (uint32_t)MAP_NONE)
        return known;
    struct ir_function function = {
        .name = name,
        .qualified = arena_printf(u->arena, "%s::%s", owner->name, name),
        .key = key,
        .kind = IR_FUNCTION_CONSTRUCTOR,
        .record = record,
        .is_static = is_static,
        .is_implicit = true,
        .in_system_header = owner->in_system_header,
        .result_type = types_void(u),
        .param_count = 1,
        .loc = owner->loc,
        .end = IR_NO_LOC,
    };
    vec_push(u->arena, &function.param_types, types_pointer_to(u, types_record(u, record)));
    struct function_source source = {.cursor = u->clang->getNullCursor(), .body = BODY_IMPLICIT};
    return functions_add(u, function, source);
}

void constructors_want_default(struct unit_builder *u, ir_id record)
{
    CXCursor declared = records_special(u, record, DEFAULT_CONSTRUCTOR);
    bool is_declared = !u->clang->Cursor_isNull(declared);
    if (is_declared && !u->clang->CXXMethod_isDeleted(declared))
        functions_want(u, functions_of(u, declared));
    if (!is_declared && !has_constructor(u, record) && !is_trivial(u, record, 0))
        functions_want(u, undeclared_constructor(u, record));
}

bool constructors_default_is_trivial(struct unit_builder *u, ir_id record)
{
    return is_trivial(u, record, 0);
}

struct default_construction {
    unsigned depth;
};

static void default_object(struct body *b, ir_value object, ir_id type, void *data);

static void default_member(struct body *b, ir_value object, ir_id record, ir_id index,
                           unsigned depth)
{
    struct ir_field field = b->u->unit->records.data[record].fields.data[index];
    node_id given = field.is_base || *field.name == '('
                        ? NODE_NONE
                        : default_of(b, field_cursor(b->u, record, field.name));
    const struct ir_type *inner = innermost(b->u, field.type);
    if (given == NODE_NONE &&
        (inner->kind != IR_TYPE_RECORD || is_trivial(b->u, inner->record, depth)))
        return;
    struct ir_loc old = b->loc;
    ir_value place = body_field(b, object, record, field.name, field.type);
    size_t mark = scopes_enter(b);
    if (given != NODE_NONE) {
        ir_value around = b->made;
        b->made = object;
        expressions_into(b, given, place, field.type);
        b->made = around;
    } else {
        struct default_construction what = {.depth = depth + 1};
        loops_each_element(b, place, field.type, default_object, &what);
    }
    scopes_leave(b, mark);
    b->loc = old;
}

static void default_object(struct body *b, ir_value object, ir_id type, void *data)
{
    const struct default_construction *what = data;
    ir_id record = types_get(b->u, type)->record;
    CXCursor constructor = records_special(b->u, record, DEFAULT_CONSTRUCTOR);
    if (!b->u->clang->Cursor_isNull(constructor)) {
        calls_special(b, constructor, object, IR_NONE);
        return;
    }
    const bool is_model = models_container(b->u->models, b->u->unit->records.data[record].name);
    if (is_model || has_virtual(b->u, record)) {
        ir_id made = undeclared_constructor(b->u, record);
        if (!is_model) /* what std::array's does, the engine knows */
            functions_want(b->u, made);
        calls_method(b, made, object);
        return;
    }
    if (what->depth > DEEPEST_CLASS)
        return;
    records_need_fields(b->u, record);
    for (ir_id i = 0; i < b->u->unit->records.data[record].fields.len; i++)
        default_member(b, object, record, i, what->depth);
}

void constructors_default_member(struct body *b, ir_value object, ir_id record, ir_id field)
{
    default_member(b, object, record, field, 0);
}

/* ---- written constructors -------------------------------------------------------------- */

/* The initialiser written for a member (by name) or a base (by class), or NODE_NONE. */
static node_id written_for(struct body *b, node_id function, const struct ir_field *field)
{
    ir_id base = field->is_base ? types_get(b->u, field->type)->record : IR_NONE;
    const char *member = NULL;
    for (node_id child = tree_node(b->tree, function)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next) {
        enum CXCursorKind kind = tree_kind(b->tree, child);
        if (kind == CXCursor_MemberRef) {
            member = names_spelling(b->u, tree_node(b->tree, child)->cursor);
        } else if (b->u->clang->isExpression(kind)) {
            if (member && !field->is_base && strcmp(member, field->name) == 0)
                return child;
            if (!member && base != IR_NONE &&
                types_get(b->u, tree_type(b->tree, child))->record == base)
                return child;
            member = NULL;
        } else if (kind == CXCursor_CompoundStmt) {
            break;
        }
    }
    return NODE_NONE;
}

/* A constructor that hands over to another of its class. */
static node_id delegate_of(struct body *b, node_id function)
{
    bool after_member = false;
    for (node_id child = tree_node(b->tree, function)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next) {
        enum CXCursorKind kind = tree_kind(b->tree, child);
        if (kind == CXCursor_CompoundStmt)
            break;
        if (!after_member && b->u->clang->isExpression(kind) &&
            types_get(b->u, tree_type(b->tree, child))->record == b->record)
            return child;
        after_member = kind == CXCursor_MemberRef;
    }
    return NODE_NONE;
}

/* What a base that libclang does not show takes over. */
static void copy_hidden_base(struct body *b, ir_value to, ir_value from, ir_id record)
{
    const ir_value objects[] = {to, from};
    if (b->u->records.data[record].has_hidden_base)
        body_havoc(b, IR_NONE, "base of unknown type", objects, 2);
}

/* Does the constructor that is being lowered copy or move another object of its class? */
static bool takes_another(const struct body *b)
{
    ir_id type = b->fn->param_types.len == 2 ? b->fn->param_types.data[1] : IR_NONE;
    return type != IR_NONE && types_kind(b->u, type) == IR_TYPE_REFERENCE &&
           types_get(b->u, types_get(b->u, type)->element)->record == b->record;
}

static void initialise_part(struct body *b, ir_value self, ir_id index, node_id given)
{
    struct ir_field field = b->u->unit->records.data[b->record].fields.data[index];
    struct ir_loc old = body_at(b, given);
    ir_value place = body_field(b, self, b->record, field.name, field.type);
    size_t mark = scopes_enter(b);
    expressions_into(b, given, place, field.type);
    scopes_leave(b, mark);
    b->loc = old;
}

void constructors_initialise(struct body *b, node_id function)
{
    if (b->record == IR_NONE)
        return;
    ir_value self = members_this(b);
    node_id delegate = delegate_of(b, function);
    if (delegate != NODE_NONE) {
        size_t mark = scopes_enter(b);
        expressions_into(b, delegate, self, types_record(b->u, b->record));
        scopes_leave(b, mark);
        scopes_own_part(b, IR_NONE);
        return;
    }
    records_need_fields(b->u, b->record);
    if (takes_another(b))
        copy_hidden_base(
            b, self, body_load(b, body_local_address(b, 1), b->fn->param_types.data[1]), b->record);
    const bool is_union = b->u->unit->records.data[b->record].is_union;
    for (ir_id i = 0; i < b->u->unit->records.data[b->record].fields.len; i++) {
        struct ir_field field = b->u->unit->records.data[b->record].fields.data[i];
        node_id given = written_for(b, function, &field);
        if (given != NODE_NONE)
            initialise_part(b, self, i, given);
        else if (!is_union && !inherited_constructs(b, function, self, &field))
            default_member(b, self, b->record, i, 0);
        if (!is_union)
            scopes_own_part(b, i);
    }
}

/* ---- destructors ----------------------------------------------------------------------- */

void constructors_destroy_parts(struct body *b)
{
    if (b->record == IR_NONE || b->u->unit->records.data[b->record].is_union)
        return;
    records_need_fields(b->u, b->record);
    for (size_t i = b->u->unit->records.data[b->record].fields.len; i > 0; i--) {
        struct ir_field field = b->u->unit->records.data[b->record].fields.data[i - 1];
        const struct ir_type *inner = innermost(b->u, field.type);
        if (inner->kind != IR_TYPE_RECORD || records_destructor(b->u, inner->record) == IR_NONE)
            continue;
        ir_value place = body_field(b, members_this(b), b->record, field.name, field.type);
        scopes_destroy(b, place, field.type);
    }
}

/* ---- synthesised constructors and assignments ------------------------------------------ */

static enum special_member special_of(struct unit_builder *u, CXCursor cursor)
{
    if (u->clang->Cursor_isNull(cursor))
        return DEFAULT_CONSTRUCTOR; /* the only one that is made where no text calls it */
    if (u->clang->getCursorKind(cursor) == CXCursor_Constructor) {
        if (u->clang->CXXConstructor_isCopyConstructor(cursor))
            return COPY_CONSTRUCTOR;
        if (u->clang->CXXConstructor_isMoveConstructor(cursor))
            return MOVE_CONSTRUCTOR;
        return DEFAULT_CONSTRUCTOR;
    }
    return u->clang->CXXMethod_isMoveAssignmentOperator(cursor) ? MOVE_ASSIGNMENT : COPY_ASSIGNMENT;
}

static CXCursor special_for_part(struct unit_builder *u, ir_id record, enum special_member which)
{
    CXCursor found = records_special(u, record, which);
    if (!u->clang->Cursor_isNull(found))
        return found;
    if (which == MOVE_CONSTRUCTOR)
        return records_special(u, record, COPY_CONSTRUCTOR);
    if (which == MOVE_ASSIGNMENT)
        return records_special(u, record, COPY_ASSIGNMENT);
    return found;
}

static void copy_parts(struct body *b, ir_value to, ir_value from, ir_id record,
                       enum special_member which, unsigned depth);

/* Are its parts known, none of which an implicit copy treats in a way of its own? */
static bool has_known_parts(struct unit_builder *u, ir_id record)
{
    records_need_fields(u, record);
    const struct ir_record *r = &u->unit->records.data[record];
    return r->fields.len && !r->in_system_header && !r->is_lambda;
}

/* libclang shows the members of a library class as those of its template, which do not say what the
 * instance holds. */
static void call_special(struct body *b, CXCursor special, ir_value to, ir_value from, ir_id record)
{
    const bool is_assignment = b->u->clang->getCursorKind(special) == CXCursor_CXXMethod;
    if (is_assignment && b->u->unit->records.data[record].in_system_header)
        calls_assign(b, record, to, from, b->u->clang->CXXMethod_isMoveAssignmentOperator(special));
    else
        calls_special(b, special, to, from);
}

/* Calls what the class has for it; where the language would write that, does the same. */
static void copy_object(struct body *b, ir_value to, ir_value from, ir_id type,
                        enum special_member which, unsigned depth)
{
    ir_id record = types_get(b->u, type)->record;
    bool is_bitwise = record == IR_NONE || records_copy_is_trivial(b->u, record);
    CXCursor special =
        is_bitwise ? b->u->clang->getNullCursor() : special_for_part(b->u, record, which);
    if (!b->u->clang->Cursor_isNull(special))
        call_special(b, special, to, from, record);
    else if (is_bitwise || depth > DEEPEST_CLASS || !has_known_parts(b->u, record))
        body_emit(b, OP(IR_COPY, .type = type, .a = to, .b = from));
    else
        copy_parts(b, to, from, record, which, depth + 1);
}

static void copy_parts(struct body *b, ir_value to, ir_value from, ir_id record,
                       enum special_member which, unsigned depth)
{
    records_need_fields(b->u, record);
    copy_hidden_base(b, to, from, record);
    for (size_t i = 0; i < b->u->unit->records.data[record].fields.len; i++) {
        struct ir_field field = b->u->unit->records.data[record].fields.data[i];
        ir_value to_part = body_field(b, to, record, field.name, field.type);
        ir_value from_part = body_field(b, from, record, field.name, field.type);
        enum ir_type_kind kind = types_kind(b->u, field.type);
        if (kind == IR_TYPE_RECORD || kind == IR_TYPE_ARRAY)
            copy_object(b, to_part, from_part, field.type, which, depth);
        else
            body_store(b, to_part, body_load(b, from_part, field.type));
    }
}

void constructors_copy(struct body *b, ir_value place, ir_value source, ir_id type, bool is_moved)
{
    copy_object(b, place, source, type, is_moved ? MOVE_CONSTRUCTOR : COPY_CONSTRUCTOR, 0);
}

void constructors_synthesise(struct body *b, CXCursor cursor)
{
    enum special_member which = special_of(b->u, cursor);
    ir_value self = members_this(b);
    records_need_fields(b->u, b->record);
    size_t count = b->u->unit->records.data[b->record].fields.len;
    if (which == DEFAULT_CONSTRUCTOR) {
        for (ir_id i = 0; i < count; i++)
            default_member(b, self, b->record, i, 0);
        return;
    }
    ir_value other = body_load(b, body_local_address(b, 1), b->fn->locals.data[1].type);
    copy_parts(b, self, other, b->record, which, 0);
    if (which == COPY_ASSIGNMENT || which == MOVE_ASSIGNMENT)
        body_end(b, IR_RETURN, self);
}
