#include "lower/body/unions.h"

#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

#include <string.h>

/* The union that the place is a member of, or IR_NONE. */
static ir_id union_around(struct body *b, const struct ir_op *place)
{
    if (place->code != IR_FIELD || !place->text || strcmp(place->text, "(union)") != 0)
        return IR_NONE;
    return types_get(b->u, types_get(b->u, body_value_type(b, place->a))->element)->record;
}

static size_t field_count(const struct body *b, ir_id record)
{
    return b->u->unit->records.data[record].fields.len;
}

static struct ir_field field_at(const struct body *b, ir_id record, size_t i)
{
    return b->u->unit->records.data[record].fields.data[i];
}

static bool is_zero(const struct body *b, ir_value value)
{
    const struct ir_op *op = ir_behind_casts(b->fn, value);
    return op->code == IR_CONST && op->number == 0;
}

/* The members of a struct that is a member of the union are not known any more. */
static void lose_members(struct body *b, ir_value object, ir_id record)
{
    for (size_t i = 0; i < field_count(b, record); i++) {
        const struct ir_field field = field_at(b, record, i);
        if (types_kind(b->u, field.type) == IR_TYPE_RECORD)
            continue;
        ir_value unknown = body_unknown(b, field.type, IR_OVERLAID);
        body_store(b, body_field(b, object, record, field.name, field.type), unknown);
    }
}

/* Something goes to the union beside structs, or to a part of one, of the class `written`. */
static void overwrite_structs(struct body *b, ir_value object, ir_id of, ir_id written,
                              bool with_zero)
{
    for (size_t i = 0; i < field_count(b, of); i++) {
        const struct ir_field field = field_at(b, of, i);
        const ir_id record = types_get(b->u, field.type)->record;
        if (types_kind(b->u, field.type) != IR_TYPE_RECORD || record == IR_NONE ||
            record == written)
            continue;
        if (with_zero) {
            body_emit(b, OP(IR_ZERO, .type = types_record(b->u, of), .a = object));
            return;
        }
        lose_members(b, body_field(b, object, of, field.name, field.type), record);
    }
}

/* A part of a struct or array that lies in the union beside numbers is written. */
static void lose_numbers(struct body *b, ir_value place, ir_id of)
{
    for (size_t i = 0; i < field_count(b, of); i++) {
        const ir_id type = field_at(b, of, i).type;
        const enum ir_type_kind kind = types_kind(b->u, type);
        if (kind != IR_TYPE_INT && kind != IR_TYPE_ENUM)
            continue;
        body_store(b, place, body_unknown(b, type, IR_OVERLAID));
        return;
    }
}

/* Where a part of a member of a union lies in: that member, or IR_NONE. */
static ir_value member_around(struct body *b, ir_value place)
{
    for (ir_value at = place;;) {
        const struct ir_op op = b->fn->ops.data[at];
        if (op.code != IR_FIELD && op.code != IR_INDEX)
            return IR_NONE;
        at = op.a;
        if (union_around(b, &b->fn->ops.data[at]) != IR_NONE)
            return at;
    }
}

static void store_part(struct body *b, ir_value member)
{
    const struct ir_op op = b->fn->ops.data[member];
    const ir_id of = union_around(b, &op);
    const struct ir_type type = *types_get(b->u, types_get(b->u, op.type)->element);
    lose_numbers(b, member, of);
    overwrite_structs(b, op.a, of, type.record, false);
}

void unions_store(struct body *b, ir_value place, ir_value value)
{
    const struct ir_op op = b->fn->ops.data[place];
    const ir_id of = union_around(b, &op);
    const ir_value member = of == IR_NONE ? member_around(b, place) : IR_NONE;
    if (of != IR_NONE)
        overwrite_structs(b, op.a, of, IR_NONE, is_zero(b, value));
    if (member != IR_NONE)
        store_part(b, member);
    body_store(b, place, value);
}
