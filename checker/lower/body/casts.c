#include "lower/body/casts.h"

#include "lower/body/expressions.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

static bool is_number(enum ir_type_kind kind)
{
    return kind == IR_TYPE_BOOL || kind == IR_TYPE_INT || kind == IR_TYPE_FLOAT ||
           kind == IR_TYPE_ENUM;
}

static bool is_address(enum ir_type_kind kind)
{
    return kind == IR_TYPE_POINTER || kind == IR_TYPE_REFERENCE;
}

ir_value casts_truth(struct body *b, ir_value value, ir_id type)
{
    if (types_kind(b->u, type) == IR_TYPE_BOOL)
        return value;
    return body_compare(b, IR_NE, value, body_constant(b, type, 0));
}

static ir_value emit_cast(struct body *b, enum ir_cast kind, ir_value value, ir_id to)
{
    return body_emit(b, OP(IR_CAST, .sub = (uint8_t)kind, .type = to, .a = value));
}

ir_value casts_object(struct body *b, ir_value address, ir_id from, ir_id to)
{
    ir_id target = types_get(b->u, to)->record;
    ir_id at = types_get(b->u, from)->record;
    while (at != target && at != IR_NONE && target != IR_NONE) {
        ir_id base = records_base_towards(b->u, at, target);
        if (base == IR_NONE)
            break;
        struct ir_field field = b->u->unit->records.data[at].fields.data[base];
        address = body_field(b, address, at, field.name, field.type);
        at = types_get(b->u, field.type)->record;
    }
    if (at == target)
        return address;
    return emit_cast(b, IR_CAST_POINTER, address, types_pointer_to(b->u, to));
}

static ir_value convert_pointer(struct body *b, ir_value value, ir_id from, ir_id to)
{
    ir_id source = types_get(b->u, from)->element;
    ir_id target = types_get(b->u, to)->element;
    ir_id source_record = types_get(b->u, source)->record;
    ir_id target_record = types_get(b->u, target)->record;
    if (source_record != IR_NONE && source_record == target_record)
        return value; /* only const differs */
    if (records_base_towards(b->u, source_record, target_record) != IR_NONE)
        return casts_object(b, value, source, target);
    if (from == to || b->fn->ops.data[value].type == to)
        return value;
    if (b->fn->ops.data[value].code == IR_CONST)
        return body_constant(b, to, b->fn->ops.data[value].number);
    return emit_cast(b, IR_CAST_POINTER, value, to);
}

/* A constant keeps its number, cut to the width of the new type. */
static uint64_t convert_number(uint64_t number, const struct ir_type *to)
{
    if (to->kind == IR_TYPE_BOOL)
        return number != 0;
    if (to->size >= sizeof number)
        return number;
    unsigned bits = (unsigned)to->size * 8;
    uint64_t mask = ((uint64_t)1 << bits) - 1;
    number &= mask;
    if (to->is_signed && number >> (bits - 1))
        number |= ~mask;
    return number;
}

static ir_value convert_number_value(struct body *b, ir_value value, ir_id from, ir_id to)
{
    const struct ir_type *target = types_get(b->u, to);
    if (from == to || types_unqualified(b->u, from) == types_unqualified(b->u, to))
        return value;
    const struct ir_op *op = &b->fn->ops.data[value];
    if (op->code == IR_CONST && target->kind != IR_TYPE_FLOAT &&
        types_kind(b->u, op->type) != IR_TYPE_FLOAT)
        return body_constant(b, to, convert_number(op->number, target));
    if (target->kind == IR_TYPE_BOOL)
        return casts_truth(b, value, from);
    return emit_cast(b, IR_CAST_VALUE, value, to);
}

ir_value casts_convert(struct body *b, ir_value value, ir_id from, ir_id to)
{
    if (types_kind(b->u, from) == IR_TYPE_ARRAY || types_kind(b->u, from) == IR_TYPE_FUNCTION)
        from = body_value_type(b, value); /* decayed: lists do not spell that out */
    enum ir_type_kind source = types_kind(b->u, from);
    enum ir_type_kind target = types_kind(b->u, to);
    if (target == IR_TYPE_UNKNOWN || source == IR_TYPE_UNKNOWN)
        return value;
    if (is_number(source) && is_number(target))
        return convert_number_value(b, value, from, to);
    if (is_address(source) && is_address(target))
        return convert_pointer(b, value, from, to);
    if (is_address(source) && target == IR_TYPE_BOOL)
        return casts_truth(b, value, from);
    if (is_address(source) && is_number(target))
        return emit_cast(b, IR_CAST_TO_INT, value, to);
    if (is_number(source) && is_address(target)) {
        if (b->fn->ops.data[value].code == IR_CONST)
            return body_constant(b, to, b->fn->ops.data[value].number);
        return emit_cast(b, IR_CAST_TO_PTR, value, to);
    }
    if (source == target)
        return value;
    if (is_address(source) && target == IR_TYPE_ARRAY) /* libclang's name for a parameter of array
                                                          type: it is the pointer that it became */
        return convert_pointer(b, value, from,
                               types_pointer_to(b->u, types_get(b->u, to)->element));
    return body_havoc(b, to, "conversion", &value, 1);
}

/* ---- cast expressions ------------------------------------------------------------------ */

static bool is_written_cast(enum CXCursorKind kind)
{
    return kind != CXCursor_UnexposedExpr;
}

/* The value is dropped on purpose. */
static ir_value cast_to_void(struct body *b, node_id node, node_id operand)
{
    ir_value value = expressions_value(b, operand);
    if (value == IR_NONE)
        return IR_NONE;
    body_at(b, node);
    if (is_written_cast(tree_kind(b->tree, node)))
        body_emit(b, OP(IR_CAST, .sub = IR_CAST_VOID, .type = types_void(b->u), .a = value));
    return IR_NONE;
}

ir_value casts_value(struct body *b, node_id node)
{
    ir_id to = tree_type(b->tree, node);
    node_id operand = tree_last_expression(b->tree, node);
    if (operand == NODE_NONE) {
        /* T() of a scalar, or a default argument that is not at hand */
        enum ir_type_kind kind = types_kind(b->u, to);
        if (tree_kind(b->tree, node) == CXCursor_UnexposedExpr || kind != IR_TYPE_UNKNOWN) {
            if (kind == IR_TYPE_POINTER)
                return body_constant(b, to, 0);
        }
        return body_unknown(b, to, "value");
    }
    enum ir_type_kind kind = types_kind(b->u, to);
    if (kind == IR_TYPE_VOID)
        return cast_to_void(b, node, operand);
    ir_id from = tree_type(b->tree, operand);
    enum ir_type_kind source = types_kind(b->u, from);
    if (kind == IR_TYPE_RECORD) {
        ir_value address = expressions_operand(b, operand);
        if (source != IR_TYPE_RECORD)
            return address;
        return casts_object(b, address, from, to);
    }
    if (source == IR_TYPE_ARRAY && kind == IR_TYPE_POINTER) {
        ir_value first = expressions_operand(b, operand);
        ir_id decayed = types_pointer_to(b->u, types_get(b->u, from)->element);
        return casts_convert(b, first, decayed, to);
    }
    if (source == IR_TYPE_FUNCTION)
        return expressions_operand(b, operand);
    ir_value value = expressions_operand(b, operand);
    body_at(b, node);
    return casts_convert(b, value, from, to);
}

ir_value casts_place(struct body *b, node_id node)
{
    ir_id to = tree_type(b->tree, node);
    node_id operand = tree_last_expression(b->tree, node);
    if (operand == NODE_NONE)
        return IR_NONE;
    ir_id from = tree_type(b->tree, operand);
    enum ir_type_kind source = types_kind(b->u, from);
    if (types_kind(b->u, to) == IR_TYPE_RECORD && source == IR_TYPE_RECORD)
        return casts_object(b, expressions_place(b, operand), from, to);
    if (source != types_kind(b->u, to) || !expressions_is_place(b, operand))
        return IR_NONE;
    return expressions_place(b, operand);
}
