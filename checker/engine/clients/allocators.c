#include "engine/clients/allocators.h"

#include "engine/clients/life_writer.h"
#include "engine/program/flow.h"

#include <string.h>

/* A class's member functions by which memory comes and goes. */
struct allocator {
    struct life life;
    struct program *program;
    uint32_t unit;
    const struct ir_function *allocates, *releases;
    ir_id allocate, release;
};

enum { POINTER = 1, COUNT = 2 }; /* parameters of deallocate(p, n), behind the object */

/* Behind the object, if the function has one. */
static uint32_t first_written(const struct ir_function *function)
{
    return function->is_static_method ? 0 : 1;
}

static enum ir_type_kind kind_of(const struct ir_unit *unit, ir_id type)
{
    return type == IR_NONE ? IR_TYPE_VOID : unit->types.data[type].kind;
}

/* Is all of it in sight, in this unit? Of a template it is the pattern. */
static bool is_whole(const struct program *program, uint32_t unit, ir_id id)
{
    const struct program_function *body =
        &program->functions.data[program_number(program, unit, id)];
    const struct ir_function *function = &program->units[unit]->functions.data[id];
    return body->unit == unit && body->function == id && function->kind == IR_FUNCTION_METHOD &&
           function->has_body && !function->in_system_header && !function->is_device_only &&
           !function->degraded.len && function->param_count <= MAX_LIFE_PARAMETERS;
}

/* T *allocate(n, ...), static char *malloc(n) */
static bool allocates(const struct ir_unit *unit, const struct ir_function *function)
{
    const uint32_t first = first_written(function);
    return function->param_count > first &&
           kind_of(unit, function->param_types.data[first]) == IR_TYPE_INT &&
           kind_of(unit, function->result_type) == IR_TYPE_POINTER;
}

/* void deallocate(T *p, n, ...), static void free(char *p) */
static bool releases(const struct ir_unit *unit, const struct ir_function *function)
{
    if (function->is_static_method)
        return function->param_count == 1 &&
               kind_of(unit, function->param_types.data[0]) == IR_TYPE_POINTER;
    return function->param_count > COUNT &&
           kind_of(unit, function->param_types.data[POINTER]) == IR_TYPE_POINTER &&
           kind_of(unit, function->param_types.data[COUNT]) == IR_TYPE_INT;
}

/* Are the two of one kind: what containers call, what memory_resource calls for them, or what a
 * pool of Boost does? */
static bool are_pair(const struct ir_function *first, const struct ir_function *second)
{
    if (first->is_static_method || second->is_static_method)
        return first->is_static_method && second->is_static_method && !first->is_hidden &&
               !second->is_hidden && strcmp(first->name, "malloc") == 0 &&
               strcmp(second->name, "free") == 0;
    if (strcmp(first->name, "allocate") == 0)
        return strcmp(second->name, "deallocate") == 0 && !first->is_hidden && !second->is_hidden;
    return strcmp(first->name, "do_allocate") == 0 && strcmp(second->name, "do_deallocate") == 0 &&
           first->is_virtual && second->is_virtual;
}

static uint32_t effects_of(const struct allocator *allocator, ir_id function)
{
    const struct program *program = allocator->program;
    const struct flow *flow =
        program->functions.data[program_number(program, allocator->unit, function)].flow;
    return flow ? flow->all : FLOW_ANYTHING;
}

/* Does the one pin, and the other free without a call that has to do with that? Where it makes one,
 * what decides about it may be the same at both ends in a way that is not seen. */
static bool only_frees(const struct allocator *allocator)
{
    const uint32_t release = effects_of(allocator, allocator->release);
    return (effects_of(allocator, allocator->allocate) & FLOW_STATUS) &&
           (release & FLOW_RELEASES) && !(release & (FLOW_STATUS | FLOW_UNREGISTERS));
}

/* The count and the alignment are those that it was allocated with. */
static ir_value argument(struct allocator *allocator, uint32_t of_release, uint32_t base)
{
    struct life *life = &allocator->life;
    const struct ir_function *allocate = allocator->allocates;
    const uint32_t same = of_release - 1;
    ir_id type = allocator->releases->param_types.data[of_release];
    if (same < allocate->param_count && allocate->param_types.data[same] == type)
        return life_parameter(life, base + same);
    life_take_parameter(life, type);
    return life_parameter(life, life->function->param_count - 1);
}

static void hand_back(struct allocator *allocator)
{
    struct life *life = &allocator->life;
    ir_value args[MAX_LIFE_PARAMETERS];
    if (!life_begin(life, IR_NONE, 0))
        return;
    const uint32_t base = life->function->param_count, count = allocator->allocates->param_count;
    for (uint32_t i = 0; i < count; i++)
        life_take_parameter(life, allocator->allocates->param_types.data[i]);
    for (uint32_t i = 0; i < count; i++)
        args[i] = life_parameter(life, base + i);
    ir_value memory = life_call(life, allocator->allocate, args, count);
    life_go_on_if(life, memory);
    args[first_written(allocator->releases)] = memory;
    for (uint32_t i = COUNT; i < allocator->releases->param_count; i++)
        args[i] = argument(allocator, i, base);
    life_call(life, allocator->release, args, allocator->releases->param_count);
    life_finish(life, allocator->program, allocator->unit);
}

static void add_pairs(struct program *program, uint32_t unit, const struct ir_record *record)
{
    const struct ir_unit *in = program->units[unit];
    struct allocator allocator = {
        .life = {.arena = program->arena, .unit = in, .record = record},
        .program = program,
        .unit = unit,
    };
    for (size_t a = 0; a < record->methods.len; a++) {
        allocator.allocate = record->methods.data[a];
        allocator.allocates = &in->functions.data[allocator.allocate];
        if (!allocates(in, allocator.allocates) || !is_whole(program, unit, allocator.allocate))
            continue;
        for (size_t r = 0; r < record->methods.len; r++) {
            allocator.release = record->methods.data[r];
            allocator.releases = &in->functions.data[allocator.release];
            if (are_pair(allocator.allocates, allocator.releases) &&
                releases(in, allocator.releases) && is_whole(program, unit, allocator.release) &&
                only_frees(&allocator))
                hand_back(&allocator);
        }
    }
}

void allocators_add(struct program *program, const struct model_set *models)
{
    const uint32_t first = (uint32_t)program->functions.len;
    for (uint32_t u = 0; u < program->unit_count; u++) {
        const struct ir_unit *unit = program->units[u];
        for (size_t r = 0; r < unit->records.len; r++)
            if (!unit->records.data[r].in_system_header && !unit->records.data[r].is_lambda)
                add_pairs(program, u, &unit->records.data[r]);
    }
    if (program->functions.len > first)
        flow_program_more(program->arena, program, models, first);
}
