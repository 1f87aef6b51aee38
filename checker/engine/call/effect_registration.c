/* Effects on registrations: made, undone, in doubt once asked for, dropped by a device reset. */
#include "engine/call/effect.h"
#include "engine/clients/stories.h"
#include "engine/events/events.h"
#include "engine/events/exits.h"
#include "engine/events/replay.h"
#include "engine/pairs/pairs.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/registrations.h"
#include "engine/state/unpinned.h"
#include "engine/unseen/concurrent.h"
#include "engine/unseen/gates.h"
#include "engine/unseen/shown.h"
#include "engine/value/pmap.h"
#include "engine/walk/loops.h"
#include "engine/walk/widen.h"

#include <string.h>

/* Which address was unregistered last says nothing any more. */
static void registered_anew(struct play *play, value_id base)
{
    struct block block;
    block_describe(play->engine, play->state, base, &block);
    if (block.unregistered == VALUE_NONE)
        return;
    unpinned_forget(&block);
    block_set(play->engine, play->state, base, block);
}

/* The call fails, as a finding says. A program that asks for just this status has meant it. */
static void note_failure(struct play *play, const struct event *event)
{
    struct block block;
    block_describe(play->engine, play->state, event->base, &block);
    block.flags |= BLOCK_FAILED_REGISTER;
    if (!(event->block.flags & BLOCK_REPORTED)) {
        block.failed = event->pointer;
        block.failed_status = play->status;
    }
    block_set(play->engine, play->state, event->base, block);
}

void effect_registers(struct play *play)
{
    value_id pointer = play_argument(play, play->effect->pointer);
    if (pointer == VALUE_NONE)
        return;
    struct event event = play_event(play, EVENT_REGISTER, pointer);
    event.size = play_size(play, &play->effect->size);
    event_raise(play->engine, &event);
    if (event.is_impossible)
        play->step = STEP_ENDED;
    if (event.base == VALUE_NONE)
        return;
    if (event.fails) {
        note_failure(play, &event);
        return;
    }
    if (event.block.flags & BLOCK_ASKED) {
        /* it was, and the program goes on as if the runtime had said otherwise: none does */
        block_add_flags(play->engine, play->state, event.base, BLOCK_REPORTED);
        return;
    }
    struct registration record = {.address = pointer,
                                  .size = event.size,
                                  .flags = event.flags,
                                  .block = event.base,
                                  .status = play->status,
                                  .site = play->invocation->site,
                                  .is_driver = play->model->api == MODEL_API_DRIVER};
    registration_add(play->engine, play->state, record);
    gates_memory_changed(play->engine, play->state, event.base);
    registered_anew(play, event.base);
    shown_registered(play->engine, play->state, pointer);
    if (concurrent_reaches(play->engine, play->state, pointer))
        block_add_flags(play->engine, play->state, event.base, BLOCK_REG_UNKNOWN);
    play->state->flags &= ~(uint32_t)STATE_CHOSE;
    if (symbol_of(&play->engine->values, pointer)) /* NULL could not be registered */
        assume(play->engine, play->state, pointer, true);
    trail_did(trail_add(play->engine, play->state, play->invocation->site, event.base,
                        "registered by %s here", event.call),
              REPLAY_REGISTER, &event);
}

static bool undo_exact(struct play *play, value_id pointer)
{
    bool found = false;
    struct pmap_iter iter = pmap_begin(play->state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        if (!value_is_same_place(&play->engine->values, registration_at(play->engine, key)->address,
                                 pointer))
            continue;
        exits_note_undone(play->engine, registration_at(play->engine, key)->site);
        play->state->registrations =
            pmap_remove(play->engine->arena, play->state->registrations, key);
        found = true;
    }
    return found;
}

static bool undo_somewhere(struct play *play, value_id base)
{
    bool found = false;
    struct pmap_iter iter = pmap_begin(play->state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        if (registration_at(play->engine, key)->block != base)
            continue;
        play->state->registrations =
            pmap_remove(play->engine->arena, play->state->registrations, key);
        found = true;
    }
    if (found)
        block_add_flags(play->engine, play->state, base, BLOCK_REG_UNKNOWN);
    return found;
}

/* May the two cells, in one object, be the same because an index is not known? */
static bool may_be_one_cell(struct values *values, value_id a, value_id b)
{
    value_id offset_a, offset_b;
    return a != b && value_common(values, a, b, &offset_a, &offset_b) &&
           !value_is_int(values, value_binary(values, IR_SUB, offset_a, offset_b), NULL);
}

static void doubt_cells_like(struct play *play, value_id cell)
{
    struct pmap_iter iter = pmap_begin(play->state->store);
    for (uint64_t other, content; pmap_next(&iter, &other, &content);) {
        value_id base = value_base_of_number(&play->engine->values, (value_id)content);
        if (base != VALUE_NONE && may_be_one_cell(&play->engine->values, cell, (value_id)other) &&
            undo_somewhere(play, base))
            block_add_flags(play->engine, play->state, base, BLOCK_BEYOND_LOOP);
    }
}

/* Which of the blocks that a loop turned round the pointer is at, is not known. */
static void doubt_turned(struct play *play, value_id pointer)
{
    struct pmap_iter iter = pmap_begin(play->state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        value_id block = registration_at(play->engine, key)->block;
        if (widen_may_be(play->engine, pointer, block) && undo_somewhere(play, block))
            block_add_flags(play->engine, play->state, block, BLOCK_BEYOND_LOOP);
    }
}

/* What was read from an array at an index that is not known (g[n]) may be what was stored there at
 * another one (g[0]): that may be undone now. */
static void doubt_elements(struct play *play, value_id pointer)
{
    const struct symbol *symbol = symbol_of(&play->engine->values, pointer);
    if (!symbol || !play->state->registrations ||
        (symbol->kind != SYMBOL_CONTENT && symbol->kind != SYMBOL_UNINITIALISED))
        return;
    struct pmap_iter iter = pmap_begin(play->state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (content == pointer)
            doubt_cells_like(play, (value_id)cell);
}

/* An address that no registration has, in a block with registrations: which of them it undoes is
 * not known. In a loop whose turns are not known, nor is how many of them it undoes. */
static bool undo_registration(struct play *play, value_id pointer, value_id base)
{
    bool exact = undo_exact(play, pointer);
    if (exact && !loop_is_open(play->engine, play->state))
        return true;
    return undo_somewhere(play, base) || exact;
}

void effect_unregisters(struct play *play)
{
    value_id pointer = play_argument(play, play->effect->pointer);
    if (pointer == VALUE_NONE)
        return;
    pairs_unregistered(play->engine, play->state, pointer);
    story_unregisters(play->engine);
    struct event event = play_event(play, EVENT_UNREGISTER, pointer);
    event_raise(play->engine, &event);
    if (event.base != VALUE_NONE && event.fails)
        effect_refused(play, event.base);
    if (event.base == VALUE_NONE || event.fails)
        return;
    doubt_turned(play, event.base);
    doubt_elements(play, event.base);
    bool undone = undo_registration(play, pointer, event.base);
    if (!undone) {
        shown_unregistered(play->engine, play->state, pointer);
        pairs_undone_alone(play->engine, pointer);
    }
    struct block block;
    block_describe(play->engine, play->state, event.base, &block);
    unpinned_add(play->engine, &block, pointer, play->invocation->site, play->status);
    gates_memory_changed(play->engine, play->state, event.base);
    play->state->flags &= ~(uint32_t)STATE_CHOSE;
    block.flags &= ~(uint32_t)BLOCK_ASKED;
    block.flags |= BLOCK_UNREGISTERED | (undone ? (uint32_t)BLOCK_UNDONE : 0U);
    block_set(play->engine, play->state, event.base, block);
    trail_did(trail_add(play->engine, play->state, play->invocation->site, event.base,
                        "unregistered by %s here", event.call),
              REPLAY_UNREGISTER, &event);
}

void effect_resets_device(struct play *play)
{
    bool maybe = play->effect->detail && strcmp(play->effect->detail, "maybe") == 0;
    struct pmap_iter iter = pmap_begin(play->state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        block_add_flags(play->engine, play->state, registration_at(play->engine, key)->block,
                        maybe ? BLOCK_REG_UNKNOWN : BLOCK_RESET);
    play->state->registrations = NULL;
    pairs_reset(play->engine);
    struct event event = play_event(play, EVENT_LAUNCH, VALUE_NONE);
    trail_did(trail_add(play->engine, play->state, play->invocation->site, VALUE_NONE,
                        "the device is reset here"),
              REPLAY_RESET, &event);
    iter = pmap_begin(play->state->blocks);
    for (uint64_t base, number; pmap_next(&iter, &base, &number);) {
        struct block block =
            *(const struct block *)table_at(&play->engine->blocks, (uint32_t)number);
        if (block.memory != PROVENANCE_PINNED)
            continue;
        block.life = BLOCK_GONE;
        block_set(play->engine, play->state, (value_id)base, block);
    }
}

void registrations_asked(struct engine *engine, struct state *state, value_id pointer)
{
    value_id offset, base = value_base(&engine->values, pointer, &offset);
    struct play play = {.engine = engine, .state = state};
    if (decide(engine, state, pointer) == TRUTH_FALSE)
        state->flags |= /* what it says of NULL is the program's */
            STATE_ASSUMED_CONTENT | STATE_ASSUMED_FLAG;
    if (base == VALUE_NONE)
        return;
    block_add_flags(engine, state, base, BLOCK_QUERIED);
    /* what is registered is the answer's to say from here on */
    bool was_undone = undo_exact(&play, pointer);
    was_undone |= undo_somewhere(&play, base);
    if (was_undone)
        block_add_flags(engine, state, base, BLOCK_REG_UNKNOWN | BLOCK_ASKED);
}
