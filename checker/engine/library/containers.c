/* Classes of the C++ library (and their like) that own a buffer: what their models say about a
 * method, played on parts that the engine keeps in memory beside the object's real members:
 * "(buffer)", "(count)", "(capacity)", and "(fixed)" where a reserve in sight, of "(reserved)"
 * elements where that is known, keeps the buffer in place. */
#include "engine/call/call.h"
#include "engine/clients/stories.h"
#include "engine/library/container.h"
#include "engine/library/library.h"
#include "engine/library/objects.h"
#include "engine/state/constraint.h"
#include "engine/state/memory.h"
#include "engine/unseen/shown.h"
#include "engine/walk/step.h"

#include <string.h>

static void reserve(struct method_play *play)
{
    struct engine *engine = play->engine;
    value_id now = part_load(engine, play->state, play->object, "(count)", false);
    value_id wanted = play_written(play);
    bool fits = wanted != VALUE_NONE &&
                decide(engine, play->state, compare(engine, IR_LE, wanted, now)) == TRUTH_TRUE;
    if (fits || play_has_room(play, wanted))
        return;
    if (!play_is_fixed(play, wanted))
        play_move_buffer(play, VALUE_NONE, 33, now);
    part_store(engine, play->state, play->object, "(fixed)", value_int(&engine->values, 1));
    bool is_known = wanted != VALUE_NONE &&
                    decide(engine, play->state, compare(engine, IR_GT, wanted, now)) == TRUTH_TRUE;
    part_store(engine, play->state, play->object, "(reserved)", is_known ? wanted : 0);
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
    value_id count = writes_count(play) ? play_written(play) : VALUE_NONE;
    value_id now = part_load(engine, play->state, play->object, "(count)", false);
    if (count == VALUE_NONE)
        count = play_unknown_count(play, 23);
    if (decide(engine, play->state, compare(engine, IR_LE, count, now)) != TRUTH_TRUE) {
        play_grow(play, count);
        return;
    }
    elements_end(play, count);
    part_store(engine, play->state, play->object, "(count)", count);
}

/* What is copied from another container, or from a list, fits where no fewer elements were. */
static void take_as_many(struct method_play *play, value_id source)
{
    struct engine *engine = play->engine;
    const value_id now = part_load(engine, play->state, play->object, "(count)", false);
    value_id count;
    if (!argument_record(play->invocation, 1) ||
        !memory_peek(play->state, part_address(engine, source, "(count)"), &count))
        count = play_unknown_count(play, 27);
    if (decide(engine, play->state, compare(engine, IR_LE, count, now)) == TRUTH_TRUE)
        part_store(engine, play->state, play->object, "(count)", count);
    else
        play_grow(play, count);
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
        const value_id text = text_at(play, source);
        play_load_buffer(play);
        elements_end(play, 0);
        play_give_up_buffer(play, RELEASE_GROWTH);
        part_move(play->engine, play->state, play->object, source);
        text_becomes(play, text);
        part_store(play->engine, play->state, source, "(buffer)", 0);
        part_store(play->engine, play->state, source, "(count)", 0);
        return;
    }
    value_id buffer;
    elements_lose(play);
    take_as_many(play, source);
    text_begins(play);
    if (is_object && argument_record(play->invocation, 1) &&
        memory_peek(play->state, part_address(play->engine, source, "(buffer)"), &buffer))
        elements_copy(play, buffer);
}

static void swap_contents(struct method_play *play, value_id other)
{
    if (other == VALUE_NONE || other == play->object)
        return;
    value_id object = play->object;
    const value_id own_text = text_at(play, object), other_text = text_at(play, other);
    play_load_buffer(play);
    struct method_play twin = *play;
    twin.object = other;
    play_load_buffer(&twin);
    static const char *const parts[] = {"(buffer)", "(count)", "(fixed)", "(reserved)",
                                        "(capacity)"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bool pointer = i == 0;
        value_id a = part_load(play->engine, play->state, object, parts[i], pointer);
        value_id b = part_load(play->engine, play->state, other, parts[i], pointer);
        part_store(play->engine, play->state, object, parts[i], b);
        part_store(play->engine, play->state, other, parts[i], a);
    }
    text_becomes(play, other_text);
    text_becomes(&twin, own_text);
}

bool play_is_inline(const struct method_play *play)
{
    return play->container->storage == MODEL_STORAGE_INLINE;
}

value_id play_first_element(struct method_play *play)
{
    if (play_is_inline(play) || play->container->storage == MODEL_STORAGE_OPTIONAL)
        return part_address(play->engine, play->object, "(elements)");
    value_id buffer = play_load_buffer(play), front;
    if (play->container->storage != MODEL_STORAGE_NODES ||
        !memory_peek(play->state, part_address(play->engine, play->object, "(front)"), &front))
        return buffer;
    value_id first = play_advanced(play, buffer, front);
    return first == VALUE_NONE ? buffer : first;
}

value_id container_first_element(struct engine *engine, struct state *state,
                                 const struct invocation *invocation, size_t argument)
{
    const struct ir_unit *unit = invocation->unit;
    const ir_id type = invocation->types[argument];
    const ir_id class = type == IR_NONE ? IR_NONE : unit->types.data[type].element;
    struct method_play play = {
        .engine = engine,
        .state = state,
        .invocation = invocation,
        .container = callee_container_of_type(engine->models, unit, class),
        .unit = unit,
        .object = invocation->args[argument],
    };
    if (!play.container || play.object == VALUE_NONE ||
        (!container_has_buffer(play.container) && !play_is_inline(&play)))
        return VALUE_NONE;
    play.record = &unit->records.data[unit->types.data[class].record];
    return play_first_element(&play);
}

value_id play_count(struct method_play *play)
{
    if (play->container->storage == MODEL_STORAGE_OPTIONAL &&
        object_is_unmade(play->engine, play->state, play_first_element(play)))
        return 0;
    if (!play_is_inline(play))
        return part_load(play->engine, play->state, play->object, "(count)", false);
    uint64_t element = play_element_size(play);
    for (size_t i = 0; element && i < play->unit->types.len; i++) {
        const struct ir_type *type = &play->unit->types.data[i];
        if (type->kind == IR_TYPE_RECORD && type->record != IR_NONE &&
            &play->unit->records.data[type->record] == play->record &&
            type->size != IR_SIZE_UNKNOWN)
            return value_int(&play->engine->values, (int64_t)(type->size / element));
    }
    struct symbol symbol = {.kind = SYMBOL_SIZEOF, .bits = 64, .origin = hash_u64(play->object)};
    return value_symbol(&play->engine->values, symbol); /* of a template's pattern */
}

value_id play_advanced(struct method_play *play, value_id first, value_id count)
{
    uint64_t size = play_element_size(play);
    if (!size)
        return VALUE_NONE;
    value_id bytes = value_binary(&play->engine->values, IR_MUL, count,
                                  value_int(&play->engine->values, (int64_t)size));
    return value_advance(&play->engine->values, first, bytes);
}

static value_id element(struct method_play *play)
{
    value_id index = play->invocation->count > 1 ? play->invocation->args[1] : 0;
    uint64_t size = play_element_size(play);
    value_id first = play_first_element(play);
    if (strcmp(play->method->like, "front") == 0)
        index = 0;
    if (strcmp(play->method->like, "back") == 0) {
        value_id one = value_int(&play->engine->values, 1);
        index = value_binary(&play->engine->values, IR_SUB, play_count(play), one);
    }
    if (!size)
        return value_advance(&play->engine->values, first, play_unknown_count(play, 31));
    return play_advanced(play, first, index);
}

/* Nobody asks for an end of what is empty: who calls back() first has put something there. */
static bool is_missing_end(struct method_play *play)
{
    const char *name = play->method->like;
    return story_is_probe(play->engine) &&
           (strcmp(name, "front") == 0 || strcmp(name, "back") == 0) && play_count(play) == 0;
}

/* An address among the elements: a pointer, or an iterator that the call makes. It goes `way` times
 * an element's size with each step. */
static void give_position(struct method_play *play, value_id position, int64_t way)
{
    value_id into = play->invocation->into;
    uint64_t size = play_element_size(play);
    if (into == VALUE_NONE) {
        *play->result = position;
        return;
    }
    if (position == VALUE_NONE || !size || !play_makes_iterator(play))
        return; /* as any method whose result is not known */
    iterator_set(play->engine, play->state, into, position,
                 value_int(&play->engine->values, way * (int64_t)size));
    *play->result = into;
}

/* An element is given by a reference; one of a vector<bool> by an object that stands for it, or, of
 * a const one, by its value. */
static void give_element(struct method_play *play, value_id place)
{
    if (play->invocation->into != VALUE_NONE && play_makes_iterator(play))
        give_position(play, place, 1);
    else
        *play->result = element_as_given(play, place);
}

/* The position before the first element, or `count` elements further. */
static void give_backwards(struct method_play *play, value_id count)
{
    struct values *values = &play->engine->values;
    value_id index = value_binary(values, IR_SUB, count, value_int(values, 1));
    give_position(play, play_advanced(play, play_first_element(play), index), -1);
}

/* May the call write to the elements, or give a reference through which the program may? */
static bool changes_elements(const struct method_play *play)
{
    switch (play->method->kind) {
    case MODEL_METHOD_ELEMENT:
        return !play->callee || !play->callee->is_const_method;
    case MODEL_METHOD_RESIZE:
    case MODEL_METHOD_GROW:
    case MODEL_METHOD_CLEAR:
    case MODEL_METHOD_DROP:
    case MODEL_METHOD_ASSIGN:
        return true;
    case MODEL_METHOD_NONE: /* remove_prefix */
        return play->container->storage == MODEL_STORAGE_VIEW && play->callee &&
               !play->callee->is_const_method;
    default:
        return false;
    }
}

/* An object that results of a call whose model says no more than that is not known. */
static enum step finish(struct method_play *play)
{
    const struct invocation *invocation = play->invocation;
    if (*play->result == VALUE_NONE && play->method->kind == MODEL_METHOD_ASSIGN)
        *play->result = play->object;
    if (*play->result == VALUE_NONE && invocation->into != VALUE_NONE) {
        shown_note(play->engine, play->state, invocation);
        memory_havoc(play->engine, play->state, invocation->into, invocation->site);
        *play->result = invocation->into;
    }
    return ends_run(play->engine, play->state, invocation);
}

/* What the method tells about the container; false: it is none that does. */
static bool tell(struct method_play *play)
{
    struct engine *engine = play->engine;
    switch (play->method->kind) {
    case MODEL_METHOD_BUFFER:
        give_position(play, play_first_element(play), 1);
        return true;
    case MODEL_METHOD_END:
        give_position(play, play_advanced(play, play_first_element(play), play_count(play)), 1);
        return true;
    case MODEL_METHOD_RBEGIN:
        give_backwards(play, play_count(play));
        return true;
    case MODEL_METHOD_REND:
        give_backwards(play, 0);
        return true;
    case MODEL_METHOD_ELEMENT:
        give_element(play, element(play));
        return true;
    case MODEL_METHOD_COUNT:
        *play->result = play_count(play);
        return true;
    case MODEL_METHOD_CAPACITY:
        *play->result = play_capacity(play);
        return true;
    case MODEL_METHOD_BYTES:
        *play->result =
            value_binary(&engine->values, IR_MUL, play_count(play), play_element_bytes(play));
        return true;
    case MODEL_METHOD_EMPTY:
        *play->result = compare(engine, IR_EQ, play_count(play), 0);
        return true;
    case MODEL_METHOD_BOOL:
        *play->result = compare(engine, IR_NE, play_count(play), 0);
        return true;
    case MODEL_METHOD_PART:
    case MODEL_METHOD_HEAD:
    case MODEL_METHOD_TAIL:
        view_part(play);
        return true;
    case MODEL_METHOD_FIND:
    case MODEL_METHOD_HAS:
        return ordered_method(play);
    default:
        return false;
    }
}

static enum step assign_by_storage(struct method_play *play)
{
    if (play->container->storage == MODEL_STORAGE_OPTIONAL)
        return optional_assign(play);
    if (play->container->storage == MODEL_STORAGE_NUMBER)
        return number_assign(play);
    if (container_has_members(play->container))
        return members_assign(play);
    if (play->container->storage == MODEL_STORAGE_VIEW)
        view_construct(play);
    else
        assign(play);
    return finish(play);
}

static enum step change(struct method_play *play)
{
    switch (play->method->kind) {
    case MODEL_METHOD_RESERVE:
        reserve(play);
        break;
    case MODEL_METHOD_RESIZE:
        resize(play);
        break;
    case MODEL_METHOD_GROW:
        return play->container->storage == MODEL_STORAGE_OPTIONAL ? optional_assign(play)
                                                                  : elements_add(play);
    case MODEL_METHOD_SHRINK:
        play_shrink(play);
        break;
    case MODEL_METHOD_CLEAR:
        elements_end(play, 0);
        part_store(play->engine, play->state, play->object, "(count)", 0);
        break;
    case MODEL_METHOD_DROP:
        elements_drop(play);
        break;
    case MODEL_METHOD_SWAP:
        swap_contents(play, play_written(play));
        break;
    case MODEL_METHOD_ASSIGN:
        return assign_by_storage(play);
    default:
        break;
    }
    return finish(play);
}

static enum step dynamic_method(struct method_play *play)
{
    enum step step;
    if (changes_elements(play))
        text_changes(play);
    if (play->container->storage == MODEL_STORAGE_KEYED && keyed_method(play, &step))
        return step == STEP_NEXT ? finish(play) : step;
    if (play->method->kind == MODEL_METHOD_ELEMENT && is_missing_end(play))
        return STEP_ENDED;
    return tell(play) ? finish(play) : change(play);
}

bool play_owns_pointer(const struct model_container *container)
{
    return container->storage == MODEL_STORAGE_UNIQUE || container->storage == MODEL_STORAGE_SHARED;
}

enum step play_method(struct method_play *play)
{
    if (play_owns_pointer(play->container))
        return owner_method(play);
    if (play->container->storage == MODEL_STORAGE_CALLABLE)
        return callable_method(play);
    if (play->container->storage == MODEL_STORAGE_WEAK)
        return weak_method(play);
    if (container_has_alternatives(play->container))
        return alternatives_method(play);
    if (play->container->storage == MODEL_STORAGE_BITS)
        return bits_method(play);
    if (play->container->storage != MODEL_STORAGE_ITERATOR)
        return dynamic_method(play);
    iterator_method(play);
    return STEP_NEXT;
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
    return play_method(&play);
}
