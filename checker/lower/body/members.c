#include "lower/body/members.h"

#include "lower/body/casts.h"
#include "lower/body/expressions.h"
#include "lower/declarations/names.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"
#include "lower/text/written_members.h"

#include <string.h>

ir_value members_this(struct body *b)
{
    if (b->made != IR_NONE)
        return b->made;
    bool is_special = b->fn->kind == IR_FUNCTION_DESTRUCTOR || /* of the closure's own */
                      b->fn->kind == IR_FUNCTION_CONSTRUCTOR;
    bool in_lambda = b->record != IR_NONE && b->u->unit->records.data[b->record].is_lambda;
    if (!in_lambda || is_special) {
        if (b->fn->param_count == 0 || b->record == IR_NONE)
            return body_unknown(b, types_void_pointer(b->u), "this");
        return body_load(b, body_local_address(b, 0), b->fn->locals.data[0].type);
    }
    const struct record_source *closure = &b->u->records.data[b->record];
    for (size_t i = 0; i < closure->captures.len; i++) {
        if (closure->captures.data[i].variable)
            continue;
        ir_id index = closure->captures.data[i].field;
        ir_id type = b->u->unit->records.data[b->record].fields.data[index].type;
        ir_value self = body_load(b, body_local_address(b, 0), b->fn->locals.data[0].type);
        return body_load(b, body_field(b, self, b->record, "this", type), type);
    }
    return body_unknown(b, types_void_pointer(b->u), "this");
}

/* The class that `this` points to: of a lambda's body, that of the function around it. */
static ir_id record_of_this(struct body *b, ir_value self)
{
    const struct ir_type *type = types_get(b->u, body_value_type(b, self));
    return types_get(b->u, type->element)->record;
}

ir_value members_object(struct body *b, node_id member, ir_id *record)
{
    node_id object = tree_first_expression(b->tree, member);
    if (object == NODE_NONE) {
        ir_value self = members_this(b);
        *record = record_of_this(b, self);
        return self;
    }
    ir_id type = tree_type(b->tree, object);
    if (tree_kind(b->tree, tree_strip(b->tree, object)) == CXCursor_CXXThisExpr) {
        ir_value self = expressions_operand(b, object);
        *record = record_of_this(b, self);
        return self;
    }
    if (types_kind(b->u, type) == IR_TYPE_POINTER) {
        *record = types_get(b->u, types_get(b->u, type)->element)->record;
        return expressions_operand(b, object);
    }
    *record = types_get(b->u, type)->record;
    return expressions_place(b, object);
}

static ir_id class_of(struct body *b, CXCursor cursor)
{
    switch (b->u->clang->getCursorKind(cursor)) {
    case CXCursor_StructDecl:
    case CXCursor_ClassDecl:
    case CXCursor_UnionDecl:
        return records_of(b->u, cursor);
    default:
        return IR_NONE;
    }
}

/* The address of the part of an object that declares `field`: the object itself, one of its bases,
 * or an anonymous member of these, which stands in the class around it. */
static ir_value part_with(struct body *b, ir_value object, ir_id *record, CXCursor owner)
{
    ir_id wanted = class_of(b, owner);
    if (wanted == IR_NONE || *record == IR_NONE || wanted == *record)
        return object;
    if (records_base_towards(b->u, *record, wanted) != IR_NONE) {
        object = casts_object(b, object, types_record(b->u, *record), types_record(b->u, wanted));
        *record = wanted;
        return object;
    }
    if (!b->u->clang->Cursor_isAnonymousRecordDecl(owner))
        return object;
    object = part_with(b, object, record, b->u->clang->getCursorSemanticParent(owner));
    ir_id index = records_anonymous_field(b->u, *record, wanted);
    if (index == IR_NONE)
        return object;
    struct ir_field field = b->u->unit->records.data[*record].fields.data[index];
    object = body_field(b, object, *record, field.name, field.type);
    *record = wanted;
    return object;
}

static ir_value static_place(struct body *b, node_id node, CXCursor member)
{
    node_id object = tree_first_expression(b->tree, node);
    ir_value address;
    ir_id type;
    if (object != NODE_NONE)
        expressions_discard(b, object);
    return body_variable(b, member, &address, &type)
               ? address
               : body_unknown(b, types_pointer_to(b->u, tree_type(b->tree, node)), "static member");
}

/* An anonymous member, of which libclang makes a name of its own: "union s::(anonymous at ...)". */
static ir_id anonymous_member(struct body *b, ir_id record, const char *name, ir_id type)
{
    const ir_id inner = types_get(b->u, type)->record;
    return record == IR_NONE || inner == IR_NONE || !strchr(name, '(')
               ? IR_NONE
               : records_anonymous_field(b->u, record, inner);
}

ir_value members_place(struct body *b, node_id node)
{
    CXCursor member = b->u->clang->getCursorReferenced(tree_cursor(b->tree, node));
    enum CXCursorKind kind = b->u->clang->getCursorKind(member);
    ir_id type = tree_type(b->tree, node);
    if (kind == CXCursor_VarDecl)
        return static_place(b, node, member);
    const char *name = names_spelling(b->u, tree_cursor(b->tree, node));
    ir_value written = *name ? IR_NONE : written_member_place(b, node);
    if (written != IR_NONE)
        return written;
    ir_id record;
    ir_value object = members_object(b, node, &record);
    body_at(b, node);
    if (kind != CXCursor_FieldDecl) {
        if (!*name)
            return body_havoc(b, types_pointer_to(b->u, type), "member of unknown type", &object,
                              1);
        return body_field(b, object, record, name, type);
    }
    /* In the body of a template's pattern the class at hand knows more than the pattern. */
    ir_id index = records_field(b->u, record, name);
    if (index == IR_NONE)
        index = anonymous_member(b, record, name, type);
    if (index != IR_NONE)
        name = b->u->unit->records.data[record].fields.data[index].name;
    ir_id field_type = index == IR_NONE ? types_of_cursor(b->u, member)
                                        : b->u->unit->records.data[record].fields.data[index].type;
    if (index == IR_NONE)
        object = part_with(b, object, &record, b->u->clang->getCursorSemanticParent(member));
    ir_value place = body_field(b, object, record, name, field_type);
    if (types_kind(b->u, field_type) == IR_TYPE_REFERENCE)
        return body_load(b, place, field_type);
    return place;
}
