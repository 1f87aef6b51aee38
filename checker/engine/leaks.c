/* The end of a path: what is registered still, and whether that is a leak. */
#include "engine/internal.h"

static bool is_leak(struct engine *engine, struct state *state, const struct registration *record,
                    value_id result, bool *needs_proof)
{
    struct block block;
    if (state->flags & STATE_SKIPPED_UNREGISTER)
        return false;
    block_describe(engine, state, record->block, &block);
    if (block.flags & (BLOCK_ESCAPED | BLOCK_REG_UNKNOWN | BLOCK_BEYOND_LOOP | BLOCK_REPORTED))
        return false;
    *needs_proof = !(block.flags & BLOCK_OWN) || block.memory == PROVENANCE_STACK;
    if (*needs_proof)
        return true;
    return !(block.flags & BLOCK_HANDED_ON) &&
           !memory_is_reachable_outside(engine, state, record->block, result);
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
static void note_undone(struct engine *engine, const struct state *state, value_id result)
{
    if (state->flags & STATE_AFTER_FAILURE)
        return; /* a rollback */
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t base, number; pmap_next(&iter, &base, &number);) {
        const struct block *block = table_at(&engine->blocks, (uint32_t)number);
        if (!(block->flags & BLOCK_UNDONE))
            continue;
        struct undone undone = {(value_id)base, result};
        vec_push(engine->arena, &engine->undone, undone);
    }
}

void path_ends(struct engine *engine, struct state *state, value_id result, bool ends_process)
{
    look_at_object(engine, state, result);
    status_finish(engine, state);
    pairs_path_ends(engine, state);
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
        struct leak leak = {event, *state, record.block, result, needs_proof};
        vec_push(engine->arena, &engine->leaks, leak);
    }
}

/* A path that reports failure may undo what the successful one leaves to the caller. By custom
 * 0 (or a true bool, a valid pointer) is success. */
static bool is_rollback(const struct engine *engine, value_id leaking, value_id undoing)
{
    int64_t kept, undone;
    const struct program_function *root = &engine->program.functions.data[engine->root];
    ir_id type = root->ir->result_type;
    bool know_kept = value_is_int(&engine->values, leaking, &kept);
    bool know_undone = value_is_int(&engine->values, undoing, &undone);
    if (type == IR_NONE || leaking == undoing)
        return false;
    enum ir_type_kind kind = root->in->types.data[type].kind;
    if (kind == IR_TYPE_VOID)
        return false;
    if (!know_kept)
        return true; /* a status, an object: what it says is not known */
    if (kind == IR_TYPE_BOOL || kind == IR_TYPE_POINTER)
        return kept != 0;
    return kept == 0 || (know_undone && undone < 0 && kept > 0);
}

static bool was_undone(const struct engine *engine, const struct leak *leak)
{
    for (size_t i = 0; i < engine->undone.len; i++)
        if (engine->undone.data[i].block == leak->block &&
            !is_rollback(engine, leak->result, engine->undone.data[i].result))
            return true;
    return false;
}

void leaks_report(struct engine *engine)
{
    if (engine->out_of_budget)
        return;
    for (size_t i = 0; i < engine->leaks.len; i++) {
        struct leak *leak = &engine->leaks.data[i];
        if (leak->needs_proof && !was_undone(engine, leak))
            continue;
        leak->event.state = &leak->state;
        event_raise(engine, &leak->event);
    }
}
