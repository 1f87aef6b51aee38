/* Pointers that a call gave of which nothing is known: an iterator's element, a getter's result, a
 * view of a part. They may point into what the call was given, and say so when they are registered
 * or unregistered: from there on nobody knows what of that memory is registered. */
#include "engine/unseen/shown.h"

#include "engine/call/call.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/registrations.h"
#include "engine/unseen/earlier.h"
#include "engine/value/pmap.h"

static bool may_point(const struct ir_unit *unit, ir_id type)
{
    if (type == IR_NONE)
        return false;
    switch (unit->types.data[type].kind) {
    case IR_TYPE_POINTER:
    case IR_TYPE_REFERENCE:
    case IR_TYPE_RECORD:
    case IR_TYPE_UNKNOWN:
        return true;
    default:
        return false;
    }
}

static void show(struct engine *engine, struct state *state, value_id pointer)
{
    value_id offset, base = value_base(&engine->values, pointer, &offset);
    struct block block;
    if (base != VALUE_NONE && block_describe(engine, state, base, &block) &&
        block.memory != PROVENANCE_CONSTANT)
        block_add_flags(engine, state, base, BLOCK_SHOWN);
}

void shown_note(struct engine *engine, struct state *state, const struct invocation *invocation)
{
    if (!invocation->op ||
        (invocation->into == VALUE_NONE && !may_point(invocation->unit, invocation->op->type)))
        return;
    for (size_t i = 0; i < invocation->count; i++) {
        if (!may_point(invocation->unit, invocation->types[i]))
            continue;
        show(engine, state, invocation->args[i]);
        struct pmap_iter iter = pmap_begin(state->store);
        for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
            if (value_is_within(&engine->values, (value_id)cell, invocation->args[i]))
                show(engine, state, (value_id)content);
    }
}

enum { MAX_LOADS = 4 }; /* (*it)->next->buffer */

/* What a call gave of which no more is known, or what was not understood, where that is the pointer
 * or leads to the memory in which it lies; NULL: neither is. */
static const struct symbol *origin_of(struct engine *engine, const struct state *state,
                                      value_id base, int depth)
{
    const struct symbol *symbol = symbol_of(&engine->values, base);
    if (!symbol || depth > MAX_LOADS)
        return NULL;
    if (symbol->kind == SYMBOL_RESULT || symbol->kind == SYMBOL_UNKNOWN ||
        symbol->kind == SYMBOL_WIDENED)
        return symbol;
    if (symbol->kind != SYMBOL_CONTENT)
        return NULL;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        value_id offset, holder;
        if (content != base)
            continue;
        holder = value_base(&engine->values, (value_id)cell, &offset);
        const struct symbol *origin =
            holder == VALUE_NONE ? NULL : origin_of(engine, state, holder, depth + 1);
        if (origin)
            return origin;
    }
    return NULL;
}

void shown_registered(struct engine *engine, struct state *state, value_id pointer)
{
    value_id offset, base = value_base(&engine->values, pointer, &offset);
    if (base == VALUE_NONE || !origin_of(engine, state, base, 0))
        return;
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t other, number; pmap_next(&iter, &other, &number);) {
        const struct block *block = table_at(&engine->blocks, (uint32_t)number);
        if (other != base && (block->flags & BLOCK_SHOWN))
            block_add_flags(engine, state, (value_id)other, BLOCK_REG_UNKNOWN);
    }
}

/* Do the two pointers lie in one array, at indexes that this path cannot tell apart? */
static bool may_be_one_element(struct engine *engine, const struct state *state, value_id a,
                               value_id b)
{
    struct pmap_iter cells = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&cells, &cell, &content);) {
        value_id offset, other_offset, array;
        if (content != a)
            continue;
        array = value_base(&engine->values, (value_id)cell, &offset);
        struct pmap_iter others = pmap_begin(state->store);
        for (uint64_t other, held; array != VALUE_NONE && pmap_next(&others, &other, &held);)
            if (held == b && value_base(&engine->values, (value_id)other, &other_offset) == array &&
                (offset == VALUE_NONE || other_offset == VALUE_NONE ||
                 decide(engine, state, compare(engine, IR_EQ, offset, other_offset)) ==
                     TRUTH_UNKNOWN))
                return true;
    }
    return false;
}

/* A pointer that is read from where the registered one was is that one, as far as anybody knows,
 * even if code out of sight ran meanwhile. */
void shown_unregistered(struct engine *engine, struct state *state, value_id pointer)
{
    const uint32_t shown = BLOCK_SHOWN | BLOCK_ESCAPED | BLOCK_HANDED_ON;
    value_id offset, base = value_base(&engine->values, pointer, &offset);
    if (base == VALUE_NONE || !symbol_of(&engine->values, base))
        return;
    const struct symbol *origin = origin_of(engine, state, base, 0);
    bool anything = origin && origin->kind == SYMBOL_UNKNOWN; /* what nothing is known of at all */
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        struct block block;
        value_id other = registration_at(engine, key)->block;
        block_describe(engine, state, other, &block);
        bool hidden = (block.flags & BLOCK_OWN) && !(block.flags & shown);
        if (other == base ||
            !((origin && !hidden) || anything || earlier_are_one(engine, base, other) ||
              may_be_one_element(engine, state, base, other)))
            continue;
        block_add_flags(engine, state, other, BLOCK_REG_UNKNOWN);
        state->registrations = pmap_remove(engine->arena, state->registrations, key);
    }
}
