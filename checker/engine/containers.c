/* Classes of the C++ library (and their like) that own a buffer: what their models say about a
 * method, played on parts that the engine keeps in memory beside the object's real members:
 * "(buffer)", "(count)", and "(fixed)" where a reserve in sight keeps the buffer in place. */
#include "engine/internal.h"

#include <string.h>

struct method_play {
    struct engine *engine;
    struct state *state;
    const struct invocation *invocation;
    const struct model_container *container;
    const struct model_method *method;
    const struct ir_unit *unit;
    const struct ir_record *record;
    const struct ir_function *callee; /* or NULL */
    value_id object;
    value_id *result;
};

value_id part_address(struct engine *engine, value_id object, const char *part)
{
    bool begins = strcmp(part, "(elements)") == 0; /* those of std::array begin with the object */
    return value_field(&engine->values, object, part, begins ? 0 : IR_SIZE_UNKNOWN);
}

value_id part_load(struct engine *engine, struct state *state, value_id object, const char *part,
                   bool is_pointer)
{
    value_id address = part_address(engine, object, part), content;
    if (memory_peek(state, address, &content))
        return content;
    content = memory_load(engine, state, address, NULL, IR_NONE);
    const struct symbol *made = symbol_of(&engine->values, content);
    if (!made)
        return content;
    struct symbol symbol = *made;
    symbol.is_pointer = is_pointer;
    symbol.bits = 64;
    content = value_symbol(&engine->values, symbol);
    state->store = pmap_set(engine->arena, state->store, address, content);
    return content;
}

static void part_store(struct engine *engine, struct state *state, value_id object,
                       const char *part, value_id value)
{
    memory_store(engine, state, part_address(engine, object, part), value);
}

/* Everything that `from` holds goes to `to`; owners of the buffers follow. */
void part_move(struct engine *engine, struct state *state, value_id to, value_id from)
{
    memory_copy(engine, state, to, from, 1); /* at an array's start: one element of it */
    value_id buffer;
    struct block block;
    if (!memory_peek(state, part_address(engine, to, "(buffer)"), &buffer) ||
        !block_get(engine, state, buffer, &block))
        return;
    block.owner = to;
    block_set(engine, state, buffer, block);
}

bool moves_argument(const struct ir_unit *unit, const struct ir_function *callee, size_t argument)
{
    if (!callee || argument >= callee->param_types.len)
        return false;
    ir_id type = callee->param_types.data[argument];
    if (type == IR_NONE || unit->types.data[type].kind != IR_TYPE_REFERENCE ||
        !unit->types.data[type].name)
        return false;
    return strstr(unit->types.data[type].name, "&&") != NULL;
}

static uint64_t element_size(const struct method_play *play)
{
    int index = play->container->element_argument;
    if (index < 0 || !play->record || (size_t)index >= play->record->arguments.len)
        return strcmp(play->container->name, "std::string") == 0 ? 1 : 0;
    uint64_t size = play->unit->types.data[play->record->arguments.data[index]].size;
    return size == IR_SIZE_UNKNOWN ? 0 : size;
}

/* What the calls in the body of an allocator's allocate() give; `*registers`: it registers it too.
 */
static enum model_memory memory_of_body(const struct method_play *play,
                                        const struct ir_function *function, bool *registers)
{
    enum model_memory memory = MODEL_MEMORY_UNKNOWN;
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        const struct model_function *model =
            op->code == IR_CALL ? callee_model(play->engine->models, play->unit, op->call) : NULL;
        for (size_t e = 0; model && e < model->effects.len; e++) {
            if (model->effects.data[e].kind == MODEL_ALLOCATES)
                memory = model->effects.data[e].memory;
            *registers |= model->effects.data[e].kind == MODEL_REGISTERS;
        }
    }
    return memory;
}

/* What a project's own allocator gives, as far as its allocate() says. Of an instance that nobody
 * calls by name only the template's members have bodies. */
static enum model_memory project_allocator(const struct method_play *play, ir_id record)
{
    const struct ir_unit *unit = play->unit;
    const char *name = unit->records.data[record].name;
    enum model_memory memory = models_allocator_memory(play->engine->models, name);
    bool registers = false;
    for (size_t r = 0; memory == MODEL_MEMORY_UNKNOWN && r < unit->records.len; r++) {
        const struct ir_record *same = &unit->records.data[r];
        if (strcmp(same->name, name) != 0)
            continue;
        for (size_t m = 0; memory == MODEL_MEMORY_UNKNOWN && m < same->methods.len; m++) {
            const struct ir_function *function = &unit->functions.data[same->methods.data[m]];
            if (strcmp(function->name, "allocate") == 0)
                memory = memory_of_body(play, function, &registers);
        }
    }
    return registers ? MODEL_MEMORY_UNKNOWN : memory;
}

/* What the buffer is made of: an allocator that is not the library's makes that unknown, unless a
 * model knows it. */
static enum provenance buffer_provenance(const struct method_play *play)
{
    int index = play->container->allocator_argument;
    enum model_memory memory = play->container->memory;
    if (index >= 0 && play->record && (size_t)index < play->record->arguments.len) {
        const struct ir_type *type = &play->unit->types.data[play->record->arguments.data[index]];
        if (type->record == IR_NONE)
            return PROVENANCE_UNKNOWN;
        memory = project_allocator(play, type->record);
        if (memory == MODEL_MEMORY_HEAP || memory == MODEL_MEMORY_NEW)
            return PROVENANCE_CONTAINER;
        return memory == MODEL_MEMORY_PINNED ? PROVENANCE_PINNED : PROVENANCE_UNKNOWN;
    }
    if (memory == MODEL_MEMORY_HEAP || memory == MODEL_MEMORY_NEW)
        return PROVENANCE_CONTAINER;
    return (enum provenance)memory;
}

/* A new buffer for the object; `why` tells several made at one call apart. */
static value_id new_buffer(struct method_play *play, value_id count, uint64_t why)
{
    struct engine *engine = play->engine;
    struct symbol symbol = {.kind = SYMBOL_BUFFER,
                            .is_pointer = 1,
                            .bits = 64,
                            .origin = hash_u64(((uint64_t)play->invocation->site << 8) | why) ^
                                      play->object};
    value_id pointer = value_symbol(&engine->values, symbol);
    uint64_t element = element_size(play);
    struct block block = {.memory = PROVENANCE_CONTAINER,
                          .life = BLOCK_LIVE,
                          .flags = BLOCK_OWN,
                          .size = VALUE_NONE,
                          .status = VALUE_NONE,
                          .allocated = play->invocation->site,
                          .released = SITE_NONE,
                          .unregistered = VALUE_NONE,
                          .unregistered_at = SITE_NONE,
                          .failed = VALUE_NONE,
                          .failed_status = VALUE_NONE,
                          .unregister_status = VALUE_NONE,
                          .owner = play->object,
                          .moved_from = VALUE_NONE,
                          .element = (uint32_t)element};
    block.memory = buffer_provenance(play);
    if (block.memory == PROVENANCE_UNKNOWN) /* its allocator may register what it allocates */
        block.flags |= BLOCK_ESCAPED | BLOCK_REG_UNKNOWN;
    if (element && count != VALUE_NONE)
        block.size = value_binary(&engine->values, IR_MUL, count,
                                  value_int(&engine->values, (int64_t)element));
    block_set(engine, play->state, pointer, block);
    return pointer;
}

static void set_contents(struct method_play *play, value_id buffer, value_id count)
{
    part_store(play->engine, play->state, play->object, "(buffer)", buffer);
    part_store(play->engine, play->state, play->object, "(count)", count);
}

static value_id unknown_count(struct method_play *play, uint64_t why)
{
    struct symbol symbol = {.kind = SYMBOL_RESULT,
                            .bits = 64,
                            .origin = hash_u64(((uint64_t)play->invocation->site << 8) | why)};
    return value_symbol(&play->engine->values, symbol);
}

/* The buffer of an object that was there before the path began: a block of its own kind. */
static value_id load_buffer(struct method_play *play)
{
    value_id buffer = part_load(play->engine, play->state, play->object, "(buffer)", true);
    const struct symbol *symbol = symbol_of(&play->engine->values, buffer);
    struct block block;
    if (symbol && symbol->kind == SYMBOL_CONTENT &&
        !block_get(play->engine, play->state, buffer, &block)) {
        block_describe(play->engine, play->state, buffer, &block);
        block.memory = buffer_provenance(play);
        if (block.memory == PROVENANCE_UNKNOWN)
            block.flags |= BLOCK_ESCAPED | BLOCK_REG_UNKNOWN;
        block.owner = play->object;
        block.element = (uint32_t)element_size(play);
        if (block.element)
            block.size =
                value_binary(&play->engine->values, IR_MUL,
                             part_load(play->engine, play->state, play->object, "(count)", false),
                             value_int(&play->engine->values, block.element));
        block_set(play->engine, play->state, buffer, block);
    }
    return buffer;
}

static bool is_fixed(struct method_play *play)
{
    value_id fixed;
    return memory_peek(play->state, part_address(play->engine, play->object, "(fixed)"), &fixed) &&
           fixed != 0;
}

/* True where that was a reported mistake. */
static bool give_up_buffer(struct method_play *play, enum release_kind how)
{
    value_id buffer;
    struct block block;
    if (!memory_peek(play->state, part_address(play->engine, play->object, "(buffer)"), &buffer))
        return false;
    release_block(play->engine, play->state, play->invocation->site, buffer, how, 0,
                  play->invocation->name, NULL, play->invocation->op);
    return block_get(play->engine, play->state, buffer, &block) && (block.flags & BLOCK_REPORTED);
}

/* The buffer becomes one of `count` elements somewhere else. */
static void move_buffer(struct method_play *play, value_id buffer_count, uint64_t why,
                        value_id count)
{
    bool reported = give_up_buffer(play, RELEASE_GROWTH);
    value_id buffer = new_buffer(play, buffer_count, why);
    if (reported) /* that the new buffer is not registered follows from it */
        block_add_flags(play->engine, play->state, buffer, BLOCK_REPORTED);
    set_contents(play, buffer, count);
}

/* The container may move its contents into a new buffer of `count` elements. */
static void grow(struct method_play *play, value_id count)
{
    if (is_fixed(play)) {
        part_store(play->engine, play->state, play->object, "(count)", count);
        return;
    }
    move_buffer(play, count, 21, count);
}

static value_id written(const struct method_play *play)
{
    int index = play->method->argument < 0 ? 0 : play->method->argument;
    size_t position = (size_t)index + 1;
    return position < play->invocation->count ? play->invocation->args[position] : VALUE_NONE;
}

static void reserve(struct method_play *play)
{
    struct engine *engine = play->engine;
    value_id now = part_load(engine, play->state, play->object, "(count)", false);
    value_id wanted = written(play);
    bool fits = wanted != VALUE_NONE &&
                decide(engine, play->state, compare(engine, IR_LE, wanted, now)) == TRUTH_TRUE;
    if (fits)
        return;
    if (!is_fixed(play))
        move_buffer(play, VALUE_NONE, 33, now);
    part_store(engine, play->state, play->object, "(fixed)", value_int(&engine->values, 1));
}

/* resize(n), assign(n, x); assign(first, last) says no number. */
static bool writes_count(const struct method_play *play)
{
    int index = play->method->argument < 0 ? 0 : play->method->argument;
    size_t position = (size_t)index + 1;
    if (position >= play->invocation->count || play->invocation->types[position] == IR_NONE)
        return false;
    enum ir_type_kind kind =
        play->invocation->unit->types.data[play->invocation->types[position]].kind;
    return kind == IR_TYPE_INT || kind == IR_TYPE_REFERENCE;
}

static void resize(struct method_play *play)
{
    struct engine *engine = play->engine;
    value_id count = writes_count(play) ? written(play) : VALUE_NONE;
    value_id now = part_load(engine, play->state, play->object, "(count)", false);
    if (count == VALUE_NONE)
        count = unknown_count(play, 23);
    if (decide(engine, play->state, compare(engine, IR_LE, count, now)) == TRUTH_TRUE)
        part_store(engine, play->state, play->object, "(count)", count);
    else
        grow(play, count);
}

/* New elements keep what they are made from: pointers among the arguments are out of sight from
 * here on, and what is moved in leaves its old owner empty. */
static void keep_arguments(struct method_play *play)
{
    struct engine *engine = play->engine;
    for (size_t i = 1; i < play->invocation->count; i++) {
        value_id argument = play->invocation->args[i];
        bool moved = moves_argument(play->unit, play->callee, i);
        escape(engine, play->state, argument);
        struct pmap_iter iter = pmap_begin(play->state->store);
        for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
            if (!value_is_within(&engine->values, (value_id)cell, argument))
                continue;
            escape(engine, play->state, (value_id)content);
            if (moved && symbol_of(&engine->values, (value_id)content))
                play->state->store = pmap_set(engine->arena, play->state->store, cell,
                                              value_int(&engine->values, 0));
        }
    }
}

static void grow_by_one(struct method_play *play)
{
    struct engine *engine = play->engine;
    keep_arguments(play);
    value_id count = unknown_count(play, 25);
    bool adds = strncmp(play->method->name, "push", 4) == 0 ||
                strncmp(play->method->name, "emplace", 7) == 0;
    if (adds)
        assume(engine, play->state, compare(engine, IR_GE, count, value_int(&engine->values, 1)),
               true);
    grow(play, count);
}

static void assign(struct method_play *play)
{
    value_id source = play->invocation->count > 1 ? play->invocation->args[1] : VALUE_NONE;
    region_id region;
    value_id offset;
    bool is_object =
        source != VALUE_NONE && value_as_address(&play->engine->values, source, &region, &offset);
    if (source == play->object)
        return;
    if (is_object && moves_argument(play->unit, play->callee, 1)) {
        give_up_buffer(play, RELEASE_GROWTH);
        part_move(play->engine, play->state, play->object, source);
        part_store(play->engine, play->state, source, "(buffer)", 0);
        part_store(play->engine, play->state, source, "(count)", 0);
        return;
    }
    grow(play, unknown_count(play, 27));
}

static void swap_contents(struct method_play *play, value_id other)
{
    if (other == VALUE_NONE || other == play->object)
        return;
    value_id object = play->object;
    load_buffer(play);
    struct method_play twin = *play;
    twin.object = other;
    load_buffer(&twin);
    static const char *const parts[] = {"(buffer)", "(count)", "(fixed)"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bool pointer = i == 0;
        value_id a = part_load(play->engine, play->state, object, parts[i], pointer);
        value_id b = part_load(play->engine, play->state, other, parts[i], pointer);
        part_store(play->engine, play->state, object, parts[i], b);
        part_store(play->engine, play->state, other, parts[i], a);
    }
}

static bool is_inline(const struct method_play *play)
{
    return play->container->storage == MODEL_STORAGE_INLINE;
}

static value_id first_element(struct method_play *play)
{
    if (is_inline(play))
        return part_address(play->engine, play->object, "(elements)");
    return load_buffer(play);
}

static value_id count_of(struct method_play *play)
{
    if (!is_inline(play))
        return part_load(play->engine, play->state, play->object, "(count)", false);
    uint64_t element = element_size(play);
    for (size_t i = 0; element && i < play->unit->types.len; i++) {
        const struct ir_type *type = &play->unit->types.data[i];
        if (type->kind == IR_TYPE_RECORD && type->record != IR_NONE &&
            &play->unit->records.data[type->record] == play->record &&
            type->size != IR_SIZE_UNKNOWN)
            return value_int(&play->engine->values, (int64_t)(type->size / element));
    }
    return unknown_count(play, 29);
}

static value_id element(struct method_play *play)
{
    value_id index = play->invocation->count > 1 ? play->invocation->args[1] : 0;
    uint64_t size = element_size(play);
    value_id first = first_element(play);
    if (strcmp(play->method->name, "front") == 0)
        index = 0;
    if (strcmp(play->method->name, "back") == 0 || !size)
        return value_advance(&play->engine->values, first, unknown_count(play, 31));
    value_id bytes = value_binary(&play->engine->values, IR_MUL, index,
                                  value_int(&play->engine->values, (int64_t)size));
    return value_advance(&play->engine->values, first, bytes);
}

static void dynamic_method(struct method_play *play)
{
    struct engine *engine = play->engine;
    switch (play->method->kind) {
    case MODEL_METHOD_BUFFER:
        *play->result = first_element(play);
        break;
    case MODEL_METHOD_ELEMENT:
        *play->result = element(play);
        break;
    case MODEL_METHOD_COUNT:
        *play->result = count_of(play);
        break;
    case MODEL_METHOD_BYTES:
        *play->result = value_binary(&engine->values, IR_MUL, count_of(play),
                                     value_int(&engine->values, (int64_t)element_size(play)));
        break;
    case MODEL_METHOD_EMPTY:
        *play->result = compare(engine, IR_EQ, count_of(play), 0);
        break;
    case MODEL_METHOD_RESERVE:
        reserve(play);
        break;
    case MODEL_METHOD_RESIZE:
        resize(play);
        break;
    case MODEL_METHOD_GROW:
        grow_by_one(play);
        break;
    case MODEL_METHOD_SHRINK:
        part_store(engine, play->state, play->object, "(fixed)", 0);
        grow(play, part_load(engine, play->state, play->object, "(count)", false));
        break;
    case MODEL_METHOD_CLEAR:
        part_store(engine, play->state, play->object, "(count)", 0);
        break;
    case MODEL_METHOD_DROP:
        part_store(engine, play->state, play->object, "(count)", unknown_count(play, 35));
        break;
    case MODEL_METHOD_SWAP:
        swap_contents(play, written(play));
        break;
    case MODEL_METHOD_ASSIGN:
        assign(play);
        break;
    default:
        break;
    }
    if (*play->result == VALUE_NONE && play->invocation->into != VALUE_NONE) {
        memory_havoc(engine, play->state, play->invocation->into, play->invocation->site);
        *play->result = play->invocation->into;
    }
}

enum step container_method(struct engine *engine, struct state *state,
                           const struct invocation *invocation,
                           const struct model_container *container,
                           const struct model_method *method, const struct ir_unit *unit,
                           const struct ir_record *record, value_id *result)
{
    struct method_play play = {.engine = engine,
                               .state = state,
                               .invocation = invocation,
                               .container = container,
                               .method = method,
                               .unit = unit,
                               .record = record,
                               .object = invocation->args[0],
                               .result = result};
    const struct ir_op *op = invocation->op;
    if (op && op->call && op->call->function != IR_NONE)
        play.callee = &unit->functions.data[op->call->function];
    dynamic_method(&play);
    return STEP_NEXT;
}

/* ---- construction and destruction ---- */

static bool is_integer(const struct method_play *play, size_t argument)
{
    ir_id type = argument < play->invocation->count ? play->invocation->types[argument] : IR_NONE;
    if (play->callee && argument < play->callee->param_types.len)
        type = play->callee->param_types.data[argument];
    if (type == IR_NONE || type >= play->unit->types.len)
        return false;
    enum ir_type_kind kind = play->unit->types.data[type].kind;
    return kind == IR_TYPE_INT || kind == IR_TYPE_ENUM;
}

static void construct(struct method_play *play)
{
    struct engine *engine = play->engine;
    size_t count = play->invocation->count;
    memory_havoc(engine, play->state, play->object, play->invocation->site);
    part_store(engine, play->state, play->object, "(fixed)", 0);
    if (is_inline(play))
        return;
    if (count < 2) {
        set_contents(play, new_buffer(play, 0, 45), 0);
        return;
    }
    value_id first = play->invocation->args[1];
    if (play->container->storage == MODEL_STORAGE_VIEW) {
        set_contents(play, first, count > 2 ? play->invocation->args[2] : unknown_count(play, 37));
        return;
    }
    if (play->container->count_constructor && is_integer(play, 1)) {
        set_contents(play, new_buffer(play, first, 39), first);
        return;
    }
    value_id content;
    bool is_same = memory_peek(play->state, part_address(engine, first, "(count)"), &content);
    if (moves_argument(play->unit, play->callee, 1) && count == 2) {
        value_id object = play->object;
        play->object = first;
        load_buffer(play);
        play->object = object;
        part_move(engine, play->state, play->object, first);
        part_store(engine, play->state, first, "(buffer)", 0);
        part_store(engine, play->state, first, "(count)", 0);
        return;
    }
    value_id elements = is_same ? content : unknown_count(play, 41);
    set_contents(play, new_buffer(play, elements, 43), elements);
}

static bool owns_pointer(const struct model_container *container)
{
    return container->storage == MODEL_STORAGE_UNIQUE || container->storage == MODEL_STORAGE_SHARED;
}

static enum step owner_method(struct method_play *play)
{
    struct engine *engine = play->engine;
    value_id object = play->object;
    value_id owned = part_load(engine, play->state, object, "(owned)", true);
    switch (play->method->kind) {
    case MODEL_METHOD_BUFFER:
        *play->result = owned;
        break;
    case MODEL_METHOD_ELEMENT: {
        value_id index = play->invocation->count > 1 ? play->invocation->args[1] : 0;
        value_id bytes = value_binary(&engine->values, IR_MUL, index,
                                      value_int(&engine->values, (int64_t)element_size(play)));
        *play->result = value_advance(&engine->values, owned, bytes);
        break;
    }
    case MODEL_METHOD_BOOL:
        *play->result = compare(engine, IR_NE, owned, 0);
        break;
    case MODEL_METHOD_RELEASE:
        *play->result = owned;
        part_store(engine, play->state, object, "(owned)", 0);
        break;
    case MODEL_METHOD_RESET: {
        value_id now = play->invocation->count > 1 ? play->invocation->args[1] : 0;
        enum step step = owner_release(engine, play->state, play->invocation, play->container,
                                       play->unit, play->record, RELEASE_DESTRUCTION);
        part_store(engine, play->state, object, "(owned)", now);
        return step;
    }
    case MODEL_METHOD_ASSIGN: {
        value_id source = play->invocation->count > 1 ? play->invocation->args[1] : 0;
        value_id now = 0;
        region_id region;
        value_id offset;
        bool is_object = value_as_address(&engine->values, source, &region, &offset);
        if (is_object) {
            now = part_load(engine, play->state, source, "(owned)", true);
            if (play->container->storage == MODEL_STORAGE_UNIQUE ||
                moves_argument(play->unit, play->callee, 1))
                part_store(engine, play->state, source, "(owned)", 0);
            else
                escape(engine, play->state, now);
        }
        enum step step = owner_release(engine, play->state, play->invocation, play->container,
                                       play->unit, play->record, RELEASE_DESTRUCTION);
        part_store(engine, play->state, object, "(owned)", now);
        return step;
    }
    case MODEL_METHOD_DELETER:
        *play->result = part_address(engine, object, "(deleter)");
        break;
    case MODEL_METHOD_SWAP: {
        value_id other = written(play);
        if (other == VALUE_NONE)
            break;
        value_id theirs = part_load(engine, play->state, other, "(owned)", true);
        part_store(engine, play->state, object, "(owned)", theirs);
        part_store(engine, play->state, other, "(owned)", owned);
        break;
    }
    default:
        break;
    }
    return STEP_NEXT;
}

enum step container_call(struct engine *engine, struct state *state,
                         const struct invocation *invocation,
                         const struct model_container *container,
                         const struct program_function *callee, value_id *result)
{
    struct method_play play = {.engine = engine,
                               .state = state,
                               .invocation = invocation,
                               .container = container,
                               .unit = callee->in,
                               .record = &callee->in->records.data[callee->ir->record],
                               .callee = callee->ir,
                               .result = result};
    if (!invocation->count || callee->ir->is_static_method) {
        call_unknown(engine, state, invocation, callee->ir, result);
        return STEP_NEXT;
    }
    play.object = invocation->args[0];
    region_id region;
    value_id offset;
    if (!value_as_address(&engine->values, play.object, &region, &offset))
        return STEP_NEXT;
    bool owner = owns_pointer(container);
    if (callee->ir->kind == IR_FUNCTION_DESTRUCTOR) {
        if (owner)
            return owner_release(engine, state, invocation, container, play.unit, play.record,
                                 RELEASE_DESTRUCTION);
        if (container->storage == MODEL_STORAGE_DYNAMIC) {
            load_buffer(&play);
            give_up_buffer(&play, RELEASE_DESTRUCTION);
        }
        return STEP_NEXT;
    }
    if (callee->ir->kind == IR_FUNCTION_CONSTRUCTOR) {
        if (owner)
            return owner_construct(engine, state, invocation, callee);
        construct(&play);
        return STEP_NEXT;
    }
    play.method = models_method(container, callee->ir->name);
    if (!play.method) { /* a method that no model mentions: anything may have happened to it */
        call_unknown(engine, state, invocation, callee->ir, result);
        return STEP_NEXT;
    }
    if (owner)
        return owner_method(&play);
    dynamic_method(&play);
    return STEP_NEXT;
}
