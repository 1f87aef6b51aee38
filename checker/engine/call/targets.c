/* Which function of the program a call reaches on this path. */
#include "engine/call/targets.h"

#include "engine/call/call.h"
#include "engine/call/closed_calls.h"
#include "engine/call/dynamic_types.h"
#include "engine/state/context.h"
#include "engine/walk/step.h"

#include <string.h>

uint32_t call_function_at(const struct engine *engine, value_id value)
{
    if (value == VALUE_NONE || value_at(&engine->values, value)->kind != VALUE_ADDRESS)
        return MAP_NONE;
    const struct region *region = region_at(&engine->values, value_at(&engine->values, value)->a);
    return region->kind == REGION_FUNCTION ? region->a : (uint32_t)MAP_NONE;
}

static uint32_t named_or_pointed_at(struct engine *engine, struct state *state,
                                    struct invocation *invocation)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_call *call = invocation->op->call;
    if (call->function != IR_NONE && call->is_virtual && invocation->count)
        return dynamic_type_target(engine, state, &here->in->functions.data[call->function],
                                   &invocation->args[0]);
    if (call->function != IR_NONE)
        return call->is_virtual ? (uint32_t)MAP_NONE
                                : program_number(&engine->program, here->unit, call->function);
    if (call->callee == IR_NONE)
        return MAP_NONE;
    value_id pointer = operand(engine, state, call->callee);
    uint32_t target = call_function_at(engine, pointer);
    if (target == MAP_NONE)
        target = closed_call_target(engine, state, pointer, here->in,
                                    here->ir->ops.data[call->callee].type);
    if (target == MAP_NONE || !engine->program.functions.data[target].ir->is_virtual)
        return target;
    return invocation->count /* a pointer to a member dispatches as its name would */
               ? dynamic_type_target(engine, state, engine->program.functions.data[target].ir,
                                     &invocation->args[0])
               : (uint32_t)MAP_NONE;
}

uint32_t call_operator_of_class(const struct engine *engine, const struct ir_unit *unit,
                                const struct ir_record *record)
{
    uint32_t in = program_unit(&engine->program, unit);
    ir_id found = IR_NONE;
    for (size_t i = 0; i < record->methods.len; i++) {
        if (strcmp(unit->functions.data[record->methods.data[i]].name, "operator()") != 0)
            continue;
        if (found != IR_NONE)
            return MAP_NONE;
        found = record->methods.data[i];
    }
    return found == IR_NONE || in == MAP_NONE ? (uint32_t)MAP_NONE
                                              : program_number(&engine->program, in, found);
}

/* In a template's pattern a call of a member `action_()` shows the object only: where its class is
 * known by now and has an operator(), that is what is called. Makes the object the first argument.
 */
static uint32_t call_operator_of(struct engine *engine, struct state *state,
                                 struct invocation *invocation)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_call *call = invocation->op->call;
    if (call->function != IR_NONE || call->callee == IR_NONE || invocation->count == MAX_ARGS)
        return MAP_NONE;
    ir_id type = here->ir->ops.data[call->callee].type;
    if (type == IR_NONE || here->in->types.data[type].element == IR_NONE)
        return MAP_NONE;
    const struct ir_type *object = &here->in->types.data[here->in->types.data[type].element];
    if (object->kind != IR_TYPE_RECORD || object->record == IR_NONE)
        return MAP_NONE;
    uint32_t found =
        call_operator_of_class(engine, here->in, &here->in->records.data[object->record]);
    if (found != MAP_NONE)
        invocation_add_object(invocation, operand(engine, state, call->callee), type);
    return found;
}

uint32_t call_target(struct engine *engine, struct state *state, struct invocation *invocation)
{
    uint32_t target = named_or_pointed_at(engine, state, invocation);
    return target != MAP_NONE ? target : call_operator_of(engine, state, invocation);
}

/* The only method of the class with that name which takes so many arguments. */
static ir_id only_method(const struct ir_unit *unit, const struct ir_record *record,
                         const char *name, size_t count)
{
    ir_id found = IR_NONE;
    for (size_t i = 0; i < record->methods.len; i++) {
        const struct ir_function *method = &unit->functions.data[record->methods.data[i]];
        if (strcmp(method->name, name) != 0 || method->is_static_method || method->is_virtual ||
            method->param_types.len != count)
            continue;
        if (found != IR_NONE)
            return IR_NONE;
        found = record->methods.data[i];
    }
    return found;
}

/* The template of which a class is an instance, or NULL. */
static const struct ir_record *template_of(const struct ir_unit *unit,
                                           const struct ir_record *record)
{
    for (size_t i = 0; record->arguments.len && i < unit->records.len; i++) {
        const struct ir_record *other = &unit->records.data[i];
        if (other->arguments.len == 0 && other != record && strcmp(other->name, record->name) == 0)
            return other;
    }
    return NULL;
}

uint32_t call_target_of_pattern(const struct engine *engine, const struct state *state,
                                const struct invocation *invocation, const char *name, ir_id object)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_record *record = &here->in->records.data[here->in->types.data[object].record];
    ir_id found = only_method(here->in, record, name, invocation->count);
    const struct ir_record *template =
        found == IR_NONE && !record->in_system_header ? template_of(here->in, record) : NULL;
    if (template) /* of an instance only what is called somewhere by name is known */
        found = only_method(here->in, template, name, invocation->count);
    return found == IR_NONE ? (uint32_t)MAP_NONE
                            : program_number(&engine->program, here->unit, found);
}
