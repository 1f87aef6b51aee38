#include "engine/program/missing.h"

#include "engine/program/callee.h"
#include "engine/program/flow.h"
#include "support/map.h"
#include "support/nearness.h"

#include <string.h>

/* How many calls away from one that registers, unregisters or pins a function still matters. */
enum { MOST_STEPS = 8 };

struct search {
    struct arena *arena;
    const struct program *program;
    const struct model_set *models;
    uint32_t *steps; /* [function]: to the nearest such call; MAP_NONE: far away */
    bool has_moved;  /* a function is nearer than was known before */
    struct map seen; /* functions of units that were looked at */
    struct map seen_globals;
    struct missing *missing;
};

typedef void visit_named(struct search *search, uint32_t from, ir_id named);

/* Calls `visit` for each function of its unit that the body names: that it calls, or whose address
 * it takes. */
static void each_named(struct search *search, uint32_t number, visit_named *visit)
{
    const struct ir_function *function = search->program->functions.data[number].ir;
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        if (op->code == IR_ADDR_FUNCTION)
            visit(search, number, op->aux);
        else if (op->code == IR_CALL && op->call->function != IR_NONE)
            visit(search, number, op->call->function);
    }
}

/* ---- how far everything is ---- */

static bool reaches_watched(const struct program_function *function)
{
    return function->flow && !function->ir->in_system_header &&
           (function->flow->all & (FLOW_REGISTERS | FLOW_UNREGISTERS | FLOW_STATUS));
}

static bool has_watched_call(const struct search *search, const struct program_function *function)
{
    for (size_t i = 0; i < function->ir->ops.len; i++) {
        const struct ir_op *op = &function->ir->ops.data[i];
        const struct model_function *model =
            op->code == IR_CALL ? callee_model(search->models, function->in, op->call) : NULL;
        if (model && models_function_is_watched(model))
            return true;
    }
    return false;
}

static uint32_t *steps_of_named(struct search *search, uint32_t from, ir_id named)
{
    const struct program *program = search->program;
    return &search->steps[program_number(program, program->functions.data[from].unit, named)];
}

static void step(struct search *search, uint32_t *to, uint32_t from)
{
    if (from >= MOST_STEPS || from + 1 >= *to)
        return;
    *to = from + 1;
    search->has_moved = true;
}

/* A caller is one step farther than the nearest that it calls. */
static void step_up(struct search *search, uint32_t from, ir_id named)
{
    if (reaches_watched(&search->program->functions.data[from]))
        step(search, &search->steps[from], *steps_of_named(search, from, named));
}

static void step_down(struct search *search, uint32_t from, ir_id named)
{
    step(search, steps_of_named(search, from, named), search->steps[from]);
}

static void spread(struct search *search, visit_named *visit)
{
    do {
        search->has_moved = false;
        for (uint32_t i = 0; i < search->program->functions.len; i++)
            each_named(search, i, visit);
    } while (search->has_moved);
}

/* Callers first: what they call besides is as far from the call as they are, and one more. What
 * calls by way of a table is not told from what is called. */
static void measure(struct search *search)
{
    const size_t count = search->program->functions.len;
    const struct program_function *functions = search->program->functions.data;
    for (uint32_t i = 0; i < count; i++) {
        bool is_near = reaches_watched(&functions[i]) && has_watched_call(search, &functions[i]);
        search->steps[i] = is_near ? 0 : MAP_NONE;
    }
    spread(search, step_up);
    for (uint32_t i = 0; i < count; i++)
        if (reaches_watched(&functions[i]) && search->steps[i] == MAP_NONE)
            search->steps[i] = 1;
    spread(search, step_down);
}

/* ---- what is missing ---- */

/* Bodies near the caller are its own. */
static bool is_near(const struct program_function *function, const char *caller)
{
    struct nearness own = nearness_of(caller, caller);
    return nearness_compare(nearness_of(program_body_path(function), caller), own) == 0;
}

static bool is_missing(const struct search *search, const struct ir_function *function)
{
    return !function->has_body && !function->in_system_header && !function->is_device_only &&
           !function->is_implicit && !function->is_noreturn &&
           !callee_function_model(search->models, function, function->param_types.len);
}

/* "Pool" of "ns::Pool::give". */
static const char *scope_of(struct arena *arena, const char *qualified, const char *name)
{
    size_t len = strlen(qualified), own = strlen(name) + strlen("::");
    if (len <= own)
        return NULL;
    const char *scope = arena_strndup(arena, qualified, len - own);
    for (const char *p = strstr(scope, "::"); p; p = strstr(scope, "::"))
        scope = p + strlen("::");
    return scope;
}

/* Notes that it is. */
static bool is_seen(struct map *seen, uint32_t unit, ir_id id)
{
    uint64_t key = ((uint64_t)unit << 32) | id;
    if (map_get_u64(seen, key) != MAP_NONE)
        return true;
    map_set_u64(seen, key, 1);
    return false;
}

static void add_missing(struct search *search, uint32_t from, ir_id named);

/* What a virtual call on an object of the class may run. */
static void add_virtual_methods(struct search *search, uint32_t from,
                                const struct ir_record *record)
{
    const struct ir_unit *unit = search->program->functions.data[from].in;
    for (size_t i = 0; i < record->methods.len; i++)
        if (unit->functions.data[record->methods.data[i]].is_virtual)
            add_missing(search, from, record->methods.data[i]);
}

static void add_missing(struct search *search, uint32_t from, ir_id named)
{
    const struct program_function *caller = &search->program->functions.data[from];
    const struct ir_function *function = &caller->in->functions.data[named];
    uint32_t number = program_number(search->program, caller->unit, named);
    const struct program_function *known = &search->program->functions.data[number];
    if (is_seen(&search->seen, caller->unit, named))
        return;
    if (function->kind == IR_FUNCTION_CONSTRUCTOR && function->record != IR_NONE)
        add_virtual_methods(search, from, &caller->in->records.data[function->record]);
    if (!is_missing(search, function) ||
        (known->ir->has_body && is_near(known, caller->in->source)))
        return;
    struct missing_name missing = {
        .name = function->name,
        .scope = scope_of(search->arena, function->qualified, function->name),
        .is_member = function->record != IR_NONE,
        .caller = caller->in->source,
        .known = known->ir->has_body ? program_body_path(known) : NULL,
    };
    vec_push(search->arena, &search->missing->names, missing);
}

static bool is_constant(const struct ir_unit *unit, ir_id type)
{
    if (type == IR_NONE)
        return false;
    const struct ir_type *t = &unit->types.data[type];
    return t->is_const || (t->kind == IR_TYPE_ARRAY && is_constant(unit, t->element));
}

/* One that another file defines. */
static bool is_missing_constant(const struct search *search, const struct ir_unit *unit,
                                const struct ir_global *global)
{
    return !global->is_static && is_constant(unit, global->type) &&
           !program_global(search->program, program_global_key(global))->ir->has_parts &&
           (global->loc.file == IR_NONE || !unit->files.data[global->loc.file].is_system);
}

static void add_constants(struct search *search, uint32_t from)
{
    const struct program_function *function = &search->program->functions.data[from];
    for (size_t i = 0; i < function->ir->ops.len; i++) {
        const struct ir_op *op = &function->ir->ops.data[i];
        if (op->code != IR_ADDR_GLOBAL || is_seen(&search->seen_globals, function->unit, op->aux))
            continue;
        const struct ir_global *global = &function->in->globals.data[op->aux];
        if (!is_missing_constant(search, function->in, global))
            continue;
        struct missing_name missing = {
            .name = global->name,
            .scope = scope_of(search->arena, global->qualified, global->name),
            .caller = function->in->source,
        };
        vec_push(search->arena, &search->missing->names, missing);
    }
}

static void add_names(struct search *search, uint32_t from)
{
    each_named(search, from, add_missing);
    add_constants(search, from);
}

void engine_missing(struct arena *arena, struct ir_unit *const *units, size_t unit_count,
                    const struct model_set *models, struct missing *missing)
{
    struct program program;
    *missing = (struct missing){0};
    flow_program_of_units(arena, units, unit_count, models, &program);
    struct search search = {.arena = arena,
                            .program = &program,
                            .models = models,
                            .steps = arena_new_array(arena, program.functions.len, uint32_t),
                            .seen = {.arena = arena},
                            .seen_globals = {.arena = arena},
                            .missing = missing};
    measure(&search);
    for (uint32_t steps = 0; steps <= MOST_STEPS; steps++)
        for (uint32_t i = 0; i < program.functions.len; i++)
            if (search.steps[i] == steps)
                add_names(&search, i);
}
