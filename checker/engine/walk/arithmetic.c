/* Casts, sums, comparisons: the operations that compute. */
#include "engine/walk/arithmetic.h"

#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/ranges.h"
#include "engine/state/status.h"
#include "engine/walk/step.h"

#include <string.h>

const struct ir_type *arithmetic_type(const struct ir_unit *unit, ir_id type)
{
    return type == IR_NONE ? NULL : &unit->types.data[type];
}

bool arithmetic_is_float(const struct ir_unit *unit, ir_id type)
{
    const struct ir_type *t = arithmetic_type(unit, type);
    return t && t->kind == IR_TYPE_FLOAT;
}

bool arithmetic_is_unsigned(const struct ir_unit *unit, ir_id type)
{
    const struct ir_type *t = arithmetic_type(unit, type);
    return t && t->kind == IR_TYPE_INT && !t->is_signed;
}

/* A number as its type holds it. */
static int64_t truncate(int64_t number, const struct ir_type *type)
{
    if (!type || type->size == IR_SIZE_UNKNOWN || type->size >= 8 || type->size == 0)
        return number;
    unsigned shift = 64 - (unsigned)type->size * 8;
    uint64_t moved = (uint64_t)number << shift;
    return type->is_signed ? (int64_t)moved >> shift : (int64_t)(moved >> shift);
}

/* Is the field a base, or what objects of the class begin with? */
static bool has_as_base(const struct ir_record *record, const char *field)
{
    for (size_t i = 0; i < record->fields.len; i++) {
        const struct ir_field *part = &record->fields.data[i];
        if ((part->is_base || part->offset == 0) && strcmp(part->name, field) == 0)
            return true;
    }
    return record->is_union && strcmp(field, "(union)") == 0;
}

/* A pointer cast between classes: from a base, or from the first member as in C, back to the
 * object around it. */
static value_id cast_pointer(struct engine *engine, const struct ir_unit *unit,
                             const struct ir_type *to, value_id pointer)
{
    const struct ir_type *pointee = to ? arithmetic_type(unit, to->element) : NULL;
    if (!pointee || pointee->kind != IR_TYPE_RECORD || pointee->record == IR_NONE)
        return pointer;
    const struct ir_record *record = &unit->records.data[pointee->record];
    for (value_id part = pointer;;) {
        const struct value *value = value_at(&engine->values, part);
        if (value->kind != VALUE_ADDRESS || value->b != 0)
            return pointer;
        const struct region *region = region_at(&engine->values, value->a);
        const char *name =
            region->kind == REGION_FIELD ? name_text(&engine->values, region->b) : "";
        if (strncmp(name, "(base) ", 7) != 0 && !value_starts_with(&engine->values, part))
            return pointer;
        part = region->a;
        if (has_as_base(record, name))
            return part;
    }
}

/* `(double *)malloc(bytes)`: what the block is made of. */
static void note_element(struct engine *engine, struct state *state, const struct ir_type *from,
                         const struct ir_unit *unit, const struct ir_type *to, value_id pointer)
{
    const struct symbol *symbol = symbol_of(&engine->values, pointer);
    const struct ir_type *was = from ? arithmetic_type(unit, from->element) : NULL;
    const struct ir_type *is = to ? arithmetic_type(unit, to->element) : NULL;
    struct block block;
    if (!was || was->kind != IR_TYPE_VOID || !is || is->size < 2 || is->size > UINT32_MAX ||
        !symbol || symbol->kind != SYMBOL_BLOCK || !block_get(engine, state, pointer, &block) ||
        block.element)
        return;
    block.element = (uint32_t)is->size;
    block_set(engine, state, pointer, block);
}

value_id arithmetic_cast(struct engine *engine, struct state *state, const struct ir_unit *unit,
                         const struct ir_function *function, ir_id op_id, value_id a)
{
    const struct ir_op *op = &function->ops.data[op_id];
    const struct ir_type *to = arithmetic_type(unit, op->type);
    if (op->sub == IR_CAST_VOID) {
        status_excuse(engine, state, a);
        return a;
    }
    if (op->sub == IR_CAST_TO_PTR)
        return value_pointer_arithmetic(&engine->values, a);
    if (op->sub == IR_CAST_POINTER) {
        note_element(engine, state, arithmetic_type(unit, function->ops.data[op->a].type), unit, to,
                     a);
        return cast_pointer(engine, unit, to, a);
    }
    if (op->sub != IR_CAST_VALUE || !to)
        return a;
    if (arithmetic_is_float(unit, op->type) ||
        arithmetic_is_float(unit, function->ops.data[op->a].type)) {
        status_look(engine, state, a);
        return unknown_result(engine, state, op_id);
    }
    int64_t number;
    if (to->kind == IR_TYPE_BOOL) {
        const struct value *value = value_at(&engine->values, a);
        if (value->kind == VALUE_COMPARISON)
            return a;
        return compare(engine, IR_NE, a, 0);
    }
    if (value_is_int(&engine->values, a, &number))
        return value_int(&engine->values, truncate(number, to));
    return a;
}

/* An unsigned constant that no int64_t holds, SIZE_MAX: here it is a negative number. */
static bool is_huge(const struct engine *engine, const struct ir_unit *unit, ir_id type,
                    value_id value)
{
    const struct ir_type *t = arithmetic_type(unit, type);
    int64_t number;
    return t && t->size == 8 && arithmetic_is_unsigned(unit, type) &&
           value_is_int(&engine->values, value, &number) && number < 0;
}

/* What is left of a huge number: SIZE_MAX / 8, SIZE_MAX - n. VALUE_NONE: not known. */
static value_id part_of_huge(struct engine *engine, uint32_t op, value_id a, value_id b)
{
    int64_t huge = 0, by;
    if (!value_is_int(&engine->values, a, &huge) || !value_is_int(&engine->values, b, &by) ||
        by <= 0)
        return VALUE_NONE;
    uint64_t number = (uint64_t)huge;
    switch (op) {
    case IR_DIV:
        return value_int(&engine->values, (int64_t)(number / (uint64_t)by));
    case IR_REM:
        return value_int(&engine->values, (int64_t)(number % (uint64_t)by));
    case IR_SHR:
        return by < 64 ? value_int(&engine->values, (int64_t)(number >> by)) : VALUE_NONE;
    default:
        return value_binary(&engine->values, op, a, b);
    }
}

/* A truth value that the path knows, as a number. */
static value_id known_truth(struct engine *engine, const struct state *state, value_id value)
{
    if (value == VALUE_NONE)
        return value;
    const struct symbol *symbol = symbol_of(&engine->values, value);
    bool is_truth =
        value_at(&engine->values, value)->kind == VALUE_COMPARISON || (symbol && symbol->bits == 1);
    enum truth truth = is_truth ? decide(engine, state, value) : TRUTH_UNKNOWN;
    return truth == TRUTH_UNKNOWN ? value : value_int(&engine->values, truth == TRUTH_TRUE);
}

/* Of a number that was packed of two, low | high << bits. False: it was not. */
static bool are_packed(struct engine *engine, const struct state *state, value_id value,
                       unsigned bits, value_id *low, value_id *high)
{
    struct values *values = &engine->values;
    const value_id unit = value_int(values, (int64_t)1 << bits);
    const struct value packed = *value_at(values, value);
    *low = value_int(values, 0);
    *high = value_quotient(values, value, unit);
    if (*high != VALUE_NONE)
        return true;
    if (packed.kind != VALUE_OPERATION || packed.sub != IR_OR)
        return false;
    for (int swapped = 0; swapped < 2; swapped++) {
        *low = swapped ? packed.b : packed.a;
        *high = value_quotient(values, swapped ? packed.a : packed.b, unit);
        const struct range range = range_of(engine, state, *low);
        if (*high != VALUE_NONE && range.low >= 0 && range.high >> bits == 0)
            return true;
    }
    return false;
}

/* packed >> bits, packed & ((1 << bits) - 1); VALUE_NONE: it is neither. */
static value_id unpacked(struct engine *engine, const struct state *state, uint32_t op, value_id a,
                         value_id b)
{
    int64_t number;
    value_id low, high;
    if ((op != IR_SHR && op != IR_AND) || a == VALUE_NONE ||
        !value_is_int(&engine->values, b, &number) || number <= 0)
        return VALUE_NONE;
    if (op == IR_SHR)
        return number < 63 && are_packed(engine, state, a, (unsigned)number, &low, &high)
                   ? high
                   : VALUE_NONE;
    unsigned bits = 0;
    while (bits < 62 && number >> bits != 0)
        bits++;
    bool is_mask = number == ((int64_t)1 << bits) - 1;
    return is_mask && are_packed(engine, state, a, bits, &low, &high) ? low : VALUE_NONE;
}

/* (4 * n + 3) / 4, of unsigned numbers: what there is of whole units, n. VALUE_NONE: it is nothing
 * of that kind. */
static value_id whole_units(struct values *values, value_id a, value_id b)
{
    int64_t unit;
    const struct value number = *value_at(values, a);
    if (number.kind != VALUE_INT || !value_is_int(values, b, &unit) || unit <= 0)
        return VALUE_NONE;
    int64_t rest = number.number % unit;
    if (rest < 0)
        rest += unit;
    return value_quotient(values, value_binary(values, IR_SUB, a, value_int(values, rest)), b);
}

value_id arithmetic_binary(struct engine *engine, struct state *state, const struct ir_unit *unit,
                           ir_id op_id, const struct ir_op *op)
{
    value_id a = operand(engine, state, op->a), b = operand(engine, state, op->b);
    status_look(engine, state, a);
    status_look(engine, state, b);
    if (arithmetic_is_float(unit, op->type))
        return unknown_result(engine, state, op_id);
    if (op->sub == IR_PTRDIFF) {
        value_id distance = value_binary(&engine->values, IR_SUB, a, b);
        value_id oa, ob;
        if (value_common(&engine->values, a, b, &oa, &ob))
            distance = value_binary(&engine->values, IR_SUB, oa, ob);
        return value_binary(&engine->values, IR_DIV, distance,
                            value_int(&engine->values, (int64_t)op->number));
    }
    bool leaves_part =
        op->sub == IR_DIV || op->sub == IR_REM || op->sub == IR_SHR || op->sub == IR_SUB;
    if (leaves_part && is_huge(engine, unit, op->type, a)) {
        value_id part = part_of_huge(engine, op->sub, a, b);
        return part == VALUE_NONE ? unknown_result(engine, state, op_id) : part;
    }
    if (op->sub == IR_AND || op->sub == IR_OR) { /* ok &= is_fine(status) */
        a = known_truth(engine, state, a);
        b = known_truth(engine, state, b);
    }
    value_id result = unpacked(engine, state, op->sub, a, b);
    if (op->sub == IR_DIV && arithmetic_is_unsigned(unit, op->type))
        result = whole_units(&engine->values, a, b);
    if (result == VALUE_NONE)
        result = value_binary(&engine->values, op->sub, a, b);
    int64_t number;
    if (value_is_int(&engine->values, result, &number))
        return value_int(&engine->values, truncate(number, arithmetic_type(unit, op->type)));
    return result;
}

value_id arithmetic_comparison(struct engine *engine, struct state *state,
                               const struct ir_unit *unit, const struct ir_function *function,
                               ir_id op_id)
{
    const struct ir_op *op = &function->ops.data[op_id];
    value_id a = operand(engine, state, op->a), b = operand(engine, state, op->b);
    int64_t number;
    if (value_is_int(&engine->values, b, &number)) {
        status_look_for(engine, state, a, number);
    } else if (value_is_int(&engine->values, a, &number)) {
        status_look_for(engine, state, b, number);
    } else {
        status_look(engine, state, a);
        status_look(engine, state, b);
    }
    if (arithmetic_is_float(unit, function->ops.data[op->a].type) ||
        arithmetic_is_float(unit, function->ops.data[op->b].type))
        return unknown_result(engine, state, op_id);
    bool orders = op->sub != IR_EQ && op->sub != IR_NE;
    bool a_is_huge = orders && is_huge(engine, unit, function->ops.data[op->a].type, a);
    bool b_is_huge = orders && is_huge(engine, unit, function->ops.data[op->b].type, b);
    if (a_is_huge != b_is_huge) /* as far as is known all other numbers are smaller */
        return value_int(&engine->values, (op->sub == IR_LT || op->sub == IR_LE) == b_is_huge);
    return compare(engine, op->sub, a, b);
}

value_id arithmetic_unary(struct engine *engine, struct state *state, const struct ir_op *op)
{
    value_id a = operand(engine, state, op->a);
    int64_t number;
    status_look(engine, state, a);
    switch (op->sub) {
    case IR_NEG:
        return value_negate(&engine->values, a);
    case IR_NOT:
        return compare(engine, IR_EQ, a, 0);
    default:
        if (value_is_int(&engine->values, a, &number))
            return value_int(&engine->values, ~number);
        return value_opaque(&engine->values, 100 + op->sub, a, VALUE_NONE);
    }
}
