#include "engine/clients/handles.h"

#include "engine/clients/conventions.h"
#include "engine/program/flow.h"

#include <string.h>

/* ---- types ---- */

static const struct ir_type *pointee(const struct ir_unit *unit, ir_id type)
{
    const struct ir_type *pointer = type == IR_NONE ? NULL : &unit->types.data[type];
    bool is_pointer = pointer && pointer->kind == IR_TYPE_POINTER && pointer->element != IR_NONE;
    return is_pointer ? &unit->types.data[pointer->element] : NULL;
}

/* The record that the type is a pointer to, which lets it be written; IR_NONE: it is none. */
static ir_id record_behind(const struct ir_unit *unit, ir_id type)
{
    const struct ir_type *object = pointee(unit, type);
    return object && object->kind == IR_TYPE_RECORD && !object->is_const ? object->record : IR_NONE;
}

/* ... a pointer to such a pointer. */
static ir_id record_behind_two(const struct ir_unit *unit, ir_id type)
{
    const struct ir_type *pointer = pointee(unit, type);
    return pointer ? record_behind(unit, unit->types.data[type].element) : IR_NONE;
}

static ir_id parameter_type(const struct ir_function *function, size_t index)
{
    return index < function->param_types.len ? function->param_types.data[index] : IR_NONE;
}

/* ---- which functions ---- */

/* Is it there to end the object that its only argument points to (`*by_address`: or the pointer
 * that this points to does)? */
static bool ends(const struct program *program, uint32_t unit, ir_id function, ir_id record,
                 bool *by_address)
{
    const struct ir_unit *in = program->units[unit];
    const struct ir_function *ir = &in->functions.data[function];
    ir_id type = parameter_type(ir, 0);
    *by_address = record_behind_two(in, type) == record;
    return ir->param_count == 1 && convention_is_public(program, unit, function) &&
           convention_is_end(ir) && (*by_address || record_behind(in, type) == record) &&
           (flow_effects_of(program, unit, function) & FLOW_RELEASES);
}

/* Does it work on the object that its first argument, and no other, points to? */
static bool works_on(const struct program *program, uint32_t unit, ir_id function, ir_id record)
{
    const struct ir_unit *in = program->units[unit];
    const struct ir_function *ir = &in->functions.data[function];
    for (size_t i = 0; i < ir->param_types.len; i++) {
        ir_id type = ir->param_types.data[i];
        if (record_behind_two(in, type) == record ||
            (record_behind(in, type) == record) != (i == 0))
            return false;
    }
    return ir->param_count > 0 && convention_is_public(program, unit, function);
}

/* How the function makes an object; false: it makes none. */
static bool makes(const struct program *program, uint32_t unit, ir_id function, ir_id *record,
                  enum life_making *making)
{
    const struct ir_unit *in = program->units[unit];
    const struct ir_function *ir = &in->functions.data[function];
    ir_id type = parameter_type(ir, 0);
    bool allocates = flow_effects_of(program, unit, function) & FLOW_ALLOCATES;
    *making = LIFE_RETURNED;
    *record = record_behind(in, ir->result_type);
    if (*record != IR_NONE)
        return allocates && record_behind(in, type) != *record;
    *making = LIFE_GIVEN_OUT;
    *record = record_behind_two(in, type);
    if (*record != IR_NONE)
        return allocates;
    *making = LIFE_CONSTRUCTED;
    *record = record_behind(in, type);
    return *record != IR_NONE && convention_is_beginning(ir);
}

/* ---- what they have in common ---- */

/* The record with what others do to it; false: nothing ends it, or more than one function does. */
static bool collect(struct program *program, uint32_t unit, ir_id maker, ir_id of,
                    struct ir_record *record, struct life *life)
{
    const struct ir_unit *in = program->units[unit];
    for (ir_id f = 0; f < in->functions.len; f++) {
        bool by_address;
        if (f != maker && ends(program, unit, f, of, &by_address)) {
            if (record->destructor != IR_NONE || !lifecycles_may_call(&in->functions.data[f]))
                return false;
            record->destructor = f;
            life->ends_by_address = by_address;
        } else if (f != maker && works_on(program, unit, f, of)) {
            vec_push(program->arena, &record->methods, f);
        }
    }
    return record->destructor != IR_NONE;
}

static void see_maker(struct program *program, uint32_t unit, ir_id maker, life_visitor *visitor)
{
    const struct ir_unit *in = program->units[unit];
    const struct ir_function *ir = &in->functions.data[maker];
    struct life life = {.arena = program->arena, .unit = in};
    ir_id of;
    if (!convention_is_left_to_clients(program, unit, maker) ||
        !makes(program, unit, maker, &of, &life.making) ||
        (life.making != LIFE_RETURNED && !convention_success(in, ir, &life.success)) ||
        in->records.data[of].destructor != IR_NONE || in->records.data[of].in_system_header)
        return;
    struct ir_record *record = arena_new_object(program->arena, struct ir_record);
    *record = in->records.data[of];
    memset(&record->methods, 0, sizeof record->methods);
    life.record = record;
    ir_id type = parameter_type(ir, 0);
    life.pointer_type = life.making == LIFE_RETURNED    ? ir->result_type
                        : life.making == LIFE_GIVEN_OUT ? in->types.data[type].element
                                                        : type;
    life.object_type = in->types.data[life.pointer_type].element;
    if (collect(program, unit, maker, of, record, &life))
        visitor(&life, program, unit, maker);
}

void handles_visit(struct program *program, life_visitor *visitor)
{
    for (uint32_t u = 0; u < program->unit_count; u++)
        for (ir_id f = 0; f < program->units[u]->functions.len; f++)
            see_maker(program, u, f, visitor);
}
