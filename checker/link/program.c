#include "link/program.h"

#include <assert.h>
#include <string.h>

/* Two bodies with one key at different places: programs of their own that are linted together, as
 * a folder of examples with a main each. The same inline function of a header stands at one place.
 */
static bool is_another_body(const struct program_function *known,
                            const struct program_function *entry)
{
    const struct ir_loc *a = &known->ir->loc, *b = &entry->ir->loc;

    if (!known->ir->has_body || !entry->ir->has_body || a->file == IR_NONE || b->file == IR_NONE)
        return false;
    return a->offset != b->offset ||
           strcmp(known->in->files.data[a->file].path, entry->in->files.data[b->file].path) != 0;
}

static uint32_t add_function(struct program *program, uint32_t unit, ir_id id)
{
    const struct ir_function *function = &program->units[unit]->functions.data[id];
    struct program_function entry = {
        .unit = unit, .function = id, .in = program->units[unit], .ir = function};
    uint32_t known = function->key ? map_get(&program->by_key, function->key) : (uint32_t)MAP_NONE;
    bool is_new = known == MAP_NONE;
    assert(is_new || known < program->functions.len);

    if (is_new || is_another_body(&program->functions.data[known], &entry)) {
        vec_push(program->arena, &program->functions, entry);
        known = (uint32_t)program->functions.len - 1;
        if (is_new && function->key)
            map_set(&program->by_key, function->key, known);
    } else if (function->has_body && !program->functions.data[known].ir->has_body) {
        program->functions.data[known] = entry;
    }
    return known;
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
    } else if (global->has_parts && !program->globals.data[known].ir->has_parts) {
        program->globals.data[known] = entry; /* the former was declared only */
    }
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
