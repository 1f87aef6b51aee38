/* Elements come and go: what methods that add or remove some do to those in sight. */
#include "engine/container.h"

#include <string.h>

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

static bool begins_with(const struct method_play *play, const char *word)
{
    return strncmp(play->method->name, word, strlen(word)) == 0;
}

static bool is_named(const struct method_play *play, const char *name)
{
    return strcmp(play->method->name, name) == 0;
}

static value_id plus(struct method_play *play, value_id number, int64_t more)
{
    return value_binary(&play->engine->values, IR_ADD, number,
                        value_int(&play->engine->values, more));
}

static value_id front_of(struct method_play *play)
{
    value_id front;
    return memory_peek(play->state, part_address(play->engine, play->object, "(front)"), &front)
               ? front
               : 0;
}

/* Somewhere among the others, or several at once. */
static void add_somewhere(struct method_play *play)
{
    value_id count = play_unknown_count(play, 25);
    keep_arguments(play);
    elements_lose(play);
    if (begins_with(play, "emplace"))
        assume(play->engine, play->state, compare(play->engine, IR_GE, count, plus(play, 0, 1)),
               true);
    play_grow(play, count);
}

enum step elements_add(struct method_play *play)
{
    struct engine *engine = play->engine;
    bool in_front = is_named(play, "push_front") || is_named(play, "emplace_front");
    bool at_end = is_named(play, "push_back") || is_named(play, "emplace_back");
    if (!in_front && !at_end) {
        add_somewhere(play);
        return STEP_NEXT;
    }
    play_load_buffer(play);
    value_id before = play_count(play), count = plus(play, before, 1);
    assume(engine, play->state, compare(engine, IR_GE, count, plus(play, 0, 1)), true);
    if (in_front)
        part_store(engine, play->state, play->object, "(front)", plus(play, front_of(play), -1));
    if (!elements_matter(play))
        keep_arguments(play);
    play_grow(play, count);
    value_id element = play_advanced(play, play_first_element(play), in_front ? 0 : before);
    if (!elements_matter(play) || element == VALUE_NONE)
        return STEP_NEXT;
    if (begins_with(play, "emplace") && play->invocation->into == VALUE_NONE)
        *play->result = element;
    return object_begin(engine, play->state, play->invocation, 1, play->unit, element_type(play),
                        element);
}

/* An iterator, where it is known. */
static value_id written_position(struct method_play *play, size_t argument)
{
    value_id position;
    if (argument >= play->invocation->count ||
        !memory_peek(play->state,
                     part_address(play->engine, play->invocation->args[argument], "(position)"),
                     &position))
        return VALUE_NONE;
    return position;
}

static bool is_same(struct method_play *play, value_id a, value_id b)
{
    return a != VALUE_NONE && b != VALUE_NONE && value_is_same_place(&play->engine->values, a, b);
}

static void drop_front(struct method_play *play, value_id first)
{
    elements_end_one(play, first);
    part_store(play->engine, play->state, play->object, "(front)", plus(play, front_of(play), 1));
}

static void erase(struct method_play *play)
{
    value_id first = play_first_element(play), count = play_count(play);
    value_id end = play_advanced(play, first, count);
    value_id last = play_advanced(play, first, plus(play, count, -1));
    value_id position = written_position(play, 1), behind = written_position(play, 2);
    bool one = play->invocation->count == 2;
    bool nodes = play->container->storage == MODEL_STORAGE_NODES;
    value_id left = play_unknown_count(play, 35);
    if (!one && is_same(play, position, first) && is_same(play, behind, end)) {
        elements_end(play, 0);
        left = 0;
    } else if (one && is_same(play, position, last)) {
        elements_end_one(play, position);
        left = plus(play, count, -1);
    } else if (one && nodes && is_same(play, position, first)) {
        drop_front(play, position);
        left = plus(play, count, -1);
    } else {
        elements_lose_but(play, one ? position : VALUE_NONE);
        if (one && position != VALUE_NONE)
            elements_end_one(play, position);
    }
    part_store(play->engine, play->state, play->object, "(count)", left);
}

void elements_drop(struct method_play *play)
{
    value_id count = play_count(play), first = play_first_element(play);
    bool at_end = is_named(play, "pop_back"), in_front = is_named(play, "pop_front");
    if (!at_end && !in_front) {
        erase(play);
        return;
    }
    count = plus(play, count, -1);
    if (at_end)
        elements_end_one(play, play_advanced(play, first, count));
    else
        drop_front(play, first);
    part_store(play->engine, play->state, play->object, "(count)", count);
}
