/* Elements come and go: what methods that add or remove some do to those in sight. */
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/state/constraint.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/value/pmap.h"
#include "engine/walk/step.h"

#include <string.h>

/* An iterator of the container itself, as in v.insert(v.end(), ...). */
static bool is_own_position(struct method_play *play, value_id content)
{
    struct values *values = &play->engine->values;
    value_id buffer, offset;
    return memory_peek(play->state, part_address(play->engine, play->object, "(buffer)"),
                       &buffer) &&
           value_base(values, content, &offset) == value_base(values, buffer, &offset);
}

/* Pointers among them are out of sight from here on, and what is moved in leaves its old owner
 * empty. */
void elements_keep_arguments(struct method_play *play)
{
    struct engine *engine = play->engine;
    for (size_t i = 1; i < play->invocation->count; i++) {
        value_id argument = play->invocation->args[i];
        bool moved = moves_argument(play->unit, play->callee, i);
        if (!moved && elements_are_numbers(play))
            continue;
        escape(engine, play->state, argument);
        struct pmap_iter iter = pmap_begin(play->state->store);
        for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
            if (!value_is_within(&engine->values, (value_id)cell, argument) ||
                is_own_position(play, (value_id)content))
                continue;
            escape(engine, play->state, (value_id)content);
            escape_contents(engine, play->state, (value_id)content);
            if (moved && symbol_of(&engine->values, (value_id)content))
                play->state->store = pmap_set(engine->arena, play->state->store, cell,
                                              value_int(&engine->values, 0));
        }
    }
}

static bool begins_with(const struct method_play *play, const char *word)
{
    return strncmp(play->method->like, word, strlen(word)) == 0;
}

static bool is_named(const struct method_play *play, const char *name)
{
    return strcmp(play->method->like, name) == 0;
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

/* emplace(...), or the insert(value) of a set: one element at least is there afterwards. */
static bool adds_one(struct method_play *play)
{
    if (begins_with(play, "emplace"))
        return true;
    const struct ir_record *given = argument_record(play->invocation, 1);
    return play->invocation->count == 2 &&
           !(given && strcmp(given->name, "std::initializer_list") == 0);
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

static enum ir_type_kind kind_of(const struct method_play *play, size_t argument)
{
    ir_id type = play->invocation->types[argument];
    return type == IR_NONE ? IR_TYPE_UNKNOWN : play->invocation->unit->types.data[type].kind;
}

/* The elements between two pointers or iterators. */
static value_id distance(struct method_play *play, size_t from, size_t to)
{
    struct values *values = &play->engine->values;
    const value_id *args = play->invocation->args;
    bool are_pointers = kind_of(play, from) == IR_TYPE_POINTER;
    value_id first = are_pointers ? args[from] : written_position(play, from);
    value_id last = are_pointers ? args[to] : written_position(play, to);
    int64_t size = (int64_t)play_element_size(play), bytes;
    if (first == VALUE_NONE || last == VALUE_NONE ||
        !value_common(values, first, last, &first, &last))
        return VALUE_NONE;
    value_id between = value_binary(values, IR_SUB, last, first);
    if (size == 1)
        return between;
    return size && value_is_int(values, between, &bytes) ? value_int(values, bytes / size)
                                                         : VALUE_NONE;
}

/* How many elements insert() and append() add; VALUE_NONE: that is not known. */
static value_id added(struct method_play *play)
{
    const struct invocation *invocation = play->invocation;
    size_t first = is_named(play, "insert") ? 2 : 1; /* behind the place */
    size_t given = invocation->count > first ? invocation->count - first : 0;
    value_id count;
    if (is_named(play, "replace") || !given || given > 2 ||
        (given == 1 && argument_record(invocation, first) && first == 2))
        return VALUE_NONE;
    if (given == 1 && (first == 2 || kind_of(play, first) == IR_TYPE_INT))
        return value_int(&play->engine->values, 1);
    if (given == 1)
        return memory_peek(play->state,
                           part_address(play->engine, invocation->args[first], "(count)"), &count)
                   ? count
                   : VALUE_NONE;
    if (kind_of(play, first) == IR_TYPE_INT)
        return invocation->args[first];
    return kind_of(play, first + 1) == IR_TYPE_INT ? invocation->args[first + 1]
                                                   : distance(play, first, first + 1);
}

/* Adds elements somewhere among the others, or several at once. */
static void add_somewhere(struct method_play *play)
{
    value_id more = container_has_nodes(play->container) ? VALUE_NONE : added(play);
    value_id count = more == VALUE_NONE
                         ? play_unknown_count(play, 25)
                         : value_binary(&play->engine->values, IR_ADD, play_count(play), more);
    elements_keep_arguments(play);
    elements_lose(play);
    if (adds_one(play))
        assume_fact(play->engine, play->state,
                    compare(play->engine, IR_GE, count, plus(play, 0, 1)));
    play_grow(play, count);
}

enum step elements_add(struct method_play *play)
{
    struct engine *engine = play->engine;
    bool in_front = is_named(play, "push_front") || is_named(play, "emplace_front");
    bool at_end = is_named(play, "emplace_back") ||
                  ((is_named(play, "push_back") || ordered_is_unique(play)) && adds_one(play));
    value_id equal = ordered_is_unique(play) ? ordered_place(play) : VALUE_NONE;
    if (equal != VALUE_NONE) {
        ordered_give(play, equal, TRUTH_FALSE);
        return STEP_NEXT;
    }
    if (!in_front && !at_end) {
        add_somewhere(play);
        return STEP_NEXT;
    }
    play_load_buffer(play);
    value_id before = play_count(play), count = plus(play, before, 1);
    assume_fact(engine, play->state, compare(engine, IR_GE, count, plus(play, 0, 1)));
    if (in_front)
        part_store(engine, play->state, play->object, "(front)", plus(play, front_of(play), -1));
    bool is_followed = elements_matter(play) && play_element_size(play);
    if (!is_followed)
        elements_keep_arguments(play);
    play_grow(play, count);
    value_id element = play_advanced(play, play_first_element(play), in_front ? 0 : before);
    if (!is_followed || element == VALUE_NONE)
        return STEP_NEXT;
    if (begins_with(play, "emplace") && play->invocation->into == VALUE_NONE)
        *play->result = element;
    ordered_give(play, element, before == 0 ? TRUTH_TRUE : TRUTH_UNKNOWN);
    return object_begin(engine, play->state, play->invocation, 1, play->unit, element_type(play),
                        element);
}

static bool is_same(struct method_play *play, value_id a, value_id b)
{
    return a != VALUE_NONE && b != VALUE_NONE && value_is_same_place(&play->engine->values, a, b);
}

/* `count` elements leave in front. */
static void leave_front(struct method_play *play, value_id count)
{
    value_id front = value_binary(&play->engine->values, IR_ADD, front_of(play), count);
    part_store(play->engine, play->state, play->object, "(front)", front);
}

/* How many elements lie between two places; VALUE_NONE: not known. */
static value_id elements_between(struct method_play *play, value_id from, value_id to)
{
    struct values *values = &play->engine->values;
    uint64_t size = play_element_size(play);
    value_id begin, end;
    if (!size || !value_common(values, from, to, &begin, &end))
        return VALUE_NONE;
    return value_binary(values, IR_DIV, value_binary(values, IR_SUB, end, begin),
                        value_int(values, (int64_t)size));
}

/* erase(position), erase(first, last) */
static void erase(struct method_play *play)
{
    bool one = play->invocation->count == 2;
    value_id first = play_first_element(play), count = play_count(play);
    value_id from = written_position(play, 1), to = written_position(play, 2);
    if (one && from == VALUE_NONE) {
        from = ordered_lookup(play); /* erase(key) */
        if (from != VALUE_NONE)
            *play->result = value_int(&play->engine->values, 1);
    }
    if (one && from != VALUE_NONE)
        to = play_advanced(play, from, plus(play, 0, 1));
    value_id gone = VALUE_NONE, left = play_unknown_count(play, 35);
    if (from != VALUE_NONE && to != VALUE_NONE)
        gone = elements_between(play, from, to);
    if (gone == VALUE_NONE)
        elements_lose(play);
    else
        left = value_binary(&play->engine->values, IR_SUB, count, gone);
    bool at_end = gone != VALUE_NONE && is_same(play, to, play_advanced(play, first, count));
    value_id next = gone == VALUE_NONE ? VALUE_NONE : from; /* those behind move up */
    if (at_end && one)
        elements_end_last(play, from);
    else if (at_end)
        elements_end(play, elements_between(play, first, from));
    else if (gone != VALUE_NONE && container_has_nodes(play->container) &&
             is_same(play, from, first) && one) {
        elements_end_one(play, from);
        leave_front(play, gone);
        next = to;
    } else if (gone != VALUE_NONE)
        elements_erase(play, from, to);
    part_store(play->engine, play->state, play->object, "(count)", left);
    if (play_makes_iterator(play))
        ordered_give(play, next, TRUTH_UNKNOWN);
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
        elements_end_last(play, play_advanced(play, first, count));
    else {
        elements_end_one(play, first);
        leave_front(play, plus(play, 0, 1));
    }
    part_store(play->engine, play->state, play->object, "(count)", count);
}
