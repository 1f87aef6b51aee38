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

void engine_carriers(struct arena *arena, struct ir_unit *const *units, size_t unit_count,
                     const struct model_set *models, struct carriers *carriers)
{
    struct ir_unit **present = arena_new_array(arena, unit_count, struct ir_unit *);
    struct map seen = {.arena = arena};
    struct program program;
    size_t count = 0;
    for (size_t i = 0; i < unit_count; i++)
        if (units[i])
            present[count++] = units[i];
    *carriers = (struct carriers){0};
    program_link(arena, present, count, &program);
    flow_program(arena, &program, models);
    for (size_t i = 0; i < program.functions.len; i++) {
        const char *name = name_of(&program.functions.data[i]);
        if (!is_carrier(&program.functions.data[i]) || map_get(&seen, name) != MAP_NONE)
            continue;
        map_set(&seen, name, 1);
        vec_push(arena, &carriers->names, name);
    }
}
