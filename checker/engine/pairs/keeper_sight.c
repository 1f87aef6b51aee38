/* Is all code in sight that could undo what a member or a static keeps? */
#include "engine/pairs/keepers.h"

#include <string.h>

bool keeper_class_is_of_file(const struct program *program, uint32_t unit,
                             const struct ir_record *record)
{
    const struct ir_unit *in = program->units[unit];
    return record->loc.file != IR_NONE && in->files.data[record->loc.file].is_main &&
           !in->is_header;
}

bool keeper_class_is_in_sight(const struct program *program, uint32_t unit,
                              const struct ir_record *record)
{
    if (!record->has_body || record->in_system_header ||
        (record->has_unseen_friend && !keeper_class_is_of_file(program, unit, record)))
        return false;
    for (size_t i = 0; i < record->methods.len; i++) {
        uint32_t number = program_number(program, unit, record->methods.data[i]);
        const struct ir_function *method = program->functions.data[number].ir;
        if ((!method->has_body && !method->is_implicit) || method->degraded.len)
            return false;
    }
    return true;
}

/* Every member function that could unregister has to be in sight. */
static bool class_is_in_sight(const struct engine *engine)
{
    uint32_t unit = engine->program.functions.data[engine->root].unit;
    return keeper_class_is_in_sight(&engine->program, unit, keeper_class(engine));
}

bool keeper_static_member_is_in_sight(const struct program *program,
                                      const struct program_global *global)
{
    if (global->ir->record == IR_NONE)
        return false;
    const struct ir_unit *unit = program->units[global->unit];
    const struct ir_record *record = &unit->records.data[global->ir->record];
    return (global->ir->is_private || keeper_class_is_of_file(program, global->unit, record)) &&
           keeper_class_is_in_sight(program, global->unit, record);
}

/* All that the file holds; a static of a header is also that of the sources that include it. */
static bool static_is_in_sight(struct engine *engine, const struct keeper *keeper)
{
    const struct ir_unit *unit = engine->program.functions.data[engine->root].in;
    const struct program_global *global = program_global(&engine->program, keeper->name);
    if (global && global->ir->record != IR_NONE && !global->ir->is_static)
        return keeper_static_member_is_in_sight(&engine->program, global);
    return global && global->ir->is_static && (global->ir->is_function_local || !unit->is_header);
}

/* Does a member function that everybody can call give something away by which the elements of a
 * container can be reached? */
static bool class_shows_elements(const struct engine *engine)
{
    const struct ir_unit *unit = engine->program.functions.data[engine->root].in;
    const struct ir_record *record = keeper_class(engine);
    for (size_t i = 0; i < record->methods.len; i++) {
        const struct ir_function *method = &unit->functions.data[record->methods.data[i]];
        if (method->kind != IR_FUNCTION_METHOD || method->is_hidden ||
            method->result_type == IR_NONE)
            continue;
        const struct ir_type *type = &unit->types.data[method->result_type];
        bool is_own = type->kind == IR_TYPE_REFERENCE && type->element != IR_NONE &&
                      unit->types.data[type->element].record == method->record;
        bool is_plain = type->kind == IR_TYPE_VOID || type->kind == IR_TYPE_BOOL ||
                        type->kind == IR_TYPE_INT || type->kind == IR_TYPE_ENUM ||
                        type->kind == IR_TYPE_FLOAT;
        if (!is_plain && !is_own)
            return true;
    }
    return false;
}

/* What is done with a container: nothing that matters, its elements are read, or other code may do
 * with it what it likes. */
enum use { USE_NONE, USE_READS, USE_HANDS };

static enum use use_of_method(const struct engine *engine, const struct ir_unit *unit,
                              const struct ir_function *callee, const struct ir_call *call)
{
    if (callee->kind == IR_FUNCTION_CONSTRUCTOR)
        return call->args.len == 1 ? USE_NONE : USE_HANDS;
    if (callee->kind == IR_FUNCTION_DESTRUCTOR)
        return USE_NONE;
    const struct model_container *model =
        callee->record == IR_NONE
            ? NULL
            : models_container(engine->models, unit->records.data[callee->record].name);
    const struct model_method *method = model ? models_method(model, callee->name) : NULL;
    if (!method)
        return USE_HANDS;
    switch (method->kind) {
    case MODEL_METHOD_SWAP:
    case MODEL_METHOD_ASSIGN:
    case MODEL_METHOD_NONE:
        return USE_HANDS;
    case MODEL_METHOD_BUFFER:
    case MODEL_METHOD_ELEMENT:
    case MODEL_METHOD_END:
    case MODEL_METHOD_FIND:
    case MODEL_METHOD_RBEGIN:
    case MODEL_METHOD_REND:
        return USE_READS;
    default:
        return USE_NONE;
    }
}

/* What the operation does with the container at `place`. */
static enum use use_in(const struct engine *engine, const struct ir_unit *unit,
                       const struct ir_op *op, ir_value place)
{
    const struct ir_call *call = op->call;
    bool is_used = op->a == place || op->b == place, is_object = false;
    for (size_t i = 0; call && i < call->args.len; i++) {
        if (call->args.data[i] != place)
            continue;
        is_used |= i > 0;
        is_object |= i == 0;
    }
    if (is_used)
        return USE_HANDS;
    if (!is_object)
        return USE_NONE;
    if (op->code != IR_CALL || call->function == IR_NONE)
        return USE_HANDS;
    return use_of_method(engine, unit, &unit->functions.data[call->function], call);
}

/* Is the object that the field is of certainly of another class? */
static bool is_of_other_class(const struct ir_unit *unit, const struct ir_function *function,
                              const struct ir_op *field, const char *owner)
{
    ir_id record = callee_pointed_class(unit, function->ops.data[field->a].type);
    return owner && record != IR_NONE && strcmp(unit->records.data[record].name, owner) != 0;
}

static bool is_place_of(const struct ir_unit *unit, const struct ir_function *function,
                        const struct ir_op *op, const struct keeper *keeper)
{
    if (!keeper->is_static)
        return op->code == IR_FIELD && op->text && strcmp(op->text, keeper->name) == 0 &&
               !is_of_other_class(unit, function, op, keeper->owner);
    if (op->code != IR_ADDR_GLOBAL)
        return false;
    return strcmp(program_global_key(&unit->globals.data[op->aux]), keeper->name) == 0;
}

static bool is_returned(const struct ir_function *function, ir_value place)
{
    for (size_t b = 0; b < function->blocks.len; b++)
        if (function->blocks.data[b].value == place)
            return true;
    return false;
}

static bool hands_on(const struct engine *engine, uint32_t unit, ir_id id,
                     const struct keeper *keeper)
{
    const struct ir_unit *in = engine->program.units[unit];
    const struct ir_function *function = &in->functions.data[id];
    const struct flow *flow =
        engine->program.functions.data[program_number(&engine->program, unit, id)].flow;
    /* functions that have to do with registrations are walked: where an element goes is seen */
    bool is_watched = flow && (flow->all & FLOW_SUBJECT);
    bool calls_out = !flow || (flow->all & FLOW_CALLS_UNKNOWN);
    for (size_t f = 0; f < function->ops.len; f++) {
        if (!is_place_of(in, function, &function->ops.data[f], keeper))
            continue;
        if (is_returned(function, (ir_value)f))
            return true;
        for (size_t i = f + 1; i < function->ops.len; i++) {
            enum use use = use_in(engine, in, &function->ops.data[i], (ir_value)f);
            if (use == USE_HANDS || (use == USE_READS && !is_watched && calls_out))
                return true;
        }
    }
    return false;
}

/* Does any code in sight give the container, or its elements, to code that is not followed? */
static bool container_is_handed(const struct engine *engine, const struct keeper *keeper)
{
    uint32_t unit = engine->program.functions.data[engine->root].unit;
    for (ir_id i = 0; i < engine->program.units[unit]->functions.len; i++)
        if (hands_on(engine, unit, i, keeper))
            return true;
    const struct ir_record *record = keeper->is_static ? NULL : keeper_class(engine);
    for (size_t i = 0; record && i < record->methods.len;
         i++) { /* those whose bodies are in other files */
        const struct program_function *method =
            &engine->program.functions
                 .data[program_number(&engine->program, unit, record->methods.data[i])];
        if (method->unit != unit && hands_on(engine, method->unit, method->function, keeper))
            return true;
    }
    return false;
}

static bool ends_by_undoing(const struct engine *engine, uint32_t unit, ir_id type, int depth)
{
    const struct program *program = &engine->program;
    const struct ir_unit *in = program->units[unit];
    type = ir_behind_arrays(in, type);
    ir_id id = type == IR_NONE ? IR_NONE : in->types.data[type].record;
    if (id == IR_NONE || in->records.data[id].in_system_header || depth > MAX_REACH)
        return false;
    const struct ir_record *record = &in->records.data[id];
    if (record->destructor != IR_NONE) {
        const struct program_function *destructor =
            &program->functions.data[program_number(program, unit, record->destructor)];
        uint32_t effects = destructor->flow ? destructor->flow->all : FLOW_ANYTHING;
        if (!destructor->ir->is_implicit && (effects & (FLOW_UNREGISTERS | FLOW_CALLS_UNKNOWN)))
            return true;
    }
    for (size_t i = 0; i < record->fields.len; i++)
        if (ends_by_undoing(engine, unit, record->fields.data[i].type, depth + 1))
            return true;
    return false;
}

bool keeper_ends_by_undoing(const struct engine *engine, const struct keeper *keeper)
{
    const struct program_global *global =
        keeper->is_static ? program_global(&engine->program, keeper->name) : NULL;
    return global && ends_by_undoing(engine, global->unit, global->ir->type, 0);
}

bool keeper_is_in_sight(struct engine *engine, const struct keeper *keeper)
{
    bool is_whole = keeper->is_static ? static_is_in_sight(engine, keeper)
                                      : keeper->of_this && class_is_in_sight(engine);
    return is_whole && !(keeper->in_container && container_is_handed(engine, keeper));
}

bool keeper_is_shown(const struct engine *engine, const struct keeper *keeper)
{
    return keeper->in_container && !keeper->is_static && class_shows_elements(engine);
}
