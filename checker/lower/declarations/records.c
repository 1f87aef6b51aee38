#include "lower/declarations/records.h"

#include "lower/declarations/arguments.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/types.h"
#include "lower/parse/heal.h"
#include "support/identifier.h"

#include <string.h>

static CXCursor definition_of(struct unit_builder *u, CXCursor declaration)
{
    CXCursor definition = u->clang->getCursorDefinition(declaration);
    return u->clang->Cursor_isNull(definition) ? declaration : definition;
}

/* What stands in the text for an instance of a template; null: it does itself, as a class that is
 * no instance and a specialisation. */
static CXCursor pattern_of(struct unit_builder *u, CXCursor declaration)
{
    CXCursor pattern = u->clang->getSpecializedCursorTemplate(declaration);
    if (u->clang->Cursor_isNull(pattern))
        return pattern;
    pattern = definition_of(u, pattern);
    struct ir_loc here = locations_name(u, declaration), there = locations_name(u, pattern);
    bool is_written = here.file != there.file || here.offset != there.offset;
    return is_written ? u->clang->getNullCursor() : pattern;
}

static bool is_lambda_name(const char *display)
{
    return strncmp(display, "(lambda at ", 11) == 0 || strstr(display, "::(lambda at ") != NULL;
}

static void add_template_arguments(struct unit_builder *u, ir_id id, CXType type)
{
    int count = u->clang->Type_getNumTemplateArguments(type);
    for (int i = 0; i < count; i++) {
        CXType argument = u->clang->Type_getTemplateArgumentAsType(type, (unsigned)i);
        ir_id made = argument.kind == CXType_Invalid ? types_unknown(u) : types_of(u, argument);
        vec_push(u->arena, &u->unit->records.data[id].arguments, made);
    }
}

/* Classes without a name, and instances for lambdas, share a USR with others: what clang prints of
 * them tells them apart. */
static const char *key_of(struct unit_builder *u, CXCursor definition, const char *display)
{
    const char *usr = names_usr(u, definition);
    return names_has_place(display) ? arena_printf(u->arena, "%s@%s", usr, display) : usr;
}

ir_id records_of(struct unit_builder *u, CXCursor declaration)
{
    uint32_t known = map_get_u64(&u->declarations, declaration_key(declaration));
    if (known != (uint32_t)MAP_NONE)
        return known;
    CXCursor definition = definition_of(u, declaration);
    CXType type = u->clang->getCanonicalType(u->clang->getCursorType(definition));
    const char *display = names_of_type(u, type);
    const char *key = key_of(u, definition, display);
    known = *key ? map_get(&u->record_keys, key) : (uint32_t)MAP_NONE;
    if (known != (uint32_t)MAP_NONE) {
        map_set_u64(&u->declarations, declaration_key(declaration), known);
        return known;
    }
    struct ir_record record = {
        .display = display,
        .key = key,
        .destructor = IR_NONE,
        .is_union = u->clang->getCursorKind(definition) == CXCursor_UnionDecl,
        .in_system_header = locations_in_system_header(u, definition),
        .loc = locations_name(u, definition),
    };
    record.is_lambda = is_lambda_name(record.display);
    record.name = record.is_lambda ? "(lambda)" : names_qualified(u, definition);
    if (!*record.display)
        record.display = record.name; /* a template's pattern has no type of its own */
    CXCursor pattern = pattern_of(u, definition);
    record.has_body =
        u->clang->isCursorDefinition(definition) != 0 || !u->clang->Cursor_isNull(pattern);
    ir_id id = (ir_id)u->unit->records.len;
    vec_push(u->arena, &u->unit->records, record);
    vec_push(
        u->arena, &u->records,
        (struct record_source){
            .declaration = definition, .type = type, .pattern = pattern, .call_operator = IR_NONE});
    map_set_u64(&u->declarations, declaration_key(declaration), id);
    map_set_u64(&u->declarations, declaration_key(definition), id);
    if (*key)
        map_set(&u->record_keys, key, id);
    add_template_arguments(u, id, type);
    if (!record.in_system_header && !record.is_lambda)
        records_need_fields(u, id);
    return id;
}

static bool is_modelled(const struct unit_builder *u, const char *name)
{
    return models_container(u->models, name) || strcmp(name, "std::default_delete") == 0 ||
           models_allocator_memory(u->models, name) != MODEL_MEMORY_UNKNOWN;
}

ir_id records_of_pattern(struct unit_builder *u, CXType canonical)
{
    CXCursor declaration = u->clang->getTypeDeclaration(canonical);
    if (u->clang->getCursorKind(declaration) != CXCursor_ClassTemplate)
        return IR_NONE;
    CXCursor definition = definition_of(u, declaration);
    const char *name = names_qualified(u, definition);
    if (!locations_in_system_header(u, definition) || !is_modelled(u, name))
        return IR_NONE;
    const char *display = names_of_type(u, canonical);
    if (strncmp(display, "const ", 6) == 0)
        display += 6;
    const char *key = arena_printf(u->arena, "%s@%s", names_usr(u, definition), display);
    uint32_t known = map_get(&u->record_keys, key);
    if (known != (uint32_t)MAP_NONE)
        return known;
    ir_id id = (ir_id)u->unit->records.len;
    vec_push(u->arena, &u->unit->records,
             ((struct ir_record){.name = name,
                                 .display = display,
                                 .key = key,
                                 .destructor = IR_NONE,
                                 .has_body = true,
                                 .in_system_header = true,
                                 .loc = locations_name(u, definition)}));
    vec_push(u->arena, &u->records,
             ((struct record_source){.declaration = definition,
                                     .type = canonical,
                                     .pattern = u->clang->getNullCursor(),
                                     .of_pattern = true,
                                     .fields_known = true,
                                     .call_operator = IR_NONE}));
    map_set(&u->record_keys, key, id);
    add_template_arguments(u, id, canonical);
    return id;
}

/* ---- fields ---------------------------------------------------------------------------- */

struct field_visit {
    struct unit_builder *u;
    ir_id record;
};

static bool has_field(const struct unit_builder *u, ir_id record, const char *name)
{
    const struct ir_record *r = &u->unit->records.data[record];
    for (size_t i = 0; i < r->fields.len; i++)
        if (strcmp(r->fields.data[i].name, name) == 0)
            return true;
    return false;
}

/* Closures, which an overload set is derived from, are told apart by where they stand, and two
 * instances of one template by their arguments. */
static const char *base_field_name(struct unit_builder *u, ir_id derived, ir_id base)
{
    const struct ir_record *record = &u->unit->records.data[base];
    const char *name =
        arena_printf(u->arena, "(base) %s", record->is_lambda ? record->display : record->name);
    return has_field(u, derived, name) ? arena_printf(u->arena, "(base) %s", record->display)
                                       : name;
}

static bool is_dependent(const struct unit_builder *u, ir_id record)
{
    return u->clang->getCursorKind(u->records.data[record].declaration) == CXCursor_ClassTemplate;
}

static bool add_known_base(struct unit_builder *u, ir_id record, ir_id base)
{
    ir_id base_record = types_get(u, base)->record;
    if (base_record == IR_NONE)
        return false;
    struct ir_field field = {.name = base_field_name(u, record, base_record),
                             .type = base,
                             .offset = IR_SIZE_UNKNOWN,
                             .is_base = true};
    vec_push(u->arena, &u->unit->records.data[record].fields, field);
    return true;
}

/* A base that the template names by a parameter, `class buffer : Alloc`, is what the instance was
 * given for it; of a pack, `: Policies...`, all are. */
static bool add_bases_given(struct unit_builder *u, ir_id record, CXType type)
{
    const char *written = names_of_type(u, type);
    size_t len = identifier_span(written), first = 0;
    if (!len || (written[len] && strcmp(written + len, "...") != 0))
        return false;
    const char *name = arena_strndup(u->arena, written, len);
    size_t count = arguments_of_class(u, record, name, &first);
    bool all = count > 0;
    for (size_t i = first; all && i < first + count; i++)
        all &= add_known_base(u, record, u->unit->records.data[record].arguments.data[i]);
    return all;
}

static void add_base(struct unit_builder *u, ir_id record, CXType type)
{
    if (!add_known_base(u, record, types_of(u, type)) && !is_dependent(u, record) &&
        !add_bases_given(u, record, type))
        u->records.data[record].has_hidden_base = true;
}

static enum CXChildVisitResult visit_base_child(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct field_visit *visit = data;
    (void)parent;
    if (visit->u->clang->getCursorKind(cursor) == CXCursor_CXXBaseSpecifier)
        add_base(visit->u, visit->record, visit->u->clang->getCursorType(cursor));
    return CXChildVisit_Continue;
}

static enum CXVisitorResult visit_base(CXCursor cursor, CXClientData data)
{
    struct field_visit *visit = data;
    add_base(visit->u, visit->record, visit->u->clang->getCursorType(cursor));
    return CXVisit_Continue;
}

static uint64_t offset_of(struct unit_builder *u, CXCursor field)
{
    enum { BITS_PER_BYTE = 8 };
    long long bits = u->clang->Cursor_getOffsetOfField(field); /* below 0: no layout is known */
    if (bits < 0 || u->clang->Cursor_isBitField(field))
        return IR_SIZE_UNKNOWN;
    uint64_t offset = (uint64_t)bits / BITS_PER_BYTE;
    return offset >= HEAL_SIZE ? IR_SIZE_UNKNOWN : offset;
}

static enum CXVisitorResult visit_field(CXCursor cursor, CXClientData data)
{
    struct field_visit *visit = data;
    struct unit_builder *u = visit->u;
    struct ir_field field = {
        .name = names_spelling(u, cursor),
        .type = types_of_cursor(u, cursor),
        .offset = offset_of(u, cursor),
        .is_mutable = u->clang->CXXField_isMutable(cursor) != 0,
        .is_private = u->clang->getCXXAccessSpecifier(cursor) == CX_CXXPrivate,
    };
    size_t index = u->unit->records.data[visit->record].fields.len;
    if (!*field.name || strchr(field.name, '(')) /* "(anonymous union at ...)" */
        field.name = arena_printf(u->arena, "(anonymous %zu)", index);
    vec_push(u->arena, &u->unit->records.data[visit->record].fields, field);
    return CXVisit_Continue;
}

/* A template's pattern has no layout, nor has a class with an error in it, but its members have
 * names. */
static enum CXChildVisitResult visit_field_child(CXCursor cursor, CXCursor parent,
                                                 CXClientData data)
{
    struct field_visit *visit = data;
    (void)parent;
    if (visit->u->clang->getCursorKind(cursor) == CXCursor_FieldDecl)
        visit_field(cursor, data);
    return CXChildVisit_Continue;
}

void records_visit(struct unit_builder *u, ir_id record, CXCursorVisitor each, CXClientData data)
{
    const struct record_source *source = &u->records.data[record];
    CXCursor from =
        u->clang->Cursor_isNull(source->pattern) ? source->declaration : source->pattern;
    u->clang->visitChildren(from, each, data);
}

void records_need_fields(struct unit_builder *u, ir_id record)
{
    if (u->records.data[record].fields_known || u->unit->records.data[record].is_lambda)
        return;
    u->records.data[record].fields_known = true;
    struct field_visit visit = {.u = u, .record = record};
    CXType type = u->records.data[record].type;
    bool is_instance = !u->clang->Cursor_isNull(u->records.data[record].pattern);
    if (is_instance && u->clang->visitCXXBaseClasses)
        u->clang->visitCXXBaseClasses(type, visit_base, &visit);
    else
        records_visit(u, record, visit_base_child, &visit);
    size_t bases = u->unit->records.data[record].fields.len;
    if (!is_dependent(u, record))
        u->clang->Type_visitFields(type, visit_field, &visit);
    if (u->unit->records.data[record].fields.len == bases)
        records_visit(u, record, visit_field_child, &visit);
}

static void need_bases(struct unit_builder *u, ir_id record, unsigned depth)
{
    records_need_fields(u, record);
    for (size_t i = 0; depth < DEEPEST_CLASS && i < u->unit->records.data[record].fields.len; i++) {
        struct ir_field field = u->unit->records.data[record].fields.data[i];
        if (field.is_base)
            need_bases(u, types_get(u, field.type)->record, depth + 1);
    }
}

void records_need_bases(struct unit_builder *u, ir_id record)
{
    need_bases(u, record, 0);
}

ir_id records_field(struct unit_builder *u, ir_id record, const char *name)
{
    if (record == IR_NONE)
        return IR_NONE;
    records_need_fields(u, record);
    const struct ir_record *r = &u->unit->records.data[record];
    for (ir_id i = 0; i < r->fields.len; i++)
        if (strcmp(r->fields.data[i].name, name) == 0)
            return i;
    return IR_NONE;
}

ir_id records_anonymous_field(struct unit_builder *u, ir_id record, ir_id inner)
{
    records_need_fields(u, record);
    for (ir_id i = 0; i < u->unit->records.data[record].fields.len; i++)
        if (types_get(u, u->unit->records.data[record].fields.data[i].type)->record == inner)
            return i;
    return IR_NONE;
}

static bool derives(struct unit_builder *u, ir_id derived, ir_id base, unsigned depth)
{
    if (derived == base)
        return true;
    if (derived == IR_NONE || depth > DEEPEST_CLASS)
        return false;
    records_need_fields(u, derived);
    for (size_t i = 0; i < u->unit->records.data[derived].fields.len; i++) {
        struct ir_field field = u->unit->records.data[derived].fields.data[i];
        if (field.is_base && derives(u, types_get(u, field.type)->record, base, depth + 1))
            return true;
    }
    return false;
}

ir_id records_base_towards(struct unit_builder *u, ir_id derived, ir_id base)
{
    if (derived == IR_NONE || base == IR_NONE)
        return IR_NONE;
    records_need_fields(u, derived);
    for (ir_id i = 0; i < u->unit->records.data[derived].fields.len; i++) {
        struct ir_field field = u->unit->records.data[derived].fields.data[i];
        if (field.is_base && derives(u, types_get(u, field.type)->record, base, 0))
            return i;
    }
    return IR_NONE;
}
