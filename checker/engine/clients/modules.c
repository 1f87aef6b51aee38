#include "engine/clients/modules.h"

#include "engine/clients/conventions.h"
#include "engine/clients/lifecycles.h"
#include "engine/program/flow.h"

enum { HANDLES = FLOW_REGISTERS | FLOW_UNREGISTERS, MAX_HELPERS = 3 /* one calling another */ };

static bool is_shared_static(const struct ir_global *global)
{
    return global->is_static && !global->is_function_local && !global->is_const_data &&
           !global->is_thread_local;
}

static bool calls(const struct ir_op *op)
{
    return op->code == IR_CALL && op->call->function != IR_NONE;
}

/* Does the function, or one of the file's own that it calls, name the static? */
static bool names(const struct ir_unit *unit, const struct ir_function *function, ir_id global,
                  int depth)
{
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        if (op->code == IR_ADDR_GLOBAL && op->aux == global)
            return true;
        if (calls(op) && depth < MAX_HELPERS) {
            const struct ir_function *callee = &unit->functions.data[op->call->function];
            if (callee->is_static && names(unit, callee, global, depth + 1))
                return true;
        }
    }
    return false;
}

static bool share_a_static(const struct ir_unit *unit, ir_id first, ir_id second)
{
    const struct ir_function *functions = unit->functions.data;
    for (ir_id g = 0; g < unit->globals.len; g++)
        if (is_shared_static(&unit->globals.data[g]) && names(unit, &functions[first], g, 0) &&
            names(unit, &functions[second], g, 0))
            return true;
    return false;
}

/* The two, of all that others may call; false: there are more that register or undo it. */
static bool find_two(const struct program *program, uint32_t unit, ir_id *maker, ir_id *end)
{
    const struct ir_unit *in = program->units[unit];
    *maker = *end = IR_NONE;
    for (ir_id f = 0; f < in->functions.len; f++) {
        const struct ir_function *function = &in->functions.data[f];
        uint32_t effects = flow_effects_of(program, unit, f) & HANDLES;
        if (!effects || !convention_is_public(program, unit, f))
            continue;
        bool is_maker = effects & FLOW_REGISTERS; /* where that fails, it may undo a part */
        ir_id *found = is_maker ? maker : end;
        if (*found != IR_NONE || !convention_is_left_to_clients(program, unit, f) ||
            (!is_maker && function->param_count))
            return false;
        *found = f;
    }
    return *maker != IR_NONE && *end != IR_NONE;
}

static void add_module(struct program *program, uint32_t unit)
{
    const struct ir_unit *in = program->units[unit];
    ir_id maker, end;
    struct life life = {.arena = program->arena, .unit = in, .making = LIFE_STATIC};
    if (!find_two(program, unit, &maker, &end) || !share_a_static(in, maker, end) ||
        !convention_success(in, &in->functions.data[maker], &life.success))
        return;
    struct ir_record *record = arena_new_object(program->arena, struct ir_record);
    record->name = record->display = record->key = "";
    record->loc = in->functions.data[maker].loc;
    record->destructor = end;
    life.record = record;
    life.pointer_type = in->functions.data[maker].result_type; /* no object: of what it answers */
    (void)lifecycles_build_and_end(&life, program, unit, maker);
}

void modules_add(struct program *program)
{
    for (uint32_t u = 0; u < program->unit_count; u++)
        add_module(program, u);
}
