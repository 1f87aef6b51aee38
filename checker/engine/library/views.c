/* std::span and its like: whose buffer they show, from where on, and how much of it. */
#include "engine/call/call.h"
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/state/memory.h"
#include "engine/unseen/shown.h"

/* What the argument points to, as far as its type tells. */
static const struct ir_type *target_of(const struct method_play *play, size_t argument)
{
    ir_id type = play->invocation->types[argument];
    ir_id element = type == IR_NONE ? IR_NONE : play->invocation->unit->types.data[type].element;
    return element == IR_NONE ? NULL : &play->invocation->unit->types.data[element];
}

/* Is the argument a container to be looked at, not a pointer to elements that are containers? */
static const struct model_container *source_container(const struct method_play *play,
                                                      const struct ir_type *target)
{
    ir_id element = play->record ? callee_element_type(play->container, play->record) : IR_NONE;
    if (!target || target->kind != IR_TYPE_RECORD || target->record == IR_NONE)
        return NULL;
    if (element != IR_NONE && play->unit->types.data[element].record == target->record)
        return NULL;
    return models_container(play->engine->models,
                            play->invocation->unit->records.data[target->record].name);
}

/* So many elements of that size are how many of the view's own: of std::as_bytes more. */
static value_id count_of_own(struct method_play *play, value_id count, uint64_t size)
{
    const uint64_t own = play_element_size(play);
    if (!own || !size || size % own != 0)
        return own == size ? count : play_unknown_count(play, 38);
    return value_binary(&play->engine->values, IR_MUL, count,
                        value_int(&play->engine->values, (int64_t)(size / own)));
}

static void show_container(struct method_play *play, const struct model_container *container,
                           const struct ir_type *target)
{
    struct method_play source = *play;
    source.container = container;
    source.unit = play->invocation->unit;
    source.record = &source.unit->records.data[target->record];
    source.object = play->invocation->args[1];
    value_id first = container->storage == MODEL_STORAGE_VIEW
                         ? part_load(play->engine, play->state, source.object, "(buffer)", true)
                         : play_first_element(&source);
    play_set_contents(play, first,
                      count_of_own(play, play_count(&source), play_element_size(&source)));
}

void view_construct(struct method_play *play)
{
    const struct invocation *invocation = play->invocation;
    const struct ir_type *target = target_of(play, 1);
    const struct model_container *container = source_container(play, target);
    value_id count = play_unknown_count(play, 37);
    if (container &&
        (container->storage == MODEL_STORAGE_VIEW || container->storage == MODEL_STORAGE_DYNAMIC ||
         container->storage == MODEL_STORAGE_INLINE)) {
        show_container(play, container, target);
        text_begins(play);
        return;
    }
    if (argument_is_integer(invocation, 2))
        count = invocation->args[2];
    else if (target && target->kind == IR_TYPE_ARRAY && target->count != IR_SIZE_UNKNOWN)
        count = value_int(&play->engine->values, (int64_t)target->count);
    if (!target || target->kind != IR_TYPE_RECORD || argument_is_integer(invocation, 2)) {
        play_set_contents(play, invocation->args[1], count);
        text_begins(play);
        return;
    }
    shown_note(play->engine, play->state, invocation); /* an iterator, a range of the program's */
    struct symbol symbol = {.kind = SYMBOL_RESULT,
                            .is_pointer = 1,
                            .bits = 64,
                            .origin = hash_u64(((uint64_t)invocation->site << 8) | 47)};
    play_set_contents(play, value_symbol(&play->engine->values, symbol), count);
    text_changes(play);
}

void view_part(struct method_play *play)
{
    struct values *values = &play->engine->values;
    value_id into = play->invocation->into, written = play_written(play);
    uint64_t size = play_element_size(play);
    if (into == VALUE_NONE || written == VALUE_NONE || !size)
        return; /* as any method whose result is not known */
    value_id first = part_load(play->engine, play->state, play->object, "(buffer)", true);
    value_id all = play_count(play), skipped = 0, count = written;
    if (play->method->kind == MODEL_METHOD_TAIL)
        skipped = value_binary(values, IR_SUB, all, written);
    if (play->method->kind == MODEL_METHOD_PART) {
        skipped = written;
        count = argument_is_integer(play->invocation, 2)
                    ? play->invocation->args[2]
                    : value_binary(values, IR_SUB, all, written);
        if (value_is_int(values, count, &(int64_t){0}) && count == value_int(values, -1))
            count = value_binary(values, IR_SUB, all, written); /* std::dynamic_extent */
    }
    value_id bytes = value_binary(values, IR_MUL, skipped, value_int(values, (int64_t)size));
    memory_havoc(play->engine, play->state, into, play->invocation->site);
    struct method_play part = *play;
    part.object = into;
    play_set_contents(&part, value_advance(values, first, bytes), count);
    *play->result = into;
}
