/* The parts of a container that the engine keeps in memory beside its real members, and the life of
 * its buffer. */
#include "engine/events/events.h"
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/memory.h"
#include "engine/unseen/moments.h"
#include "engine/value/pmap.h"
#include "engine/walk/step.h"

#include <string.h>

bool container_has_nodes(const struct model_container *container)
{
    return container->storage == MODEL_STORAGE_NODES || container->storage == MODEL_STORAGE_KEYED;
}

bool container_has_buffer(const struct model_container *container)
{
    return container->storage == MODEL_STORAGE_DYNAMIC || container_has_nodes(container);
}

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
    value_id unknown = content;
    content = value_symbol(&engine->values, symbol);
    moment_note_same(engine, content, unknown);
    symbol_note_source(engine, content, address);
    state->store = pmap_set(engine->arena, state->store, address, content);
    return content;
}

void part_store(struct engine *engine, struct state *state, value_id object, const char *part,
                value_id value)
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

void part_swap(struct engine *engine, struct state *state, value_id a, value_id b)
{
    struct symbol symbol = {.kind = SYMBOL_UNKNOWN, .is_pointer = 1, .origin = a};
    value_id aside = value_symbol(&engine->values, symbol);
    part_move(engine, state, aside, a);
    part_move(engine, state, a, b);
    part_move(engine, state, b, aside);
    memory_forget(engine, state, aside);
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

uint64_t play_element_size(const struct method_play *play)
{
    ir_id type = element_type(play);
    if (type == IR_NONE)
        return strcmp(play->container->name, "std::string") == 0 ? 1 : 0;
    uint64_t size = play->unit->types.data[type].size;
    return size == IR_SIZE_UNKNOWN ? 0 : size;
}

value_id play_element_bytes(const struct method_play *play)
{
    uint64_t size = play_element_size(play);
    return size ? value_int(&play->engine->values, (int64_t)size)
                : size_symbol(play->engine, play->unit, element_type(play), NULL);
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

/* How many bytes a buffer of so many elements has. */
static value_id buffer_size(const struct method_play *play, value_id count, uint64_t element)
{
    struct values *values = &play->engine->values;
    if (play->container->terminated)
        count = value_binary(values, IR_ADD, count, value_int(values, 1));
    return value_binary(values, IR_MUL, count, value_int(values, (int64_t)element));
}

value_id play_new_buffer(struct method_play *play, value_id count, uint64_t why)
{
    struct engine *engine = play->engine;
    struct symbol symbol = {.kind = SYMBOL_BUFFER,
                            .is_pointer = 1,
                            .bits = 64,
                            .origin = hash_u64(((uint64_t)play->invocation->site << 8) | why) ^
                                      play->object};
    value_id pointer = value_symbol(&engine->values, symbol);
    uint64_t element = play_element_size(play);
    struct block block = block_blank(buffer_provenance(play));
    block.flags = BLOCK_OWN;
    block.allocated = play->invocation->site;
    block.owner = play->object;
    block.element = (uint32_t)element;
    if (block.memory == PROVENANCE_UNKNOWN) /* its allocator may register what it allocates */
        block.flags |= BLOCK_ESCAPED | BLOCK_REG_UNKNOWN;
    bool is_one_piece = !container_has_nodes(play->container);
    if (element && count != VALUE_NONE && is_one_piece)
        block.size = buffer_size(play, count, element);
    block_set(engine, play->state, pointer, block);
    return pointer;
}

void play_set_contents(struct method_play *play, value_id buffer, value_id count)
{
    part_store(play->engine, play->state, play->object, "(buffer)", buffer);
    part_store(play->engine, play->state, play->object, "(count)", count);
}

value_id play_unknown_count(struct method_play *play, uint64_t why)
{
    struct symbol symbol = {.kind = SYMBOL_RESULT,
                            .bits = 64,
                            .origin = hash_u64(((uint64_t)play->invocation->site << 8) | why)};
    return value_symbol(&play->engine->values, symbol);
}

/* The buffer that an object of unknown history owns. */
static void describe_buffer(struct method_play *play, struct block *block)
{
    block->memory = buffer_provenance(play);
    if (block->memory == PROVENANCE_UNKNOWN)
        block->flags |= BLOCK_ESCAPED | BLOCK_REG_UNKNOWN;
    block->owner = play->object;
    if (block->element && !container_has_nodes(play->container))
        block->size =
            buffer_size(play, part_load(play->engine, play->state, play->object, "(count)", false),
                        block->element);
}

value_id play_load_buffer(struct method_play *play)
{
    value_id buffer = part_load(play->engine, play->state, play->object, "(buffer)", true);
    const struct symbol *symbol = symbol_of(&play->engine->values, buffer);
    struct block block;
    if (symbol && symbol->kind == SYMBOL_CONTENT &&
        !block_get(play->engine, play->state, buffer, &block)) {
        block_describe(play->engine, play->state, buffer, &block);
        block.element = (uint32_t)play_element_size(play);
        if (play->container->storage != MODEL_STORAGE_VIEW) /* a view shows memory of others */
            describe_buffer(play, &block);
        block_set(play->engine, play->state, buffer, block);
    }
    return buffer;
}

bool play_is_fixed(struct method_play *play, value_id count)
{
    struct engine *engine = play->engine;
    value_id fixed, reserved;
    if (!memory_peek(play->state, part_address(engine, play->object, "(fixed)"), &fixed) || !fixed)
        return false;
    return !memory_peek(play->state, part_address(engine, play->object, "(reserved)"), &reserved) ||
           reserved == 0 || count == VALUE_NONE ||
           decide(engine, play->state, compare(engine, IR_GT, count, reserved)) != TRUTH_TRUE;
}

bool play_give_up_buffer(struct method_play *play, enum release_kind how)
{
    value_id buffer;
    struct block block;
    if (!memory_peek(play->state, part_address(play->engine, play->object, "(buffer)"), &buffer))
        return false;
    release_block(play->engine, play->state, play->invocation->site, buffer, how, 0,
                  play->invocation->name, NULL, play->invocation->op);
    return block_get(play->engine, play->state, buffer, &block) && (block.flags & BLOCK_REPORTED);
}

value_id play_capacity(struct method_play *play)
{
    struct engine *engine = play->engine;
    value_id capacity = part_load(engine, play->state, play->object, "(capacity)", false);
    value_id count = part_load(engine, play->state, play->object, "(count)", false);
    assume_fact(engine, play->state, compare(engine, IR_GE, capacity, count));
    return capacity;
}

bool play_has_room(struct method_play *play, value_id count)
{
    value_id capacity = part_load(play->engine, play->state, play->object, "(capacity)", false);
    return count != VALUE_NONE &&
           decide(play->engine, play->state, compare(play->engine, IR_LE, count, capacity)) ==
               TRUTH_TRUE;
}

void play_move_buffer(struct method_play *play, value_id capacity, uint64_t why, value_id count)
{
    value_id old = VALUE_NONE;
    memory_peek(play->state, part_address(play->engine, play->object, "(buffer)"), &old);
    bool reported = play_give_up_buffer(play, RELEASE_GROWTH);
    value_id buffer = play_new_buffer(play, capacity, why);
    if (reported) /* that the new buffer is not registered follows from it */
        block_add_flags(play->engine, play->state, buffer, BLOCK_REPORTED);
    play_set_contents(play, buffer, count);
    part_store(play->engine, play->state, play->object, "(capacity)",
               play_unknown_count(play, why ^ 128));
    if (old != VALUE_NONE)
        elements_move(play, old, buffer);
}

/* The buffer has room for so many: it is larger than it was known to be. */
static void note_room(struct method_play *play, value_id count)
{
    struct engine *engine = play->engine;
    value_id buffer, bytes = value_int(&engine->values, (int64_t)play_element_size(play));
    struct block block;
    if (!memory_peek(play->state, part_address(engine, play->object, "(buffer)"), &buffer) ||
        !block_get(engine, play->state, buffer, &block) || block.size == VALUE_NONE)
        return;
    bytes = value_binary(&engine->values, IR_MUL, count, bytes);
    if (decide(engine, play->state, compare(engine, IR_LE, bytes, block.size)) == TRUTH_TRUE)
        return;
    block.size = VALUE_NONE;
    block_set(engine, play->state, buffer, block);
}

void play_grow(struct method_play *play, value_id count)
{
    if (play_is_fixed(play, count) || container_has_nodes(play->container) ||
        play_has_room(play, count)) {
        part_store(play->engine, play->state, play->object, "(count)", count);
        note_room(play, count);
        return;
    }
    play_move_buffer(play, count, 21, count);
    part_store(play->engine, play->state, play->object, "(reserved)", 0);
}

/* Was the buffer made for just as many elements as there are? */
static bool has_no_spare_room(struct method_play *play, value_id count)
{
    value_id buffer, made, made_for;
    return memory_peek(play->state, part_address(play->engine, play->object, "(buffer)"),
                       &buffer) &&
           memory_peek(play->state, part_address(play->engine, play->object, "(made)"), &made) &&
           memory_peek(play->state, part_address(play->engine, play->object, "(made for)"),
                       &made_for) &&
           buffer == made && count == made_for;
}

void play_shrink(struct method_play *play)
{
    value_id count = part_load(play->engine, play->state, play->object, "(count)", false);
    if (container_has_nodes(play->container) || has_no_spare_room(play, count))
        return;
    part_store(play->engine, play->state, play->object, "(fixed)", 0);
    play_move_buffer(play, count, 21, count);
}

value_id play_written(const struct method_play *play)
{
    int index = play->method->argument < 0 ? 0 : play->method->argument;
    size_t position = (size_t)index + 1;
    return position < play->invocation->count ? play->invocation->args[position] : VALUE_NONE;
}
