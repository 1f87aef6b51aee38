/* Maps. Where an element lies is a matter of its key: of the key k it is number S + k, of the same
 * unknown S for all keys of one map, so that equal keys are one place, keys that differ by a number
 * are two, and of others nothing is known. An iteration counts from 0: which of those it meets
 * nobody knows, so that the path follows elements in one of the two ways at a time. Beside its real
 * members an element has "(present)": is there one of that key? */
#include "engine/library/asked_keys.h"
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/state/constraint.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/unseen/earlier.h"
#include "engine/value/pmap.h"
#include "engine/walk/step.h"

#include <string.h>

/* A key, as far as it tells where its element lies. */
struct key {
    value_id number;  /* of the element; VALUE_NONE: not known */
    value_id pointer; /* that the key is, or a number as large; VALUE_NONE: it is none */
};

static const struct key unknown_key = {VALUE_NONE, VALUE_NONE};

enum { OF_IDENTITY = 210 }; /* an operation of the engine's own, see value_opaque */

/* S */
static value_id first_number(struct method_play *play)
{
    value_id buffer = play_load_buffer(play);
    struct symbol symbol = {.kind = SYMBOL_RESULT, .bits = 64, .origin = hash_u64(buffer) ^ 71};
    value_id first = value_symbol(&play->engine->values, symbol);
    symbol_note_source(play->engine, first, buffer);
    return first;
}

static value_id counted(struct method_play *play, int64_t number)
{
    return value_binary(&play->engine->values, IR_ADD, first_number(play),
                        value_int(&play->engine->values, number));
}

/* Of what is no number: two string literals differ, of others only the same is known to be. */
static value_id number_of_identity(struct method_play *play, value_id identity)
{
    if (!text_is_literal(play->engine, identity))
        return value_opaque(&play->engine->values, OF_IDENTITY, first_number(play), identity);
    return counted(play, text_number(play->engine, identity));
}

static value_id number_of_integer(struct method_play *play, value_id key)
{
    int64_t number;
    if (!value_is_int(&play->engine->values, key, &number))
        return value_binary(&play->engine->values, IR_ADD, first_number(play), key);
    bool is_small = number >= INT32_MIN && number <= INT32_MAX;
    return counted(play, is_small ? number : (int64_t)(hash_u64((uint64_t)number) & INT32_MAX));
}

static struct key key_of_string(struct method_play *play, value_id place,
                                const struct ir_record *record,
                                const struct model_container *container)
{
    struct method_play string = {.engine = play->engine,
                                 .state = play->state,
                                 .invocation = play->invocation,
                                 .container = container,
                                 .unit = play->invocation->unit,
                                 .record = record,
                                 .object = place};
    value_id text = earlier_name(play->engine, text_said(&string));
    return (struct key){number_of_identity(play, text), VALUE_NONE};
}

/* The key of the type, of the unit that the call is in, that lies at the place. */
static struct key key_at(struct method_play *play, value_id place, ir_id type)
{
    const struct ir_unit *unit = play->invocation->unit;
    if (type == IR_NONE)
        return unknown_key;
    const struct ir_type *t = &unit->types.data[type];
    const struct model_container *container =
        callee_container_of_type(play->engine->models, unit, type);
    if (container && container->terminated)
        return key_of_string(play, place, &unit->records.data[t->record], container);
    value_id value;
    switch (t->kind) {
    case IR_TYPE_BOOL:
    case IR_TYPE_INT:
    case IR_TYPE_ENUM:
        value = memory_load(play->engine, play->state, place, unit, type);
        return (struct key){number_of_integer(play, earlier_name(play->engine, value)),
                            t->size == sizeof(uint64_t) ? value : VALUE_NONE};
    case IR_TYPE_POINTER:
        value = memory_load(play->engine, play->state, place, unit, type);
        return (struct key){number_of_identity(play, earlier_name(play->engine, value)), value};
    case IR_TYPE_ARRAY: /* "name", where the key is a string */
        return text_is_literal(play->engine, place)
                   ? (struct key){number_of_identity(play, place), VALUE_NONE}
                   : unknown_key;
    default:
        return unknown_key;
    }
}

static struct key key_of_argument(struct method_play *play, size_t index)
{
    if (index >= play->invocation->count)
        return unknown_key;
    return key_at(play, play->invocation->args[index], argument_referred(play->invocation, index));
}

/* ---- places ---- */

static value_id place_of(struct method_play *play, struct key key)
{
    value_id number = key.number == VALUE_NONE ? play_unknown_count(play, 61) : key.number;
    value_id place = play_advanced(play, play_load_buffer(play), number);
    return place == VALUE_NONE
               ? value_advance(&play->engine->values, play_load_buffer(play), number)
               : place;
}

static bool is_empty(struct method_play *play)
{
    value_id none = compare(play->engine, IR_EQ, play_count(play), 0);
    return decide(play->engine, play->state, none) == TRUTH_TRUE;
}

static value_id presence(struct method_play *play, value_id element)
{
    if (is_empty(play))
        return 0;
    return memory_load(play->engine, play->state, element_presence(play->engine, element), NULL,
                       IR_NONE);
}

static bool is_absent(struct method_play *play, value_id element)
{
    return decide(play->engine, play->state, presence(play, element)) == TRUTH_FALSE;
}

static void set_present(struct method_play *play, value_id element)
{
    memory_store(play->engine, play->state, element_presence(play->engine, element),
                 value_int(&play->engine->values, 1));
}

/* The element's "first", which whoever finds the element reads again, and unregisters. */
static void keep_key(struct method_play *play, value_id place, struct key key)
{
    if (key.pointer == VALUE_NONE)
        return;
    if (element_type(play) == IR_NONE)
        escape(play->engine, play->state, key.pointer);
    else
        memory_store(play->engine, play->state,
                     value_field(&play->engine->values, place, "first", 0), key.pointer);
}

/* The place of the element that the call looks for. */
static value_id look_up(struct method_play *play, struct key key)
{
    value_id place = place_of(play, key);
    if (key.number == VALUE_NONE)
        asked_key_of_parts(play);
    else if (key.pointer != VALUE_NONE &&
             !value_is_int(&play->engine->values, presence(play, place), NULL))
        asked_key(play, key.pointer);
    if (element_type(play) != IR_NONE)
        keep_key(play, place, key); /* if there is one, that is its key */
    return place;
}

/* ---- elements of one of the two ways ---- */

static bool is_found_by_key(struct method_play *play, value_id element)
{
    value_id present;
    return memory_peek(play->state, element_presence(play->engine, element), &present);
}

static void lose(struct method_play *play, bool found_by_key, value_id but)
{
    value_id offset, first = play_load_buffer(play);
    earlier_gave_numbers(play->engine, play->state,
                         value_base(&play->engine->values, first, &offset));
    if (!found_by_key)
        memory_renew(play->engine, play->state, first, play->invocation->site);
    struct pmap_iter iter = pmap_begin(play->state->store);
    pmap kept = play->state->store;
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        value_id element = element_of(play->engine, (value_id)cell, first);
        if (element == VALUE_NONE || element == but ||
            is_found_by_key(play, element) != found_by_key)
            continue;
        escape_held(play->engine, play->state, (value_id)content);
        kept = pmap_remove(play->engine->arena, kept, cell);
    }
    play->state->store = kept;
}

/* ---- methods ---- */

static void count_is_unknown(struct method_play *play, uint64_t why, bool is_filled)
{
    value_id count = play_unknown_count(play, why);
    if (is_filled)
        assume_fact(play->engine, play->state,
                    compare(play->engine, IR_GE, count, value_int(&play->engine->values, 1)));
    part_store(play->engine, play->state, play->object, "(count)", count);
}

/* The element is there from here on. */
static void appears(struct method_play *play, value_id element)
{
    if (decide(play->engine, play->state, presence(play, element)) == TRUTH_TRUE)
        return;
    lose(play, false, element);
    set_present(play, element);
    count_is_unknown(play, 63, true);
}

/* m[key], m.at(key) */
static value_id found_element(struct method_play *play)
{
    struct key key = key_of_argument(play, 1);
    value_id place = look_up(play, key);
    if (strcmp(play->method->like, "at") == 0) /* else it has thrown */
        set_present(play, place);
    else
        appears(play, place);
    keep_key(play, place, key);
    if (key.number == VALUE_NONE)
        escape_contents(play->engine, play->state, play->invocation->args[1]);
    ir_id pair = element_type(play);
    return pair == IR_NONE
               ? value_advance(&play->engine->values, place, play_unknown_count(play, 31))
               : value_field(&play->engine->values, place, "second", IR_SIZE_UNKNOWN);
}

static void make_iterator(struct method_play *play, value_id into, value_id place, value_id present)
{
    uint64_t size = play_element_size(play);
    iterator_set(play->engine, play->state, into, place,
                 value_int(&play->engine->values, (int64_t)size));
    part_store(play->engine, play->state, into, "(present)", present);
}

static void find(struct method_play *play)
{
    value_id into = play->invocation->into;
    value_id place = look_up(play, key_of_argument(play, 1));
    if (into == VALUE_NONE || !play_makes_iterator(play))
        return;
    make_iterator(play, into, place, presence(play, place));
    *play->result = into;
}

static void give_end(struct method_play *play)
{
    value_id into = play->invocation->into;
    value_id end = play_advanced(play, play_load_buffer(play), play_count(play));
    if (into == VALUE_NONE)
        *play->result = end;
    if (into == VALUE_NONE || end == VALUE_NONE || !play_makes_iterator(play))
        return;
    make_iterator(play, into, end, 0);
    *play->result = into;
}

static void has(struct method_play *play)
{
    value_id place = look_up(play, key_of_argument(play, 1));
    *play->result = compare(play->engine, IR_NE, presence(play, place), 0);
}

/* Where the iterator stands that is the argument; false: the argument is none. */
static bool is_position(struct method_play *play, size_t index, value_id *position)
{
    const struct ir_record *record = argument_record(play->invocation, index);
    const struct model_container *container =
        record ? models_container(play->engine->models, record->name) : NULL;
    if (!container || container->storage != MODEL_STORAGE_ITERATOR)
        return false;
    if (!memory_peek(play->state,
                     part_address(play->engine, play->invocation->args[index], "(position)"),
                     position))
        *position = VALUE_NONE;
    return true;
}

static void lose_all(struct method_play *play)
{
    elements_lose(play);
    count_is_unknown(play, 65, false);
}

/* erase(key), erase(position) */
static void erase(struct method_play *play)
{
    value_id place = VALUE_NONE;
    bool by_key = play->invocation->count == 2 && !is_position(play, 1, &place);
    struct key key = by_key ? key_of_argument(play, 1) : unknown_key;
    if (key.number != VALUE_NONE)
        place = look_up(play, key);
    if (place == VALUE_NONE) {
        lose_all(play);
        return;
    }
    if (by_key)
        *play->result = compare(play->engine, IR_NE, presence(play, place), 0);
    if (by_key && is_absent(play, place))
        return;
    if (!by_key && !is_found_by_key(play, place))
        lose(play, true, place);
    else
        element_is_erased(play->engine, play->state, place);
    lose(play, false, place); /* the others have other numbers now */
    elements_end_one(play, place);
    count_is_unknown(play, 67, false);
}

/* What insert() and the like give: an iterator, and whether the element is new. */
static void give_inserted(struct method_play *play, value_id place)
{
    value_id into = play->invocation->into;
    enum truth is_there = decide(play->engine, play->state, presence(play, place));
    if (into == VALUE_NONE)
        return;
    memory_havoc(play->engine, play->state, into, play->invocation->site);
    make_iterator(play, value_field(&play->engine->values, into, "first", 0), place,
                  value_int(&play->engine->values, 1));
    if (is_there != TRUTH_UNKNOWN)
        memory_store(play->engine, play->state,
                     value_field(&play->engine->values, into, "second", IR_SIZE_UNKNOWN),
                     value_int(&play->engine->values, is_there == TRUTH_FALSE));
    *play->result = into;
}

/* insert(pair): the key is its first member. */
static struct key key_of_pair(struct method_play *play)
{
    const struct ir_record *record = argument_record(play->invocation, 1);
    if (!record || strcmp(record->name, "std::pair") != 0 || !record->arguments.len)
        return unknown_key;
    value_id first = value_field(&play->engine->values, play->invocation->args[1], "first", 0);
    return key_at(play, first, record->arguments.data[0]);
}

/* The key of a new element, as the arguments tell it. */
static struct key key_of_new(struct method_play *play, bool is_pair)
{
    size_t count = play->invocation->count;
    value_id hint;
    bool tries = strcmp(play->method->like, "try_emplace") == 0;
    if (is_position(play, 1, &hint))
        return unknown_key;
    if (is_pair)
        return key_of_pair(play);
    return count == 3 || (tries && count > 1) ? key_of_argument(play, 1) : unknown_key;
}

/* The pair, or its second member, is made from the arguments. */
static enum step make_element(struct method_play *play, value_id place, struct key key,
                              bool is_pair)
{
    ir_id pair = element_type(play);
    const struct ir_record *record = &play->unit->records.data[play->unit->types.data[pair].record];
    value_id second = value_field(&play->engine->values, place, "second", IR_SIZE_UNKNOWN);
    enum step step =
        object_begin(play->engine, play->state, play->invocation, is_pair ? 1 : 2, play->unit,
                     is_pair ? pair : record->arguments.data[1], is_pair ? place : second);
    if (step == STEP_NEXT)
        set_present(play, place);
    if (step == STEP_NEXT && !is_pair)
        keep_key(play, place, key);
    return step;
}

/* emplace(key, x), try_emplace(key, ...), insert_or_assign(key, x), insert(pair) */
static enum step add(struct method_play *play)
{
    bool is_pair = strcmp(play->method->like, "insert") == 0 && play->invocation->count == 2;
    bool assigns = strcmp(play->method->like, "insert_or_assign") == 0;
    struct key key = key_of_new(play, is_pair);
    if (key.number == VALUE_NONE || element_type(play) == IR_NONE) {
        elements_keep_arguments(play);
        lose_all(play);
        return STEP_NEXT;
    }
    value_id place = look_up(play, key);
    give_inserted(play, place);
    if (!assigns && decide(play->engine, play->state, presence(play, place)) == TRUTH_TRUE) {
        elements_keep_arguments(play); /* there is one already */
        return STEP_NEXT;
    }
    elements_end_one(play, assigns ? place : VALUE_NONE);
    enum step step = ends_run(play->engine, play->state, play->invocation);
    if (step != STEP_NEXT) { /* the old one's destructor runs */
        elements_keep_arguments(play);
        return step;
    }
    memory_forget_part(play->engine, play->state, place);
    appears(play, place);
    return make_element(play, place, key, is_pair);
}

bool keyed_method(struct method_play *play, enum step *step)
{
    *step = STEP_NEXT;
    switch (play->method->kind) {
    case MODEL_METHOD_BUFFER: /* the iteration may meet any of them */
        lose(play, true, VALUE_NONE);
        return false;
    case MODEL_METHOD_END:
        give_end(play);
        break;
    case MODEL_METHOD_ELEMENT:
        *play->result = found_element(play);
        break;
    case MODEL_METHOD_FIND:
        find(play);
        break;
    case MODEL_METHOD_HAS:
        has(play);
        break;
    case MODEL_METHOD_GROW:
        *step = add(play);
        return true;
    case MODEL_METHOD_DROP:
        erase(play);
        break;
    default:
        return false;
    }
    return true;
}
