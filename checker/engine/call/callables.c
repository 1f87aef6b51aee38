/* What can be called and is no function: closures, objects with an operator(), and the library's
 * wrappers around either. A std::function keeps three parts beside its real members: "(function)",
 * null where it is empty; "(target)", the object that is called, and "(type)", of which type that
 * is (0: a plain function stands there). What std::bind makes keeps "(bound)" besides, how many
 * arguments it was given, and "(bound N)", each of them, or "(place N)", which argument of the call
 * stands there, from 1. */
#include "engine/call/call.h"
#include "engine/call/targets.h"
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/state/constraint.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/unseen/answers.h"
#include "engine/walk/step.h"
#include "engine/walk/unwind.h"

#include <stdlib.h>
#include <string.h>

/* What a call of a value runs. */
struct target {
    uint32_t function; /* of the program, MAP_NONE: nobody knows */
    value_id object;   /* that becomes argument 0; VALUE_NONE: a plain function */
    value_id binder;   /* the object that keeps arguments for it; VALUE_NONE: there is none */
};

static const struct target nobody = {MAP_NONE, VALUE_NONE, VALUE_NONE};

static struct target target_of_callable(struct engine *engine, struct state *state, value_id object)
{
    value_id function, type, bound;
    if (!memory_peek(state, part_address(engine, object, "(function)"), &function) ||
        !memory_peek(state, part_address(engine, object, "(type)"), &type))
        return nobody;
    return (struct target){
        call_function_at(engine, function),
        type == 0 ? VALUE_NONE : part_address(engine, object, "(target)"),
        memory_peek(state, part_address(engine, object, "(bound)"), &bound) ? object : VALUE_NONE};
}

/* Which body of a virtual function runs, the object says. */
static uint32_t plain_function(const struct engine *engine, value_id value)
{
    uint32_t function = call_function_at(engine, value);
    return function != MAP_NONE && engine->program.functions.data[function].ir->is_virtual
               ? (uint32_t)MAP_NONE
               : function;
}

static struct target target_of_argument(struct engine *engine, struct state *state,
                                        const struct invocation *invocation, size_t index)
{
    value_id value = invocation->args[index], content;
    struct target plain = {plain_function(engine, value), VALUE_NONE, VALUE_NONE};
    const struct ir_record *record = argument_record(invocation, index);
    if (plain.function != MAP_NONE)
        return plain;
    if (!record) { /* a pointer to a function, by reference */
        plain.function =
            memory_peek(state, value, &content) ? plain_function(engine, content) : MAP_NONE;
        return plain;
    }
    const struct model_container *container = models_container(engine->models, record->name);
    if (container && container->storage == MODEL_STORAGE_CALLABLE)
        return target_of_callable(engine, state, value);
    return (struct target){call_operator_of_class(engine, invocation->unit, record), value,
                           VALUE_NONE};
}

uint32_t callable_function_of_argument(struct engine *engine, struct state *state,
                                       const struct invocation *invocation, size_t index)
{
    return target_of_argument(engine, state, invocation, index).function;
}

uint32_t callable_function_at(struct engine *engine, struct state *state, value_id object,
                              value_id *self)
{
    struct target target = target_of_callable(engine, state, object);
    if (target.function != MAP_NONE)
        *self = target.object;
    return target.function;
}

/* ---- the call ---- */

/* What the callee takes where the call gives a reference: that, or what is there. */
static value_id passed(struct engine *engine, struct state *state,
                       const struct invocation *invocation, size_t index,
                       const struct program_function *callee, size_t param)
{
    const struct ir_unit *unit = invocation->unit;
    value_id value = invocation->args[index];
    ir_id type = argument_referred(invocation, index);
    bool is_scalar = type != IR_NONE && unit->types.data[type].kind != IR_TYPE_RECORD &&
                     unit->types.data[type].kind != IR_TYPE_FUNCTION;
    if (!is_scalar || param >= callee->ir->param_types.len)
        return value;
    ir_id wanted = callee->ir->param_types.data[param];
    if (wanted == IR_NONE || callee->in->types.data[wanted].kind == IR_TYPE_REFERENCE)
        return value;
    return memory_load(engine, state, value, unit, type);
}

static void pass(struct engine *engine, struct state *state, const struct invocation *invocation,
                 size_t index, const struct program_function *callee, struct invocation *inner)
{
    if (index < invocation->count && inner->count < MAX_ARGS)
        invocation_add(inner, passed(engine, state, invocation, index, callee, inner->count),
                       invocation->types[index]);
}

static value_id numbered_part(struct engine *engine, value_id object, const char *name,
                              size_t index)
{
    return part_address(engine, object, arena_printf(engine->arena, "(%s %zu)", name, index));
}

/* What std::bind was given stands before what the call gives, which goes where its placeholders
 * say. False: some of it is not known. */
static bool pass_bound(struct engine *engine, struct state *state,
                       const struct invocation *invocation, value_id binder, size_t *first,
                       const struct program_function *callee, struct invocation *inner)
{
    const size_t given = *first;
    int64_t count, place;
    value_id value;
    if (!value_is_int(&engine->values, part_load(engine, state, binder, "(bound)", false), &count))
        return false;
    for (size_t i = 0; i < (size_t)count && inner->count < MAX_ARGS; i++) {
        if (memory_peek(state, numbered_part(engine, binder, "bound", i), &value)) {
            invocation_add(inner, value, IR_NONE);
            continue;
        }
        if (!memory_peek(state, numbered_part(engine, binder, "place", i), &value) ||
            !value_is_int(&engine->values, value, &place))
            return false;
        pass(engine, state, invocation, given + (size_t)place - 1, callee, inner);
        *first = invocation->count; /* what no placeholder names is dropped */
    }
    return true;
}

/* Calls the target with the arguments from the `first` on. False: it is not known. */
static bool call(struct engine *engine, struct state *state, const struct invocation *invocation,
                 struct target target, size_t first, enum step *step, value_id *result)
{
    if (target.function == MAP_NONE)
        return false;
    const struct program_function *callee = &engine->program.functions.data[target.function];
    struct invocation inner = *invocation;
    inner.count = 0;
    inner.name = callee->ir->name;
    if (target.object != VALUE_NONE)
        invocation_add(&inner, target.object, IR_NONE);
    if (target.binder != VALUE_NONE &&
        !pass_bound(engine, state, invocation, target.binder, &first, callee, &inner))
        return false;
    for (size_t i = first; i < invocation->count; i++)
        pass(engine, state, invocation, i, callee, &inner);
    *step = call_function(engine, state, &inner, target.function, result);
    return true;
}

bool callable_call_argument(struct engine *engine, struct state *state,
                            const struct invocation *invocation, size_t index, enum step *step,
                            value_id *result)
{
    return index < invocation->count &&
           call(engine, state, invocation, target_of_argument(engine, state, invocation, index),
                index + 1, step, result);
}

/* ---- the wrapper's life ---- */

static void set(struct method_play *play, value_id function, value_id type)
{
    part_store(play->engine, play->state, play->object, "(function)", function);
    part_store(play->engine, play->state, play->object, "(type)", type);
}

static value_id type_number(struct engine *engine, const struct ir_unit *unit, ir_id type)
{
    uint64_t number = ((uint64_t)program_unit(&engine->program, unit) << 32) | type;
    return value_int(&engine->values, (int64_t)number);
}

const struct ir_unit *callable_type(const struct engine *engine, value_id type, ir_id *found)
{
    int64_t number;
    if (!value_is_int(&engine->values, type, &number) || number == 0)
        return NULL;
    *found = (ir_id)number;
    return engine->program.units[(uint64_t)number >> 32];
}

/* std::placeholders::_2 is a std::_Placeholder<2>. 0: it is none. */
static size_t placeholder(const struct ir_record *record)
{
    const char *number = strchr(record->display, '<');
    return strstr(record->name, "laceholder") == NULL && strcmp(record->name, "std::__ph") != 0 ? 0
           : number ? strtoul(number + 1, NULL, 10)
                    : 0;
}

static void bind_one(struct method_play *play, size_t index, size_t number)
{
    struct engine *engine = play->engine;
    const struct invocation *invocation = play->invocation;
    const struct ir_record *record = argument_record(invocation, index);
    const ir_id type = argument_referred(invocation, index);
    const size_t place = record ? placeholder(record) : 0;
    value_id value = invocation->args[index];
    if (place)
        value = value_int(&engine->values, (int64_t)place);
    else if (!record && type != IR_NONE)
        value = memory_load(engine, play->state, value, invocation->unit, type);
    memory_store(engine, play->state,
                 numbered_part(engine, play->object, place ? "place" : "bound", number), value);
}

/* Keeps what is to be given to the target besides, from the argument `first` on. */
static void bind(struct method_play *play, size_t first)
{
    const size_t count = play->invocation->count - first;
    for (size_t i = 0; i < count; i++)
        bind_one(play, first + i, i);
    part_store(play->engine, play->state, play->object, "(bound)",
               value_int(&play->engine->values, (int64_t)count));
}

void callable_copy_bound(struct engine *engine, struct state *state, value_id to, value_id from)
{
    static const char *const kinds[] = {"bound", "place"};
    value_id bound, value;
    int64_t count;
    if (!memory_peek(state, part_address(engine, from, "(bound)"), &bound))
        return;
    part_store(engine, state, to, "(bound)", bound);
    for (int64_t i = 0; value_is_int(&engine->values, bound, &count) && i < count; i++)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (memory_peek(state, numbered_part(engine, from, kinds[k], (size_t)i), &value))
                memory_store(engine, state, numbered_part(engine, to, kinds[k], (size_t)i), value);
}

/* Becomes what the argument `at` is; those behind it are bound to it. */
static enum step become(struct method_play *play, size_t at)
{
    const struct invocation *invocation = play->invocation;
    int64_t number;
    if (invocation->count <= at ||
        (value_is_int(&play->engine->values, invocation->args[at], &number) && number == 0)) {
        set(play, 0, 0);
        return STEP_NEXT;
    }
    const struct ir_record *record = argument_record(invocation, at);
    const struct model_container *container =
        record ? models_container(play->engine->models, record->name) : NULL;
    const bool is_bound = invocation->count > at + 1;
    if (container && container->storage == MODEL_STORAGE_CALLABLE && !is_bound) {
        container_transfer(play, invocation->args[at], argument_moves(invocation, at));
        return STEP_NEXT;
    }
    struct target target = target_of_argument(play->engine, play->state, invocation, at);
    if (target.function == MAP_NONE || target.binder != VALUE_NONE) {
        for (size_t i = at; i < invocation->count; i++)
            escape_contents(play->engine, play->state, invocation->args[i]);
        return STEP_NEXT;
    }
    value_id function = memory_function_number(play->engine, target.function);
    if (is_bound)
        bind(play, at + 1);
    if (target.object == VALUE_NONE) {
        set(play, function, 0);
        return STEP_NEXT;
    }
    ir_id type = argument_type(invocation, at);
    struct invocation alone = *invocation;
    alone.count = at + 1;
    set(play, function, type_number(play->engine, invocation->unit, type));
    return object_begin(play->engine, play->state, &alone, at, invocation->unit, type,
                        part_address(play->engine, play->object, "(target)"));
}

enum step callable_construct(struct method_play *play, size_t first)
{
    memory_havoc(play->engine, play->state, play->object, play->invocation->site);
    return become(play, first);
}

enum step callable_end(struct method_play *play)
{
    value_id type;
    ir_id found;
    const struct ir_unit *unit = NULL;
    if (memory_peek(play->state, part_address(play->engine, play->object, "(type)"), &type))
        unit = callable_type(play->engine, type, &found);
    if (!unit)
        return STEP_NEXT;
    return object_end(play->engine, play->state, play->invocation, unit, found,
                      part_address(play->engine, play->object, "(target)"));
}

static enum step call_it(struct method_play *play)
{
    enum step step;
    struct target target = target_of_callable(play->engine, play->state, play->object);
    if (call(play->engine, play->state, play->invocation, target, 1, &step, play->result))
        return step;
    call_out_of_sight(play->engine, play->state, play->invocation, play->unit, NULL, play->result);
    return STEP_NEXT;
}

enum step callable_method(struct method_play *play)
{
    value_id function;
    enum step step;
    switch (play->method->kind) {
    case MODEL_METHOD_CALL:
        return call_it(play);
    case MODEL_METHOD_BOOL:
        function = part_load(play->engine, play->state, play->object, "(function)", true);
        *play->result = compare(play->engine, IR_NE, function, 0);
        return STEP_NEXT;
    case MODEL_METHOD_ASSIGN:
        step = callable_end(play);
        *play->result = play->object;
        if (step == STEP_NEXT)
            return callable_construct(play, 1);
        memory_havoc(play->engine, play->state, play->object, play->invocation->site);
        return step;
    case MODEL_METHOD_SWAP:
        function = play_written(play);
        if (function != VALUE_NONE)
            part_swap(play->engine, play->state, play->object, function);
        return STEP_NEXT;
    default:
        call_unknown(play->engine, play->state, play->invocation, play->unit, play->callee,
                     play->result);
        return STEP_NEXT;
    }
}
