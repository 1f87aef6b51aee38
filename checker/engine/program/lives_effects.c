/* What functions of the library may do that begin or end objects: make_unique, construct_at,
 * destroy_at. */
#include "engine/program/callee.h"
#include "engine/program/flow_effects.h"

static uint32_t constructor_effects(const struct effects_pass *pass, uint32_t unit,
                                    const struct ir_type *type)
{
    const struct ir_unit *in = pass->program->units[unit];
    if (!type || type->kind != IR_TYPE_RECORD || type->record == IR_NONE)
        return 0;
    uint32_t effects = 0;
    const struct ir_record *record = &in->records.data[type->record];
    for (size_t i = 0; i < record->methods.len; i++)
        if (in->functions.data[record->methods.data[i]].kind == IR_FUNCTION_CONSTRUCTOR)
            effects |= effects_of_function(pass, unit, record->methods.data[i]);
    return effects;
}

/* The type of what the call's argument points to. */
static ir_id pointee(const struct effects_pass *pass, uint32_t unit,
                     const struct ir_function *caller, const struct ir_call *call, int argument)
{
    if (argument < 0 || (size_t)argument >= call->args.len)
        return IR_NONE;
    ir_id type = caller->ops.data[call->args.data[argument]].type;
    return type == IR_NONE ? IR_NONE : pass->program->units[unit]->types.data[type].element;
}

uint32_t effects_of_lives(const struct effects_pass *pass, uint32_t unit,
                          const struct ir_function *caller, const struct ir_call *call,
                          const struct model_function *model)
{
    const struct ir_unit *in = pass->program->units[unit];
    uint32_t effects = 0;
    for (size_t i = 0; i < model->effects.len; i++) {
        const struct model_effect *effect = &model->effects.data[i];
        const ir_id type = pointee(pass, unit, caller, call, effect->pointer);
        if (effect->result_owns)
            effects |= constructor_effects(pass, unit, callee_owned_type(in, call));
        else if (effect->kind == MODEL_CONSTRUCTS && type != IR_NONE)
            effects |= FLOW_WRITES | constructor_effects(pass, unit, &in->types.data[type]);
        else if (effect->kind == MODEL_DESTROYS)
            effects |= FLOW_WRITES | effects_of_end(pass, unit, type);
    }
    return effects;
}
