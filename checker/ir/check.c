#include "ir/check.h"

#include "ir/schema.h"

#include <string.h>

struct checker {
    struct arena *arena;
    size_t lengths[TABLE_COUNT];
    const char *function; /* being checked, or NULL */
    const struct error *error;
};

__attribute__((format(printf, 2, 3))) static void fail(struct checker *check, const char *format,
                                                       ...)
{
    if (check->error)
        return;
    va_list args;
    va_start(args, format);
    const char *problem = arena_vprintf(check->arena, format, args);
    va_end(args);
    check->error =
        error_new(check->arena, ERROR_ANALYSIS, "the analysis of a unit is malformed: %s%s%s",
                  check->function ? check->function : "", check->function ? ": " : "", problem);
}

/* ---- every index, by the schema ---------------------------------------------------------- */

static bool in_table(const struct checker *check, enum schema_table table, uint32_t number)
{
    return table == TABLE_NONE || number == IR_NONE || number < check->lengths[table];
}

static void check_struct(struct checker *check, const struct schema *schema, const void *object);

static void check_vector(struct checker *check, const struct schema_field *field, const void *at)
{
    struct schema_vector vector;
    memcpy(&vector, at, sizeof vector);
    for (size_t i = 0; i < vector.len && !check->error; i++) {
        if (field->kind == SCHEMA_LIST)
            check_struct(check, field->schema, (const char *)vector.data + i * field->schema->size);
        else if (field->kind == SCHEMA_NUMBERS &&
                 !in_table(check, field->table, ((const uint32_t *)vector.data)[i]))
            fail(check, "element %zu of %s is out of range", i, field->name);
        else if (field->kind == SCHEMA_TEXTS && !((const char *const *)vector.data)[i])
            fail(check, "element %zu of %s is missing", i, field->name);
    }
}

static void check_field(struct checker *check, const struct schema_field *field, const void *at)
{
    const void *object;
    switch (field->kind) {
    case SCHEMA_U32:
        if (!in_table(check, field->table, *(const uint32_t *)at))
            fail(check, "%s is out of range", field->name);
        break;
    case SCHEMA_TEXT:
        memcpy(&object, at, sizeof object);
        if (!object && !field->may_be_null)
            fail(check, "%s is missing", field->name);
        break;
    case SCHEMA_STRUCT:
        check_struct(check, field->schema, at);
        break;
    case SCHEMA_OPTIONAL:
        memcpy(&object, at, sizeof object);
        if (object)
            check_struct(check, field->schema, object);
        break;
    case SCHEMA_LIST:
    case SCHEMA_NUMBERS:
    case SCHEMA_TEXTS:
        check_vector(check, field, at);
        break;
    default:
        break;
    }
}

static void check_function(struct checker *check, const struct ir_function *function);

static void check_struct(struct checker *check, const struct schema *schema, const void *object)
{
    if (schema == &schema_function)
        check_function(check, object);
    for (size_t i = 0; i < schema->count && !check->error; i++)
        check_field(check, &schema->fields[i], (const char *)object + schema->fields[i].offset);
    if (schema == &schema_function)
        check->function = NULL;
}

/* ---- what the schema cannot say ---------------------------------------------------------- */

/* The table that `aux` of an operation points into; where it must, IR_NONE is an error too. */
static const struct {
    enum schema_table table;
    bool required;
} aux_tables[] = {
    [IR_SIZEOF] = {TABLE_TYPES, false},
    [IR_ADDR_LOCAL] = {TABLE_LOCALS, true},
    [IR_ADDR_GLOBAL] = {TABLE_GLOBALS, true},
    [IR_FIRST_VISIT] = {TABLE_GLOBALS, true},
    [IR_ADDR_FUNCTION] = {TABLE_FUNCTIONS, true},
    [IR_INDEX] = {TABLE_TYPES, false},
    [IR_LIFETIME_BEGIN] = {TABLE_LOCALS, true},
    [IR_LIFETIME_END] = {TABLE_LOCALS, true},
    [IR_THROWN] = {TABLE_TYPES, false},
    [IR_CATCHES] = {TABLE_TYPES, true},
    [IR_HAVOC] = {TABLE_NONE, false},
};

/* How many of a and b an operation needs. */
static unsigned operands_needed(enum ir_opcode code)
{
    switch (code) {
    case IR_FIELD:
    case IR_INDEX: /* b is optional */
    case IR_LOAD:
    case IR_ZERO:
    case IR_UNARY:
    case IR_CAST:
    case IR_COUNT:
        return 1;
    case IR_STORE:
    case IR_COPY:
    case IR_BINARY:
    case IR_COMPARE:
        return 2;
    default:
        return 0;
    }
}

static void check_op(struct checker *check, const struct ir_op *op, size_t index)
{
    unsigned needed = operands_needed(op->code);
    if ((needed >= 1 && op->a == IR_NONE) || (needed == 2 && op->b == IR_NONE))
        fail(check, "operation %zu lacks an operand", index);
    enum schema_table table = aux_tables[op->code].table;
    if (!in_table(check, table, op->aux) || (aux_tables[op->code].required && op->aux == IR_NONE))
        fail(check, "operation %zu points outside a table", index);
    bool calls = op->code == IR_CALL || op->code == IR_LAUNCH;
    if (calls && !op->call)
        fail(check, "operation %zu is a call without a callee", index);
    if (calls && op->call && op->call->args.len != op->call->arg_locs.len)
        fail(check, "operation %zu has %zu arguments at %zu places", index, op->call->args.len,
             op->call->arg_locs.len);
}

static void check_block(struct checker *check, const struct ir_block *block, size_t index)
{
    static const size_t targets_of[] = {[IR_JUMP] = 1, [IR_BRANCH] = 2, [IR_UNREACHABLE] = 0};
    size_t targets =
        block->terminator == IR_SWITCH ? block->cases.len + 1 : targets_of[block->terminator];
    if (block->targets.len != targets)
        fail(check, "block %zu has %zu targets, not %zu", index, block->targets.len, targets);
    for (size_t i = 0; i < block->targets.len; i++)
        if (block->targets.data[i] == IR_NONE)
            fail(check, "block %zu has no target %zu", index, i);
    for (size_t i = 0; i < block->ops.len; i++)
        if (block->ops.data[i] == IR_NONE)
            fail(check, "block %zu has no operation %zu", index, i);
    bool decides = block->terminator == IR_BRANCH || block->terminator == IR_SWITCH;
    if (decides && block->value == IR_NONE)
        fail(check, "block %zu branches on nothing", index);
}

static void check_function(struct checker *check, const struct ir_function *function)
{
    check->function = function->qualified ? function->qualified : "(unnamed)";
    check->lengths[TABLE_LOCALS] = function->locals.len;
    check->lengths[TABLE_OPS] = function->ops.len;
    check->lengths[TABLE_BLOCKS] = function->blocks.len;
    if (function->has_body &&
        (!function->blocks.len || function->param_count > function->locals.len))
        fail(check, "its body is incomplete");
    for (size_t i = 0; i < function->ops.len && !check->error; i++)
        check_op(check, &function->ops.data[i], i);
    for (size_t i = 0; i < function->blocks.len && !check->error; i++)
        check_block(check, &function->blocks.data[i], i);
}

static void check_part(struct checker *check, const struct ir_part *part, const char *global)
{
    if ((part->kind == IR_PART_FUNCTION && part->function == IR_NONE) ||
        (part->kind == IR_PART_GLOBAL && part->global == IR_NONE) ||
        (part->kind == IR_PART_STRING && !part->text))
        fail(check, "a part of %s is missing", global);
}

static void check_global(struct checker *check, const struct ir_global *global)
{
    for (size_t i = 0; i < global->parts.len && !check->error; i++)
        check_part(check, &global->parts.data[i], global->qualified ? global->qualified : "");
}

static struct checker start(struct arena *arena, const struct ir_unit *unit)
{
    struct checker check = {.arena = arena};
    check.lengths[TABLE_FILES] = unit->files.len;
    check.lengths[TABLE_MACROS] = unit->macros.len;
    check.lengths[TABLE_TYPES] = unit->types.len;
    check.lengths[TABLE_RECORDS] = unit->records.len;
    check.lengths[TABLE_GLOBALS] = unit->globals.len;
    check.lengths[TABLE_FUNCTIONS] = unit->functions.len;
    return check;
}

const struct error *ir_check(struct arena *arena, const struct ir_unit *unit)
{
    struct checker check = start(arena, unit);
    check_struct(&check, &schema_unit, unit);
    for (size_t i = 0; i < unit->globals.len && !check.error; i++)
        check_global(&check, &unit->globals.data[i]);
    return check.error;
}

const struct error *ir_check_function(struct arena *arena, const struct ir_unit *unit,
                                      const struct ir_function *function)
{
    struct checker check = start(arena, unit);
    check_struct(&check, &schema_function, function);
    return check.error;
}
