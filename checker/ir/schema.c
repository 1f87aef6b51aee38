#include "ir/schema.h"

#include "ir/ir.h"
#include "support/map.h"

#include <string.h>

#define FIELD(type, member, ...)                                                                   \
    {.name = #member,                                                                              \
     .offset = offsetof(struct type, member),                                                      \
     .size = sizeof(((struct type *)0)->member),                                                   \
     __VA_ARGS__}
#define BOOL(type, member) FIELD(type, member, .kind = SCHEMA_BOOL)
#define U8(type, member) FIELD(type, member, .kind = SCHEMA_U8)
#define U32(type, member) FIELD(type, member, .kind = SCHEMA_U32)
#define U64(type, member) FIELD(type, member, .kind = SCHEMA_U64)
#define I64(type, member) FIELD(type, member, .kind = SCHEMA_I64)
#define ENUM(type, member, last) FIELD(type, member, .kind = SCHEMA_ENUM, .highest = last)
#define TEXT(type, member) FIELD(type, member, .kind = SCHEMA_TEXT)
#define OPTIONAL_TEXT(type, member) FIELD(type, member, .kind = SCHEMA_TEXT, .may_be_null = true)
#define TEXTS(type, member) FIELD(type, member, .kind = SCHEMA_TEXTS)
#define ID(type, member, of) FIELD(type, member, .kind = SCHEMA_U32, .table = of)
#define IDS(type, member, of) FIELD(type, member, .kind = SCHEMA_NUMBERS, .table = of)
#define STRUCT(type, member, of) FIELD(type, member, .kind = SCHEMA_STRUCT, .schema = &(of))
#define OPTIONAL(type, member, of) FIELD(type, member, .kind = SCHEMA_OPTIONAL, .schema = &(of))
#define LIST(type, member, of) FIELD(type, member, .kind = SCHEMA_LIST, .schema = &(of))
#define SCHEMA(type, members)                                                                      \
    {#type, sizeof(struct type), members, sizeof(members) / sizeof *(members)}

static const struct schema_field file_fields[] = {
    TEXT(ir_file, path),
    BOOL(ir_file, is_main),
    BOOL(ir_file, is_system),
};
static const struct schema file_schema = SCHEMA(ir_file, file_fields);

static const struct schema_field macro_fields[] = {
    TEXT(ir_macro, name),
    ID(ir_macro, file, TABLE_FILES),
    U32(ir_macro, line),
    U32(ir_macro, column),
};
static const struct schema macro_schema = SCHEMA(ir_macro, macro_fields);

static const struct schema_field loc_fields[] = {
    ID(ir_loc, file, TABLE_FILES), U32(ir_loc, line),
    U32(ir_loc, column),           U32(ir_loc, end_line),
    U32(ir_loc, end_column),       U32(ir_loc, offset),
    U32(ir_loc, end_offset),       ID(ir_loc, macro, TABLE_MACROS),
};
static const struct schema loc_schema = SCHEMA(ir_loc, loc_fields);

static const struct schema_field type_fields[] = {
    ENUM(ir_type, kind, IR_TYPE_FUNCTION),
    BOOL(ir_type, is_signed),
    BOOL(ir_type, is_const),
    TEXT(ir_type, name),
    U64(ir_type, size),
    U64(ir_type, count),
    ID(ir_type, element, TABLE_TYPES),
    ID(ir_type, record, TABLE_RECORDS),
};
static const struct schema type_schema = SCHEMA(ir_type, type_fields);

static const struct schema_field field_fields[] = {
    TEXT(ir_field, name),       ID(ir_field, type, TABLE_TYPES), U64(ir_field, offset),
    BOOL(ir_field, is_mutable), BOOL(ir_field, is_base),         BOOL(ir_field, is_private),
};
static const struct schema field_schema = SCHEMA(ir_field, field_fields);

static const struct schema_field record_fields[] = {
    TEXT(ir_record, name),
    TEXT(ir_record, display),
    TEXT(ir_record, key),
    LIST(ir_record, fields, field_schema),
    IDS(ir_record, arguments, TABLE_TYPES),
    ID(ir_record, destructor, TABLE_FUNCTIONS),
    BOOL(ir_record, has_body),
    BOOL(ir_record, is_union),
    BOOL(ir_record, is_lambda),
    BOOL(ir_record, in_system_header),
    BOOL(ir_record, copy_deleted),
    BOOL(ir_record, is_abstract),
    BOOL(ir_record, has_unseen_friend),
    IDS(ir_record, methods, TABLE_FUNCTIONS),
    STRUCT(ir_record, loc, loc_schema),
};
static const struct schema record_schema = SCHEMA(ir_record, record_fields);

static const struct schema_field call_fields[] = {
    ID(ir_call, function, TABLE_FUNCTIONS),
    ID(ir_call, callee, TABLE_OPS),
    OPTIONAL_TEXT(ir_call, written),
    IDS(ir_call, args, TABLE_OPS),
    LIST(ir_call, arg_locs, loc_schema),
    ID(ir_call, into, TABLE_OPS),
    BOOL(ir_call, is_virtual),
    BOOL(ir_call, is_discarded),
    BOOL(ir_call, is_new_array),
};
static const struct schema call_schema = SCHEMA(ir_call, call_fields);

static const struct schema_field op_fields[] = {
    ENUM(ir_op, code, IR_HAVOC),
    U8(ir_op, sub),
    BOOL(ir_op, is_in_doubt),
    ID(ir_op, type, TABLE_TYPES),
    ID(ir_op, a, TABLE_OPS),
    ID(ir_op, b, TABLE_OPS),
    U32(ir_op, aux), /* its table depends on the code: check.c */
    U64(ir_op, number),
    OPTIONAL_TEXT(ir_op, text),
    OPTIONAL(ir_op, call, call_schema),
    STRUCT(ir_op, loc, loc_schema),
};
static const struct schema op_schema = SCHEMA(ir_op, op_fields);

static const struct schema_field case_fields[] = {
    I64(ir_case, low),
    I64(ir_case, high),
};
static const struct schema case_schema = SCHEMA(ir_case, case_fields);

static const struct schema_field block_fields[] = {
    IDS(ir_block, ops, TABLE_OPS),
    ENUM(ir_block, terminator, IR_UNREACHABLE),
    ID(ir_block, value, TABLE_OPS),
    IDS(ir_block, targets, TABLE_BLOCKS),
    LIST(ir_block, cases, case_schema),
    STRUCT(ir_block, loc, loc_schema),
    ID(ir_block, unwind, TABLE_BLOCKS),
    BOOL(ir_block, is_handler),
    BOOL(ir_block, is_goto),
    BOOL(ir_block, is_loop_head),
};
static const struct schema block_schema = SCHEMA(ir_block, block_fields);

static const struct schema_field local_fields[] = {
    TEXT(ir_local, name),
    ID(ir_local, type, TABLE_TYPES),
    ENUM(ir_local, kind, IR_LOCAL_TEMP),
    STRUCT(ir_local, loc, loc_schema),
    BOOL(ir_local, has_default),
    I64(ir_local, initial),
};
static const struct schema local_schema = SCHEMA(ir_local, local_fields);

static const struct schema_field part_fields[] = {
    U64(ir_part, offset),
    U64(ir_part, size),
    ENUM(ir_part, kind, IR_PART_OTHER),
    I64(ir_part, number),
    ID(ir_part, function, TABLE_FUNCTIONS),
    ID(ir_part, global, TABLE_GLOBALS),
    OPTIONAL_TEXT(ir_part, text),
};
static const struct schema part_schema = SCHEMA(ir_part, part_fields);

static const struct schema_field global_fields[] = {
    TEXT(ir_global, name),
    TEXT(ir_global, qualified),
    TEXT(ir_global, key),
    ID(ir_global, type, TABLE_TYPES),
    ID(ir_global, record, TABLE_RECORDS),
    BOOL(ir_global, is_static),
    BOOL(ir_global, is_function_local),
    BOOL(ir_global, is_private),
    BOOL(ir_global, is_thread_local),
    BOOL(ir_global, is_volatile),
    BOOL(ir_global, is_const_data),
    BOOL(ir_global, is_managed),
    BOOL(ir_global, begins_null),
    BOOL(ir_global, has_start),
    I64(ir_global, start),
    BOOL(ir_global, has_parts),
    LIST(ir_global, parts, part_schema),
    STRUCT(ir_global, loc, loc_schema),
};
static const struct schema global_schema = SCHEMA(ir_global, global_fields);

static const struct schema_field function_fields[] = {
    TEXT(ir_function, name),
    TEXT(ir_function, qualified),
    TEXT(ir_function, key),
    ENUM(ir_function, kind, IR_FUNCTION_INIT),
    ID(ir_function, record, TABLE_RECORDS),
    BOOL(ir_function, is_static),
    BOOL(ir_function, is_static_method),
    BOOL(ir_function, is_template_pattern),
    BOOL(ir_function, is_extern_c_or_global),
    BOOL(ir_function, is_noreturn),
    BOOL(ir_function, is_noexcept),
    BOOL(ir_function, is_virtual),
    BOOL(ir_function, is_variadic),
    BOOL(ir_function, is_const_method),
    BOOL(ir_function, is_hidden),
    BOOL(ir_function, is_device_only),
    BOOL(ir_function, is_coroutine),
    BOOL(ir_function, is_kernel),
    BOOL(ir_function, in_system_header),
    BOOL(ir_function, is_implicit),
    BOOL(ir_function, has_body),
    ID(ir_function, result_type, TABLE_TYPES),
    U32(ir_function, param_count),
    IDS(ir_function, param_types, TABLE_TYPES),
    LIST(ir_function, locals, local_schema),
    LIST(ir_function, ops, op_schema),
    LIST(ir_function, blocks, block_schema),
    TEXTS(ir_function, degraded),
    BOOL(ir_function, is_in_doubt),
    STRUCT(ir_function, loc, loc_schema),
    STRUCT(ir_function, end, loc_schema),
};
const struct schema schema_function = SCHEMA(ir_function, function_fields);

static const struct schema_field site_fields[] = {
    TEXT(ir_site, name),
    STRUCT(ir_site, loc, loc_schema),
    ENUM(ir_site, state, IR_SITE_MACRO),
    OPTIONAL_TEXT(ir_site, reason),
};
static const struct schema site_schema = SCHEMA(ir_site, site_fields);

static const struct schema_field gap_fields[] = {
    TEXT(ir_gap, what),
    STRUCT(ir_gap, loc, loc_schema),
};
static const struct schema gap_schema = SCHEMA(ir_gap, gap_fields);

/* All but the arena. */
static const struct schema_field unit_fields[] = {
    TEXT(ir_unit, source),
    OPTIONAL_TEXT(ir_unit, through),
    BOOL(ir_unit, is_header),
    LIST(ir_unit, files, file_schema),
    LIST(ir_unit, macros, macro_schema),
    LIST(ir_unit, types, type_schema),
    LIST(ir_unit, records, record_schema),
    LIST(ir_unit, globals, global_schema),
    LIST(ir_unit, functions, schema_function),
    LIST(ir_unit, sites, site_schema),
    LIST(ir_unit, gaps, gap_schema),
    U32(ir_unit, errors_in_user_files),
    OPTIONAL_TEXT(ir_unit, first_error),
    BOOL(ir_unit, used_bundled_declarations),
    OPTIONAL_TEXT(ir_unit, assumed_macros),
    OPTIONAL_TEXT(ir_unit, parser),
    TEXTS(ir_unit, other_branch),
    BOOL(ir_unit, is_other_branch),
};
const struct schema schema_unit = SCHEMA(ir_unit, unit_fields);

static uint64_t hash_schema(const struct schema *schema, uint64_t hash)
{
    hash = hash_u64(hash ^ hash_bytes(schema->name, strlen(schema->name)));
    for (size_t i = 0; i < schema->count; i++) {
        const struct schema_field *field = &schema->fields[i];
        uint64_t traits = ((uint64_t)field->kind << 40) | ((uint64_t)field->table << 32);
        hash = hash_u64(hash ^ hash_bytes(field->name, strlen(field->name)));
        hash = hash_u64(hash ^ traits ^ field->highest);
        if (field->schema)
            hash = hash_schema(field->schema, hash);
    }
    return hash;
}

uint64_t schema_hash(void)
{
    return hash_schema(&schema_unit, 0);
}
