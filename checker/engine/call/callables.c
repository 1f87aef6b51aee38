/* What can be called and is no function: closures, objects with an operator(), and the library's
 * wrappers around either. A std::function keeps three parts beside its real members: "(function)",
 * null where it is empty; "(target)", the object that is called, and "(type)", of which type that
 * is (0: a plain function stands there). */
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

/* What a call of a value runs. */
struct target {
    uint32_t function; /* of the program, MAP_NONE: nobody knows */
    value_id object;   /* that becomes argument 0; VALUE_NONE: a plain function */
};

static const struct target nobody = {MAP_NONE, VALUE_NONE};

static struct target target_of_callable(struct engine *engine, struct state *state, value_id object)
{
    value_id function, type;
    if (!memory_peek(state, part_address(engine, object, "(function)"), &function) ||
        !memory_peek(state, part_address(engine, object, "(type)"), &type))
        return nobody;
    return (struct target){call_function_at(engine, function),
                           type == 0 ? VALUE_NONE : part_address(engine, object, "(target)")};
}

static struct target target_of_argument(struct engine *engine, struct state *state,
                                        const struct invocation *invocation, size_t index)
{
    value_id value = invocation->args[index], content;
    struct target plain = {call_function_at(engine, value), VALUE_NONE};
    const struct ir_record *record = argument_record(invocation, index);
    if (plain.function != MAP_NONE)
        return plain;
    if (!record) { /* a pointer to a function, by reference */
        plain.function =
            memory_peek(state, value, &content) ? call_function_at(engine, content) : MAP_NONE;
        return plain;
    }
    const struct model_container *container = models_container(engine->models, record->name);
    if (container && container->storage == MODEL_STORAGE_CALLABLE)
        return target_of_callable(engine, state, value);
    return (struct target){call_operator_of_class(engine, invocation->unit, record), value};
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
    for (size_t i = first; i < invocation->count && inner.count < MAX_ARGS; i++)
        invocation_add(&inner, passed(engine, state, invocation, i, callee, inner.count),
                       invocation->types[i]);
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

/* Becomes what the argument is. */
static enum step become(struct method_play *play)
{
    const struct invocation *invocation = play->invocation;
    int64_t number;
    if (invocation->count < 2 ||
        (value_is_int(&play->engine->values, invocation->args[1], &number) && number == 0)) {
        set(play, 0, 0);
        return STEP_NEXT;
    }
    const struct ir_record *record = argument_record(invocation, 1);
    const struct model_container *container =
        record ? models_container(play->engine->models, record->name) : NULL;
    if (container && container->storage == MODEL_STORAGE_CALLABLE) {
        container_transfer(play, invocation->args[1], moves_argument(play->unit, play->callee, 1));
        return STEP_NEXT;
    }
    struct target target = target_of_argument(play->engine, play->state, invocation, 1);
    if (target.function == MAP_NONE || invocation->count != 2) {
        for (size_t i = 1; i < invocation->count; i++)
            escape_contents(play->engine, play->state, invocation->args[i]);
        return STEP_NEXT;
    }
    value_id function = memory_function_number(play->engine, target.function);
    if (target.object == VALUE_NONE) {
        set(play, function, 0);
        return STEP_NEXT;
    }
    ir_id type = argument_type(invocation, 1);
    set(play, function, type_number(play->engine, invocation->unit, type));
    return object_begin(play->engine, play->state, invocation, 1, invocation->unit, type,
                        part_address(play->engine, play->object, "(target)"));
}

enum step callable_construct(struct method_play *play)
{
    memory_havoc(play->engine, play->state, play->object, play->invocation->site);
    return become(play);
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
    unwind_maybe(play->engine, play->state, play->callee,
                 answers_given(play->engine, play->state, play->invocation));
    call_unknown(play->engine, play->state, play->invocation, play->unit, NULL, play->result);
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
            return callable_construct(play);
        memory_havoc(play->engine, play->state, play->object, play->invocation->site);
        return step;
    default:
        call_unknown(play->engine, play->state, play->invocation, play->unit, play->callee,
                     play->result);
        return STEP_NEXT;
    }
}
