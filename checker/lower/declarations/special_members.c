/* Constructors, operators and destructors that a class has or that the language gives it. */
#include "lower/declarations/functions.h"
#include "lower/declarations/names.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

#include <string.h>

struct special_visit {
    struct unit_builder *u;
    enum special_member which;
    CXCursor found;
};

/* Parameters without a default value: none makes a default constructor. */
static bool all_parameters_have_defaults(struct unit_builder *u, CXCursor constructor)
{
    return u->clang->CXXConstructor_isDefaultConstructor(constructor) != 0;
}

static bool is_special(struct unit_builder *u, CXCursor cursor, enum special_member which)
{
    enum CXCursorKind kind = u->clang->getCursorKind(cursor);
    switch (which) {
    case DEFAULT_CONSTRUCTOR:
        return kind == CXCursor_Constructor && all_parameters_have_defaults(u, cursor);
    case COPY_CONSTRUCTOR:
        return kind == CXCursor_Constructor && u->clang->CXXConstructor_isCopyConstructor(cursor);
    case MOVE_CONSTRUCTOR:
        return kind == CXCursor_Constructor && u->clang->CXXConstructor_isMoveConstructor(cursor);
    case COPY_ASSIGNMENT:
        return kind == CXCursor_CXXMethod && u->clang->CXXMethod_isCopyAssignmentOperator(cursor);
    case MOVE_ASSIGNMENT:
        return kind == CXCursor_CXXMethod && u->clang->CXXMethod_isMoveAssignmentOperator(cursor);
    }
    return false;
}

static enum CXChildVisitResult visit_special(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct special_visit *visit = data;
    (void)parent;
    if (!is_special(visit->u, cursor, visit->which))
        return CXChildVisit_Continue;
    visit->found = cursor;
    return CXChildVisit_Break;
}

CXCursor records_special(struct unit_builder *u, ir_id record, enum special_member which)
{
    struct special_visit visit = {.u = u, .which = which, .found = u->clang->getNullCursor()};
    if (record != IR_NONE)
        records_visit(u, record, visit_special, &visit);
    return visit.found;
}

struct allocator_visit {
    struct unit_builder *u;
    const char *name;
    int parameters;
    CXCursor found;
};

static enum CXChildVisitResult visit_allocator(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct allocator_visit *visit = data;
    const struct clang_api *clang = visit->u->clang;
    (void)parent;
    if (clang->getCursorKind(cursor) != CXCursor_CXXMethod ||
        clang->Cursor_getNumArguments(cursor) != visit->parameters ||
        strcmp(names_spelling(visit->u, cursor), visit->name) != 0)
        return CXChildVisit_Continue;
    visit->found = cursor;
    return CXChildVisit_Break;
}

static CXCursor find_allocator(struct unit_builder *u, ir_id record, struct allocator_visit *visit,
                               unsigned depth)
{
    records_visit(u, record, visit_allocator, visit);
    records_need_fields(u, record);
    for (size_t i = 0; u->clang->Cursor_isNull(visit->found) && depth < DEEPEST_CLASS &&
                       i < u->unit->records.data[record].fields.len;
         i++) {
        struct ir_field field = u->unit->records.data[record].fields.data[i];
        if (field.is_base)
            find_allocator(u, types_get(u, field.type)->record, visit, depth + 1);
    }
    return visit->found;
}

CXCursor records_allocator(struct unit_builder *u, ir_id record, const char *name, int parameters)
{
    struct allocator_visit visit = {
        .u = u, .name = name, .parameters = parameters, .found = u->clang->getNullCursor()};
    if (record == IR_NONE || u->unit->records.data[record].in_system_header)
        return visit.found;
    return find_allocator(u, record, &visit, 0);
}

static enum CXChildVisitResult visit_conversion(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct special_visit *visit = data;
    (void)parent;
    if (visit->u->clang->getCursorKind(cursor) != CXCursor_ConversionFunction)
        return CXChildVisit_Continue;
    ir_id type = types_of(visit->u, visit->u->clang->getCursorResultType(cursor));
    enum ir_type_kind kind = types_kind(visit->u, type);
    if (kind == IR_TYPE_BOOL || kind == IR_TYPE_POINTER || kind == IR_TYPE_INT)
        visit->found = cursor;
    return kind == IR_TYPE_BOOL ? CXChildVisit_Break : CXChildVisit_Continue;
}

CXCursor records_condition(struct unit_builder *u, ir_id record)
{
    struct special_visit visit = {.u = u, .found = u->clang->getNullCursor()};
    records_visit(u, record, visit_conversion, &visit);
    return visit.found;
}

bool records_is_written(struct unit_builder *u, CXCursor member)
{
    return !u->clang->Cursor_isNull(member) && !u->clang->CXXMethod_isDefaulted(member) &&
           !u->clang->CXXMethod_isDeleted(member);
}

static bool copy_is_trivial(struct unit_builder *u, ir_id record, unsigned depth)
{
    if (depth > DEEPEST_CLASS)
        return false;
    if (records_is_written(u, records_special(u, record, COPY_CONSTRUCTOR)) ||
        records_is_written(u, records_special(u, record, MOVE_CONSTRUCTOR)) ||
        records_is_written(u, records_special(u, record, COPY_ASSIGNMENT)) ||
        records_is_written(u, records_special(u, record, MOVE_ASSIGNMENT)) ||
        records_destructor(u, record) != IR_NONE)
        return false;
    records_need_fields(u, record);
    for (size_t i = 0; i < u->unit->records.data[record].fields.len; i++) {
        const struct ir_type *type =
            types_get(u, u->unit->records.data[record].fields.data[i].type);
        while (type->kind == IR_TYPE_ARRAY)
            type = types_get(u, type->element);
        if (type->kind == IR_TYPE_RECORD && !copy_is_trivial(u, type->record, depth + 1))
            return false;
    }
    return true;
}

bool records_copy_is_trivial(struct unit_builder *u, ir_id record)
{
    return copy_is_trivial(u, record, 0);
}

/* ---- destructors ----------------------------------------------------------------------- */

static enum CXChildVisitResult visit_destructor(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct special_visit *visit = data;
    (void)parent;
    if (visit->u->clang->getCursorKind(cursor) != CXCursor_Destructor)
        return CXChildVisit_Continue;
    visit->found = cursor;
    return CXChildVisit_Break;
}

static enum CXVisitorResult visit_method(CXCursor cursor, CXClientData data)
{
    struct special_visit *visit = data;
    if (visit->u->clang->getCursorKind(cursor) != CXCursor_Destructor)
        return CXVisit_Continue;
    visit->found = cursor;
    return CXVisit_Break;
}

/* The destructor as declared: that of the instance where libclang can show it. */
static CXCursor declared_destructor(struct unit_builder *u, ir_id record)
{
    struct special_visit visit = {.u = u, .found = u->clang->getNullCursor()};
    bool is_instance = !u->clang->Cursor_isNull(u->records.data[record].pattern);
    if (is_instance && u->clang->visitCXXMethods) {
        u->clang->visitCXXMethods(u->records.data[record].type, visit_method, &visit);
        if (!u->clang->Cursor_isNull(visit.found))
            return visit.found;
    }
    records_visit(u, record, visit_destructor, &visit);
    return visit.found;
}

static ir_id type_destructor(struct unit_builder *u, ir_id type)
{
    const struct ir_type *of = types_get(u, type);
    while (of->kind == IR_TYPE_ARRAY)
        of = types_get(u, of->element);
    return of->kind == IR_TYPE_RECORD ? records_destructor(u, of->record) : IR_NONE;
}

/* std::shared_ptr: its parts are in bases that libclang does not show. */
static bool owns_a_buffer(struct unit_builder *u, ir_id record)
{
    const struct model_container *container =
        models_container(u->models, u->unit->records.data[record].name);
    return container && container->storage != MODEL_STORAGE_INLINE;
}

/* Does an undeclared or defaulted destructor have anything to do? Instances of system templates
 * keep what they are given in bases that libclang does not show: their arguments tell. */
static bool parts_need_destruction(struct unit_builder *u, ir_id record)
{
    if (owns_a_buffer(u, record))
        return true;
    records_need_fields(u, record);
    for (size_t i = 0; i < u->unit->records.data[record].fields.len; i++)
        if (type_destructor(u, u->unit->records.data[record].fields.data[i].type) != IR_NONE)
            return true;
    if (!u->unit->records.data[record].in_system_header)
        return false;
    for (size_t i = 0; i < u->unit->records.data[record].arguments.len; i++)
        if (type_destructor(u, u->unit->records.data[record].arguments.data[i]) != IR_NONE)
            return true;
    return false;
}

ir_id records_destructor(struct unit_builder *u, ir_id record)
{
    if (u->records.data[record].destructor_known || !u->unit->records.data[record].has_body)
        return u->unit->records.data[record].destructor;
    u->records.data[record].destructor_known = true;
    CXCursor declared = declared_destructor(u, record);
    ir_id destructor = IR_NONE;
    if (!u->clang->Cursor_isNull(declared) && !u->clang->CXXMethod_isDefaulted(declared))
        destructor = functions_destructor(u, record, declared);
    else if (!u->clang->Cursor_isNull(declared) && u->clang->CXXMethod_isVirtual(declared))
        destructor = functions_implicit_destructor(u, record, declared); /* derived ones do more */
    else if (!u->unit->records.data[record].is_union && parts_need_destruction(u, record))
        destructor = functions_implicit_destructor(u, record, declared);
    u->unit->records.data[record].destructor = destructor;
    return destructor;
}
