#include "engine/carriers.h"

#include "engine/callee.h"
#include "engine/flow.h"
#include "link/program.h"
#include "support/map.h"

#include <string.h>

static const char *last_component(const char *qualified)
{
    const char *last = qualified;
    for (const char *p = strstr(qualified, "::"); p; p = strstr(p, "::"))
        last = p += 2;
    return last;
}

static const char *name_of(const struct program_function *function)
{
    if (function->ir->record == IR_NONE)
        return function->ir->name;
    return last_component(function->in->records.data[function->ir->record].name);
}

static bool is_carrier(const struct program_function *function)
{
    const struct ir_function *ir = function->ir;
    return function->flow && !ir->is_static && ir->kind != IR_FUNCTION_LAMBDA &&
           ir->kind != IR_FUNCTION_INIT && (function->flow->all & FLOW_MEMORY) &&
           strcmp(ir->qualified, "main") != 0;
}

/* Joins the units that are there. */
static void link_present(struct arena *arena, struct ir_unit *const *units, size_t unit_count,
                         const struct model_set *models, struct program *program)
{
    struct ir_unit **present = arena_new_array(arena, unit_count, struct ir_unit *);
    size_t count = 0;
    for (size_t i = 0; i < unit_count; i++)
        if (units[i])
            present[count++] = units[i];
    program_link(arena, present, count, program);
    flow_program(arena, program, models);
}

static void add_name(struct arena *arena, struct map *seen, struct carriers *carriers,
                     const char *name)
{
    if (map_get(seen, name) != MAP_NONE)
        return;
    map_set(seen, name, 1);
    vec_push(arena, &carriers->names, name);
}

void engine_carriers(struct arena *arena, struct ir_unit *const *units, size_t unit_count,
                     const struct model_set *models, struct carriers *carriers)
{
    struct map seen = {.arena = arena};
    struct program program;
    *carriers = (struct carriers){0};
    link_present(arena, units, unit_count, models, &program);
    for (size_t i = 0; i < program.functions.len; i++)
        if (is_carrier(&program.functions.data[i]))
            add_name(arena, &seen, carriers, name_of(&program.functions.data[i]));
}

static bool leads_to_memory(const struct ir_unit *unit, ir_id type)
{
    const struct ir_type *t = type == IR_NONE ? NULL : &unit->types.data[type];
    if (!t || (t->kind != IR_TYPE_POINTER && t->kind != IR_TYPE_REFERENCE))
        return false;
    return t->element == IR_NONE || !unit->types.data[t->element].is_const;
}

/* Can it allocate, free or keep memory for its caller? */
static bool handles_memory(const struct ir_unit *unit, const struct ir_function *function)
{
    bool handles = leads_to_memory(unit, function->result_type);
    for (size_t i = 0; i < function->param_types.len; i++)
        handles |= leads_to_memory(unit, function->param_types.data[i]);
    return handles;
}

static bool is_missing(const struct program *program, const struct model_set *models,
                       const struct program_function *caller, const struct ir_call *call)
{
    if (call->function == IR_NONE)
        return false;
    const struct ir_function *callee =
        program->functions.data[program_number(program, caller->unit, call->function)].ir;
    return !callee->has_body && !callee->in_system_header && !callee->is_device_only &&
           handles_memory(caller->in, &caller->in->functions.data[call->function]) &&
           !callee_model(models, caller->in, call);
}

void engine_missing(struct arena *arena, struct ir_unit *const *units, size_t unit_count,
                    const struct model_set *models, struct carriers *missing)
{
    const uint32_t registers = FLOW_REGISTERS | FLOW_UNREGISTERS | FLOW_STATUS;
    struct map seen = {.arena = arena};
    struct program program;
    *missing = (struct carriers){0};
    link_present(arena, units, unit_count, models, &program);
    for (size_t i = 0; i < program.functions.len; i++) {
        const struct program_function *caller = &program.functions.data[i];
        if (!caller->flow || caller->ir->in_system_header || !(caller->flow->all & registers))
            continue;
        for (size_t j = 0; j < caller->ir->ops.len; j++) {
            const struct ir_op *op = &caller->ir->ops.data[j];
            if (op->code == IR_CALL && is_missing(&program, models, caller, op->call))
                add_name(arena, &seen, missing,
                         caller->in->functions.data[op->call->function].name);
        }
    }
}
