/* Effects on bytes: memset, memcpy and their kin. What they hit is whatever lies there, pointers
 * that are registered among it. */
#include "engine/call/effect.h"
#include "engine/library/library.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/unseen/earlier.h"
#include "engine/value/pmap.h"

/* Does the argument lead to a place that cells are kept of? */
static bool is_place(const struct play *play, value_id pointer)
{
    region_id region;
    value_id offset;
    return pointer != VALUE_NONE &&
           value_as_address(&play->engine->values, pointer, &region, &offset);
}

/* The size of the object that the argument is written as a pointer to, before it becomes one to
 * void or to bytes. */
static uint64_t written_size(const struct play *play, int index)
{
    const struct ir_call *call = play->invocation->op ? play->invocation->op->call : NULL;
    if (!call || index < 0 || (size_t)index >= call->args.len)
        return IR_SIZE_UNKNOWN;
    const struct ir_function *function =
        context_function(play->engine, site_at(play->engine, play->invocation->site)->context)->ir;
    const struct ir_op *op = &function->ops.data[call->args.data[index]];
    while (op->code == IR_CAST && op->sub == IR_CAST_POINTER)
        op = &function->ops.data[op->a];
    const struct ir_type *types = play->invocation->unit->types.data;
    ir_id pointee = op->type == IR_NONE ? IR_NONE : types[op->type].element;
    return pointee == IR_NONE ? IR_SIZE_UNKNOWN : types[pointee].size;
}

/* The same where that many bytes are meant, one object as an assignment has it; 0: they are not. */
static uint64_t size_of_object(const struct play *play, int index)
{
    int64_t size;
    bool is_one =
        value_is_int(&play->engine->values, play_size(play, &play->effect->size), &size) &&
        (uint64_t)size == written_size(play, index);
    return is_one ? (uint64_t)size : 0;
}

void effect_fills(struct play *play)
{
    value_id pointer = play_argument(play, play->effect->pointer);
    int64_t byte = 0;
    if (!is_place(play, pointer))
        return;
    bool is_known =
        play->effect->other == MODEL_ABSENT || play_number(play, play->effect->other, &byte);
    if (is_known && byte == 0)
        memory_zero(play->engine, play->state, pointer,
                    size_of_object(play, play->effect->pointer));
    else
        memory_havoc(play->engine, play->state, pointer, play->invocation->site);
}

/* Are all bytes copied, from the start of one block to that of another? A number of bytes that is
 * not the block's own is taken for a part. */
static bool copies_block(const struct play *play, value_id to, value_id from)
{
    struct values *values = &play->engine->values;
    struct block block;
    value_id offset, size = play_size(play, &play->effect->size);
    bool are_starts = to != from && value_base(values, to, &offset) == to &&
                      value_base(values, from, &offset) == from;
    bool is_part = value_is_int(values, size, NULL) &&
                   block_describe(play->engine, play->state, from, &block) && block.size != size;
    return are_starts && size != VALUE_NONE && !is_part;
}

/* memmove() within an array: which element holds which block then is not known. */
static void lose_shifted(struct play *play, value_id to, value_id from)
{
    struct engine *engine = play->engine;
    value_id offset, size = play_size(play, &play->effect->size);
    const value_id base = value_base(&engine->values, to, &offset);
    if (base == VALUE_NONE || base != value_base(&engine->values, from, &offset) ||
        (size != VALUE_NONE && decide(engine, play->state, size) == TRUTH_FALSE))
        return;
    struct pmap_iter iter = pmap_begin(play->state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_base(&engine->values, (value_id)cell, &offset) == base)
            lose_track(engine, play->state, (value_id)content);
}

void effect_copies(struct play *play)
{
    value_id to = play_argument(play, play->effect->pointer),
             from = play_argument(play, play->effect->other);
    if (!is_place(play, to))
        return;
    uint64_t size = size_of_object(play, play->effect->pointer);
    if (!size)
        size = size_of_object(play, play->effect->other);
    if (from != VALUE_NONE && size) {
        memory_copy(play->engine, play->state, to, from, size);
        return;
    }
    lose_shifted(play, to, from);
    memory_overwrite(play->engine, play->state, to, play->invocation->site);
    if (from != VALUE_NONE && copies_block(play, to, from))
        memory_copy_block(play->engine, play->state, to, from);
}

/* Pointers, and objects that hold some beside what is said of them, are followed as if they stayed
 * where they are. */
static bool holds_only_numbers(const struct play *play, value_id base)
{
    struct values *values = &play->engine->values;
    struct pmap_iter iter = pmap_begin(play->state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        value_id offset;
        if (value_base(values, (value_id)cell, &offset) == base &&
            (value_last_member(values, (value_id)cell) ||
             !value_is_number(values, (value_id)content)))
            return false;
    }
    return true;
}

void effect_rewrites(struct play *play)
{
    value_id offset, pointer = play_argument(play, play->effect->pointer);
    value_id position = iterator_position(play->engine, play->state, pointer);
    if (play->effect->pointer >= 0 && position == VALUE_NONE)
        position = container_first_element(play->engine, play->state, play->invocation,
                                           (size_t)play->effect->pointer);
    value_id base =
        value_base(&play->engine->values, position == VALUE_NONE ? pointer : position, &offset);
    if (base == VALUE_NONE || !holds_only_numbers(play, base))
        return;
    lose_contents(play->engine, play->state, base, play->invocation->site);
    earlier_rewritten(play->engine, play->state, base);
}
