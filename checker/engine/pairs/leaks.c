/* The end of a path: what is registered still, and whether that is a leak. */
#include "engine/pairs/leaks.h"

#include "engine/clients/lifecycles.h"
#include "engine/events/events.h"
#include "engine/library/objects.h"
#include "engine/pairs/always_registered.h"
#include "engine/pairs/deleters.h"
#include "engine/pairs/keepers.h"
#include "engine/pairs/outcomes.h"
#include "engine/pairs/pairs.h"
#include "engine/program/ahead.h"
#include "engine/state/blocks.h"
#include "engine/state/context.h"
#include "engine/state/holders.h"
#include "engine/state/memory.h"
#include "engine/state/registrations.h"
#include "engine/state/status.h"
#include "engine/value/pmap.h"

static bool names_undo(const struct engine *engine)
{
    for (size_t f = 0; f < engine->program.functions.len; f++) {
        const struct program_function *function = &engine->program.functions.data[f];
        if (function->is_address_taken && function->flow &&
            (function->flow->all & FLOW_UNREGISTERS))
            return true;
    }
    return false;
}

/* Does the program take the address of a function of its own that unregisters? Who has it may call
 * it after every path: atexit, a signal handler, a table of operations. */
static bool is_undone_by_others(struct engine *engine)
{
    if (engine->names_undo == TRUTH_UNKNOWN)
        engine->names_undo = names_undo(engine) ? TRUTH_TRUE : TRUTH_FALSE;
    return engine->names_undo == TRUTH_TRUE;
}

/* May the destructor unregister what the member of that name leads to? Out of sight, whatever its
 * class has. */
static bool may_undo(const struct program_function *destructor, const char *member)
{
    const struct ir_function *function = destructor->ir;
    if (destructor->flow)
        return (destructor->flow->all & FLOW_UNREGISTERS) &&
               name_set_has(&destructor->flow->all_names, name_of_text(member));
    return !function->has_body && !function->is_implicit && function->record != IR_NONE &&
           ir_field_named(&destructor->in->records.data[function->record], member);
}

/* Was the memory found in a member that some destructor of the program's names, which unregisters?
 * Then the object undoes it when it ends. */
static bool is_undone_at_end(const struct engine *engine, value_id block)
{
    const value_id place = map_get_u64(&engine->made_of, block);
    const char *member = place == MAP_NONE ? NULL : keeper_innermost_member(engine, place);
    for (size_t f = 0; member && f < engine->program.functions.len; f++) {
        const struct program_function *function = &engine->program.functions.data[f];
        if (function->ir->kind == IR_FUNCTION_DESTRUCTOR && may_undo(function, member))
            return true;
    }
    return false;
}

static bool is_leak(struct engine *engine, struct state *state, const struct registration *record,
                    value_id result, bool *needs_proof)
{
    struct block block;
    if (state->flags & (STATE_SKIPPED_UNREGISTER | STATE_SKIPPED_STORE | STATE_ASSUMED_TURN))
        return false;
    block_describe(engine, state, record->block, &block);
    if (block.flags & (BLOCK_ESCAPED | BLOCK_REG_UNKNOWN | BLOCK_BEYOND_LOOP | BLOCK_REPORTED))
        return false;
    *needs_proof = !(block.flags & BLOCK_OWN) || block.memory == PROVENANCE_STACK;
    if (*needs_proof && memory_region_kind(engine, record->block) == REGION_GLOBAL)
        return !is_undone_by_others(engine);
    if (*needs_proof)
        return !is_undone_at_end(engine, record->block);
    /* another member function may be there to undo it */
    *needs_proof = lifecycles_is(&engine->program.functions.data[engine->root]);
    return !(block.flags & BLOCK_HANDED_ON) &&
           !holders_are_outside(engine, state, record->block, result);
}

/* A status that is returned, by itself or in an object, is passed on. */
static void look_at_object(struct engine *engine, struct state *state, value_id value)
{
    status_look(engine, state, value);
    if (value == VALUE_NONE || !state->statuses)
        return;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_is_within(&engine->values, (value_id)cell, value))
            status_look(engine, state, (value_id)content);
}

/* Blocks of others that this path registered and unregistered, with what it returned. (An older
 * registration that it undoes is no proof of a duty.) */
static void note_undone(struct engine *engine, struct state *state, value_id result)
{
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t base, number; pmap_next(&iter, &base, &number);) {
        const struct block *block = table_at(&engine->blocks, (uint32_t)number);
        if (!(block->flags & BLOCK_UNDONE))
            continue;
        struct undone undone = {(value_id)base, block->allocated, outcome_of(engine, state, result),
                                (state->flags & STATE_AFTER_FAILURE) != 0};
        vec_push(engine->arena, &engine->undone, undone);
    }
}

void path_ends(struct engine *engine, struct state *state, value_id result, bool ends_process)
{
    look_at_object(engine, state, result);
    status_finish(engine, state);
    outcome_note(engine, state, result);
    pairs_path_ends(engine, state, result);
    deleters_path_ends(engine, state);
    if (!ends_process)
        always_path_ends(engine, state);
    if (!ends_process)
        owners_handed_out(engine, state);
    note_undone(engine, state, result);
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        struct registration record = *registration_at(engine, key);
        bool needs_proof = false;
        if (!is_leak(engine, state, &record, result, &needs_proof))
            continue;
        struct event event = event_new(engine, state, EVENT_LEAKED, record.site, record.address);
        event.registration = record;
        event.has_registration = true;
        event.ends_process = ends_process;
        event.keeper_key = pairs_static_key(engine, record.address);
        struct leak leak = {event, *state, record.block, outcome_of(engine, state, result),
                            needs_proof};
        vec_push(engine->arena, &engine->leaks, leak);
    }
}

/* A path that reports failure may undo what the successful one leaves to the caller. */
static bool is_rollback(const struct engine *engine, struct outcome leaking, struct outcome undoing)
{
    const struct program_function *root = &engine->program.functions.data[engine->root];
    ir_id type = root->ir->result_type;
    if (type == IR_NONE || root->in->types.data[type].kind == IR_TYPE_VOID ||
        leaking.result == undoing.result)
        return false;
    switch (outcome_said(engine, leaking)) {
    case OUTCOME_UNKNOWN: /* an object: what it says is not known */
    case OUTCOME_SUCCESS:
        return true;
    case OUTCOME_FAILURE: /* or a count, where a negative number is the failure */
        return outcome_said(engine, undoing) == OUTCOME_NEGATIVE;
    default:
        return false;
    }
}

/* The same argument of the two objects' constructor? Those of the second follow those of the first.
 */
static bool are_one_argument(const struct engine *engine, value_id a, value_id b)
{
    const struct symbol *one = symbol_of(&engine->values, a), *two = symbol_of(&engine->values, b);
    uint32_t count = engine->program.functions.data[engine->root].ir->param_count / 2;
    return a != b && one && two && one->kind == SYMBOL_PARAMETER && two->kind == SYMBOL_PARAMETER &&
           count && one->origin % count == two->origin % count;
}

/* Of two objects of a class, what one's constructor allocates or is given is the other's, too. */
static bool is_twin(struct engine *engine, const struct leak *leak, const struct undone *undone)
{
    struct block block;
    if (!lifecycles_is(&engine->program.functions.data[engine->root]))
        return false;
    if (are_one_argument(engine, leak->block, undone->block))
        return true;
    if (!block_get(engine, &leak->state, leak->block, &block))
        return false;
    return block.allocated != SITE_NONE && undone->allocated != SITE_NONE &&
           site_call_key(engine, block.allocated) == site_call_key(engine, undone->allocated);
}

/* What one path takes back after a failure, before it says that it has failed, is the success's to
 * keep; but another that fails, and says so alike, owes it: who gets the answer cannot tell the two
 * apart. Only of what was passed itself: of a member, other members may tell. */
static bool rolls_back_alike(const struct engine *engine, const struct leak *leak,
                             const struct undone *undone)
{
    const struct symbol *symbol = symbol_of(&engine->values, leak->block);
    const struct program_function *root = &engine->program.functions.data[engine->root];
    ir_id type = root->ir->result_type;
    const enum outcome_kind said = outcome_said(engine, leak->outcome);
    const bool says_failure = said == OUTCOME_FAILURE || said == OUTCOME_NEGATIVE;
    return (leak->state.flags & STATE_AFTER_FAILURE) && undone->block == leak->block && symbol &&
           symbol->kind == SYMBOL_PARAMETER && type != IR_NONE &&
           root->in->types.data[type].kind != IR_TYPE_VOID && says_failure &&
           leak->outcome.kind == undone->outcome.kind;
}

static bool was_undone(struct engine *engine, const struct leak *leak)
{
    for (size_t i = 0; i < engine->undone.len; i++) {
        const struct undone *undone = &engine->undone.data[i];
        if (undone->after_failure) {
            if (rolls_back_alike(engine, leak, undone))
                return true;
            continue;
        }
        if ((undone->block == leak->block || is_twin(engine, leak, undone)) &&
            !is_rollback(engine, leak->outcome, undone->outcome))
            return true;
    }
    return false;
}

/* The path put the caller's pointer where it stays: a table of the file's own, another object. */
static bool is_stored(struct engine *engine, const struct leak *leak)
{
    const struct symbol *symbol = symbol_of(&engine->values, leak->block);
    return symbol && symbol->kind == SYMBOL_PARAMETER &&
           holders_are_outside(engine, &leak->state, leak->block, VALUE_NONE);
}

void leaks_report(struct engine *engine)
{
    for (size_t i = 0; i < engine->leaks.len; i++) {
        struct leak *leak = &engine->leaks.data[i];
        bool asks_others = leak->needs_proof || leak->event.keeper_key;
        if (engine->is_cut_short && asks_others)
            continue; /* the paths that were not walked may be those that undo it */
        if (leak->needs_proof && (!was_undone(engine, leak) || is_stored(engine, leak)))
            continue;
        leak->event.state = &leak->state;
        event_raise(engine, &leak->event);
    }
}
