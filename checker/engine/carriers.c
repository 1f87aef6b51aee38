#include "engine/carriers.h"

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
}
