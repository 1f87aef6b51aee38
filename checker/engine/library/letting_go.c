/* A unique_ptr or shared_ptr lets go of what it owns: its deleter runs, or what stands for one. */
#include "engine/call/call.h"
#include "engine/call/dynamic_types.h"
#include "engine/call/targets.h"
#include "engine/events/events.h"
#include "engine/library/objects.h"
#include "engine/library/owners.h"
#include "engine/pairs/deleters.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/state/status.h"
#include "engine/walk/step.h"

#include <string.h>

uint32_t owner_call_operator(const struct engine *engine, const struct ir_unit *unit,
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
    bool is_array = type_is(unit, type, IR_TYPE_ARRAY);
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

const struct ir_record *owner_deleter_class(struct engine *engine, struct state *state,
                                            value_id object,
                                            const struct model_container *container,
                                            const struct ir_record *record,
                                            const struct ir_unit **unit)
{
    const struct ir_type *named = owner_named_deleter(container, *unit, record);
    if (named)
        return &(*unit)->records.data[named->record];
    ir_id type = owner_kept_type(engine, state, object, "(deleter type)", unit);
    return type_is(*unit, type, IR_TYPE_RECORD)
               ? &(*unit)->records.data[(*unit)->types.data[type].record]
               : NULL;
}

static enum step run_deleter(struct engine *engine, struct state *state,
                             const struct invocation *invocation, uint32_t function, value_id self,
                             value_id owned)
{
    struct invocation inner = invocation_within(invocation);
    value_id ignored = VALUE_NONE;
    inner.name = engine->program.functions.data[function].ir->name;
    if (self != VALUE_NONE)
        invocation_add(&inner, self, IR_NONE);
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
            return run_deleter(engine, state, invocation, known, VALUE_NONE, owned);
    }
    if (!destructor->flow || destructor->ir->is_virtual) { /* which one runs is not known */
        escape_reachable(engine, state, owned, invocation->site);
        return STEP_NEXT;
    }
    /* by a pointer to a function perhaps, that the object holds */
    bool undoes = destructor->flow->all & (FLOW_UNREGISTERS | FLOW_RELEASES | FLOW_CALLS_UNKNOWN);
    if (undoes && is_array) { /* as often as there are elements */
        escape_reachable(engine, state, owned, invocation->site);
        return STEP_NEXT;
    }
    if (undoes)
        return run_deleter(engine, state, invocation, number, VALUE_NONE, owned);
    default_delete(engine, state, invocation, unit, pointee, owned, how);
    return STEP_NEXT;
}

/* What the owner deletes, of *unit, which it may set. */
static ir_id pointee_type(struct engine *engine, struct state *state, value_id object,
                          const struct ir_record *record, const struct ir_unit **unit)
{
    ir_id type = owner_kept_type(engine, state, object, "(made as)", unit);
    if (type != IR_NONE)
        return type;
    return record && record->arguments.len ? record->arguments.data[0] : IR_NONE;
}

/* Was it owned before the path began? Then its deleter is as old as it is. */
static bool is_of_before(struct engine *engine, value_id owned)
{
    value_id offset, base = value_base(&engine->values, owned, &offset);
    const struct symbol *symbol = base == VALUE_NONE ? NULL : symbol_of(&engine->values, base);
    return symbol && symbol->kind == SYMBOL_CONTENT;
}

/* Nobody knows what the deleter does with what is owned, and what can be reached from there
 * (SITE_NONE: it alone); of a member, what the class gave it may tell (deleters.h). */
static void give_to_deleter(struct engine *engine, struct state *state, site_id site,
                            value_id owner, value_id owned)
{
    engine->runs_own_deleter = is_of_before(engine, owned) && deleters_are_of_class(engine, owner);
    if (site == SITE_NONE)
        escape(engine, state, owned);
    else
        escape_reachable(engine, state, owned, site);
    engine->runs_own_deleter = false;
}

/* Calls the deleter that `held` holds, or what stands for one. */
static enum step let_go(struct engine *engine, struct state *state,
                        const struct invocation *invocation,
                        const struct model_container *container, const struct ir_unit *unit,
                        const struct ir_record *record, value_id held, value_id owned,
                        enum release_kind how)
{
    value_id deleter, place = part_address(engine, held, "(deleter)");
    bool has_deleter = memory_peek(state, place, &deleter);
    uint32_t plain = has_deleter ? call_function_at(engine, deleter) : (uint32_t)MAP_NONE;
    if (plain != MAP_NONE)
        return run_deleter(engine, state, invocation, plain, VALUE_NONE, owned);
    const struct ir_unit *in = unit;
    const struct ir_record *class =
        owner_deleter_class(engine, state, held, container, record, &in);
    bool has_state = memory_peek(state, part_address(engine, held, "(state)"), &deleter);
    if (class && class->fields.len && !has_state && !is_of_before(engine, owned)) {
        escape_reachable(engine, state, owned, invocation->site);
        return STEP_NEXT; /* what it does depends on what it holds */
    }
    if (class && strcmp(class->name, "std::default_delete") != 0) {
        uint32_t function =
            has_state ? callable_function_at(engine, state, place, &place) : (uint32_t)MAP_NONE;
        if (function == MAP_NONE)
            function = owner_call_operator(engine, in, class);
        if (function != MAP_NONE)
            return run_deleter(engine, state, invocation, function, place, owned);
    } else if (class || (container->storage == MODEL_STORAGE_SHARED && !has_deleter)) {
        const struct ir_unit *of = unit;
        ir_id pointee = pointee_type(engine, state, held, record, &of);
        return delete_object(engine, state, invocation, of, pointee, owned, how);
    }
    give_to_deleter(engine, state, SITE_NONE, held, owned);
    return STEP_NEXT;
}

enum step owner_release(struct engine *engine, struct state *state,
                        const struct invocation *invocation,
                        const struct model_container *container, const struct ir_unit *unit,
                        const struct ir_record *record, enum release_kind how)
{
    value_id object = invocation->args[0], held = object;
    value_id owned = part_load(engine, state, object, "(owned)", true);
    bool is_null = decide(engine, state, owned) == TRUTH_FALSE;
    if (is_null ? !owner_is_of_null(engine, state, object)
                : value_is_int(&engine->values, owned, NULL))
        return STEP_NEXT;
    if (is_null) /* guards are made so: what the deleter does to the NULL is no mistake of theirs */
        state->flags |= STATE_NULL_REPORTED;
    owner_clear(engine, state, object);
    memory_forget(engine, state, part_address(engine, object, "(alias)"));
    enum owners_left left = OWNERS_NONE;
    if (container->storage == MODEL_STORAGE_SHARED)
        left = owner_leave(engine, state, object, is_null ? 0 : owned);
    if (left == OWNERS_UNKNOWN) {
        give_to_deleter(engine, state, invocation->site, object, owned);
        escape_contents(engine, state, part_address(engine, object, "(deleter)"));
    }
    if (left != OWNERS_NONE)
        return STEP_NEXT;
    if (container->storage == MODEL_STORAGE_SHARED) { /* the owner may get another one by then */
        held = part_address(engine, object, "(let go)");
        owner_take_deleter(engine, state, held, object);
        owner_forget_deleter(engine, state, object);
    }
    return let_go(engine, state, invocation, container, unit, record, held, owned, how);
}
