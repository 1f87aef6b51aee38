/* Objects that no operation of the program names: elements of containers, members of pairs. What
 * their type says of how they begin, move and end. */
#include "engine/library/objects.h"

#include "engine/call/call.h"
#include "engine/library/container.h"
#include "engine/library/owners.h"
#include "engine/pairs/kept.h"
#include "engine/state/context.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/walk/step.h"

#include <string.h>

static const struct ir_record *record_of(const struct ir_unit *unit, ir_id type)
{
    if (type == IR_NONE || unit->types.data[type].kind != IR_TYPE_RECORD ||
        unit->types.data[type].record == IR_NONE)
        return NULL;
    return &unit->records.data[unit->types.data[type].record];
}

bool object_matters(const struct ir_unit *unit, ir_id type)
{
    return record_of(unit, type) ||
           (type != IR_NONE && unit->types.data[type].kind == IR_TYPE_POINTER);
}

/* ---- the end ---- */

void object_unmade(struct engine *engine, struct state *state, value_id object)
{
    part_store(engine, state, object, "(unmade)", value_int(&engine->values, 1));
}

bool object_is_unmade(struct engine *engine, const struct state *state, value_id object)
{
    value_id mark;
    return memory_peek(state, part_address(engine, object, "(unmade)"), &mark);
}

enum step object_end(struct engine *engine, struct state *state, const struct invocation *cause,
                     const struct ir_unit *unit, ir_id type, value_id object)
{
    const struct ir_record *record = record_of(unit, type);
    if (!record)
        return STEP_NEXT;
    struct invocation inner = invocation_within(cause);
    invocation_add(&inner, object, IR_NONE);
    const struct model_container *container = models_container(engine->models, record->name);
    if (container)
        return container_end(engine, state, &inner, container, unit, record);
    if (record->destructor == IR_NONE || object_is_unmade(engine, state, object))
        return STEP_NEXT;
    uint32_t in = program_unit(&engine->program, unit);
    uint32_t number = in == MAP_NONE ? (uint32_t)MAP_NONE
                                     : program_number(&engine->program, in, record->destructor);
    if (number == MAP_NONE || !engine->program.functions.data[number].flow) {
        escape_contents(engine, state, object);
        return STEP_NEXT;
    }
    value_id ignored = VALUE_NONE;
    inner.name = engine->program.functions.data[number].ir->name;
    return call_function(engine, state, &inner, number, &ignored);
}

/* ---- moves and copies ---- */

/* What becomes of the pointers in the source is not known. */
static void lose(struct engine *engine, struct state *state, value_id to, value_id from)
{
    escape_contents(engine, state, from);
    memory_forget_part(engine, state, to);
}

/* The constructor of the program's own that moves or copies; MAP_NONE: the language's. `*exists`:
 * there is one, in sight or not. */
static uint32_t own_transfer(const struct engine *engine, const struct ir_unit *unit,
                             const struct ir_record *record, bool moves, bool *exists)
{
    uint32_t in = program_unit(&engine->program, unit), found = MAP_NONE;
    for (size_t i = 0; i < record->methods.len && in != MAP_NONE; i++) {
        const struct ir_function *method = &unit->functions.data[record->methods.data[i]];
        if (method->kind != IR_FUNCTION_CONSTRUCTOR || method->param_types.len != 2 ||
            !callee_takes_own_class(unit, method, 1))
            continue;
        *exists |= !method->is_implicit;
        uint32_t number = program_number(&engine->program, in, record->methods.data[i]);
        bool fits = moves_argument(unit, method, 1) == moves || found == MAP_NONE;
        if (engine->program.functions.data[number].flow && fits &&
            (moves || !moves_argument(unit, method, 1)))
            found = number;
    }
    return found;
}

static void transfer_optional(struct method_play *play, value_id from, bool moves, int depth)
{
    struct method_play source = *play;
    source.object = from;
    value_id count = play_count(&source);
    if (from != play->object)
        memory_forget_part(play->engine, play->state, play_first_element(play));
    transfer_member(play->engine, play->state, play->unit, element_type(play),
                    play_first_element(play), play_first_element(&source), moves, depth + 1);
    part_store(play->engine, play->state, play->object, "(count)", count);
}

static void transfer_callable(struct engine *engine, struct state *state, value_id to,
                              value_id from, bool moves, int depth)
{
    static const char *const parts[] = {"(function)", "(type)"};
    value_id content = VALUE_NONE;
    memory_forget_part(engine, state, to);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!memory_peek(state, part_address(engine, from, parts[i]), &content))
            return;
        memory_store(engine, state, part_address(engine, to, parts[i]), content);
    }
    callable_copy_bound(engine, state, to, from);
    ir_id type;
    const struct ir_unit *unit = callable_type(engine, content, &type);
    if (unit)
        transfer_member(engine, state, unit, type, part_address(engine, to, "(target)"),
                        part_address(engine, from, "(target)"), moves, depth + 1);
    if (moves)
        memory_store(engine, state, part_address(engine, from, "(function)"), 0);
}

static void transfer_container(struct engine *engine, struct state *state,
                               const struct ir_unit *unit, const struct ir_record *record,
                               const struct model_container *container, value_id to, value_id from,
                               bool moves, int depth)
{
    struct method_play play = {.engine = engine,
                               .state = state,
                               .container = container,
                               .unit = unit,
                               .record = record,
                               .object = to};
    if (container->storage == MODEL_STORAGE_OPTIONAL) {
        transfer_optional(&play, from, moves, depth);
        return;
    }
    if (container_has_members(container)) {
        members_transfer(&play, from, moves, depth);
        return;
    }
    if (container_has_alternatives(container)) {
        alternatives_transfer(&play, from, moves, depth);
        return;
    }
    if (container->storage == MODEL_STORAGE_CALLABLE) {
        transfer_callable(engine, state, to, from, moves, depth);
        return;
    }
    bool has_buffer = container_has_buffer(container);
    bool is_owner =
        container->storage == MODEL_STORAGE_UNIQUE || container->storage == MODEL_STORAGE_SHARED;
    const value_id text = text_at(&play, from);
    if (has_buffer && !moves) {
        memory_forget_part(engine, state, to); /* a copy has a buffer of its own */
        text_becomes(&play, text);
        return;
    }
    part_move(engine, state, to, from);
    text_becomes(&play, text);
    value_id owned = is_owner ? part_load(engine, state, from, "(owned)", true) : 0;
    if (is_owner && moves)
        owner_clear(engine, state, from);
    else if (is_owner)
        owner_share(engine, state, to, from, owned);
    else if (has_buffer) {
        part_store(engine, state, from, "(buffer)", 0);
        part_store(engine, state, from, "(count)", 0);
    }
}

static void transfer_members(struct engine *engine, struct state *state, const struct ir_unit *unit,
                             ir_id type, value_id to, value_id from, bool moves, int depth);

void transfer_member(struct engine *engine, struct state *state, const struct ir_unit *unit,
                     ir_id type, value_id to, value_id from, bool moves, int depth)
{
    const struct ir_record *record = record_of(unit, type);
    if (!record) {
        memory_copy(engine, state, to, from, 1);
        return;
    }
    const struct model_container *container = models_container(engine->models, record->name);
    bool has_own = false;
    own_transfer(engine, unit, record, moves, &has_own);
    if (container && depth > 4)
        lose(engine, state, to, from);
    else if (container)
        transfer_container(engine, state, unit, record, container, to, from, moves, depth);
    else if (has_own || record->in_system_header || depth > 4)
        lose(engine, state, to, from);
    else
        transfer_members(engine, state, unit, type, to, from, moves, depth + 1);
}

static void transfer_members(struct engine *engine, struct state *state, const struct ir_unit *unit,
                             ir_id type, value_id to, value_id from, bool moves, int depth)
{
    const struct ir_record *record = record_of(unit, type);
    for (size_t i = 0; i < record->fields.len; i++) {
        const struct ir_field *field = &record->fields.data[i];
        value_id target = value_field(&engine->values, to, field->name, field->offset);
        value_id source = value_field(&engine->values, from, field->name, field->offset);
        kept_note_field(engine, program_unit(&engine->program, unit), unit->types.data[type].record,
                        field->name, target);
        transfer_member(engine, state, unit, field->type, target, source, moves, depth);
    }
}

bool object_copied(struct engine *engine, struct state *state, ir_id type, value_id to,
                   value_id from)
{
    const struct ir_unit *unit = context_function(engine, state->context)->in;
    const struct ir_record *record = record_of(unit, type);
    if (!record || record->destructor == IR_NONE)
        return false;
    const struct model_container *container = models_container(engine->models, record->name);
    if (container && (container_has_buffer(container) || play_owns_pointer(container)))
        return false;
    transfer_member(engine, state, unit, type, to, from, false, 0);
    return true;
}

static enum step transfer(struct engine *engine, struct state *state,
                          const struct invocation *cause, const struct ir_unit *unit, ir_id type,
                          value_id to, value_id from, bool moves)
{
    const struct ir_record *record = record_of(unit, type);
    bool has_own = false;
    uint32_t own =
        record ? own_transfer(engine, unit, record, moves, &has_own) : (uint32_t)MAP_NONE;
    if (!has_own || own == MAP_NONE || models_container(engine->models, record->name)) {
        transfer_member(engine, state, unit, type, to, from, moves, 0);
        return STEP_NEXT;
    }
    struct invocation inner = invocation_within(cause);
    value_id ignored = VALUE_NONE;
    invocation_add(&inner, to, IR_NONE);
    invocation_add(&inner, from, IR_NONE);
    inner.name = engine->program.functions.data[own].ir->name;
    return call_function(engine, state, &inner, own, &ignored);
}

void container_transfer(struct method_play *play, value_id from, bool moves)
{
    transfer_container(play->engine, play->state, play->unit, play->record, play->container,
                       play->object, from, moves, 0);
}

/* ---- the beginning ---- */

/* An argument: what it is of, whether its value is the place where it lies, and whether it may be
 * emptied. */
struct given {
    value_id value;
    ir_id type;
    bool is_place, moves;
};

static struct given argument_of(const struct invocation *invocation, size_t index)
{
    const struct ir_unit *unit = invocation->unit;
    const struct ir_call *call = invocation->op->call;
    struct given given = {.value = invocation->args[index], .type = invocation->types[index]};
    if (call->function == IR_NONE)
        return given;
    const struct ir_function *callee = &unit->functions.data[call->function];
    ir_id param = index < callee->param_types.len ? callee->param_types.data[index] : IR_NONE;
    if (param == IR_NONE || unit->types.data[param].kind != IR_TYPE_REFERENCE) {
        given.type = param != IR_NONE ? param : given.type;
        given.is_place = given.moves = record_of(unit, param) != NULL; /* a copy of its own */
        return given;
    }
    given.is_place = true;
    given.type = unit->types.data[param].element;
    given.moves = moves_argument(unit, callee, index);
    ir_id written = invocation->types[index]; /* in a pattern's words the parameter says nothing */
    if (given.type == IR_NONE || unit->types.data[given.type].kind == IR_TYPE_UNKNOWN)
        given.type = written == IR_NONE ? IR_NONE : unit->types.data[written].element;
    return given;
}

static bool is_of_type(const struct invocation *invocation, struct given given,
                       const struct ir_unit *unit, ir_id type)
{
    const struct ir_record *record = record_of(unit, type);
    const struct ir_record *own = record_of(invocation->unit, given.type);
    return record && own && own->key && record->key && strcmp(own->key, record->key) == 0;
}

ir_id argument_type(const struct invocation *invocation, size_t index)
{
    return index < invocation->count ? argument_of(invocation, index).type : IR_NONE;
}

bool argument_is_integer(const struct invocation *invocation, size_t index)
{
    ir_id type = index < invocation->count ? invocation->types[index] : IR_NONE;
    return type != IR_NONE && invocation->unit->types.data[type].kind == IR_TYPE_INT;
}

ir_id argument_referred(const struct invocation *invocation, size_t index)
{
    struct given given = argument_of(invocation, index);
    return given.is_place ? given.type : IR_NONE;
}

bool argument_moves(const struct invocation *invocation, size_t index)
{
    return argument_of(invocation, index).moves;
}

const struct ir_record *argument_record(const struct invocation *invocation, size_t index)
{
    return record_of(invocation->unit, argument_type(invocation, index));
}

/* A container that is made from the arguments. */
static enum step make_container(struct engine *engine, struct state *state,
                                const struct invocation *cause, size_t first,
                                const struct model_container *container, const struct ir_unit *unit,
                                const struct ir_record *record, value_id object)
{
    struct invocation inner = invocation_within(cause);
    const bool is_callable = container->storage == MODEL_STORAGE_CALLABLE;
    if (container_has_members(container) || container_has_alternatives(container) || is_callable) {
        struct method_play play = {.engine = engine,
                                   .state = state,
                                   .invocation = cause,
                                   .container = container,
                                   .unit = unit,
                                   .record = record,
                                   .object = object};
        return container_has_members(container) ? members_construct(&play, first)
               : is_callable                    ? callable_construct(&play, first)
                                                : alternatives_construct(&play, first);
    }
    invocation_add(&inner, object, IR_NONE);
    for (size_t i = first; i < cause->count; i++) {
        struct given given = argument_of(cause, i);
        bool is_record = record_of(cause->unit, given.type) != NULL;
        if (given.is_place && !is_record && given.type != IR_NONE)
            given.value = memory_load(engine, state, given.value, cause->unit, given.type);
        invocation_add(&inner, given.value, is_record ? cause->types[i] : given.type);
    }
    return container_begin(engine, state, &inner, container, unit, record);
}

value_id argument_moved(struct engine *engine, struct state *state, const struct invocation *cause,
                        size_t index, const struct ir_unit *unit, ir_id param, value_id object)
{
    struct given given = argument_of(cause, index);
    const struct ir_record *record = record_of(unit, param),
                           *source = record_of(cause->unit, given.type);
    const struct model_container *to =
                                     record ? models_container(engine->models, record->name) : NULL,
                                 *from =
                                     source ? models_container(engine->models, source->name) : NULL;
    if (!to || !from || to->storage != from->storage || !given.is_place || !given.moves)
        return given.value;
    value_id place =
        part_address(engine, object, arena_printf(engine->arena, "(given %zu)", index));
    transfer_container(engine, state, unit, record, to, place, given.value, true, 0);
    return place;
}

enum step object_begin(struct engine *engine, struct state *state, const struct invocation *cause,
                       size_t first, const struct ir_unit *unit, ir_id type, value_id object)
{
    const struct ir_record *record = record_of(unit, type);
    size_t count = cause->count - first;
    memory_forget_part(engine, state, object);
    if (count == 1) {
        struct given given = argument_of(cause, first);
        if (type_is(unit, type, IR_TYPE_REFERENCE)) {
            memory_store(engine, state, object, given.value);
            return STEP_NEXT;
        }
        if (given.is_place && is_of_type(cause, given, unit, type))
            return transfer(engine, state, cause, unit, type, object, given.value, given.moves);
        if (!record) {
            value_id value =
                given.is_place ? memory_load(engine, state, given.value, unit, type) : given.value;
            memory_store(engine, state, object, value);
            return STEP_NEXT;
        }
    }
    if (!record)
        return STEP_NEXT;
    const struct model_container *container = models_container(engine->models, record->name);
    if (container)
        return make_container(engine, state, cause, first, container, unit, record, object);
    return owner_make(engine, state, cause, first, unit, &unit->types.data[type], object);
}
