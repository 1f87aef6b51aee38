/* What class an object that was constructed on the path is of: virtual calls on it are no riddle.
 * Kept beside its real members, as "(class)", with the part of it that is of that class, "(class
 * at)": while a base is constructed or destroyed, the object is the base's. */
#include "engine/call/dynamic_types.h"

#include "engine/library/objects.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "support/starts_with.h"

enum { MAX_BASES = 8 }; /* of bases */

/* Has it a virtual function, of its own or of a base? */
static bool has_virtual(const struct ir_unit *unit, const struct ir_record *record, int depth)
{
    for (size_t i = 0; i < record->methods.len; i++)
        if (unit->functions.data[record->methods.data[i]].is_virtual)
            return true;
    for (size_t i = 0; i < record->fields.len && depth < MAX_BASES; i++) {
        const struct ir_field *field = &record->fields.data[i];
        ir_id base = ir_base_class(unit, field);
        if (base != IR_NONE && has_virtual(unit, &unit->records.data[base], depth + 1))
            return true;
    }
    return false;
}

/* The object around: of a base, the one that was constructed. */
static value_id whole_object(const struct engine *engine, value_id object)
{
    return value_around_bases(&engine->values, object, "(base) ");
}

static void set_class(struct engine *engine, struct state *state, uint32_t unit, ir_id record,
                      value_id object)
{
    value_id whole = whole_object(engine, object);
    int64_t number = ((int64_t)unit << 32) | (record + 1);
    memory_store(engine, state, part_address(engine, whole, "(class)"),
                 value_int(&engine->values, number));
    memory_store(engine, state, part_address(engine, whole, "(class at)"), object);
}

void dynamic_type_note(struct engine *engine, struct state *state,
                       const struct program_function *callee, value_id object)
{
    region_id region;
    value_id offset;
    if ((callee->ir->kind == IR_FUNCTION_CONSTRUCTOR ||
         callee->ir->kind == IR_FUNCTION_DESTRUCTOR) &&
        callee->ir->record != IR_NONE &&
        has_virtual(callee->in, &callee->in->records.data[callee->ir->record], 0) &&
        value_as_address(&engine->values, whole_object(engine, object), &region, &offset))
        set_class(engine, state, callee->unit, callee->ir->record, object);
}

/* The class that the member is declared with of which the operation gives the address, or that of a
 * base; IR_NONE: it gives something else. */
static ir_id class_of_member(const struct program_function *here, ir_value address)
{
    const struct ir_op *op = ir_behind_casts(here->ir, address);
    while (op->code == IR_FIELD && op->text && starts_with(op->text, "(base) "))
        op = ir_behind_casts(here->ir, op->a);
    if (op->code != IR_FIELD || !op->text || op->text[0] == '(' || op->type == IR_NONE)
        return IR_NONE;
    ir_id type = here->in->types.data[op->type].element;
    return type == IR_NONE ? IR_NONE : here->in->types.data[type].record;
}

void dynamic_type_note_member(struct engine *engine, struct state *state,
                              const struct invocation *invocation)
{
    const struct program_function *here = context_function(engine, state->context);
    region_id region;
    value_id offset, known;
    if (!invocation->op || !invocation->op->call->args.len || !invocation->count)
        return;
    value_id whole = whole_object(engine, invocation->args[0]);
    ir_id record = class_of_member(here, invocation->op->call->args.data[0]);
    if (record != IR_NONE && has_virtual(here->in, &here->in->records.data[record], 0) &&
        value_as_address(&engine->values, whole, &region, &offset) &&
        !memory_peek(state, part_address(engine, whole, "(class)"), &known))
        set_class(engine, state, here->unit, record, whole);
}

void dynamic_type_return(struct engine *engine, struct state *state,
                         const struct program_function *callee)
{
    const struct program_function *here = context_function(engine, state->context);
    value_id object;
    if (callee->ir->kind == IR_FUNCTION_CONSTRUCTOR && here->ir->kind == IR_FUNCTION_CONSTRUCTOR &&
        memory_peek(state, memory_local(engine, state->context, 0), &object))
        dynamic_type_note(engine, state, here, object);
}

/* The method of the class, or else of the bases that it inherits it from, which takes `*object`. */
static uint32_t find_method(struct engine *engine, uint32_t in, const struct ir_record *record,
                            const struct ir_function *declared, value_id *object, int depth)
{
    const struct ir_unit *unit = engine->program.units[in];
    for (size_t i = 0; i < record->methods.len; i++)
        if (callee_overrides(&unit->functions.data[record->methods.data[i]], declared))
            return program_number(&engine->program, in, record->methods.data[i]);
    for (size_t i = 0; i < record->fields.len && depth < MAX_BASES; i++) {
        const struct ir_field *field = &record->fields.data[i];
        ir_id base = ir_base_class(unit, field);
        if (base == IR_NONE)
            continue;
        value_id part = value_field(&engine->values, *object, field->name, field->offset);
        uint32_t found =
            find_method(engine, in, &unit->records.data[base], declared, &part, depth + 1);
        if (found != MAP_NONE) {
            *object = part;
            return found;
        }
    }
    return MAP_NONE;
}

/* The class that the whole object is of, and where in it that lies; NULL: not known. */
static const struct ir_record *class_of(struct engine *engine, const struct state *state,
                                        value_id whole, uint32_t *unit, value_id *at)
{
    value_id kept;
    int64_t number;
    if (value_is_int(&engine->values, whole, NULL) ||
        !memory_peek(state, part_address(engine, whole, "(class)"), &kept) ||
        !value_is_int(&engine->values, kept, &number) ||
        !memory_peek(state, part_address(engine, whole, "(class at)"), at) ||
        !value_is_within(&engine->values, *at, whole)) /* a copy's says where the original is */
        return NULL;
    *unit = (uint32_t)(number >> 32);
    return &engine->program.units[*unit]->records.data[(uint32_t)number - 1];
}

const struct ir_record *dynamic_type_of(struct engine *engine, const struct state *state,
                                        value_id whole, uint32_t *unit)
{
    value_id at;
    const struct ir_record *record = class_of(engine, state, whole, unit, &at);
    return record && at == whole ? record : NULL;
}

uint32_t dynamic_type_target(struct engine *engine, const struct state *state,
                             const struct ir_function *declared, value_id *object)
{
    value_id whole = whole_object(engine, *object), at;
    uint32_t in;
    const struct ir_record *record = class_of(engine, state, whole, &in, &at);
    if (!record)
        return MAP_NONE;
    if (declared->kind == IR_FUNCTION_DESTRUCTOR && record->destructor != IR_NONE) {
        *object = at;
        return program_number(&engine->program, in, record->destructor);
    }
    uint32_t found = find_method(engine, in, record, declared, &at, 0);
    if (found != MAP_NONE)
        *object = at;
    return found;
}
