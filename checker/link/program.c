#include "link/program.h"

#include "link/copies.h"
#include "support/nearness.h"

#include <assert.h>
#include <string.h>

const char *program_body_path(const struct program_function *function)
{
    const struct ir_loc *loc = &function->ir->loc;
    return loc->file == IR_NONE ? function->in->source : function->in->files.data[loc->file].path;
}

/* The same inline function of a header stands at one place. */
static bool is_same_body(const struct program_function *known, const struct program_function *entry)
{
    const struct ir_loc *a = &known->ir->loc, *b = &entry->ir->loc;

    if (a->file == IR_NONE || b->file == IR_NONE)
        return true;
    return a->offset == b->offset &&
           strcmp(program_body_path(known), program_body_path(entry)) == 0;
}

static uint32_t push_function(struct program *program, const struct program_function *entry)
{
    vec_push(program->arena, &program->functions, *entry);
    return (uint32_t)program->functions.len - 1;
}

/* Two bodies with one key at different places: programs of their own that are linted together, as
 * a folder of examples with a main each. */
static uint32_t add_body(struct program *program, uint32_t first,
                         const struct program_function *entry)
{
    uint32_t last = first;

    assert(program->functions.data); /* who has a number was pushed */
    if (!program->functions.data[first].ir->has_body) {
        program->functions.data[first] = *entry;
        return first;
    }
    for (uint32_t i = first; i != MAP_NONE; i = program->functions.data[i].next) {
        if (is_same_body(&program->functions.data[i], entry))
            return i;
        last = i;
    }
    uint32_t added = push_function(program, entry);
    program->functions.data[last].next = added;
    return added;
}

static bool is_copy(const struct program_function *a, const struct program_function *b)
{
    return copies_are_equal(a->in, a->ir, b->in, b->ir);
}

/* A body of the other branch of a file is for its own unit: what others call is what the file's
 * first unit has. */
static uint32_t add_other_body(struct program *program, uint32_t known,
                               const struct program_function *entry)
{
    return is_copy(&program->functions.data[known], entry) ? known : push_function(program, entry);
}

static uint32_t add_function(struct program *program, uint32_t unit, ir_id id)
{
    const struct ir_function *function = &program->units[unit]->functions.data[id];
    const struct program_function entry = {
        .unit = unit, .function = id, .in = program->units[unit], .ir = function, .next = MAP_NONE};
    uint32_t known = function->key ? map_get(&program->by_key, function->key) : (uint32_t)MAP_NONE;

    if (known != MAP_NONE && function->has_body && entry.in->is_other_branch)
        return add_other_body(program, known, &entry);
    if (known != MAP_NONE)
        return function->has_body ? add_body(program, known, &entry) : known;
    known = push_function(program, &entry);
    if (function->key)
        map_set(&program->by_key, function->key, known);
    return known;
}

/* What the compiler makes of a class, as one unit sees it, is no answer where another declares the
 * function: `#ifdef WITH_CUDA ~Graph(); #endif`. */
static int order_of(const struct program_function *body, struct nearness near,
                    const struct program_function *best, struct nearness nearest)
{
    const int made = body->ir->is_implicit, best_made = best->ir->is_implicit;
    return made != best_made ? made - best_made : nearness_compare(near, nearest);
}

/* Of several bodies the one that is nearest to the unit; MAP_NONE: nobody knows which is meant. */
static uint32_t nearest_body(const struct program *program, uint32_t first, const char *source)
{
    const struct program_function *functions = program->functions.data;
    struct nearness best = nearness_of(program_body_path(&functions[first]), source);
    uint32_t nearest = first;
    bool is_clear = true;

    for (uint32_t i = functions[first].next; i != MAP_NONE; i = functions[i].next) {
        struct nearness near = nearness_of(program_body_path(&functions[i]), source);
        int order = order_of(&functions[i], near, &functions[nearest], best);

        if (order == 0)
            is_clear &= is_copy(&functions[nearest], &functions[i]);
        if (order >= 0)
            continue;
        best = near;
        nearest = i;
        is_clear = true;
    }
    return is_clear ? nearest : (uint32_t)MAP_NONE;
}

/* Finds the bodies for what the unit only declares. */
static void choose_bodies(struct program *program, uint32_t unit)
{
    const struct ir_unit *in = program->units[unit];

    for (ir_id id = 0; id < in->functions.len; id++) {
        uint32_t *number = &program->numbers[unit][id];

        assert(program->functions.data);
        if (in->functions.data[id].has_body || program->functions.data[*number].next == MAP_NONE)
            continue;
        *number = nearest_body(program, *number, in->source);
        if (*number == MAP_NONE)
            *number = push_function(program, &(struct program_function){
                                                 .unit = unit,
                                                 .function = id,
                                                 .in = in,
                                                 .ir = &in->functions.data[id],
                                                 .next = MAP_NONE,
                                             });
    }
}

const char *program_global_key(const struct ir_global *global)
{
    return global->key ? global->key : global->qualified;
}

struct program_global *program_global(const struct program *program, const char *key)
{
    uint32_t place = map_get(&program->global_of_key, key);
    return place == MAP_NONE ? NULL : &program->globals.data[place];
}

static void add_global(struct program *program, uint32_t unit, const struct ir_global *global)
{
    const struct program_global entry = {.unit = unit, .ir = global};
    uint32_t known = map_get(&program->global_of_key, program_global_key(global));

    if (known == MAP_NONE) {
        map_set(&program->global_of_key, program_global_key(global),
                (uint32_t)program->globals.len);
        vec_push(program->arena, &program->globals, entry);
        return;
    }
    assert(program->globals.data);
    const struct ir_global *before = program->globals.data[known].ir;
    if ((global->has_parts && !before->has_parts) || (global->has_start && !before->has_start))
        program->globals.data[known] = entry; /* the former was declared only */
}

static void mark_references(struct program *program, uint32_t unit,
                            const struct ir_function *function)
{
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        if (op->code == IR_CALL && op->call->function != IR_NONE)
            program->functions.data[program_number(program, unit, op->call->function)].is_called =
                true;
        else if (op->code == IR_ADDR_FUNCTION)
            program->functions.data[program_number(program, unit, op->aux)].is_address_taken = true;
    }
}

static bool is_own_body(const struct program *program, uint32_t unit, ir_id id)
{
    const struct program_function *named = &program->functions.data[program->numbers[unit][id]];
    return named->unit == unit && named->ir->has_body;
}

static bool names_own_body(const struct program *program, uint32_t unit,
                           const struct ir_function *function)
{
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        const ir_id named = op->code == IR_CALL            ? op->call->function
                            : op->code == IR_ADDR_FUNCTION ? op->aux
                                                           : IR_NONE;
        if (named != IR_NONE && is_own_body(program, unit, named))
            return true;
    }
    return false;
}

/* A body of the other branch that reads like the first unit's is not the same where it calls what
 * is not: it is for its own unit, too. True: there was one. */
static bool own_callers(struct program *program, uint32_t unit)
{
    const struct ir_unit *in = program->units[unit];
    bool found = false;
    for (ir_id id = 0; id < in->functions.len; id++) {
        uint32_t *number = &program->numbers[unit][id];
        const struct ir_function *function = &in->functions.data[id];
        if (!function->has_body || is_own_body(program, unit, id) ||
            !names_own_body(program, unit, function))
            continue;
        *number = push_function(
            program, &(struct program_function){
                         .unit = unit, .function = id, .in = in, .ir = function, .next = MAP_NONE});
        found = true;
    }
    return found;
}

void program_link(struct arena *arena, struct ir_unit *const *units, size_t unit_count,
                  struct program *program)
{
    *program = (struct program){.arena = arena,
                                .units = units,
                                .unit_count = unit_count,
                                .by_key = {.arena = arena},
                                .global_of_key = {.arena = arena}};
    program->numbers = arena_new_array(arena, unit_count, uint32_t *);
    for (uint32_t unit = 0; unit < unit_count; unit++) {
        size_t count = units[unit]->functions.len;
        program->numbers[unit] = arena_new_array(arena, count, uint32_t);
        for (ir_id id = 0; id < count; id++)
            program->numbers[unit][id] = add_function(program, unit, id);
        for (size_t i = 0; i < units[unit]->globals.len; i++)
            add_global(program, unit, &units[unit]->globals.data[i]);
    }
    for (uint32_t unit = 0; unit < unit_count; unit++)
        choose_bodies(program, unit);
    for (uint32_t unit = 0; unit < unit_count; unit++)
        while (units[unit]->is_other_branch && own_callers(program, unit))
            ;
    for (size_t i = 0; i < program->functions.len; i++)
        mark_references(program, program->functions.data[i].unit, program->functions.data[i].ir);
}

uint32_t program_number(const struct program *program, uint32_t unit, ir_id function)
{
    return program->numbers[unit][function];
}

uint32_t program_unit(const struct program *program, const struct ir_unit *unit)
{
    for (uint32_t u = 0; u < program->unit_count; u++)
        if (program->units[u] == unit)
            return u;
    return MAP_NONE;
}
