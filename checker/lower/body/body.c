#include "lower/body/body.h"

#include "lower/declarations/globals.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

#include <string.h>

struct body *body_new(struct unit_builder *u, const struct ir_function *function, struct tree *tree)
{
    struct body *b = arena_new_object(u->arena, struct body);
    b->u = u;
    b->tree = tree;
    b->fn = arena_new_object(u->arena, struct ir_function);
    *b->fn = *function;
    b->id = IR_NONE;
    b->record = b->fn->record;
    b->loc = b->fn->loc;
    b->names.arena = u->arena;
    b->labels.arena = u->arena;
    b->epilogue = IR_NONE;
    b->tries_before = UINT32_MAX;
    b->caught = IR_NONE;
    b->made = IR_NONE;
    b->landing.block = IR_NONE;
    body_enter(b, body_block(b));
    return b;
}

/* ---- blocks ---------------------------------------------------------------------------- */

ir_id body_block(struct body *b)
{
    ir_id id = (ir_id)b->fn->blocks.len;
    vec_push(
        b->u->arena, &b->fn->blocks,
        (struct ir_block){
            .terminator = IR_UNREACHABLE, .value = IR_NONE, .loc = IR_NO_LOC, .unwind = IR_NONE});
    vec_push(b->u->arena, &b->throws, false);
    return id;
}

void body_enter(struct body *b, ir_id block)
{
    b->block = block;
}

void body_end(struct body *b, enum ir_terminator terminator, ir_value value)
{
    if (b->block == IR_NONE)
        return;
    struct ir_block *block = &b->fn->blocks.data[b->block];
    block->terminator = terminator;
    block->value = value;
    block->loc = b->loc;
    b->block = IR_NONE;
}

void body_jump(struct body *b, ir_id target)
{
    if (b->block == IR_NONE)
        return;
    vec_push(b->u->arena, &b->fn->blocks.data[b->block].targets, target);
    body_end(b, IR_JUMP, IR_NONE);
}

void body_branch(struct body *b, ir_value value, ir_id yes, ir_id no)
{
    if (b->block == IR_NONE)
        return;
    vec_push(b->u->arena, &b->fn->blocks.data[b->block].targets, yes);
    vec_push(b->u->arena, &b->fn->blocks.data[b->block].targets, no);
    body_end(b, IR_BRANCH, value);
}

void body_flow_into(struct body *b, ir_id block)
{
    body_jump(b, block);
    body_enter(b, block);
}

/* ---- operations ------------------------------------------------------------------------ */

ir_value body_emit(struct body *b, struct ir_op op)
{
    if (b->block == IR_NONE)
        body_enter(b, body_block(b)); /* dead code keeps its shape */
    op.loc = b->loc;
    ir_value value = (ir_value)b->fn->ops.len;
    vec_push(b->u->arena, &b->fn->ops, op);
    vec_push(b->u->arena, &b->fn->blocks.data[b->block].ops, value);
    return value;
}

ir_value body_constant(struct body *b, ir_id type, uint64_t number)
{
    return body_emit(b, OP(IR_CONST, .type = type, .number = number));
}

ir_value body_load(struct body *b, ir_value address, ir_id type)
{
    return body_emit(b, OP(IR_LOAD, .type = type, .a = address));
}

void body_store(struct body *b, ir_value address, ir_value value)
{
    if (value == IR_NONE)
        value = body_unknown(b, types_unknown(b->u), "no value");
    body_emit(b, OP(IR_STORE, .a = address, .b = value));
}

ir_value body_local_address(struct body *b, ir_id local)
{
    ir_id type = types_pointer_to(b->u, b->fn->locals.data[local].type);
    return body_emit(b, OP(IR_ADDR_LOCAL, .type = type, .aux = local));
}

ir_value body_field(struct body *b, ir_value object, ir_id record, const char *name, ir_id type)
{
    ir_id field = records_field(b->u, record, name);
    uint64_t offset = field == IR_NONE ? IR_SIZE_UNKNOWN
                                       : b->u->unit->records.data[record].fields.data[field].offset;
    if (record != IR_NONE && b->u->unit->records.data[record].is_union) {
        name = "(union)";
        field = IR_NONE;
        offset = 0;
    }
    return body_emit(b, OP(IR_FIELD, .type = types_pointer_to(b->u, type), .a = object,
                           .aux = field, .number = offset, .text = name));
}

ir_value body_index(struct body *b, ir_value base, ir_value index, ir_id element)
{
    return body_emit(b, OP(IR_INDEX, .type = types_pointer_to(b->u, element), .a = base, .b = index,
                           .aux = element, .number = types_bytes(b->u, element)));
}

ir_value body_binary(struct body *b, enum ir_binary op, ir_value x, ir_value y, ir_id type)
{
    return body_emit(b, OP(IR_BINARY, .sub = (uint8_t)op, .type = type, .a = x, .b = y));
}

ir_value body_compare(struct body *b, enum ir_compare op, ir_value x, ir_value y)
{
    return body_emit(b,
                     OP(IR_COMPARE, .sub = (uint8_t)op, .type = types_bool(b->u), .a = x, .b = y));
}

ir_value body_size_of(struct body *b, ir_id type)
{
    return body_emit(
        b, OP(IR_SIZEOF, .type = types_size(b->u), .aux = type, .number = types_bytes(b->u, type)));
}

static ir_value emit_havoc(struct body *b, ir_id type, const char *text, const ir_value *operands,
                           size_t count)
{
    struct ir_op op = OP(IR_HAVOC, .type = type, .text = text);
    if (count) {
        op.call = arena_new_object(b->u->arena, struct ir_call);
        *op.call = (struct ir_call){.function = IR_NONE, .callee = IR_NONE, .into = IR_NONE};
        for (size_t i = 0; i < count; i++) {
            vec_push(b->u->arena, &op.call->args, operands[i]);
            vec_push(b->u->arena, &op.call->arg_locs, b->loc);
        }
    }
    return body_emit(b, op);
}

ir_value body_unknown(struct body *b, ir_id type, const char *why)
{
    return emit_havoc(b, type, why, NULL, 0);
}

ir_value body_havoc(struct body *b, ir_id type, const char *what, const ir_value *operands,
                    size_t count)
{
    vec_push(b->u->arena, &b->u->unit->gaps, (struct ir_gap){.what = what, .loc = b->loc});
    return emit_havoc(b, type, what, operands, count);
}

ir_value body_read(struct body *b, ir_value address, ir_id type)
{
    const struct ir_type *of = types_get(b->u, type);
    switch (of->kind) {
    case IR_TYPE_RECORD:
    case IR_TYPE_FUNCTION:
        return address;
    case IR_TYPE_ARRAY:
        return body_index(b, address, IR_NONE, of->element);
    default:
        return body_load(b, address, type);
    }
}

ir_id body_value_type(const struct body *b, ir_value value)
{
    return value == IR_NONE ? IR_NONE : b->fn->ops.data[value].type;
}

/* ---- variables ------------------------------------------------------------------------- */

ir_id body_local(struct body *b, const char *name, ir_id type, enum ir_local_kind kind,
                 struct ir_loc loc)
{
    ir_id id = (ir_id)b->fn->locals.len;
    vec_push(b->u->arena, &b->fn->locals,
             (struct ir_local){.name = name, .type = type, .kind = kind, .loc = loc});
    return id;
}

ir_id body_temporary(struct body *b, ir_id type)
{
    return body_local(b, "", type, IR_LOCAL_TEMP, b->loc);
}

void body_bind(struct body *b, CXCursor declaration, struct variable variable)
{
    uint32_t index = (uint32_t)b->variables.len;
    vec_push(b->u->arena, &b->variables, variable);
    map_set_u64(&b->names, declaration_key(declaration), index);
}

/* The closure's field for a captured variable. */
static bool captured(struct body *b, CXCursor declaration, ir_value *address, ir_id *type)
{
    if (b->record == IR_NONE || !b->u->unit->records.data[b->record].is_lambda)
        return false;
    const struct record_source *closure = &b->u->records.data[b->record];
    for (size_t i = 0; i < closure->captures.len; i++) {
        if (closure->captures.data[i].variable != declaration_id(declaration))
            continue;
        ir_id index = closure->captures.data[i].field;
        const struct ir_field *field = &b->u->unit->records.data[b->record].fields.data[index];
        const char *name = field->name;
        ir_id field_type = field->type;
        ir_id this_type = b->fn->locals.data[0].type;
        ir_value self = body_load(b, body_local_address(b, 0), this_type);
        *address = body_field(b, self, b->record, name, field_type);
        *type = field_type;
        return true;
    }
    return false;
}

static bool named_place(struct body *b, CXCursor declaration, ir_value *address, ir_id *type)
{
    uint32_t index = map_get_u64(&b->names, declaration_key(declaration));
    if (index != (uint32_t)MAP_NONE) {
        struct variable v = b->variables.data[index];
        if (v.kind == VARIABLE_ADDRESS) {
            *address = v.index;
            *type = v.type;
            return true;
        }
        *address = body_local_address(b, v.index);
        *type = b->fn->locals.data[v.index].type;
        return true;
    }
    if (captured(b, declaration, address, type))
        return true;
    ir_id global = globals_of(b->u, declaration);
    if (global == IR_NONE)
        return false;
    *type = b->u->unit->globals.data[global].type;
    *address =
        body_emit(b, OP(IR_ADDR_GLOBAL, .type = types_pointer_to(b->u, *type), .aux = global));
    return true;
}

bool body_variable(struct body *b, CXCursor declaration, ir_value *address, ir_id *type)
{
    if (!named_place(b, declaration, address, type))
        return false;
    const struct ir_type *of = types_get(b->u, *type);
    if (of->kind == IR_TYPE_REFERENCE) {
        ir_id referee = of->element;
        *address = body_load(b, *address, *type);
        *type = referee;
    }
    return true;
}

void body_degrade(struct body *b, const char *why)
{
    b->fn->is_in_doubt = true;
    body_note_degraded(b, why);
}

void body_note_degraded(struct body *b, const char *why)
{
    for (size_t i = 0; i < b->fn->degraded.len; i++)
        if (strcmp(b->fn->degraded.data[i], why) == 0)
            return;
    vec_push(b->u->arena, &b->fn->degraded, why);
}

struct ir_loc body_at(struct body *b, node_id node)
{
    struct ir_loc old = b->loc;
    if (node == NODE_NONE || b->is_pinned)
        return old;
    struct ir_loc loc = tree_loc(b->tree, node);
    if (loc.file != IR_NONE)
        b->loc = loc;
    return old;
}
