/* unique_ptr and shared_ptr: the pointer that they own ("(owned)"), and the deleter that runs when
 * they let go of it. */
#include "engine/objects.h"

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

static bool has_kind(const struct ir_unit *unit, ir_id type, enum ir_type_kind kind)
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
static void keep_type(struct engine *engine, struct state *state, const struct ir_unit *unit,
                      ir_id type, value_id object, const char *part)
{
    uint32_t number = program_unit(&engine->program, unit);
    if (number != MAP_NONE)
        memory_store(engine, state, part_address(engine, object, part),
                     value_int(&engine->values, (int64_t)(((uint64_t)number << 32) | type) + 1));
}

/* A type that was kept, of *unit, which it may set; IR_NONE: there is none. */
static ir_id kept_type(struct engine *engine, struct state *state, value_id object,
                       const char *part, const struct ir_unit **unit)
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
    keep_type(engine, state, unit, type, object, "(deleter type)");
}

static const char *const deleter_parts[] = {"(deleter)", "(deleter type)", "(shared)", "(alias)",
                                            "(made as)"};
enum { DELETER_PARTS = sizeof deleter_parts / sizeof *deleter_parts };

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

void owner_set_deleter(struct engine *engine, struct state *state,
                       const struct invocation *invocation, value_id object)
{
    const struct ir_unit *unit = invocation->unit;
    value_id deleter = part_address(engine, object, "(deleter)");
    ir_id type = invocation->types[2];
    bool by_address = type != IR_NONE && (unit->types.data[type].kind == IR_TYPE_POINTER ||
                                          unit->types.data[type].kind == IR_TYPE_REFERENCE);
    const struct value *value = value_at(&engine->values, invocation->args[2]);
    bool is_function = value->kind == VALUE_ADDRESS &&
                       region_at(&engine->values, value->a)->kind == REGION_FUNCTION;
    value_id content;
    if (is_function || !by_address)
        memory_store(engine, state, deleter, invocation->args[2]);
    else if (memory_peek(state, invocation->args[2], &content))
        memory_store(engine, state, deleter, content); /* a function pointer, by reference */
    else
        memory_copy(engine, state, deleter, invocation->args[2], 0);
    ir_id target = by_address ? unit->types.data[type].element : type;
    if (target != IR_NONE && unit->types.data[target].kind == IR_TYPE_RECORD)
        keep_type(engine, state, unit, target, object, "(deleter type)");
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
                           const struct program_function *callee, value_id object)
{
    const struct ir_unit *unit = invocation->unit;
    ir_id written = invocation->types[1];
    ir_id source = written == IR_NONE ? IR_NONE : unit->types.data[written].element;
    const struct ir_record *own = &callee->in->records.data[callee->ir->record];
    const struct model_container *container = models_container(engine->models, own->name);
    value_id known;
    if (!has_kind(unit, source, IR_TYPE_RECORD) || !container ||
        container->storage != MODEL_STORAGE_SHARED || !own->arguments.len ||
        memory_peek(state, part_address(engine, object, "(made as)"), &known))
        return;
    const struct ir_record *record = &unit->records.data[unit->types.data[source].record];
    if (record->arguments.len && strcmp(record->key, own->key) != 0)
        keep_type(engine, state, unit, record->arguments.data[0], object, "(made as)");
}

enum step owner_construct(struct engine *engine, struct state *state,
                          const struct invocation *invocation,
                          const struct program_function *callee)
{
    value_id object = invocation->args[0];
    value_id pointer = 0;
    if (invocation->count > 1 && is_owner_argument(engine, callee, invocation)) {
        value_id source = invocation->args[1];
        pointer = owned_by(engine, state, source);
        part_move(engine, state, object, source);
        if (moves_argument(callee->in, callee->ir, 1))
            memory_store(engine, state, part_address(engine, source, "(owned)"), 0);
        else
            owner_share(engine, state, object, source, pointer);
        memory_store(engine, state, part_address(engine, object, "(owned)"), pointer);
        ir_id type = callee->ir->param_types.len > 1 ? callee->ir->param_types.data[1] : IR_NONE;
        if (type != IR_NONE)
            take_deleter_type(engine, state, callee->in, type, object);
        keep_made_type(engine, state, invocation, callee, object);
        if (invocation->count > 2) /* shows a part of what they own */
            memory_store(engine, state, part_address(engine, object, "(alias)"),
                         invocation->args[2]);
        return STEP_NEXT;
    }
    if (invocation->count > 1)
        pointer = invocation->args[1];
    owner_adopt(engine, state, object, pointer);
    if (invocation->count > 2)
        owner_set_deleter(engine, state, invocation, object);
    return STEP_NEXT;
}

/* Does the argument come by reference, so that its value is the place? */
static bool is_place(const struct invocation *invocation, size_t index)
{
    const struct ir_unit *unit = invocation->unit;
    const struct ir_function *callee = &unit->functions.data[invocation->op->call->function];
    ir_id type = index < callee->param_types.len ? callee->param_types.data[index] : IR_NONE;
    return has_kind(unit, type, IR_TYPE_REFERENCE);
}

/* The constructor of the class that takes so many arguments, if there is just one; else MAP_NONE.
 * Those that the language declares do nothing that matters. */
static uint32_t constructor_of(const struct engine *engine, const struct ir_unit *unit,
                               const struct ir_record *record, size_t args)
{
    uint32_t found = MAP_NONE;
    uint32_t number = program_unit(&engine->program, unit);
    for (size_t i = 0; i < record->methods.len && number != MAP_NONE; i++) {
        const struct ir_function *method = &unit->functions.data[record->methods.data[i]];
        if (method->kind != IR_FUNCTION_CONSTRUCTOR || method->is_implicit ||
            method->param_types.len != args + 1)
            continue;
        if (found != MAP_NONE)
            return MAP_NONE;
        found = program_number(&engine->program, number, record->methods.data[i]);
    }
    return found;
}

enum step owner_make(struct engine *engine, struct state *state,
                     const struct invocation *invocation, size_t first, const struct ir_unit *unit,
                     const struct ir_type *type, value_id object)
{
    uint32_t number = MAP_NONE;
    size_t count = invocation->count - first;
    if (type->kind == IR_TYPE_RECORD && type->record != IR_NONE && count < MAX_ARGS)
        number = constructor_of(engine, unit, &unit->records.data[type->record], count);
    if (number == MAP_NONE || !engine->program.functions.data[number].flow) {
        for (size_t i = first; i < invocation->count; i++)
            call_keep(engine, state, invocation, invocation->unit,
                      &invocation->unit->functions.data[invocation->op->call->function], i);
        return STEP_NEXT;
    }
    const struct ir_function *constructor = engine->program.functions.data[number].ir;
    const struct ir_unit *in = engine->program.functions.data[number].in;
    struct invocation inner = invocation_within(invocation);
    inner.name = constructor->name;
    invocation_add(&inner, object, IR_NONE);
    for (size_t i = 0; i < count; i++) { /* they come by reference */
        ir_id param = constructor->param_types.data[i + 1];
        value_id given = invocation->args[first + i];
        bool by_place =
            has_kind(in, param, IR_TYPE_REFERENCE) || has_kind(in, param, IR_TYPE_RECORD);
        if (!by_place && is_place(invocation, first + i))
            given = memory_load(engine, state, given, in, param);
        invocation_add(&inner, given, IR_NONE);
    }
    value_id ignored = VALUE_NONE;
    return call_function(engine, state, &inner, number, &ignored);
}

/* ---- letting go ---- */

static uint32_t call_operator(struct engine *engine, const struct ir_unit *unit,
                              const struct ir_record *record)
{
    uint32_t in = program_unit(&engine->program, unit);
    for (size_t i = 0; i < record->methods.len && in != MAP_NONE; i++)
        if (strcmp(unit->functions.data[record->methods.data[i]].name, "operator()") == 0)
            return program_number(&engine->program, in, record->methods.data[i]);
    return MAP_NONE;
}

static void default_delete(struct engine *engine, struct state *state,
                           const struct invocation *invocation, const struct ir_unit *unit,
                           ir_id type, value_id owned, enum release_kind how)
{
    bool is_array = has_kind(unit, type, IR_TYPE_ARRAY);
    release_block(engine, state, invocation->site, owned, how,
                  is_array ? MODEL_MEMORY_NEW_ARRAY : MODEL_MEMORY_NEW,
                  is_array ? "delete[]" : "delete", NULL, invocation->op);
}

/* The destructor of what the owner points to, of each element where that is an array; or MAP_NONE:
 * it has none that does anything. */
static uint32_t destructor_of_pointee(const struct engine *engine, const struct ir_unit *unit,
                                      ir_id pointee, bool *is_array)
{
    if (pointee == IR_NONE)
        return MAP_NONE;
    const struct ir_type *type = &unit->types.data[pointee];
    *is_array = type->kind == IR_TYPE_ARRAY && type->element != IR_NONE;
    if (*is_array)
        type = &unit->types.data[type->element];
    if (type->kind != IR_TYPE_RECORD || type->record == IR_NONE ||
        unit->records.data[type->record].destructor == IR_NONE)
        return MAP_NONE;
    uint32_t in = program_unit(&engine->program, unit);
    return in == MAP_NONE
               ? (uint32_t)MAP_NONE
               : program_number(&engine->program, in, unit->records.data[type->record].destructor);
}

/* The class of the deleter, among the records of *unit, which it may set; IR_NONE: none is known.
 */
static ir_id deleter_record(struct engine *engine, struct state *state, value_id object,
                            const struct model_container *container, const struct ir_record *record,
                            const struct ir_unit **unit)
{
    int index = container->deleter_argument;
    ir_id type = IR_NONE;
    if (index >= 0 && record && (size_t)index < record->arguments.len)
        type = record->arguments.data[index];
    else
        type = kept_type(engine, state, object, "(deleter type)", unit);
    bool is_record = has_kind(*unit, type, IR_TYPE_RECORD);
    return is_record ? (*unit)->types.data[type].record : IR_NONE;
}

static enum step run_deleter(struct engine *engine, struct state *state,
                             const struct invocation *invocation, uint32_t function,
                             value_id object, value_id owned, bool is_method)
{
    struct invocation inner = invocation_within(invocation);
    value_id ignored = VALUE_NONE;
    inner.name = engine->program.functions.data[function].ir->name;
    if (is_method)
        invocation_add(&inner, part_address(engine, object, "(deleter)"), IR_NONE);
    invocation_add(&inner, owned, IR_NONE);
    enum step step = call_function(engine, state, &inner, function, &ignored);
    if (step == STEP_NEXT)
        status_look(engine, state, ignored); /* nobody wrote that call, nobody can look */
    return step;
}

static enum step delete_object(struct engine *engine, struct state *state,
                               const struct invocation *invocation, const struct ir_unit *unit,
                               ir_id pointee, value_id owned, enum release_kind how)
{
    bool is_array = false;
    uint32_t number = destructor_of_pointee(engine, unit, pointee, &is_array);
    struct block block;
    block_describe(engine, state, owned, &block);
    bool is_container = callee_container_of_type(engine->models, unit, pointee) != NULL;
    if (is_container && !(block.flags & BLOCK_ESCAPED)) {
        enum step step = object_end(engine, state, invocation, unit, pointee, owned);
        if (step != STEP_NEXT)
            return step;
    }
    if (number == MAP_NONE || is_container || (block.flags & BLOCK_ESCAPED)) {
        default_delete(engine, state, invocation, unit, pointee, owned, how);
        return STEP_NEXT;
    }
    const struct program_function *destructor = &engine->program.functions.data[number];
    if (destructor->ir->is_virtual && !is_array) {
        uint32_t known = dynamic_type_target(engine, state, destructor->ir, &owned);
        if (known != MAP_NONE && engine->program.functions.data[known].flow)
            return run_deleter(engine, state, invocation, known, VALUE_NONE, owned, false);
    }
    if (!destructor->flow || destructor->ir->is_virtual) { /* which one runs is not known */
        escape_reachable(engine, state, owned, invocation->site);
        return STEP_NEXT;
    }
    bool undoes = destructor->flow->all & (FLOW_UNREGISTERS | FLOW_RELEASES);
    if (undoes && is_array) { /* as often as there are elements */
        escape_reachable(engine, state, owned, invocation->site);
        return STEP_NEXT;
    }
    if (undoes)
        return run_deleter(engine, state, invocation, number, VALUE_NONE, owned, false);
    default_delete(engine, state, invocation, unit, pointee, owned, how);
    return STEP_NEXT;
}

/* What the owner deletes, of *unit, which it may set. */
static ir_id pointee_type(struct engine *engine, struct state *state, value_id object,
                          const struct ir_record *record, const struct ir_unit **unit)
{
    ir_id type = kept_type(engine, state, object, "(made as)", unit);
    if (type != IR_NONE)
        return type;
    return record && record->arguments.len ? record->arguments.data[0] : IR_NONE;
}

enum step owner_release(struct engine *engine, struct state *state,
                        const struct invocation *invocation,
                        const struct model_container *container, const struct ir_unit *unit,
                        const struct ir_record *record, enum release_kind how)
{
    value_id object = invocation->args[0];
    value_id owned = owned_by(engine, state, object);
    if (decide(engine, state, owned) == TRUTH_FALSE || value_is_int(&engine->values, owned, NULL))
        return STEP_NEXT;
    memory_store(engine, state, part_address(engine, object, "(owned)"), 0);
    memory_forget(engine, state, part_address(engine, object, "(alias)"));
    value_id deleter;
    enum owners_left left = owner_leave(engine, state, object);
    if (left == OWNERS_UNKNOWN)
        escape_reachable(engine, state, owned, invocation->site);
    if (left != OWNERS_NONE)
        return STEP_NEXT;
    if (memory_peek(state, part_address(engine, object, "(deleter)"), &deleter)) {
        const struct value *value = value_at(&engine->values, deleter);
        if (value->kind == VALUE_ADDRESS &&
            region_at(&engine->values, value->a)->kind == REGION_FUNCTION)
            return run_deleter(engine, state, invocation, region_at(&engine->values, value->a)->a,
                               object, owned, false);
    }
    const struct ir_unit *in = unit;
    ir_id type = deleter_record(engine, state, object, container, record, &in);
    if (type != IR_NONE && strcmp(in->records.data[type].name, "std::default_delete") != 0) {
        uint32_t function = call_operator(engine, in, &in->records.data[type]);
        if (function != MAP_NONE)
            return run_deleter(engine, state, invocation, function, object, owned, true);
    } else if (type != IR_NONE ||
               (container->storage == MODEL_STORAGE_SHARED &&
                !memory_peek(state, part_address(engine, object, "(deleter)"), &deleter))) {
        const struct ir_unit *of = unit;
        ir_id pointee = pointee_type(engine, state, object, record, &of);
        return delete_object(engine, state, invocation, of, pointee, owned, how);
    }
    escape(engine, state, owned);
    return STEP_NEXT;
}
