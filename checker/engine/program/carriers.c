#include "engine/program/carriers.h"

#include "engine/program/flow.h"
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

static bool handles_memory(const struct program_function *function)
{
    return function->flow && (function->flow->all & FLOW_MEMORY);
}

static bool is_carrier(const struct program_function *function)
{
    const struct ir_function *ir = function->ir;
    return handles_memory(function) && !ir->is_static && ir->kind != IR_FUNCTION_LAMBDA &&
           ir->kind != IR_FUNCTION_INIT && strcmp(ir->qualified, "main") != 0;
}

/* A table of functions, which may be static: others reach them through it. */
static bool is_carrying_table(const struct program *program, const struct program_global *table)
{
    for (size_t i = 0; !table->ir->is_static && i < table->ir->parts.len; i++) {
        const struct ir_part *part = &table->ir->parts.data[i];
        if (part->kind != IR_PART_FUNCTION)
            continue;
        uint32_t number = program_number(program, table->unit, part->function);
        if (handles_memory(&program->functions.data[number]))
            return true;
    }
    return false;
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
    flow_program_of_units(arena, units, unit_count, models, &program);
    for (size_t i = 0; i < program.functions.len; i++)
        if (is_carrier(&program.functions.data[i]))
            add_name(arena, &seen, carriers, name_of(&program.functions.data[i]));
    for (size_t i = 0; i < program.globals.len; i++)
        if (is_carrying_table(&program, &program.globals.data[i]))
            add_name(arena, &seen, carriers, program.globals.data[i].ir->name);
}
