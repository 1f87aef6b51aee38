/* Plays the models' effects: what a call of an API does to memory. */
#include "engine/internal.h"
#include "engine/replay.h"

#include <string.h>

/* Values of Linux's <sys/mman.h>, the same on every architecture that CUDA runs on. */
enum { PROT_WRITE_BIT = 2, MAP_SHARED_BIT = 1, MAP_ANONYMOUS_BIT = 0x20 };

struct play {
    struct engine *engine;
    struct state *state;
    const struct invocation *invocation;
    const struct model_function *model;
    const struct model_effect *effect;
    value_id status;
    value_id *result;
    enum step step;
};

static value_id argument(const struct play *play, int index)
{
    if (index < 0 || (size_t)index >= play->invocation->count)
        return VALUE_NONE;
    return play->invocation->args[index];
}

static bool known_number(const struct play *play, int index, int64_t *number)
{
    return value_is_int(&play->engine->values, argument(play, index), number);
}

static value_id size_of(const struct play *play, const struct model_size *size)
{
    value_id product = VALUE_NONE;
    for (size_t i = 0; i < 3; i++) {
        value_id factor = argument(play, size->args[i]);
        if (factor == VALUE_NONE)
            continue;
        product = product == VALUE_NONE
                      ? factor
                      : value_binary(&play->engine->values, IR_MUL, product, factor);
    }
    if (product == VALUE_NONE || size->in_elements)
        return VALUE_NONE;
    if (size->factor > 1)
        product = value_binary(&play->engine->values, IR_MUL, product,
                               value_int(&play->engine->values, (int64_t)size->factor));
    return product;
}

static struct event new_event(const struct play *play, enum event_kind kind, value_id pointer)
{
    struct event event =
        event_new(play->engine, play->state, kind, play->invocation->site, pointer);
    event.model = play->model;
    event.call = play->invocation->name ? play->invocation->name : play->model->name;
    event.status = play->status;
    event.op = play->invocation->op;
    event.flags = argument(play, play->effect->flags);
    return event;
}

/* ---- allocation ---- */

static uint32_t mapping_flags(const struct play *play)
{
    int64_t protection, map_flags;
    uint32_t flags = 0;
    const struct model_effect *effect = play->effect;
    if (known_number(play, effect->protection, &protection)) {
        if (protection == 0)
            flags |= BLOCK_NO_ACCESS;
        else if (!(protection & PROT_WRITE_BIT))
            flags |= BLOCK_READ_ONLY;
    }
    if (!known_number(play, effect->map_flags, &map_flags))
        return flags | BLOCK_DEVICE_FILE;
    if (map_flags & MAP_ANONYMOUS_BIT)
        return flags;
    value_id descriptor = argument(play, effect->descriptor);
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

static bool never_null(const struct play *play)
{
    bool is_new =
        play->effect->memory == MODEL_MEMORY_NEW || play->effect->memory == MODEL_MEMORY_NEW_ARRAY;
    return is_new && play->invocation->count < 2; /* the nothrow form has two arguments */
}

static value_id new_block(struct play *play, value_id size)
{
    struct engine *engine = play->engine;
    struct symbol symbol = {.kind = SYMBOL_BLOCK,
                            .is_pointer = 1,
                            .bits = 64,
                            .origin = hash_u64(((uint64_t)play->invocation->site << 8) | 13)};
    value_id pointer = value_symbol(&engine->values, symbol);
    struct block block = {.memory = play->effect->memory,
                          .life = BLOCK_LIVE,
                          .flags = BLOCK_OWN,
                          .size = size,
                          .status = play->status,
                          .allocated = play->invocation->site,
                          .released = SITE_NONE,
                          .unregistered = VALUE_NONE,
                          .unregistered_at = SITE_NONE,
                          .failed = VALUE_NONE,
                          .failed_status = VALUE_NONE,
                          .unregister_status = VALUE_NONE,
                          .owner = VALUE_NONE,
                          .moved_from = VALUE_NONE};
    if (block.memory == MODEL_MEMORY_MAPPING)
        block.flags |= mapping_flags(play);
    forget_value(engine, play->state, pointer);
    if (play->effect->zeroed)
        memory_zero(engine, play->state, pointer, 0);
    else
        memory_havoc(engine, play->state, pointer, play->invocation->site);
    block_set(engine, play->state, pointer, block);
    if (never_null(play))
        assume(engine, play->state, pointer, true);
    return pointer;
}

static void give(struct play *play, int where, value_id value)
{
    if (where == MODEL_RESULT) {
        if (play->effect->result_owns && play->invocation->into != VALUE_NONE) {
            owner_adopt(play->engine, play->state, play->invocation->into, value);
            *play->result = play->invocation->into;
        } else {
            *play->result = value;
        }
        return;
    }
    value_id place = argument(play, where);
    region_id region;
    value_id offset;
    if (place != VALUE_NONE && value_as_address(&play->engine->values, place, &region, &offset))
        memory_store(play->engine, play->state, place, value);
}

/* The T or T[] of the unique_ptr that make_unique gives, or NULL. */
static const struct ir_type *owned_type(const struct play *play)
{
    const struct ir_op *op = play->invocation->op;
    const struct ir_unit *unit = play->invocation->unit;
    if (!play->effect->result_owns || !op || !op->call || op->call->function == IR_NONE)
        return NULL;
    ir_id result = unit->functions.data[op->call->function].result_type;
    if (result == IR_NONE || unit->types.data[result].kind != IR_TYPE_RECORD ||
        unit->types.data[result].record == IR_NONE)
        return NULL;
    const struct ir_record *record = &unit->records.data[unit->types.data[result].record];
    return record->arguments.len ? &unit->types.data[record->arguments.data[0]] : NULL;
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
    value_id place = argument(play, play->effect->size.args[0]), count;
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

static void allocates(struct play *play)
{
    value_id size = size_of(play, &play->effect->size);
    const struct ir_type *owned = owned_type(play);
    if (owned)
        size = size_of_owned(play, owned);
    struct event event = new_event(play, EVENT_ALLOCATE, VALUE_NONE);
    event.size = size;
    event_raise(play->engine, &event);
    int64_t number;
    if (play->effect->zero_size_gives_null && size != VALUE_NONE &&
        value_is_int(&play->engine->values, size, &number) && number == 0) {
        give(play, play->effect->result, value_int(&play->engine->values, 0));
        return;
    }
    if (event.fails)
        return;
    if (maps_nothing(play, size)) {
        give(play, play->effect->result, value_int(&play->engine->values, -1)); /* MAP_FAILED */
        return;
    }
    value_id pointer = new_block(play, size);
    event.pointer = pointer;
    trail_did(trail_add(play->engine, play->state, play->invocation->site, pointer, "%s by %s here",
                        play->effect->memory == MODEL_MEMORY_PINNED ? "pinned" : "allocated",
                        plain_name(event.call)),
              REPLAY_ALLOCATE, &event);
    give(play, play->effect->result, pointer);
}

static void reallocates(struct play *play)
{
    value_id old = argument(play, play->effect->pointer), offset;
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
    value_id pointer = new_block(play, size_of(play, &play->effect->size));
    struct block block;
    if (base != VALUE_NONE && block_get(play->engine, play->state, pointer, &block)) {
        block.moved_from = base;
        block.flags |= reported ? BLOCK_REPORTED : 0U;
        block_set(play->engine, play->state, pointer, block);
    }
    struct event event = new_event(play, EVENT_ALLOCATE, pointer);
    event.size = size_of(play, &play->effect->size);
    trail_did(trail_add(play->engine, play->state, play->invocation->site, pointer,
                        "allocated by %s here", play->model->name),
              REPLAY_ALLOCATE, &event);
    give(play, play->effect->result, pointer);
}

/* ---- registration ---- */

static void registers(struct play *play)
{
    value_id pointer = argument(play, play->effect->pointer);
    if (pointer == VALUE_NONE)
        return;
    struct event event = new_event(play, EVENT_REGISTER, pointer);
    event.size = size_of(play, &play->effect->size);
    event_raise(play->engine, &event);
    if (event.base == VALUE_NONE)
        return;
    if (event.fails) {
        block_add_flags(play->engine, play->state, event.base, BLOCK_FAILED_REGISTER);
        return;
    }
    struct registration record = {.address = pointer,
                                  .size = event.size,
                                  .flags = event.flags,
                                  .block = event.base,
                                  .status = play->status,
                                  .state = REGISTRATION_LIVE,
                                  .site = play->invocation->site,
                                  .is_driver = play->model->api == MODEL_API_DRIVER};
    registration_add(play->engine, play->state, record);
    if (symbol_of(&play->engine->values, pointer)) /* NULL could not be registered */
        assume(play->engine, play->state, pointer, true);
    trail_did(trail_add(play->engine, play->state, play->invocation->site, event.base,
                        "registered by %s here", event.call),
              REPLAY_REGISTER, &event);
}

static bool remove_registration(struct play *play, value_id pointer, value_id base)
{
    struct engine *engine = play->engine;
    bool exact = false;
    struct pmap_iter iter = pmap_begin(play->state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        if (registration_at(engine, key)->address != pointer)
            continue;
        play->state->registrations = pmap_remove(engine->arena, play->state->registrations, key);
        exact = true;
    }
    if (exact)
        return true;
    /* some place in a block with registrations: which of them it undoes is not known */
    iter = pmap_begin(play->state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        if (registration_at(engine, key)->block == base) {
            play->state->registrations =
                pmap_remove(engine->arena, play->state->registrations, key);
            exact = true;
        }
    if (exact)
        block_add_flags(engine, play->state, base, BLOCK_REG_UNKNOWN);
    return exact;
}

static void unregisters(struct play *play)
{
    value_id pointer = argument(play, play->effect->pointer);
    if (pointer == VALUE_NONE)
        return;
    pairs_undone(play->engine, play->state, pointer);
    struct event event = new_event(play, EVENT_UNREGISTER, pointer);
    event_raise(play->engine, &event);
    if (event.base == VALUE_NONE || event.fails)
        return;
    bool undone = remove_registration(play, pointer, event.base);
    struct block block;
    block_describe(play->engine, play->state, event.base, &block);
    block.unregistered = pointer;
    block.unregistered_at = play->invocation->site;
    block.unregister_status = play->status;
    block.flags |= BLOCK_UNREGISTERED | (undone ? (uint32_t)BLOCK_UNDONE : 0U);
    block_set(play->engine, play->state, event.base, block);
    trail_did(trail_add(play->engine, play->state, play->invocation->site, event.base,
                        "unregistered by %s here", event.call),
              REPLAY_UNREGISTER, &event);
}

static void resets_device(struct play *play)
{
    bool maybe = play->effect->detail && strcmp(play->effect->detail, "maybe") == 0;
    struct pmap_iter iter = pmap_begin(play->state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        block_add_flags(play->engine, play->state, registration_at(play->engine, key)->block,
                        maybe ? BLOCK_REG_UNKNOWN : BLOCK_RESET);
    play->state->registrations = NULL;
    play->state->flags |= STATE_DEVICE_RESET;
    struct event event = new_event(play, EVENT_LAUNCH, VALUE_NONE);
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

/* ---- the rest ---- */

static void begins_capture(struct play *play)
{
    int64_t mode = 0;
    if (argument(play, play->effect->flags) != VALUE_NONE &&
        !known_number(play, play->effect->flags, &mode))
        mode = 2; /* not known: as if everything were permitted */
    play->state->capture = (uint32_t)mode + 1;
    play->state->capture_site = play->invocation->site;
    play->state->capture_status = play->status;
}

static void protects(struct play *play)
{
    int64_t protection;
    value_id pointer = argument(play, play->effect->pointer), offset;
    if (pointer == VALUE_NONE)
        return;
    value_id base = value_base(&play->engine->values, pointer, &offset);
    struct block block;
    if (base == VALUE_NONE || !block_get(play->engine, play->state, base, &block))
        return;
    block.flags &= ~(uint32_t)(BLOCK_READ_ONLY | BLOCK_NO_ACCESS);
    if (!known_number(play, play->effect->flags, &protection))
        block.flags |= BLOCK_DEVICE_FILE; /* not known any more */
    else if (protection == 0)
        block.flags |= BLOCK_NO_ACCESS;
    else if (!(protection & PROT_WRITE_BIT))
        block.flags |= BLOCK_READ_ONLY;
    block_set(play->engine, play->state, base, block);
    trail_add(play->engine, play->state, play->invocation->site, base, "protection changed here");
}

/* Is the file that is opened one of /dev? Only a literal path tells. */
static bool opens_device(const struct play *play)
{
    const struct ir_function *function =
        context_function(play->engine, site_at(play->engine, play->invocation->site)->context)->ir;
    const struct ir_op *op = play->invocation->op;
    for (size_t i = 0; op && op->call && i < op->call->args.len; i++) {
        const struct ir_op *path = &function->ops.data[op->call->args.data[i]];
        while (path->code == IR_CAST || (path->code == IR_INDEX && path->b == IR_NONE))
            path = &function->ops.data[path->a];
        if (path->code == IR_STRING && path->text && strncmp(path->text, "\"/dev/", 6) == 0)
            return true;
    }
    return false;
}

static void opens(struct play *play)
{
    const char *detail = play->effect->detail ? play->effect->detail : "unknown";
    if (opens_device(play))
        detail = "device";
    value_id descriptor = unknown_result(play->engine, play->state, play->invocation->op_id);
    map_set_u64(&play->engine->descriptors, descriptor, name_intern(&play->engine->values, detail));
    *play->result = descriptor;
}

static void returns_argument(struct play *play)
{
    value_id value = argument(play, play->effect->pointer);
    if (value == VALUE_NONE)
        return;
    if (play->invocation->into != VALUE_NONE) {
        memory_copy(play->engine, play->state, play->invocation->into, value, 0);
        value = play->invocation->into;
    }
    *play->result = value;
}

static ir_id pointee(const struct play *play, int index)
{
    if (index < 0 || (size_t)index >= play->invocation->count ||
        play->invocation->types[index] == IR_NONE)
        return IR_NONE;
    return play->invocation->unit->types.data[play->invocation->types[index]].element;
}

static void exchanges(struct play *play)
{
    value_id place = argument(play, play->effect->pointer);
    value_id now = argument(play, play->effect->other);
    if (place == VALUE_NONE || now == VALUE_NONE)
        return;
    ir_id type = pointee(play, play->effect->pointer);
    *play->result = memory_load(play->engine, play->state, place, play->invocation->unit, type);
    /* `other` comes by reference: its content is the new value where it is a place of its own */
    value_id content;
    memory_store(play->engine, play->state, place,
                 memory_peek(play->state, now, &content) ? content : now);
}

static void swaps(struct play *play)
{
    value_id a = argument(play, play->effect->pointer), b = argument(play, play->effect->other);
    if (a == VALUE_NONE || b == VALUE_NONE)
        return;
    ir_id type = pointee(play, play->effect->pointer);
    const struct ir_type *t = type == IR_NONE ? NULL : &play->invocation->unit->types.data[type];
    if (t && t->kind != IR_TYPE_RECORD && t->kind != IR_TYPE_ARRAY) {
        value_id old_a = memory_load(play->engine, play->state, a, play->invocation->unit, type);
        value_id old_b = memory_load(play->engine, play->state, b, play->invocation->unit, type);
        memory_store(play->engine, play->state, a, old_b);
        memory_store(play->engine, play->state, b, old_a);
        return;
    }
    struct symbol symbol = {.kind = SYMBOL_UNKNOWN, .is_pointer = 1, .origin = a};
    value_id aside = value_symbol(&play->engine->values, symbol);
    part_move(play->engine, play->state, aside, a);
    part_move(play->engine, play->state, a, b);
    part_move(play->engine, play->state, b, aside);
    memory_forget(play->engine, play->state, aside);
}

/* std::min and std::max give a reference: to a value between the two. */
static void picks(struct play *play)
{
    value_id a = argument(play, play->effect->pointer), b = argument(play, play->effect->other);
    if (a == VALUE_NONE || b == VALUE_NONE)
        return;
    ir_id type = pointee(play, play->effect->pointer);
    struct engine *engine = play->engine;
    value_id left = memory_load(engine, play->state, a, play->invocation->unit, type);
    value_id right = memory_load(engine, play->state, b, play->invocation->unit, type);
    bool minimum = play->effect->kind == MODEL_MINIMUM;
    enum truth order = decide(engine, play->state, compare(engine, IR_LE, left, right));
    if (order != TRUTH_UNKNOWN) {
        *play->result = (order == TRUTH_TRUE) == minimum ? a : b;
        return;
    }
    struct range l = range_of(engine, play->state, left), r = range_of(engine, play->state, right);
    value_id place = symbol_new(engine, SYMBOL_RESULT, play->invocation->site, NULL, IR_NONE);
    value_id picked = value_opaque(&engine->values, minimum ? 200 : 201, left, right);
    int64_t low = minimum == (l.low < r.low) ? l.low : r.low;
    if (low > INT64_MIN)
        assume(engine, play->state, compare(engine, IR_GE, picked, value_int(&engine->values, low)),
               true);
    memory_store(engine, play->state, place, picked);
    *play->result = place;
}

static void asserts(struct play *play)
{
    value_id condition = argument(play, play->effect->pointer);
    if (condition != VALUE_NONE && !assume(play->engine, play->state, condition, true))
        play->step = STEP_ENDED;
}

static void checks(struct play *play)
{
    value_id status = argument(play, play->effect->pointer);
    status_look(play->engine, play->state, status);
    const struct symbol *symbol = symbol_of(&play->engine->values, status);
    if (symbol && symbol->kind == SYMBOL_STATUS && play->effect->noreturn_on_error &&
        !assume(play->engine, play->state, status, false))
        play->step = STEP_ENDED;
}

static void queries(struct play *play)
{
    value_id pointer = argument(play, play->effect->pointer), offset;
    value_id base =
        pointer == VALUE_NONE ? VALUE_NONE : value_base(&play->engine->values, pointer, &offset);
    if (base == VALUE_NONE)
        return;
    block_add_flags(play->engine, play->state, base, BLOCK_QUERIED);
    /* what is registered is the answer's to say from here on */
    if (remove_registration(play, pointer, base))
        block_add_flags(play->engine, play->state, base, BLOCK_REG_UNKNOWN);
}

static void launches(struct play *play)
{
    struct event event = new_event(play, EVENT_LAUNCH, argument(play, play->effect->pointer));
    if (event.base != VALUE_NONE)
        event_raise(play->engine, &event);
}

static void calls_method(struct play *play)
{
    value_id object = argument(play, play->effect->pointer);
    ir_id type = pointee(play, play->effect->pointer);
    const struct ir_unit *unit = play->invocation->unit;
    const struct model_container *container =
        callee_container_of_type(play->engine->models, unit, type);
    const struct model_method *method =
        container && play->effect->detail ? models_method(container, play->effect->detail) : NULL;
    if (object == VALUE_NONE || !method)
        return;
    struct invocation inner = *play->invocation;
    inner.args[0] = object;
    inner.count = 1;
    play->step = container_method(play->engine, play->state, &inner, container, method, unit,
                                  &unit->records.data[unit->types.data[type].record], play->result);
}

static void releases(struct play *play)
{
    value_id pointer = argument(play, play->effect->pointer), offset;
    release_block(play->engine, play->state, play->invocation->site, pointer,
                  play->effect->memory == MODEL_MEMORY_MAPPING ? RELEASE_UNMAP : RELEASE_CALL,
                  play->effect->memory, play->invocation->name, play->model, play->invocation->op);
    struct block block;
    value_id base =
        pointer == VALUE_NONE ? VALUE_NONE : value_base(&play->engine->values, pointer, &offset);
    if (!block_get(play->engine, play->state, base, &block) || block.life != BLOCK_RELEASED ||
        block.released != play->invocation->site)
        return;
    block.status = play->status; /* where the call turns out to have failed, nothing is known */
    block.moved_from = VALUE_NONE;
    block_set(play->engine, play->state, base, block);
}

static void fills(struct play *play)
{
    value_id pointer = argument(play, play->effect->pointer);
    int64_t byte;
    region_id region;
    value_id offset;
    if (pointer == VALUE_NONE ||
        !value_as_address(&play->engine->values, pointer, &region, &offset))
        return;
    if (known_number(play, play->effect->other, &byte) && byte == 0)
        memory_zero(play->engine, play->state, pointer, 0);
    else
        memory_havoc(play->engine, play->state, pointer, play->invocation->site);
}

static void play_effect(struct play *play)
{
    switch (play->effect->kind) {
    case MODEL_ALLOCATES:
        allocates(play);
        break;
    case MODEL_RELEASES:
        releases(play);
        break;
    case MODEL_REALLOCATES:
        reallocates(play);
        break;
    case MODEL_REGISTERS:
        registers(play);
        break;
    case MODEL_UNREGISTERS:
        unregisters(play);
        break;
    case MODEL_CHECKS:
        checks(play);
        break;
    case MODEL_QUERIES:
        queries(play);
        break;
    case MODEL_READS_LAST_ERROR:
        break; /* before the effects: see last_error */
    case MODEL_DEVICE_POINTER:
        give(play, play->effect->result, argument(play, play->effect->pointer));
        break;
    case MODEL_RESETS_DEVICE:
        resets_device(play);
        break;
    case MODEL_BEGINS_CAPTURE:
        begins_capture(play);
        break;
    case MODEL_ENDS_CAPTURE:
        play->state->capture = 0;
        play->state->capture_site = SITE_NONE;
        break;
    case MODEL_SWAPS_CAPTURE_MODE:
        if (play->state->capture)
            play->state->capture = 3; /* not followed: as Relaxed */
        break;
    case MODEL_PROTECTS:
        protects(play);
        break;
    case MODEL_OPENS:
        opens(play);
        break;
    case MODEL_RETURNS_ARG:
        returns_argument(play);
        break;
    case MODEL_ASSERTS:
        asserts(play);
        break;
    case MODEL_LAUNCHES:
        launches(play);
        break;
    case MODEL_EXCHANGES:
        exchanges(play);
        break;
    case MODEL_SWAPS:
        swaps(play);
        break;
    case MODEL_MINIMUM:
    case MODEL_MAXIMUM:
        picks(play);
        break;
    case MODEL_FILLS:
        fills(play);
        break;
    case MODEL_CALLS_METHOD:
        calls_method(play);
        break;
    }
}

/* ---- the call as a whole ---- */

static bool has_effect(const struct model_function *model, enum model_effect_kind kind)
{
    for (size_t i = 0; i < model->effects.len; i++)
        if (model->effects.data[i].kind == kind)
            return true;
    return false;
}

static bool is_cuda(const struct model_function *model)
{
    return model->api == MODEL_API_RUNTIME || model->api == MODEL_API_DRIVER ||
           model->api == MODEL_API_HIP;
}

/* A run of register calls with one last-error query behind it is checked as a whole: an error
 * stays until it is read (measured: h200-driver580-cuda13.0-a.txt, last_error). */
static bool is_watched(const struct model_function *model)
{
    return model->status_matters || model->status_advised;
}

/* cudaGetLastError gives the status of the call that failed: of the newest that nobody looked at.
 */
static value_id last_error(struct engine *engine, struct state *state)
{
    value_id newest = VALUE_NONE;
    site_id newest_site = 0;
    struct pmap_iter iter = pmap_begin(state->statuses);
    for (uint64_t symbol, number; pmap_next(&iter, &symbol, &number);) {
        const struct pending_status *pending = table_at(&engine->pending, (uint32_t)number);
        if (newest == VALUE_NONE || pending->site >= newest_site) {
            newest = (value_id)symbol;
            newest_site = pending->site;
        }
    }
    status_next_call(engine, state, true);
    return newest;
}

/* Arguments that the models do not mention but that the call may write through. */
static void write_outputs(const struct play *play)
{
    for (size_t i = 0; i < play->invocation->count; i++) {
        bool mentioned = false;
        for (size_t e = 0; e < play->model->effects.len; e++) {
            const struct model_effect *effect = &play->model->effects.data[e];
            mentioned |=
                effect->result == (int)i || effect->pointer == (int)i || effect->other == (int)i;
        }
        ir_id target = pointee(play, (int)i);
        if (mentioned || target == IR_NONE || play->invocation->unit->types.data[target].is_const ||
            value_is_int(&play->engine->values, play->invocation->args[i], NULL))
            continue;
        region_id region;
        value_id offset;
        if (value_as_address(&play->engine->values, play->invocation->args[i], &region, &offset))
            memory_havoc(play->engine, play->state, play->invocation->args[i],
                         play->invocation->site);
    }
}

enum step call_model(struct engine *engine, struct state *state,
                     const struct invocation *invocation, const struct model_function *model,
                     value_id *result)
{
    struct play play = {.engine = engine,
                        .state = state,
                        .invocation = invocation,
                        .model = model,
                        .status = VALUE_NONE,
                        .result = result,
                        .step = STEP_NEXT};
    if (has_effect(model, MODEL_READS_LAST_ERROR))
        *result = last_error(engine, state);
    else if (is_cuda(model) && model->status == MODEL_STATUS_ZERO_OK && !is_watched(model))
        status_next_call(engine, state, false);
    write_outputs(&play);
    if (model->status == MODEL_STATUS_ZERO_OK && *result == VALUE_NONE)
        *result = play.status = status_new(engine, state, invocation->site, model, invocation->unit,
                                           invocation->op->type);
    for (size_t i = 0; i < model->effects.len && play.step == STEP_NEXT; i++) {
        play.effect = &model->effects.data[i];
        play_effect(&play);
    }
    if (model->keeps_arguments)
        for (size_t i = 0; i < invocation->count; i++)
            escape(engine, state, invocation->args[i], invocation->site);
    if (model->is_noreturn) {
        bool exits = strcmp(model->name, "exit") == 0;
        if (exits && !(state->flags & STATE_AFTER_FAILURE))
            path_ends(engine, state, VALUE_NONE, true);
        return STEP_ENDED;
    }
    return play.step;
}
