/* What an object holds becomes the arguments of a call: the alternative of a variant (std::visit),
 * the members of a pair or tuple (std::apply). Which operator() of an overload set takes them is
 * known where one takes just those types. Elsewhere the call is out of sight. */
#include "engine/call/call.h"
#include "engine/call/effect.h"
#include "engine/call/targets.h"
#include "engine/library/container.h"
#include "engine/library/owners.h"
#include "engine/state/memory.h"
#include "engine/walk/step.h"

#include <string.h>

enum { DEEPEST_OVERLOADS = 4, MOST_OVERLOADS = 16 };

/* ---- what is unpacked ---- */

struct parts {
    struct held_object of[MAX_ARGS];
    size_t count;
};

static void add_member(struct method_play *object, struct parts *parts, ir_id type, value_id place)
{
    if (type_is(object->unit, type, IR_TYPE_REFERENCE)) {
        place = memory_load(object->engine, object->state, place, object->unit, type);
        type = object->unit->types.data[type].element;
    }
    parts->of[parts->count++] = (struct held_object){object->unit, type, place};
}

static bool unpack(struct play *play, struct parts *parts)
{
    size_t index = (size_t)play->effect->other;
    const struct ir_record *record = argument_record(play->invocation, index);
    region_id region;
    value_id offset, place;
    struct method_play object = {.engine = play->engine,
                                 .state = play->state,
                                 .invocation = play->invocation,
                                 .unit = play->invocation->unit,
                                 .record = record,
                                 .object = play_argument(play, play->effect->other)};
    object.container = record ? models_container(play->engine->models, record->name) : NULL;
    if (!object.container ||
        !value_as_address(&play->engine->values, object.object, &region, &offset))
        return false;
    if (container_has_alternatives(object.container))
        return alternatives_kept(&object, &parts->of[parts->count++]);
    if (!container_has_members(object.container))
        return false;
    for (ir_id type; parts->count < MAX_ARGS - 1 &&
                     (type = play_member(&object, parts->count, &place)) != IR_NONE;)
        add_member(&object, parts, type, place);
    return parts->count > 0;
}

/* ---- who takes it ---- */

struct overload {
    uint32_t function;
    value_id object; /* VALUE_NONE: a plain function */
};

struct overloads {
    struct overload of[MOST_OVERLOADS];
    size_t count;
    bool has_template; /* one that may take the parts too, and better than by a conversion */
    bool is_whole;     /* all are there, each in a place of its own */
};

static void find_overloads(struct engine *engine, const struct ir_unit *unit,
                           const struct ir_record *record, value_id object, int depth,
                           struct overloads *found)
{
    uint32_t in = program_unit(&engine->program, unit);
    found->is_whole &= depth < DEEPEST_OVERLOADS && record->has_body && in != MAP_NONE;
    if (!found->is_whole)
        return;
    for (size_t i = 0; i < record->methods.len; i++) {
        if (strcmp(unit->functions.data[record->methods.data[i]].name, "operator()") != 0)
            continue;
        found->is_whole &= found->count < MOST_OVERLOADS;
        if (!found->is_whole)
            return;
        found->has_template |= unit->functions.data[record->methods.data[i]].is_template_pattern;
        found->of[found->count++] = (struct overload){
            program_number(&engine->program, in, record->methods.data[i]), object};
    }
    for (size_t i = 0; i < record->fields.len; i++) {
        const struct ir_field *field = &record->fields.data[i];
        ir_id base = ir_base_class(unit, field);
        if (base == IR_NONE)
            continue;
        for (size_t j = 0; j < i; j++) /* bases of one name have one place */
            found->is_whole &= strcmp(field->name, record->fields.data[j].name) != 0;
        find_overloads(engine, unit, &unit->records.data[base],
                       value_field(&engine->values, object, field->name, field->offset), depth + 1,
                       found);
    }
}

static bool is_number(enum ir_type_kind kind)
{
    return kind == IR_TYPE_INT || kind == IR_TYPE_BOOL || kind == IR_TYPE_ENUM;
}

/* Does the parameter take the part? `exactly`: without a conversion. */
static bool takes(const struct program_function *callee, size_t param, struct held_object part,
                  bool exactly)
{
    const struct ir_unit *unit = callee->in;
    ir_id type = callee->ir->param_types.data[param];
    bool by_place = type_is(unit, type, IR_TYPE_REFERENCE);
    if (type == IR_NONE || part.type == IR_NONE)
        return false;
    if (by_place)
        type = unit->types.data[type].element;
    if (type == IR_NONE)
        return false;
    const struct ir_type *to = &unit->types.data[type], *from = &part.unit->types.data[part.type];
    if (alternatives_same_type(unit, type, part.unit, part.type))
        return by_place || to->kind != IR_TYPE_RECORD ||
               (to->record != IR_NONE && unit->records.data[to->record].has_body &&
                unit->records.data[to->record].destructor == IR_NONE);
    return !exactly && !by_place &&
           ((is_number(to->kind) && is_number(from->kind)) ||
            (to->kind == IR_TYPE_POINTER && from->kind == IR_TYPE_POINTER));
}

/* A function goes before a template that would take the argument as well, not before one that takes
 * it without making it const. */
static bool goes_first(const struct ir_unit *unit, ir_id param)
{
    const struct ir_type *type = &unit->types.data[param];
    if (type->kind != IR_TYPE_REFERENCE)
        return true;
    size_t len = type->name ? strlen(type->name) : 0;
    return type->element != IR_NONE && !unit->types.data[type->element].is_const && len > 2 &&
           type->name[len - 2] != '&';
}

static bool is_unknown(const struct ir_function *function, const struct ir_unit *unit,
                       ir_value value)
{
    ir_id type = function->ops.data[value].type;
    return type == IR_NONE || unit->types.data[type].kind == IR_TYPE_UNKNOWN ||
           (type_is(unit, type, IR_TYPE_REFERENCE) &&
            type_is(unit, unit->types.data[type].element, IR_TYPE_UNKNOWN));
}

/* Does what the operation of a template's pattern means depend on the types that it is given: a
 * size, `if constexpr`, which overload is called? */
static bool is_of_types(const struct ir_function *function, const struct ir_unit *unit,
                        const struct ir_op *op)
{
    if (op->code == IR_HAVOC || (op->code == IR_SIZEOF && op->number == IR_SIZE_UNKNOWN))
        return true;
    if (op->code != IR_CALL || op->call->function == IR_NONE ||
        unit->functions.data[op->call->function].in_system_header)
        return false;
    bool is_own = unit->functions.data[op->call->function].has_body;
    for (size_t i = 0; i < op->call->args.len; i++)
        if (is_own && is_unknown(function, unit, op->call->args.data[i]))
            return true;
    return false;
}

/* [](auto &x) { free(x.data); }: the pattern does what an instance does. */
static bool stands_for_instances(const struct program_function *callee, size_t first,
                                 const struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        if (!type_is(callee->in, callee->ir->param_types.data[first + i], IR_TYPE_REFERENCE))
            return false;
    for (size_t i = 0; i < callee->ir->ops.len; i++)
        if (is_of_types(callee->ir, callee->in, &callee->ir->ops.data[i]))
            return false;
    return true;
}

static bool takes_all(const struct engine *engine, struct overload overload,
                      const struct parts *parts, bool exactly)
{
    const struct program_function *callee = &engine->program.functions.data[overload.function];
    size_t first = overload.object != VALUE_NONE;
    if (callee->ir->is_variadic || callee->ir->is_static_method ||
        callee->ir->param_types.len != first + parts->count)
        return false;
    if (callee->ir->is_template_pattern) /* the only one there is */
        return !exactly && stands_for_instances(callee, first, parts);
    for (size_t i = 0; i < parts->count; i++)
        if (!takes(callee, first + i, parts->of[i], exactly))
            return false;
    return true;
}

static bool all_go_first(const struct engine *engine, struct overload overload)
{
    const struct program_function *callee = &engine->program.functions.data[overload.function];
    for (size_t i = 1; i < callee->ir->param_types.len; i++)
        if (!goes_first(callee->in, callee->ir->param_types.data[i]))
            return false;
    return true;
}

/* The only one that takes the parts; MAP_NONE: nobody knows. */
static struct overload pick(struct play *play, const struct parts *parts)
{
    struct engine *engine = play->engine;
    size_t index = (size_t)play->effect->pointer;
    const struct ir_record *record = argument_record(play->invocation, index);
    struct overloads found = {.is_whole = true};
    struct overload picked = {MAP_NONE, VALUE_NONE};
    if (record && !models_container(engine->models, record->name)) {
        find_overloads(engine, play->invocation->unit, record, play->invocation->args[index], 0,
                       &found);
    } else {
        uint32_t plain =
            record ? (uint32_t)MAP_NONE
                   : callable_function_of_argument(engine, play->state, play->invocation, index);
        if (plain != MAP_NONE)
            found.of[found.count++] = (struct overload){plain, VALUE_NONE};
    }
    for (size_t i = 0; found.is_whole && i < found.count; i++) {
        if (!takes_all(engine, found.of[i], parts, found.count > 1))
            continue;
        if (picked.function != MAP_NONE ||
            (found.has_template && found.count > 1 && !all_go_first(engine, found.of[i])))
            return (struct overload){MAP_NONE, VALUE_NONE};
        picked = found.of[i];
    }
    return picked;
}

/* ---- the call ---- */

void effect_unpacks(struct play *play)
{
    struct parts parts = {.count = 0};
    struct overload overload = {MAP_NONE, VALUE_NONE};
    if (play->effect->pointer >= 0 && play->effect->other >= 0 && unpack(play, &parts))
        overload = pick(play, &parts);
    if (overload.function == MAP_NONE) {
        play_unseen(play);
        return;
    }
    const struct program_function *callee =
        &play->engine->program.functions.data[overload.function];
    struct invocation inner = *play->invocation;
    inner.count = 0;
    inner.name = callee->ir->name;
    if (overload.object != VALUE_NONE)
        invocation_add(&inner, overload.object, IR_NONE);
    for (size_t i = 0; i < parts.count; i++) {
        struct held_object part = parts.of[i];
        ir_id param = callee->ir->param_types.data[inner.count];
        bool is_place = type_is(callee->in, param, IR_TYPE_REFERENCE) ||
                        type_is(callee->in, param, IR_TYPE_RECORD);
        invocation_add(
            &inner,
            is_place ? part.place
                     : memory_load(play->engine, play->state, part.place, part.unit, part.type),
            IR_NONE);
    }
    play->step = call_function(play->engine, play->state, &inner, overload.function, play->result);
}
