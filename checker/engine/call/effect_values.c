/* Effects on values: what a call gives back, exchanges, or takes for granted. */
#include "engine/call/call.h"
#include "engine/call/effect.h"
#include "engine/call/targets.h"
#include "engine/library/container.h"
#include "engine/library/library.h"
#include "engine/library/objects.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/state/ranges.h"
#include "engine/state/status.h"
#include "engine/unseen/questions.h"
#include "engine/walk/step.h"

#include <string.h>

void effect_gives_device_pointer(struct play *play)
{
    const value_id pointer = play_argument(play, play->effect->pointer);
    play_give(play, play->effect->result, pointer);
    if (play->effect->result != MODEL_RESULT && play->status != VALUE_NONE)
        map_set_u64(&play->engine->mirrors,
                    hash_pair(play->status, play_argument(play, play->effect->result)), pointer);
}

void effect_returns_argument(struct play *play)
{
    value_id value = play_argument(play, play->effect->pointer);
    if (value == VALUE_NONE)
        return;
    if (play->invocation->into != VALUE_NONE) {
        memory_copy(play->engine, play->state, play->invocation->into, value, 0);
        value = play->invocation->into;
    }
    *play->result = value;
}

/* Atomic objects. What another thread may reach by its name is not this path's to know. */
static bool is_global(struct play *play, value_id place)
{
    value_id offset, base = value_base(&play->engine->values, place, &offset);
    return base != VALUE_NONE && memory_region_kind(play->engine, base) == REGION_GLOBAL;
}

/* The constructor has the whole object, an operation the base that declares it. */
static value_id atomic_place(struct play *play)
{
    value_id place = play_argument(play, play->effect->pointer);
    return place == VALUE_NONE ? VALUE_NONE
                               : value_around_bases(&play->engine->values, place, "(base) ");
}

void effect_loads(struct play *play)
{
    value_id place = atomic_place(play);
    const struct invocation *invocation = play->invocation;
    if (place == VALUE_NONE)
        return;
    if (!is_global(play, place)) {
        *play->result =
            memory_load(play->engine, play->state, place, invocation->unit, invocation->op->type);
    } else if (invocation->op->type != IR_NONE &&
               invocation->unit->types.data[invocation->op->type].kind == IR_TYPE_POINTER) {
        *play->result = unknown_result(play->engine, play->state, invocation->op_id);
        symbol_note_source(play->engine, *play->result, place); /* who keeps it is known */
    }
}

void effect_stores(struct play *play)
{
    value_id place = atomic_place(play), value = play_argument(play, play->effect->other);
    if (place != VALUE_NONE && value != VALUE_NONE)
        memory_store(play->engine, play->state, place, value);
}

/* What was there goes to where the expected value stood; the new value is there where the two were
 * the same. Of a truth value that is certain: either it was set before, or it is now. */
void effect_compare_exchanges(struct play *play)
{
    value_id place = atomic_place(play), expected = play_argument(play, play->effect->result),
             now = play_argument(play, play->effect->other);
    if (place == VALUE_NONE || expected == VALUE_NONE || now == VALUE_NONE)
        return;
    struct engine *engine = play->engine;
    if (is_global(play, place)) {
        memory_havoc(engine, play->state, expected, play->invocation->site);
        return;
    }
    const struct ir_unit *unit = play->invocation->unit;
    ir_id type = play_pointee(play, play->effect->result);
    value_id old = memory_load(engine, play->state, place, unit, type);
    value_id wanted = memory_load(engine, play->state, expected, unit, type);
    *play->result = compare(engine, IR_EQ, old, wanted);
    enum truth same = decide(engine, play->state, *play->result);
    bool is_switch = type != IR_NONE && unit->types.data[type].kind == IR_TYPE_BOOL &&
                     decide(engine, play->state, compare(engine, IR_NE, now, wanted)) == TRUTH_TRUE;
    memory_store(engine, play->state, expected, old);
    if (same == TRUTH_TRUE || (same == TRUTH_UNKNOWN && is_switch))
        memory_store(engine, play->state, place, now);
    else if (same == TRUTH_UNKNOWN)
        escape_reachable(engine, play->state, place, play->invocation->site);
}

static uint32_t operation_of(const char *word)
{
    static const struct {
        const char *word;
        uint32_t operation;
    } known[] = {{"add", IR_ADD}, {"subtract", IR_SUB}, {"and", IR_AND}, {"or", IR_OR}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].word, word) == 0)
            return known[i].operation;
    return IR_XOR;
}

/* Pointers count in objects of a size that the call does not say. */
static void compute(struct play *play, bool gives_new)
{
    value_id place = atomic_place(play);
    if (place == VALUE_NONE)
        return;
    struct engine *engine = play->engine;
    const struct invocation *invocation = play->invocation;
    const struct ir_unit *unit = invocation->unit;
    ir_id type = invocation->op->type;
    bool is_number = type != IR_NONE && (unit->types.data[type].kind == IR_TYPE_INT ||
                                         unit->types.data[type].kind == IR_TYPE_BOOL);
    value_id by = play->effect->other == MODEL_ABSENT ? value_int(&engine->values, 1)
                                                      : play_argument(play, play->effect->other);
    if (!is_number || by == VALUE_NONE || is_global(play, place)) {
        memory_havoc(engine, play->state, place, invocation->site);
        return;
    }
    value_id old = memory_load(engine, play->state, place, unit, type);
    value_id now = value_binary(&engine->values, operation_of(play->effect->detail), old, by);
    memory_store(engine, play->state, place, now);
    *play->result = gives_new ? now : old;
}

void effect_fetches(struct play *play)
{
    compute(play, false);
}

void effect_updates(struct play *play)
{
    compute(play, true);
}

static bool is_of_class(const struct ir_unit *unit, ir_id type)
{
    return type != IR_NONE && unit->types.data[type].kind == IR_TYPE_RECORD;
}

/* std::exchange(v, {}), std::exchange(owner, nullptr): the old object is moved out, which leaves
 * those of the library empty; a new one of the class is moved in. */
static void exchange_objects(struct play *play, value_id place, value_id now, ir_id type)
{
    const struct ir_unit *unit = play->invocation->unit;
    value_id into = play->invocation->into;
    ir_id referred = argument_referred(play->invocation, (size_t)play->effect->other);
    if (into == VALUE_NONE)
        escape_reachable(play->engine, play->state, place, play->invocation->site);
    else
        transfer_member(play->engine, play->state, unit, type, into, place, true, 0);
    if (is_of_class(unit, referred))
        transfer_member(play->engine, play->state, unit, type, place, now, true, 0);
    *play->result = into;
}

void effect_exchanges(struct play *play)
{
    value_id place = play_argument(play, play->effect->pointer);
    value_id now = play_argument(play, play->effect->other);
    if (place == VALUE_NONE || now == VALUE_NONE)
        return;
    ir_id type = play_pointee(play, play->effect->pointer);
    if (is_of_class(play->invocation->unit, type)) {
        exchange_objects(play, place, now, type);
        return;
    }
    *play->result = memory_load(play->engine, play->state, place, play->invocation->unit, type);
    /* `other` comes by reference: its content is the new value, where it is a place of its own */
    ir_id referred = argument_referred(play->invocation, (size_t)play->effect->other);
    value_id content;
    if (memory_peek(play->state, now, &content))
        now = content;
    else if (referred != IR_NONE)
        now = memory_load(play->engine, play->state, now, play->invocation->unit, referred);
    memory_store(play->engine, play->state, place, now);
}

void effect_swaps(struct play *play)
{
    value_id a = play_argument(play, play->effect->pointer),
             b = play_argument(play, play->effect->other);
    if (a == VALUE_NONE || b == VALUE_NONE)
        return;
    ir_id type = play_pointee(play, play->effect->pointer);
    const struct ir_type *t = type == IR_NONE ? NULL : &play->invocation->unit->types.data[type];
    if (t && t->kind != IR_TYPE_RECORD && t->kind != IR_TYPE_ARRAY) {
        value_id old_a = memory_load(play->engine, play->state, a, play->invocation->unit, type);
        value_id old_b = memory_load(play->engine, play->state, b, play->invocation->unit, type);
        memory_store(play->engine, play->state, a, old_b);
        memory_store(play->engine, play->state, b, old_a);
        return;
    }
    part_swap(play->engine, play->state, a, b);
}

/* std::min and std::max give a reference: to a value between the two. */
void effect_picks(struct play *play)
{
    value_id a = play_argument(play, play->effect->pointer),
             b = play_argument(play, play->effect->other);
    if (a == VALUE_NONE || b == VALUE_NONE)
        return;
    ir_id type = play_pointee(play, play->effect->pointer);
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
        assume_fact(engine, play->state,
                    compare(engine, IR_GE, picked, value_int(&engine->values, low)));
    memory_store(engine, play->state, place, picked);
    *play->result = place;
}

void effect_answers(struct play *play)
{
    bool is_true = play->effect->detail && strcmp(play->effect->detail, "true") == 0;
    *play->result = value_int(&play->engine->values, is_true);
}

void effect_is_constant(struct play *play)
{
    const char *name = play->model->name;
    struct symbol symbol = {
        .kind = SYMBOL_SIZEOF, .bits = 64, .origin = hash_bytes(name, strlen(name))};
    for (size_t i = 0; i < play->invocation->count; i++)
        symbol.origin = hash_pair(symbol.origin, play->invocation->args[i]);
    *play->result = value_symbol(&play->engine->values, symbol);
}

void effect_asserts(struct play *play)
{
    value_id condition = play_argument(play, play->effect->pointer);
    if (condition != VALUE_NONE && !assume(play->engine, play->state, condition, true))
        play->step = STEP_ENDED;
}

/* Does the function set the number itself, to see later whether it changed (errno = 0; strtol())?
 */
static bool sets_error_number(const struct play *play)
{
    const struct ir_call *call = play->invocation->op->call;
    const struct ir_function *function = context_function(play->engine, play->state->context)->ir;
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        if (op->code != IR_STORE)
            continue;
        const struct ir_op *address = &function->ops.data[op->a];
        if (address->code == IR_CALL && address->call->function == call->function)
            return true;
    }
    return false;
}

/* No call sets errno to 0 (C17, 7.5): what a program reads after a failure says what failed, and
 * `return -errno` is a failure. */
void effect_error_number(struct play *play)
{
    struct engine *engine = play->engine;
    const struct invocation *invocation = play->invocation;
    *play->result = unknown_result(engine, play->state, invocation->op_id);
    if (!invocation->op || !invocation->op->call || sets_error_number(play))
        return;
    ir_id type = invocation->op->type == IR_NONE
                     ? IR_NONE
                     : invocation->unit->types.data[invocation->op->type].element;
    value_id number = memory_load(engine, play->state, *play->result, invocation->unit, type);
    assume_fact(engine, play->state, compare(engine, IR_GE, number, value_int(&engine->values, 1)));
}

void effect_checks(struct play *play)
{
    value_id status = play_argument(play, play->effect->pointer);
    status_look(play->engine, play->state, status);
    const struct symbol *symbol = symbol_of(&play->engine->values, status);
    bool is_status = (symbol && symbol->kind == SYMBOL_STATUS) ||
                     value_is_int(&play->engine->values, status, NULL);
    if (is_status && play->effect->noreturn_on_error &&
        !assume(play->engine, play->state, status, false))
        play->step = STEP_ENDED;
}

/* std::begin, std::end, std::size of an array. */
static void array_method(struct play *play, value_id array, const struct ir_type *type)
{
    struct values *values = &play->engine->values;
    const char *method = play->effect->detail;
    if (strcmp(method, "data") == 0)
        *play->result = array;
    if (strcmp(method, "end") == 0 && type->size != IR_SIZE_UNKNOWN)
        *play->result = value_advance(values, array, value_int(values, (int64_t)type->size));
    if (strcmp(method, "size") == 0 && type->count != IR_SIZE_UNKNOWN)
        *play->result = value_int(values, (int64_t)type->count);
}

/* An object, of which only the address came with the call, is no pointer that moves and compares.
 */
static bool is_object(const struct play *play, int argument)
{
    const struct ir_op *op = play->invocation->op;
    if (!op || op->call->function == IR_NONE)
        return false;
    const struct ir_unit *unit = play->invocation->unit;
    const struct ir_function *callee = &unit->functions.data[op->call->function];
    if (argument < 0 || (size_t)argument >= callee->param_types.len)
        return false;
    const ir_id type = callee->param_types.data[argument];
    const enum ir_type_kind kind = type == IR_NONE ? IR_TYPE_UNKNOWN : unit->types.data[type].kind;
    return kind == IR_TYPE_REFERENCE || kind == IR_TYPE_RECORD;
}

/* Iterators are compared as their common base, which libclang 22 shows as a part of them. */
static value_id behind_library_bases(const struct play *play, value_id object)
{
    return object == VALUE_NONE
               ? object
               : value_around_bases(&play->engine->values, object, "(base) std::__");
}

void effect_calls_method(struct play *play)
{
    value_id object = play_argument(play, play->effect->pointer);
    ir_id type = play_pointee(play, play->effect->pointer);
    const struct ir_unit *unit = play->invocation->unit;
    const struct model_container *container =
        callee_container_of_type(play->engine->models, unit, type);
    const struct model_method *method =
        container && play->effect->detail ? models_method(container, play->effect->detail) : NULL;
    if (object == VALUE_NONE || !play->effect->detail)
        return;
    if (type != IR_NONE && unit->types.data[type].kind == IR_TYPE_ARRAY) {
        array_method(play, object, &unit->types.data[type]);
        return;
    }
    struct invocation inner = *play->invocation;
    inner.args[0] = behind_library_bases(play, object);
    inner.types[0] = play->invocation->types[play->effect->pointer];
    inner.count = 1;
    int with = play->effect->other;
    if (with >= 0 && (size_t)with < play->invocation->count) {
        inner.args[1] = behind_library_bases(play, play->invocation->args[with]);
        inner.types[1] = play->invocation->types[with];
        inner.count = 2;
    }
    if (text_compare(play->engine, play->state, &inner, play->effect->detail, play->result))
        return;
    if (!method) {
        if (is_object(play, play->effect->pointer))
            return;
        iterator_of_pointer(play->engine, play->state, &inner, play->effect->detail, play->result);
        return;
    }
    play->step = container_method(play->engine, play->state, &inner, container, method, unit,
                                  &unit->records.data[unit->types.data[type].record], play->result);
}

void effect_makes(struct play *play)
{
    const struct invocation *invocation = play->invocation;
    value_id into = invocation->into;
    if (into == VALUE_NONE || invocation->op->call->function == IR_NONE)
        return;
    memory_havoc(play->engine, play->state, into, invocation->site);
    *play->result = into;
    ir_id type = invocation->unit->functions.data[invocation->op->call->function].result_type;
    play->step =
        object_begin(play->engine, play->state, invocation, 0, invocation->unit, type, into);
}

void effect_calls(struct play *play)
{
    const struct invocation *invocation = play->invocation;
    value_id once = play_argument(play, play->effect->other);
    if (once != VALUE_NONE && !question_first_call(play->engine, play->state, once))
        return;
    if (callable_call_argument(play->engine, play->state, invocation, (size_t)play->effect->pointer,
                               &play->step, play->result))
        return;
    call_out_of_sight(play->engine, play->state, invocation, invocation->unit, NULL, play->result);
}
