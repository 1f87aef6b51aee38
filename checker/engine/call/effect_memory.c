/* Effects on blocks of memory: they come, go, move, change their protection or their content. */
#include "engine/call/effect.h"
#include "engine/events/events.h"
#include "engine/events/replay.h"
#include "engine/library/objects.h"
#include "engine/pairs/pairs.h"
#include "engine/program/device_names.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/state/status.h"
#include "engine/unseen/gates.h"
#include "engine/walk/step.h"

#include <string.h>

/* Values of Linux's <sys/mman.h>, the same on every architecture that CUDA runs on. */
enum { PROT_WRITE_BIT = 2, MAP_SHARED_BIT = 1, MAP_FIXED_BIT = 0x10, MAP_ANONYMOUS_BIT = 0x20 };

static uint32_t mapping_flags(const struct play *play)
{
    int64_t protection, map_flags;
    uint32_t flags = 0;
    const struct model_effect *effect = play->effect;
    if (play_number(play, effect->protection, &protection)) {
        if (protection == 0)
            flags |= BLOCK_NO_ACCESS;
        else if (!(protection & PROT_WRITE_BIT))
            flags |= BLOCK_READ_ONLY;
    }
    if (!play_number(play, effect->map_flags, &map_flags))
        return flags | BLOCK_DEVICE_FILE;
    if (map_flags & MAP_ANONYMOUS_BIT)
        return flags | BLOCK_ANONYMOUS;
    value_id descriptor = play_argument(play, effect->descriptor);
    uint32_t kind = descriptor == VALUE_NONE ? (uint32_t)MAP_NONE
                                             : map_get_u64(&play->engine->descriptors, descriptor);
    if (kind == MAP_NONE)
        return flags | BLOCK_DEVICE_FILE;
    const char *name = name_text(&play->engine->values, kind);
    if (strcmp(name, "device") == 0)
        return flags | BLOCK_DEVICE_FILE;
    bool writable = !(flags & (BLOCK_READ_ONLY | BLOCK_NO_ACCESS));
    if (strcmp(name, "file") == 0 && (map_flags & MAP_SHARED_BIT) && writable)
        flags |= BLOCK_SHARED_FILE;
    return flags;
}

/* MAP_FIXED lays the new mapping over a part of the old one. */
static void cover(struct play *play)
{
    int64_t map_flags;
    if (play->effect->memory != MODEL_MEMORY_MAPPING ||
        (play_number(play, play->effect->map_flags, &map_flags) && !(map_flags & MAP_FIXED_BIT)))
        return;
    for (size_t i = 0; i < play->invocation->count; i++) {
        value_id offset,
            base = value_base(&play->engine->values, play->invocation->args[i], &offset);
        struct block block;
        if (base == VALUE_NONE || !block_get(play->engine, play->state, base, &block) ||
            block.memory != PROVENANCE_MAPPING)
            continue;
        block.flags &=
            ~(uint32_t)(BLOCK_NO_ACCESS | BLOCK_READ_ONLY | BLOCK_SHARED_FILE | BLOCK_ANONYMOUS);
        block.flags |= BLOCK_DEVICE_FILE; /* not known any more */
        block_set(play->engine, play->state, base, block);
    }
}

static bool never_null(const struct play *play)
{
    bool is_new =
        play->effect->memory == MODEL_MEMORY_NEW || play->effect->memory == MODEL_MEMORY_NEW_ARRAY;
    return is_new && play->invocation->count < 2; /* the nothrow form has two arguments */
}

/* Who chose the address of a block finds it again without the pointer that the call gives. */
static bool is_asked_for(const struct play *play)
{
    int64_t address;
    return play->effect->other != MODEL_ABSENT &&
           !(play_number(play, play->effect->other, &address) && address == 0);
}

static value_id new_block(struct play *play, value_id size)
{
    struct engine *engine = play->engine;
    struct symbol symbol = {.kind = SYMBOL_BLOCK,
                            .is_pointer = 1,
                            .bits = 64,
                            .origin = hash_u64(((uint64_t)play->invocation->site << 8) | 13)};
    value_id pointer = value_symbol(&engine->values, symbol);
    struct block block = block_blank((enum provenance)play->effect->memory);
    block.flags = is_asked_for(play) ? BLOCK_OWN | BLOCK_HANDED_ON : BLOCK_OWN;
    block.size = size;
    block.status = play->status;
    block.allocated = play->invocation->site;
    if (block.memory == MODEL_MEMORY_MAPPING)
        block.flags |= mapping_flags(play);
    forget_value(engine, play->state, pointer);
    if (play->effect->zeroed)
        memory_zero(engine, play->state, pointer, 0);
    else
        memory_havoc(engine, play->state, pointer, play->invocation->site);
    block_set(engine, play->state, pointer, block);
    if (never_null(play))
        assume_fact(engine, play->state, pointer);
    return pointer;
}

static value_id size_of_owned(const struct play *play, const struct ir_type *type)
{
    const struct ir_unit *unit = play->invocation->unit;
    struct values *values = &play->engine->values;
    bool is_array = type->kind == IR_TYPE_ARRAY && type->element != IR_NONE;
    uint64_t bytes = is_array ? unit->types.data[type->element].size : type->size;
    if (bytes > UINT32_MAX)
        return VALUE_NONE;
    value_id size = value_int(values, (int64_t)bytes);
    if (!is_array)
        return size;
    value_id place = play_argument(play, play->effect->size.args[0]), count;
    if (place == VALUE_NONE)
        return VALUE_NONE;
    if (!memory_peek(play->state, place, &count)) /* the count may come by reference */
        count = place;
    return value_binary(values, IR_MUL, count, size);
}

/* "operator new[]" is written new[]. */
static const char *plain_name(const char *call)
{
    static const char prefix[] = "operator ";
    return strncmp(call, prefix, sizeof prefix - 1) == 0 ? call + sizeof prefix - 1 : call;
}

/* mmap of 0 bytes fails: a mapping that is there has bytes. */
static bool maps_nothing(const struct play *play, value_id size)
{
    if (play->effect->memory != MODEL_MEMORY_MAPPING || size == VALUE_NONE)
        return false;
    value_id has_bytes = compare(play->engine, IR_NE, size, value_int(&play->engine->values, 0));
    return !assume(play->engine, play->state, has_bytes, true);
}

void effect_allocates(struct play *play)
{
    value_id size = play_size(play, &play->effect->size);
    const struct ir_op *op = play->invocation->op;
    const struct ir_type *owned = play->effect->result_owns && op && op->call
                                      ? callee_owned_type(play->invocation->unit, op->call)
                                      : NULL;
    if (owned)
        size = size_of_owned(play, owned);
    struct event event = play_event(play, EVENT_ALLOCATE, VALUE_NONE);
    event.size = size;
    event_raise(play->engine, &event);
    int64_t number;
    if (play->effect->zero_size_gives_null && size != VALUE_NONE &&
        value_is_int(&play->engine->values, size, &number) && number == 0) {
        play_give(play, play->effect->result, value_int(&play->engine->values, 0));
        return;
    }
    if (event.fails)
        return;
    if (maps_nothing(play, size)) {
        play_give(play, play->effect->result,
                  value_int(&play->engine->values, -1)); /* MAP_FAILED */
        return;
    }
    cover(play);
    value_id pointer = new_block(play, size);
    event.pointer = pointer;
    gates_memory_changed(play->engine, play->state, pointer);
    trail_did(trail_add(play->engine, play->state, play->invocation->site, pointer, "%s by %s here",
                        play->effect->memory == MODEL_MEMORY_PINNED ? "pinned" : "allocated",
                        plain_name(event.call)),
              REPLAY_ALLOCATE, &event);
    play_give(play, play->effect->result, pointer);
    if (owned && owned->kind == IR_TYPE_ARRAY) { /* make_unique<T[]>(count) */
        const size_t first = owned->count == IR_SIZE_UNKNOWN ? 1 : 0;
        play->step = owner_make(play->engine, play->state, play->invocation, first,
                                play->invocation->unit, owned, pointer);
    } else if (owned)
        play->step =
            object_begin(play->engine, play->state, play->invocation, 0, play->invocation->unit,
                         (ir_id)(owned - play->invocation->unit->types.data), pointer);
}

void effect_reallocates(struct play *play)
{
    value_id old = play_argument(play, play->effect->pointer), offset;
    value_id base =
        old == VALUE_NONE ? VALUE_NONE : value_base(&play->engine->values, old, &offset);
    struct block before;
    bool reported = false;
    if (base != VALUE_NONE) {
        release_block(play->engine, play->state, play->invocation->site, old, RELEASE_REALLOC,
                      play->effect->memory, play->model->name, play->model, play->invocation->op);
        reported =
            block_get(play->engine, play->state, base, &before) && (before.flags & BLOCK_REPORTED);
    }
    value_id pointer = new_block(play, play_size(play, &play->effect->size));
    struct block block;
    if (base != VALUE_NONE)
        memory_copy_block(play->engine, play->state, pointer, base);
    if (base != VALUE_NONE && block_get(play->engine, play->state, pointer, &block)) {
        block.moved_from = base;
        block.flags |= reported ? BLOCK_REPORTED : 0U;
        block_set(play->engine, play->state, pointer, block);
    }
    struct event event = play_event(play, EVENT_ALLOCATE, pointer);
    event.size = play_size(play, &play->effect->size);
    trail_did(trail_add(play->engine, play->state, play->invocation->site, pointer,
                        "allocated by %s here", play->model->name),
              REPLAY_ALLOCATE, &event);
    play_give(play, play->effect->result, pointer);
}

void effect_refused(struct play *play, value_id base)
{
    struct block block;
    block_describe(play->engine, play->state, base, &block);
    block.refused = play->status;
    block_set(play->engine, play->state, base, block);
}

/* if (cudaFreeHost(p) != cudaSuccess) free(p); asks the runtime by trying what memory that is. */
static void note_trial(struct play *play, value_id base)
{
    struct block block;
    if (block_get(play->engine, play->state, base, &block) && block.refused != VALUE_NONE &&
        (block.memory == play->effect->memory || block.memory == PROVENANCE_UNKNOWN) &&
        status_has_failed(play->engine, play->state, block.refused))
        status_expects(play->engine, block.refused, 1);
}

void effect_releases(struct play *play)
{
    value_id pointer = play_argument(play, play->effect->pointer), offset;
    value_id base =
        pointer == VALUE_NONE ? VALUE_NONE : value_base(&play->engine->values, pointer, &offset);
    note_trial(play, base);
    bool refused = release_block(
        play->engine, play->state, play->invocation->site, pointer,
        play->effect->memory == MODEL_MEMORY_MAPPING ? RELEASE_UNMAP : RELEASE_CALL,
        play->effect->memory, play->invocation->name, play->model, play->invocation->op);
    if (refused) { /* the mistake is told: whose member it is leaves nothing else undone */
        effect_refused(play, base);
        pairs_settle(play->engine, play->state, pointer);
    }
    struct block block;
    if (!block_get(play->engine, play->state, base, &block) || block.life != BLOCK_RELEASED ||
        block.released != play->invocation->site)
        return;
    block.status = play->status; /* where the call turns out to have failed, nothing is known */
    block.moved_from = VALUE_NONE;
    block_set(play->engine, play->state, base, block);
}

void effect_protects(struct play *play)
{
    int64_t protection;
    value_id pointer = play_argument(play, play->effect->pointer), offset;
    if (pointer == VALUE_NONE)
        return;
    value_id base = value_base(&play->engine->values, pointer, &offset);
    struct block block;
    if (base == VALUE_NONE || !block_get(play->engine, play->state, base, &block))
        return;
    block.flags &= ~(uint32_t)(BLOCK_READ_ONLY | BLOCK_NO_ACCESS);
    bool whole = pointer == base && play_size(play, &play->effect->size) == block.size;
    if (!play_number(play, play->effect->flags, &protection) ||
        (!whole && !(protection & PROT_WRITE_BIT))) /* a guard page, say */
        block.flags |= BLOCK_DEVICE_FILE;           /* not known any more */
    else if (protection == 0)
        block.flags |= BLOCK_NO_ACCESS;
    else if (!(protection & PROT_WRITE_BIT))
        block.flags |= BLOCK_READ_ONLY;
    block_set(play->engine, play->state, base, block);
    struct event event = play_event(play, EVENT_ALLOCATE, pointer);
    event.size = play_size(play, &play->effect->size);
    event.flags = play_argument(play, play->effect->flags);
    trail_did(trail_add(play->engine, play->state, play->invocation->site, base,
                        "protection changed here"),
              REPLAY_PROTECT, &event);
}

/* The function, one that called it, or one that may call those. */
static bool names_device(struct engine *engine, context_id context)
{
    for (; context != CONTEXT_NONE; context = context_at(engine, context)->parent)
        if (device_names_reach(engine, context_at(engine, context)->function))
            return true;
    return false;
}

/* Is the file that is opened a device's? A literal path tells; any other may be one that the
 * functions around write out. */
static bool opens_device(const struct play *play)
{
    context_id context = site_at(play->engine, play->invocation->site)->context;
    const struct ir_function *function = context_function(play->engine, context)->ir;
    const struct ir_op *op = play->invocation->op;
    bool is_literal = false;
    for (size_t i = 0; op && op->call && i < op->call->args.len; i++) {
        const struct ir_op *path = &function->ops.data[op->call->args.data[i]];
        while (path->code == IR_CAST || (path->code == IR_INDEX && path->b == IR_NONE))
            path = &function->ops.data[path->a];
        if (device_names_is_path(path))
            return true;
        is_literal |= path->code == IR_STRING;
    }
    return !is_literal && names_device(play->engine, context);
}

void effect_opens(struct play *play)
{
    const char *detail = play->effect->detail ? play->effect->detail : "unknown";
    if (opens_device(play))
        detail = "device";
    value_id descriptor = unknown_result(play->engine, play->state, play->invocation->op_id);
    map_set_u64(&play->engine->descriptors, descriptor, name_intern(&play->engine->values, detail));
    *play->result = descriptor;
}

void effect_commands(struct play *play)
{
    value_id descriptor = play_argument(play, play->effect->pointer);
    if (descriptor != VALUE_NONE && symbol_of(&play->engine->values, descriptor))
        map_set_u64(&play->engine->descriptors, descriptor,
                    name_intern(&play->engine->values, "device"));
}
