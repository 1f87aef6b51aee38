/* Sets, multimaps and priority queues: which element stands where is a matter of their order, which
 * few programs ask for. Elements are taken to lie in the order in which they came, and are found by
 * the pointer or number that is their key. */
#include "engine/library/asked_keys.h"
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/state/memory.h"
#include "engine/value/pmap.h"

#include <string.h>

bool ordered_is_unique(const struct method_play *play)
{
    return strcmp(play->method->like, "push_unique") == 0;
}

/* The pointer or number that the argument is; VALUE_NONE: it is an object, or there is none. */
static value_id scalar_argument(struct method_play *play, size_t index)
{
    const struct invocation *invocation = play->invocation;
    if (index >= invocation->count || argument_record(invocation, index))
        return VALUE_NONE;
    const ir_id type = argument_referred(invocation, index);
    return type == IR_NONE ? invocation->args[index]
                           : memory_load(play->engine, play->state, invocation->args[index],
                                         invocation->unit, type);
}

/* Where the element has its key: it is one, or is a pair that begins with one. */
static value_id key_place(struct method_play *play, value_id element)
{
    const ir_id type = element_type(play);
    if (type == IR_NONE)
        return VALUE_NONE;
    return play->unit->types.data[type].kind == IR_TYPE_RECORD
               ? value_field(&play->engine->values, element, "first", 0)
               : element;
}

value_id ordered_place(struct method_play *play)
{
    const value_id key = scalar_argument(play, 1);
    const value_id first = play_first_element(play);
    struct pmap_iter iter = pmap_begin(play->state->store);
    for (uint64_t cell, content; key != VALUE_NONE && pmap_next(&iter, &cell, &content);) {
        const value_id element = element_of(play->engine, (value_id)cell, first);
        if (element != VALUE_NONE && content == key && key_place(play, element) == (value_id)cell)
            return element;
    }
    return VALUE_NONE;
}

void ordered_give(struct method_play *play, value_id element, enum truth is_new)
{
    struct engine *engine = play->engine;
    const value_id into = play->invocation->into;
    if (into == VALUE_NONE)
        return;
    memory_havoc(engine, play->state, into, play->invocation->site);
    *play->result = into;
    const bool is_iterator = play_makes_iterator(play);
    const value_id iterator = is_iterator ? into : value_field(&engine->values, into, "first", 0);
    if (element != VALUE_NONE)
        iterator_set(engine, play->state, iterator, element, play_element_bytes(play));
    if (!is_iterator && is_new != TRUTH_UNKNOWN)
        memory_store(engine, play->state,
                     value_field(&engine->values, into, "second", IR_SIZE_UNKNOWN),
                     value_int(&engine->values, is_new == TRUTH_TRUE));
}

/* What the container says of a pointer is the program's own knowledge of that memory. */
static void ask(struct method_play *play)
{
    const value_id key = scalar_argument(play, 1);
    if (key == VALUE_NONE)
        asked_key_of_parts(play);
    else
        asked_key(play, key);
}

value_id ordered_lookup(struct method_play *play)
{
    const value_id place = ordered_place(play);
    if (place == VALUE_NONE)
        ask(play);
    return place;
}

bool ordered_method(struct method_play *play)
{
    const value_id place = ordered_lookup(play);
    switch (play->method->kind) {
    case MODEL_METHOD_FIND:
        ordered_give(play, place, TRUTH_UNKNOWN);
        return true;
    case MODEL_METHOD_HAS:
        if (place != VALUE_NONE)
            *play->result = value_int(&play->engine->values, 1);
        return true;
    default:
        return false;
    }
}
