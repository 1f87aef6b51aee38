/* What class an object that was constructed on the path is of: virtual calls on it are no riddle.
 * Kept beside its real members, as "(class)". */
#include "engine/internal.h"

#include <string.h>

static bool has_virtual(const struct ir_unit *unit, const struct ir_record *record)
{
    for (size_t i = 0; i < record->methods.len; i++)
        if (unit->functions.data[record->methods.data[i]].is_virtual)
            return true;
    return false;
}

/* The object around: of a base, the one that was constructed. */
static value_id whole_object(const struct engine *engine, value_id object)
{
    for (;;) {
        const struct value *value = value_at(&engine->values, object);
        if (value->kind != VALUE_ADDRESS || value->b != 0)
            return object;
        const struct region *region = region_at(&engine->values, value->a);
        if (region->kind != REGION_FIELD ||
            strncmp(name_text(&engine->values, region->b), "(base) ", 7) != 0)
            return object;
        object = region->a;
    }
}

void dynamic_type_note(struct engine *engine, struct state *state,
                       const struct program_function *callee, value_id object)
{
    region_id region;
    value_id offset;
    if (callee->ir->kind != IR_FUNCTION_CONSTRUCTOR || callee->ir->record == IR_NONE ||
        !has_virtual(callee->in, &callee->in->records.data[callee->ir->record]) ||
        whole_object(engine, object) != object ||
        !value_as_address(&engine->values, object, &region, &offset))
        return;
    int64_t number = ((int64_t)callee->unit << 32) | (callee->ir->record + 1);
    memory_store(engine, state, part_address(engine, object, "(class)"),
                 value_int(&engine->values, number));
}

static bool overrides(const struct ir_function *method, const struct ir_function *declared)
{
    if (declared->kind == IR_FUNCTION_DESTRUCTOR)
        return method->kind == IR_FUNCTION_DESTRUCTOR;
    return strcmp(method->name, declared->name) == 0 &&
           method->param_types.len == declared->param_types.len &&
           method->is_const_method == declared->is_const_method;
}

uint32_t dynamic_type_target(struct engine *engine, const struct state *state,
                             const struct ir_function *declared, value_id *object)
{
    value_id whole = whole_object(engine, *object), kept;
    int64_t number;
    if (value_is_int(&engine->values, whole, NULL) ||
        !memory_peek(state, part_address(engine, whole, "(class)"), &kept) ||
        !value_is_int(&engine->values, kept, &number))
        return MAP_NONE;
    uint32_t in = (uint32_t)(number >> 32);
    const struct ir_unit *unit = engine->program.units[in];
    const struct ir_record *record = &unit->records.data[(uint32_t)number - 1];
    if (declared->kind == IR_FUNCTION_DESTRUCTOR && record->destructor != IR_NONE) {
        *object = whole;
        return program_number(&engine->program, in, record->destructor);
    }
    for (size_t i = 0; i < record->methods.len; i++)
        if (overrides(&unit->functions.data[record->methods.data[i]], declared)) {
            *object = whole;
            return program_number(&engine->program, in, record->methods.data[i]);
        }
    return MAP_NONE;
}
