/* What a virtual call may do: whatever one of the functions does that override the named one. */
#include "engine/program/callee.h"
#include "engine/program/flow_effects.h"

#include <string.h>

enum { MAX_BASES = 8 }; /* of bases */

/* Destructors override each other under names of their own. */
static const char *common_name(const struct ir_function *function)
{
    return function->kind == IR_FUNCTION_DESTRUCTOR ? "~" : function->name;
}

/* A destructor that no text declares may override that of a base. */
static bool may_override(const struct program_function *entry)
{
    const struct ir_function *function = entry->ir;
    if (function->record == IR_NONE)
        return false;
    const struct ir_record *record = &entry->in->records.data[function->record];
    bool is_of_base = record->fields.len && record->fields.data[0].is_base;
    return function->is_virtual || (function->kind == IR_FUNCTION_DESTRUCTOR && is_of_base);
}

void effects_find_virtuals(struct effects_pass *pass)
{
    for (uint32_t i = 0; i < pass->program->functions.len; i++) {
        const struct ir_function *function = pass->program->functions.data[i].ir;
        if (!may_override(&pass->program->functions.data[i]))
            continue;
        uint32_t at = map_get(&pass->virtuals, common_name(function));
        if (at == MAP_NONE) {
            at = (uint32_t)pass->named.len;
            map_set(&pass->virtuals, common_name(function), at);
            vec_push(pass->arena, &pass->named, (number_list){0});
        }
        vec_push(pass->arena, &pass->named.data[at], i);
    }
}

static bool is_derived(const struct ir_unit *unit, const struct ir_record *record, const char *base,
                       int depth)
{
    for (size_t i = 0; i < record->fields.len && depth < MAX_BASES; i++) {
        ir_id of = ir_base_class(unit, &record->fields.data[i]);
        if (of == IR_NONE)
            continue;
        if (strcmp(unit->records.data[of].key, base) == 0 ||
            is_derived(unit, &unit->records.data[of], base, depth + 1))
            return true;
    }
    return false;
}

uint32_t effects_of_virtual(const struct effects_pass *pass, uint32_t unit, ir_id function)
{
    const struct ir_unit *in = pass->program->units[unit];
    const struct ir_function *declared = &in->functions.data[function];
    uint32_t effects = effects_of_function(pass, unit, function);
    uint32_t at = map_get(&pass->virtuals, common_name(declared));
    if (at == MAP_NONE || declared->record == IR_NONE)
        return effects;
    const char *base = in->records.data[declared->record].key;
    for (size_t i = 0; i < pass->named.data[at].len; i++) {
        const struct program_function *other =
            &pass->program->functions.data[pass->named.data[at].data[i]];
        if (callee_overrides(other->ir, declared) &&
            is_derived(other->in, &other->in->records.data[other->ir->record], base, 0))
            effects |= effects_of_function(pass, other->unit, other->function);
    }
    return effects;
}
