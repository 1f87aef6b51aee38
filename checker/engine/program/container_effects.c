/* What the methods of containers and owners may do: elements have destructors, owners deleters. */
#include "engine/program/callee.h"
#include "engine/program/flow.h"
#include "engine/program/flow_effects.h"

#include <string.h>

enum { MAX_NESTING = 6 }; /* of containers in containers */

uint32_t effects_of_own(const struct model_container *container, const struct ir_function *callee)
{
    const struct model_method *method = models_method(container, callee->name);
    if (container->storage == MODEL_STORAGE_ITERATOR)
        return method && method->kind == MODEL_METHOD_RESET ? FLOW_WRITES : 0;
    if (callee->kind == IR_FUNCTION_DESTRUCTOR)
        return FLOW_RELEASES;
    if (callee->kind == IR_FUNCTION_CONSTRUCTOR)
        return FLOW_ALLOCATES;
    if (!method)
        return FLOW_WRITES;
    switch (method->kind) {
    case MODEL_METHOD_CALL:
        return FLOW_ANYTHING;
    case MODEL_METHOD_ELEMENT:
        return container->storage == MODEL_STORAGE_KEYED ? FLOW_WRITES : 0;
    case MODEL_METHOD_NONE:
    case MODEL_METHOD_BUFFER:
    case MODEL_METHOD_COUNT:
    case MODEL_METHOD_BYTES:
    case MODEL_METHOD_EMPTY:
    case MODEL_METHOD_CAPACITY:
    case MODEL_METHOD_BOOL:
    case MODEL_METHOD_PART:
    case MODEL_METHOD_HEAD:
    case MODEL_METHOD_TAIL:
    case MODEL_METHOD_END:
    case MODEL_METHOD_RBEGIN:
    case MODEL_METHOD_REND:
    case MODEL_METHOD_OPERATOR:
    case MODEL_METHOD_FIND:
    case MODEL_METHOD_HAS:
        return 0;
    default:
        return FLOW_RELEASES | FLOW_WRITES;
    }
}

uint32_t effects_of_call_operator(const struct effects_pass *pass, uint32_t unit,
                                  const struct ir_record *record)
{
    const struct ir_unit *in = pass->program->units[unit];
    uint32_t effects = 0;
    for (size_t i = 0; i < record->methods.len; i++)
        if (strcmp(in->functions.data[record->methods.data[i]].name, "operator()") == 0)
            effects |= effects_of_function(pass, unit, record->methods.data[i]);
    return effects;
}

static uint32_t end_effects(const struct effects_pass *pass, uint32_t unit, ir_id type, int depth);
static uint32_t shared_effects(const struct effects_pass *pass);

/* What dies with a container: objects of the types that its template arguments name, by the deleter
 * that one of them is or points to. */
static uint32_t content_effects(const struct effects_pass *pass, uint32_t unit,
                                const struct ir_record *record,
                                const struct model_container *container, int depth)
{
    const struct ir_unit *in = pass->program->units[unit];
    uint32_t effects = 0;
    for (size_t i = 0; i < record->arguments.len; i++) {
        ir_id argument = record->arguments.data[i];
        bool is_deleter = (int)i == container->deleter_argument && argument != IR_NONE;
        const struct ir_type *type = is_deleter ? &in->types.data[argument] : NULL;
        if (type && type->kind == IR_TYPE_RECORD && type->record != IR_NONE)
            effects |= effects_of_call_operator(pass, unit, &in->records.data[type->record]);
        else if (type)
            effects |= pass->indirect;
        effects |= end_effects(pass, unit, argument, depth + 1);
    }
    return effects | (container->storage == MODEL_STORAGE_SHARED ? shared_effects(pass) : 0U);
}

/* What the end of an object of the type does. */
static uint32_t end_effects(const struct effects_pass *pass, uint32_t unit, ir_id type, int depth)
{
    const struct ir_unit *in = pass->program->units[unit];
    const struct ir_type *t = type == IR_NONE ? NULL : &in->types.data[type];
    if (t && t->kind == IR_TYPE_ARRAY)
        return end_effects(pass, unit, t->element, depth + 1);
    if (!t || t->kind != IR_TYPE_RECORD || t->record == IR_NONE || depth > MAX_NESTING)
        return 0;
    const struct ir_record *record = &in->records.data[t->record];
    const struct model_container *container = models_container(pass->models, record->name);
    if (container)
        return FLOW_RELEASES | content_effects(pass, unit, record, container, depth);
    return record->destructor == IR_NONE ? 0 : effects_of_virtual(pass, unit, record->destructor);
}

uint32_t effects_of_end(const struct effects_pass *pass, uint32_t unit, ir_id type)
{
    return end_effects(pass, unit, type, 0);
}

/* The type of what argument number `i` is, or points or refers to; NULL: not known. */
static const struct ir_type *given_type(const struct ir_unit *in, const struct ir_function *caller,
                                        const struct ir_call *call, size_t i)
{
    ir_id type = caller->ops.data[call->args.data[i]].type;
    if (type != IR_NONE && in->types.data[type].element != IR_NONE)
        type = in->types.data[type].element;
    return type == IR_NONE ? NULL : &in->types.data[type];
}

/* A deleter that the constructor of an owner is given, whose type does not name it. */
static uint32_t given_effects(const struct effects_pass *pass, uint32_t unit,
                              const struct ir_function *caller, const struct ir_call *call)
{
    const struct ir_unit *in = pass->program->units[unit];
    uint32_t effects = 0;
    for (size_t i = 1; i < call->args.len; i++) {
        const struct ir_type *t = given_type(in, caller, call, i);
        if (t && t->kind == IR_TYPE_RECORD && t->record != IR_NONE)
            effects |= effects_of_call_operator(pass, unit, &in->records.data[t->record]);
        else if (t && t->kind == IR_TYPE_FUNCTION)
            effects |= pass->indirect;
    }
    return effects;
}

/* ---- deleters that no type names ---- */

static void add_deleter(struct effects_pass *pass, uint32_t unit, ir_id function)
{
    uint32_t number = program_number(pass->program, unit, function);
    for (size_t i = 0; i < pass->deleters.len; i++)
        if (pass->deleters.data[i] == number)
            return;
    vec_push(pass->arena, &pass->deleters, number);
}

static void add_given_deleter(struct effects_pass *pass, uint32_t unit,
                              const struct ir_function *caller, const struct ir_call *call)
{
    const struct ir_unit *in = pass->program->units[unit];
    const struct ir_op *given = ir_behind_casts(caller, call->args.data[2]);
    const struct ir_type *t = given_type(in, caller, call, 2);
    if (given->code == IR_ADDR_FUNCTION)
        add_deleter(pass, unit, given->aux);
    if (!t || t->kind != IR_TYPE_RECORD || t->record == IR_NONE)
        return;
    const struct ir_record *record = &in->records.data[t->record];
    for (size_t m = 0; m < record->methods.len; m++)
        if (strcmp(in->functions.data[record->methods.data[m]].name, "operator()") == 0)
            add_deleter(pass, unit, record->methods.data[m]);
}

void effects_find_deleters(struct effects_pass *pass)
{
    for (uint32_t f = 0; f < pass->program->functions.len; f++) {
        const struct program_function *caller = &pass->program->functions.data[f];
        for (size_t i = 0; caller->flow && i < caller->ir->ops.len; i++) {
            const struct ir_call *call = caller->ir->ops.data[i].call;
            if (!call || call->function == IR_NONE || call->args.len < 3)
                continue;
            uint32_t number = program_number(pass->program, caller->unit, call->function);
            const struct model_container *container =
                callee_container(pass->models, &pass->program->functions.data[number]);
            if (container && container->storage == MODEL_STORAGE_SHARED)
                add_given_deleter(pass, caller->unit, caller->ir, call);
        }
    }
}

/* What a shared_ptr lets go of may be the work of any deleter that one was given somewhere. */
static uint32_t shared_effects(const struct effects_pass *pass)
{
    uint32_t effects = 0;
    for (size_t i = 0; i < pass->deleters.len; i++) {
        const struct program_function *deleter =
            &pass->program->functions.data[pass->deleters.data[i]];
        effects |= effects_of_function(pass, deleter->unit, deleter->function);
    }
    return effects & ~(uint32_t)(FLOW_LEAVES | FLOW_MAY_EXIT); /* it may be another one */
}

uint32_t effects_of_container(const struct effects_pass *pass, uint32_t unit,
                              const struct ir_function *caller, const struct ir_call *call,
                              const struct model_container *container)
{
    const struct ir_unit *in = pass->program->units[unit];
    const struct ir_function *callee = &in->functions.data[call->function];
    uint32_t effects = effects_of_own(container, callee);
    if ((effects & FLOW_RELEASES) && callee->record != IR_NONE)
        effects |= content_effects(pass, unit, &in->records.data[callee->record], container, 0);
    bool is_owner =
        container->storage == MODEL_STORAGE_UNIQUE || container->storage == MODEL_STORAGE_SHARED;
    if (is_owner && call->args.len > 2)
        effects |= given_effects(pass, unit, caller, call);
    return effects;
}
