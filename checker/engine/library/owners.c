/* unique_ptr and shared_ptr: the pointer that they own ("(owned)"), and the deleter that comes with
 * it. */
#include "engine/library/owners.h"

#include "engine/call/call.h"
#include "engine/library/objects.h"
#include "engine/state/constraint.h"
#include "engine/state/memory.h"
#include "engine/value/pmap.h"
#include "engine/walk/step.h"

#include <string.h>

void owner_adopt(struct engine *engine, struct state *state, value_id object, value_id pointer)
{
    memory_havoc(engine, state, object, object);
    memory_store(engine, state, part_address(engine, object, "(owned)"), pointer);
}

static value_id owned_by(struct engine *engine, struct state *state, value_id object)
{
    return part_load(engine, state, object, "(owned)", true);
}

bool type_is(const struct ir_unit *unit, ir_id type, enum ir_type_kind kind)
{
    return type != IR_NONE && unit->types.data[type].kind == kind;
}

/* Is the first written argument another owner? The copy and the move that a partial specialisation
 * defines name their own class in a way that says nothing: the written type tells. */
static bool is_owner_argument(const struct engine *engine, const struct program_function *callee,
                              const struct invocation *invocation)
{
    const struct ir_unit *unit = callee->in;
    ir_id type = callee->ir->param_types.len > 1 ? callee->ir->param_types.data[1] : IR_NONE;
    if (type == IR_NONE && invocation->count > 1) {
        type = invocation->types[1];
        unit = invocation->unit;
    }
    if (type == IR_NONE || unit->types.data[type].kind != IR_TYPE_REFERENCE)
        return false;
    ir_id target = unit->types.data[type].element;
    if (target == IR_NONE || unit->types.data[target].kind != IR_TYPE_UNKNOWN)
        return target != IR_NONE && unit->types.data[target].kind == IR_TYPE_RECORD;
    ir_id written = invocation->types[1];
    return written != IR_NONE &&
           callee_container_of_type(engine->models, invocation->unit,
                                    invocation->unit->types.data[written].element) != NULL;
}

/* A type, as a value: types are numbered by unit. */
void owner_keep_type(struct engine *engine, struct state *state, const struct ir_unit *unit,
                     ir_id type, value_id object, const char *part)
{
    uint32_t number = program_unit(&engine->program, unit);
    if (number != MAP_NONE)
        memory_store(engine, state, part_address(engine, object, part),
                     value_int(&engine->values, (int64_t)(((uint64_t)number << 32) | type) + 1));
}

ir_id owner_kept_type(struct engine *engine, struct state *state, value_id object, const char *part,
                      const struct ir_unit **unit)
{
    value_id kept;
    int64_t number;
    if (!memory_peek(state, part_address(engine, object, part), &kept) ||
        !value_is_int(&engine->values, kept, &number))
        return IR_NONE;
    *unit = engine->program.units[(uint64_t)(number - 1) >> 32];
    return (ir_id)(uint64_t)(number - 1);
}

/* A shared_ptr made from a unique_ptr takes the deleter over that this one's type names. */
static void take_deleter_type(struct engine *engine, struct state *state,
                              const struct ir_unit *unit, ir_id reference, value_id object)
{
    const struct ir_type *source = &unit->types.data[unit->types.data[reference].element];
    const struct ir_record *record =
        source->record == IR_NONE ? NULL : &unit->records.data[source->record];
    const struct model_container *container =
        record ? models_container(engine->models, record->name) : NULL;
    if (!container || container->deleter_argument < 0 ||
        (size_t)container->deleter_argument >= record->arguments.len)
        return;
    ir_id type = record->arguments.data[container->deleter_argument];
    owner_keep_type(engine, state, unit, type, object, "(deleter type)");
}

static const char *const deleter_parts[] = {"(deleter)", "(deleter type)", "(shared)", "(alias)",
                                            "(made as)", "(of null)",      "(state)"};
enum { DELETER_PARTS = sizeof deleter_parts / sizeof *deleter_parts };

bool owner_is_of_null(struct engine *engine, const struct state *state, value_id object)
{
    value_id content;
    return memory_peek(state, part_address(engine, object, "(of null)"), &content) && content != 0;
}

void owner_clear(struct engine *engine, struct state *state, value_id object)
{
    memory_store(engine, state, part_address(engine, object, "(owned)"), 0);
    memory_forget(engine, state, part_address(engine, object, "(of null)"));
}

bool owner_has_deleter(struct engine *engine, const struct state *state, value_id object)
{
    value_id content;
    for (size_t i = 0; i < DELETER_PARTS; i++)
        if (memory_peek(state, part_address(engine, object, deleter_parts[i]), &content))
            return true;
    return false;
}

void owner_forget_deleter(struct engine *engine, struct state *state, value_id object)
{
    for (size_t i = 0; i < DELETER_PARTS; i++)
        memory_forget(engine, state, part_address(engine, object, deleter_parts[i]));
}

void owner_take_deleter(struct engine *engine, struct state *state, value_id object, value_id from)
{
    for (size_t i = 0; i < DELETER_PARTS; i++)
        memory_copy(engine, state, part_address(engine, object, deleter_parts[i]),
                    part_address(engine, from, deleter_parts[i]), 0);
}

void owner_swap_deleters(struct engine *engine, struct state *state, value_id a, value_id b)
{
    value_id aside = part_address(engine, a, "(swapped)");
    owner_take_deleter(engine, state, aside, a);
    owner_take_deleter(engine, state, a, b);
    owner_take_deleter(engine, state, b, aside);
    memory_forget(engine, state, aside);
}

/* What the deleter holds is in sight since it began. */
static void note_state(struct engine *engine, struct state *state, value_id object)
{
    memory_store(engine, state, part_address(engine, object, "(state)"),
                 value_int(&engine->values, 1));
}

enum step owner_set_deleter(struct engine *engine, struct state *state,
                            const struct invocation *invocation,
                            const struct model_container *container, value_id object)
{
    const struct ir_unit *unit = invocation->unit;
    value_id deleter = part_address(engine, object, "(deleter)");
    ir_id type = invocation->types[2];
    bool by_address = type != IR_NONE && (unit->types.data[type].kind == IR_TYPE_POINTER ||
                                          unit->types.data[type].kind == IR_TYPE_REFERENCE);
    const struct value *value = value_at(&engine->values, invocation->args[2]);
    bool is_function = value->kind == VALUE_ADDRESS &&
                       region_at(&engine->values, value->a)->kind == REGION_FUNCTION;
    ir_id target = by_address ? unit->types.data[type].element : type;
    bool is_object = type_is(unit, target, IR_TYPE_RECORD);
    value_id content;
    enum step step = STEP_NEXT;
    if (is_function || !by_address)
        memory_store(engine, state, deleter, invocation->args[2]);
    else if (is_object) {
        struct invocation given = *invocation;
        given.count = 3;
        step = object_begin(engine, state, &given, 2, unit, target, deleter);
    } else if (memory_peek(state, invocation->args[2], &content))
        memory_store(engine, state, deleter, content); /* a function pointer, by reference */
    if (is_object)
        owner_keep_type(engine, state, unit, target, object, "(deleter type)");
    note_state(engine, state, object);
    bool is_null = decide(engine, state, invocation->args[1]) == TRUTH_FALSE;
    if (is_null && container->storage == MODEL_STORAGE_SHARED)
        memory_store(engine, state, part_address(engine, object, "(of null)"),
                     value_int(&engine->values, 1));
    return step;
}

void owner_share_within(struct engine *engine, struct state *state, value_id to, value_id from)
{
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        const struct value *address = value_at(&engine->values, (value_id)cell);
        if (address->kind != VALUE_ADDRESS || !value_is_within(&engine->values, (value_id)cell, to))
            continue;
        struct region part = *region_at(&engine->values, address->a);
        if (part.kind != REGION_FIELD || strcmp(name_text(&engine->values, part.b), "(owned)") != 0)
            continue;
        value_id source = value_rebase(&engine->values, part.a, to, from);
        if (source == from) /* a capture, a member of an aggregate: it ends as objects do */
            owner_share(engine, state, part.a, source, (value_id)content);
        else if (source != VALUE_NONE)
            owner_share_uncounted(engine, state, part.a, source, (value_id)content);
    }
}

/* What a shared_ptr deletes is what its first owner was of: of a class derived from the one that it
 * shows, or the whole of what it shows a part of. */
static void keep_made_type(struct engine *engine, struct state *state,
                           const struct invocation *invocation,
                           const struct model_container *container,
                           const struct program_function *callee, value_id object)
{
    const struct ir_unit *unit = invocation->unit;
    ir_id written = invocation->types[1];
    ir_id source = written == IR_NONE ? IR_NONE : unit->types.data[written].element;
    const struct ir_record *own = &callee->in->records.data[callee->ir->record];
    value_id known;
    if (!type_is(unit, source, IR_TYPE_RECORD) || container->storage != MODEL_STORAGE_SHARED ||
        !own->arguments.len ||
        memory_peek(state, part_address(engine, object, "(made as)"), &known))
        return;
    const struct ir_record *record = &unit->records.data[unit->types.data[source].record];
    if (record->arguments.len && strcmp(record->key, own->key) != 0)
        owner_keep_type(engine, state, unit, record->arguments.data[0], object, "(made as)");
}

const struct ir_type *owner_named_deleter(const struct model_container *container,
                                          const struct ir_unit *unit,
                                          const struct ir_record *record)
{
    int index = container->deleter_argument;
    if (index < 0 || !record || (size_t)index >= record->arguments.len)
        return NULL;
    ir_id type = record->arguments.data[index];
    return type_is(unit, type, IR_TYPE_RECORD) ? &unit->types.data[type] : NULL;
}

enum step owner_make_deleter(struct engine *engine, struct state *state,
                             const struct invocation *invocation,
                             const struct model_container *container, const struct ir_unit *unit,
                             const struct ir_record *record)
{
    value_id object = invocation->args[0], deleter = part_address(engine, object, "(deleter)");
    const struct ir_type *type = owner_named_deleter(container, unit, record);
    if (invocation->count > 2)
        return owner_set_deleter(engine, state, invocation, container, object);
    note_state(engine, state, object);
    if (!type || !unit->records.data[type->record].fields.len)
        return STEP_NEXT;
    memory_zero(engine, state, deleter, type->size == IR_SIZE_UNKNOWN ? 0 : type->size);
    return owner_make(engine, state, invocation, invocation->count, unit, type, deleter);
}

enum step owner_construct(struct engine *engine, struct state *state,
                          const struct invocation *invocation,
                          const struct model_container *container,
                          const struct program_function *callee)
{
    value_id object = invocation->args[0];
    value_id pointer = 0;
    if (invocation->count > 1 && is_owner_argument(engine, callee, invocation)) {
        value_id source = invocation->args[1];
        pointer = owned_by(engine, state, source);
        part_move(engine, state, object, source);
        owner_note_moved(engine, object, source);
        if (moves_argument(callee->in, callee->ir, 1))
            owner_clear(engine, state, source);
        else
            owner_share(engine, state, object, source, pointer);
        memory_store(engine, state, part_address(engine, object, "(owned)"), pointer);
        ir_id type = callee->ir->param_types.len > 1 ? callee->ir->param_types.data[1] : IR_NONE;
        if (type != IR_NONE)
            take_deleter_type(engine, state, callee->in, type, object);
        keep_made_type(engine, state, invocation, container, callee, object);
        if (invocation->count > 2) /* shows a part of what they own */
            memory_store(engine, state, part_address(engine, object, "(alias)"),
                         invocation->args[2]);
        return STEP_NEXT;
    }
    if (invocation->count > 1)
        pointer = invocation->args[1];
    owner_adopt(engine, state, object, pointer);
    owner_note_made(engine, state, invocation, container, callee->in,
                    &callee->in->records.data[callee->ir->record]);
    return owner_make_deleter(engine, state, invocation, container, callee->in,
                              &callee->in->records.data[callee->ir->record]);
}
