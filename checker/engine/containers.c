/* Classes of the C++ library (and their like) that own a buffer: what their models say about a
 * method, played on parts that the engine keeps in memory beside the object's real members:
 * "(buffer)", "(count)", and "(fixed)" where a reserve in sight keeps the buffer in place. */
#include "engine/container.h"

#include <string.h>

static void reserve(struct method_play *play)
{
    struct engine *engine = play->engine;
    value_id now = part_load(engine, play->state, play->object, "(count)", false);
    value_id wanted = play_written(play);
    bool fits = wanted != VALUE_NONE &&
                decide(engine, play->state, compare(engine, IR_LE, wanted, now)) == TRUTH_TRUE;
    if (fits)
        return;
    if (!play_is_fixed(play))
        play_move_buffer(play, VALUE_NONE, 33, now);
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
    value_id count = writes_count(play) ? play_written(play) : VALUE_NONE;
    value_id now = part_load(engine, play->state, play->object, "(count)", false);
    if (count == VALUE_NONE)
        count = play_unknown_count(play, 23);
    if (decide(engine, play->state, compare(engine, IR_LE, count, now)) == TRUTH_TRUE)
        part_store(engine, play->state, play->object, "(count)", count);
    else
        play_grow(play, count);
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
    value_id count = play_unknown_count(play, 25);
    bool adds = strncmp(play->method->name, "push", 4) == 0 ||
                strncmp(play->method->name, "emplace", 7) == 0;
    if (adds)
        assume(engine, play->state, compare(engine, IR_GE, count, value_int(&engine->values, 1)),
               true);
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
        play_give_up_buffer(play, RELEASE_GROWTH);
        part_move(play->engine, play->state, play->object, source);
        part_store(play->engine, play->state, source, "(buffer)", 0);
        part_store(play->engine, play->state, source, "(count)", 0);
        return;
    }
    play_grow(play, play_unknown_count(play, 27));
}

static void swap_contents(struct method_play *play, value_id other)
{
    if (other == VALUE_NONE || other == play->object)
        return;
    value_id object = play->object;
    play_load_buffer(play);
    struct method_play twin = *play;
    twin.object = other;
    play_load_buffer(&twin);
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

value_id play_first_element(struct method_play *play)
{
    if (is_inline(play))
        return part_address(play->engine, play->object, "(elements)");
    return play_load_buffer(play);
}

value_id play_count(struct method_play *play)
{
    if (!is_inline(play))
        return part_load(play->engine, play->state, play->object, "(count)", false);
    uint64_t element = play_element_size(play);
    for (size_t i = 0; element && i < play->unit->types.len; i++) {
        const struct ir_type *type = &play->unit->types.data[i];
        if (type->kind == IR_TYPE_RECORD && type->record != IR_NONE &&
            &play->unit->records.data[type->record] == play->record &&
            type->size != IR_SIZE_UNKNOWN)
            return value_int(&play->engine->values, (int64_t)(type->size / element));
    }
    return play_unknown_count(play, 29);
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
    if (strcmp(play->method->name, "front") == 0)
        index = 0;
    if (strcmp(play->method->name, "back") == 0 || !size)
        return value_advance(&play->engine->values, first, play_unknown_count(play, 31));
    return play_advanced(play, first, index);
}

/* An address among the elements: a pointer, or an iterator that the call makes. */
static void give_position(struct method_play *play, value_id position)
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
                 value_int(&play->engine->values, (int64_t)size));
    *play->result = into;
}

static void dynamic_method(struct method_play *play)
{
    struct engine *engine = play->engine;
    switch (play->method->kind) {
    case MODEL_METHOD_BUFFER:
        give_position(play, play_first_element(play));
        break;
    case MODEL_METHOD_END:
        give_position(play, play_advanced(play, play_first_element(play), play_count(play)));
        break;
    case MODEL_METHOD_ELEMENT:
        *play->result = element(play);
        break;
    case MODEL_METHOD_COUNT:
        *play->result = play_count(play);
        break;
    case MODEL_METHOD_BYTES:
        *play->result = value_binary(&engine->values, IR_MUL, play_count(play),
                                     value_int(&engine->values, (int64_t)play_element_size(play)));
        break;
    case MODEL_METHOD_EMPTY:
        *play->result = compare(engine, IR_EQ, play_count(play), 0);
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
        play_grow(play, part_load(engine, play->state, play->object, "(count)", false));
        break;
    case MODEL_METHOD_CLEAR:
        part_store(engine, play->state, play->object, "(count)", 0);
        break;
    case MODEL_METHOD_DROP:
        part_store(engine, play->state, play->object, "(count)", play_unknown_count(play, 35));
        break;
    case MODEL_METHOD_SWAP:
        swap_contents(play, play_written(play));
        break;
    case MODEL_METHOD_ASSIGN:
        assign(play);
        break;
    case MODEL_METHOD_PART:
    case MODEL_METHOD_HEAD:
    case MODEL_METHOD_TAIL:
        view_part(play);
        break;
    default:
        break;
    }
    if (*play->result == VALUE_NONE && play->invocation->into != VALUE_NONE) {
        shown_note(engine, play->state, play->invocation);
        memory_havoc(engine, play->state, play->invocation->into, play->invocation->site);
        *play->result = play->invocation->into;
    }
}

static bool owns_pointer(const struct model_container *container)
{
    return container->storage == MODEL_STORAGE_UNIQUE || container->storage == MODEL_STORAGE_SHARED;
}

static enum step play_method(struct method_play *play)
{
    if (owns_pointer(play->container))
        return owner_method(play);
    if (play->container->storage == MODEL_STORAGE_ITERATOR)
        iterator_method(play);
    else
        dynamic_method(play);
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

/* ---- construction and destruction ---- */

static bool is_integer(const struct method_play *play, size_t argument)
{
    const struct ir_unit *unit = play->invocation->unit;
    ir_id type = argument < play->invocation->count ? play->invocation->types[argument] : IR_NONE;
    if (play->callee && argument < play->callee->param_types.len) {
        type = play->callee->param_types.data[argument];
        unit = play->unit;
    }
    if (type == IR_NONE)
        return false;
    enum ir_type_kind kind = unit->types.data[type].kind;
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
        play_set_contents(play, play_new_buffer(play, 0, 45), 0);
        return;
    }
    value_id first = play->invocation->args[1];
    if (play->container->storage == MODEL_STORAGE_VIEW) {
        view_construct(play);
        return;
    }
    if (play->container->count_constructor && is_integer(play, 1)) {
        play_set_contents(play, play_new_buffer(play, first, 39), first);
        return;
    }
    value_id content;
    bool is_same = memory_peek(play->state, part_address(engine, first, "(count)"), &content);
    if (moves_argument(play->unit, play->callee, 1) && count == 2) {
        value_id object = play->object;
        play->object = first;
        play_load_buffer(play);
        play->object = object;
        part_move(engine, play->state, play->object, first);
        part_store(engine, play->state, first, "(buffer)", 0);
        part_store(engine, play->state, first, "(count)", 0);
        return;
    }
    value_id elements = is_same ? content : play_unknown_count(play, 41);
    play_set_contents(play, play_new_buffer(play, elements, 43), elements);
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
        call_unknown(engine, state, invocation, callee->in, callee->ir, result);
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
            play_load_buffer(&play);
            play_give_up_buffer(&play, RELEASE_DESTRUCTION);
        }
        return STEP_NEXT;
    }
    if (callee->ir->kind == IR_FUNCTION_CONSTRUCTOR) {
        if (owner)
            return owner_construct(engine, state, invocation, callee);
        if (container->storage == MODEL_STORAGE_ITERATOR)
            iterator_construct(&play);
        else
            construct(&play);
        return STEP_NEXT;
    }
    play.method = models_method(container, callee->ir->name);
    if (!play.method) { /* a method that no model mentions: anything may have happened to it */
        call_unknown(engine, state, invocation, callee->in, callee->ir, result);
        return STEP_NEXT;
    }
    return play_method(&play);
}
