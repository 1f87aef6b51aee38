#include "lower/declarations/types.h"

#include "lower/declarations/names.h"
#include "lower/declarations/records.h"
#include "lower/parse/heal.h"

#include <string.h>

static const struct ir_type unknown_type = {.kind = IR_TYPE_UNKNOWN,
                                            .name = "?",
                                            .size = IR_SIZE_UNKNOWN,
                                            .count = IR_SIZE_UNKNOWN,
                                            .element = IR_NONE,
                                            .record = IR_NONE};

struct builtin {
    const char *name;
    enum ir_type_kind kind;
    bool is_signed;
    uint64_t size;
};

/* LP64, as every CUDA host is but Windows, whose long clang itself would tell. */
static const struct builtin builtins[] = {
    {"void", IR_TYPE_VOID, false, IR_SIZE_UNKNOWN},
    {"bool", IR_TYPE_BOOL, false, 1},
    {"char", IR_TYPE_INT, true, 1},
    {"signed char", IR_TYPE_INT, true, 1},
    {"unsigned char", IR_TYPE_INT, false, 1},
    {"short", IR_TYPE_INT, true, 2},
    {"unsigned short", IR_TYPE_INT, false, 2},
    {"int", IR_TYPE_INT, true, 4},
    {"unsigned int", IR_TYPE_INT, false, 4},
    {"long", IR_TYPE_INT, true, 8},
    {"unsigned long", IR_TYPE_INT, false, 8},
    {"long long", IR_TYPE_INT, true, 8},
    {"unsigned long long", IR_TYPE_INT, false, 8},
    {"float", IR_TYPE_FLOAT, true, 4},
    {"double", IR_TYPE_FLOAT, true, 8},
};

static uint64_t derived_key(enum ir_type_kind kind, uint32_t element)
{
    return ((uint64_t)kind << 32) | element;
}

static ir_id add_type(struct unit_builder *u, struct ir_type type)
{
    ir_id id = (ir_id)u->unit->types.len;
    vec_push(u->arena, &u->unit->types, type);
    return id;
}

ir_id types_builtin(struct unit_builder *u, const char *name)
{
    for (uint32_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
        if (strcmp(builtins[i].name, name) != 0)
            continue;
        /* Records never use this half of the key space: their kind is their own. */
        uint64_t key = derived_key(IR_TYPE_INT, i);
        uint32_t known = map_get_u64(&u->derived, key);
        if (known != (uint32_t)MAP_NONE)
            return known;
        ir_id id = add_type(u, (struct ir_type){.kind = builtins[i].kind,
                                                .is_signed = builtins[i].is_signed,
                                                .name = builtins[i].name,
                                                .size = builtins[i].size,
                                                .count = IR_SIZE_UNKNOWN,
                                                .element = IR_NONE,
                                                .record = IR_NONE});
        map_set_u64(&u->derived, key, id);
        return id;
    }
    return types_unknown(u);
}

ir_id types_unknown(struct unit_builder *u)
{
    uint64_t key = derived_key(IR_TYPE_UNKNOWN, 0);
    uint32_t known = map_get_u64(&u->derived, key);
    if (known != (uint32_t)MAP_NONE)
        return known;
    ir_id id = add_type(u, unknown_type);
    map_set_u64(&u->derived, key, id);
    return id;
}

ir_id types_void(struct unit_builder *u)
{
    return types_builtin(u, "void");
}

ir_id types_bool(struct unit_builder *u)
{
    return types_builtin(u, "bool");
}

ir_id types_int(struct unit_builder *u)
{
    return types_builtin(u, "int");
}

ir_id types_size(struct unit_builder *u)
{
    return types_builtin(u, "unsigned long");
}

ir_id types_void_pointer(struct unit_builder *u)
{
    return types_pointer_to(u, types_void(u));
}

ir_id types_pointer_to(struct unit_builder *u, ir_id element)
{
    uint64_t key = derived_key(IR_TYPE_POINTER, element);
    uint32_t known = map_get_u64(&u->derived, key);
    if (known != (uint32_t)MAP_NONE)
        return known;
    const struct ir_type *to = types_get(u, element);
    const char *gap = to->kind == IR_TYPE_POINTER ? "" : " ";
    ir_id id = add_type(u, (struct ir_type){.kind = IR_TYPE_POINTER,
                                            .name = arena_printf(u->arena, "%s%s*", to->name, gap),
                                            .size = sizeof(void *),
                                            .count = IR_SIZE_UNKNOWN,
                                            .element = element,
                                            .record = IR_NONE});
    map_set_u64(&u->derived, key, id);
    return id;
}

ir_id types_reference_to(struct unit_builder *u, ir_id element, bool is_rvalue)
{
    const char *name =
        arena_printf(u->arena, "%s %s", types_get(u, element)->name, is_rvalue ? "&&" : "&");
    uint32_t known = map_get(&u->references, name);
    if (known != (uint32_t)MAP_NONE && types_get(u, known)->element == element)
        return known;
    ir_id id = add_type(u, (struct ir_type){.kind = IR_TYPE_REFERENCE,
                                            .name = name,
                                            .size = IR_SIZE_UNKNOWN,
                                            .count = IR_SIZE_UNKNOWN,
                                            .element = element,
                                            .record = IR_NONE});
    map_set(&u->references, name, id);
    return id;
}

ir_id types_record(struct unit_builder *u, ir_id record)
{
    CXType type = u->records.data[record].type;
    if (type.kind != CXType_Invalid)
        return types_of(u, type);
    uint64_t key = derived_key(IR_TYPE_RECORD, record);
    uint32_t known = map_get_u64(&u->derived, key);
    if (known != (uint32_t)MAP_NONE)
        return known;
    ir_id id = add_type(u, (struct ir_type){.kind = IR_TYPE_RECORD,
                                            .name = u->unit->records.data[record].display,
                                            .size = IR_SIZE_UNKNOWN,
                                            .count = IR_SIZE_UNKNOWN,
                                            .element = IR_NONE,
                                            .record = record});
    map_set_u64(&u->derived, key, id);
    return id;
}

const struct ir_type *types_get(const struct unit_builder *u, ir_id type)
{
    return type < u->unit->types.len ? &u->unit->types.data[type] : &unknown_type;
}

enum ir_type_kind types_kind(const struct unit_builder *u, ir_id type)
{
    return types_get(u, type)->kind;
}

uint64_t types_bytes(const struct unit_builder *u, ir_id type)
{
    return types_get(u, type)->size;
}

static enum ir_type_kind kind_of(CXType type)
{
    switch (type.kind) {
    case CXType_Void:
        return IR_TYPE_VOID;
    case CXType_Bool:
        return IR_TYPE_BOOL;
    case CXType_Enum:
        return IR_TYPE_ENUM;
    case CXType_Pointer:
    case CXType_NullPtr:
    case CXType_BlockPointer:
        return IR_TYPE_POINTER;
    case CXType_LValueReference:
    case CXType_RValueReference:
        return IR_TYPE_REFERENCE;
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
    case CXType_VariableArray:
    case CXType_DependentSizedArray:
        return IR_TYPE_ARRAY;
    case CXType_Record:
        return IR_TYPE_RECORD;
    case CXType_FunctionNoProto:
    case CXType_FunctionProto:
        return IR_TYPE_FUNCTION;
    case CXType_Half:
    case CXType_Float:
    case CXType_Double:
    case CXType_LongDouble:
    case CXType_Float128:
    case CXType_Float16:
    case CXType_BFloat16:
    case CXType_Ibm128:
        return IR_TYPE_FLOAT;
    default:
        if (type.kind >= CXType_Char_U && type.kind <= CXType_Int128)
            return IR_TYPE_INT;
        return IR_TYPE_UNKNOWN;
    }
}

static bool is_signed_integer(CXType type)
{
    return type.kind >= CXType_Char_S && type.kind <= CXType_Int128;
}

/* A class with a member that clang did not understand: it has a size of 1 then. */
static bool is_half_known(struct unit_builder *u, CXType type)
{
    while (type.kind == CXType_ConstantArray)
        type = u->clang->getCanonicalType(u->clang->getArrayElementType(type));
    return type.kind == CXType_Record &&
           u->clang->isInvalidDeclaration(u->clang->getTypeDeclaration(type));
}

/* clang_Type_getSizeOf crashes on placeholder types: asked of complete kinds only. */
static uint64_t size_of(struct unit_builder *u, CXType type, enum ir_type_kind kind)
{
    if (kind == IR_TYPE_UNKNOWN || kind == IR_TYPE_VOID || kind == IR_TYPE_FUNCTION ||
        kind == IR_TYPE_REFERENCE)
        return IR_SIZE_UNKNOWN;
    if (kind == IR_TYPE_ARRAY && type.kind != CXType_ConstantArray)
        return IR_SIZE_UNKNOWN;
    if (is_half_known(u, type))
        return IR_SIZE_UNKNOWN;
    if (type.kind == CXType_Pointer)
        return sizeof(void *); /* also T * in a template's pattern */
    long long size = u->clang->Type_getSizeOf(type);
    return size < 0 || (uint64_t)size >= HEAL_SIZE ? IR_SIZE_UNKNOWN : (uint64_t)size;
}

static ir_id element_of(struct unit_builder *u, CXType type, enum ir_type_kind kind)
{
    if (type.kind == CXType_NullPtr)
        return types_void(u);
    if (kind == IR_TYPE_POINTER || kind == IR_TYPE_REFERENCE)
        return types_of(u, u->clang->getPointeeType(type));
    if (kind == IR_TYPE_ARRAY)
        return types_of(u, u->clang->getArrayElementType(type));
    return IR_NONE;
}

static uint64_t count_of(struct unit_builder *u, CXType type)
{
    if (type.kind != CXType_ConstantArray)
        return IR_SIZE_UNKNOWN;
    long long count = u->clang->getArraySize(type);
    return count < 0 ? IR_SIZE_UNKNOWN : (uint64_t)count;
}

/* The unit may have made the same type by itself before. */
static ir_id existing_type(struct unit_builder *u, const struct ir_type *type)
{
    if (type->is_const)
        return IR_NONE;
    if (type->kind == IR_TYPE_POINTER) {
        uint32_t known = map_get_u64(&u->derived, derived_key(IR_TYPE_POINTER, type->element));
        return known == (uint32_t)MAP_NONE ? IR_NONE : known;
    }
    if (type->kind > IR_TYPE_FLOAT || type->kind == IR_TYPE_UNKNOWN)
        return IR_NONE;
    ir_id builtin = types_builtin(u, type->name);
    return types_kind(u, builtin) == IR_TYPE_UNKNOWN ? IR_NONE : builtin;
}

ir_id types_of(struct unit_builder *u, CXType type)
{
    CXType canonical = u->clang->getCanonicalType(type);
    enum ir_type_kind kind = kind_of(canonical);
    if (canonical.kind == CXType_Invalid)
        return types_unknown(u);
    /* clang makes each canonical type once: the address, with the qualifiers in its low bits. */
    uint64_t key = (uint64_t)(uintptr_t)canonical.data[0];
    uint32_t known = map_get_u64(&u->types, key);
    if (known != (uint32_t)MAP_NONE)
        return known;
    struct ir_type made = {
        .kind = kind,
        .is_signed = is_signed_integer(canonical),
        .is_const = u->clang->isConstQualifiedType(canonical) != 0,
        .name = names_of_type(u, canonical),
        .size = size_of(u, canonical, kind),
        .count = count_of(u, canonical),
        .element = element_of(u, canonical, kind),
        .record = IR_NONE,
    };
    if (kind == IR_TYPE_RECORD)
        made.record = records_of(u, u->clang->getTypeDeclaration(canonical));
    else if (kind == IR_TYPE_UNKNOWN)
        made.record = records_of_pattern(u, canonical);
    if (made.record != IR_NONE)
        made.kind = IR_TYPE_RECORD;
    /* Looking into the record may have met the type itself. */
    known = map_get_u64(&u->types, key);
    if (known != (uint32_t)MAP_NONE)
        return known;
    ir_id id = existing_type(u, &made);
    if (id == IR_NONE)
        id = add_type(u, made);
    if (kind == IR_TYPE_POINTER && !made.is_const)
        map_set_u64(&u->derived, derived_key(IR_TYPE_POINTER, made.element), id);
    map_set_u64(&u->types, key, id);
    return id;
}

ir_id types_of_cursor(struct unit_builder *u, CXCursor cursor)
{
    return types_of(u, u->clang->getCursorType(cursor));
}

/* By search: const types are few, and this is asked for stores only. */
ir_id types_unqualified(struct unit_builder *u, ir_id type)
{
    const struct ir_type *from = types_get(u, type);
    if (!from->is_const)
        return type;
    for (ir_id i = 0; i < u->unit->types.len; i++) {
        const struct ir_type *to = &u->unit->types.data[i];
        if (!to->is_const && to->kind == from->kind && to->size == from->size &&
            to->element == from->element && to->record == from->record &&
            to->is_signed == from->is_signed &&
            strcmp(to->name, from->name + (strncmp(from->name, "const ", 6) == 0 ? 6 : 0)) == 0)
            return i;
    }
    return type;
}

bool types_is_same_record(const struct unit_builder *u, ir_id x, ir_id y)
{
    return types_get(u, x)->record == types_get(u, y)->record && types_get(u, x)->record != IR_NONE;
}
