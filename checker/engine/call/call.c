/* Calls: into bodies in sight (frames.c), through models (effects.c), and into the dark. */
#include "engine/call/call.h"

#include "engine/call/base_calls.h"
#include "engine/call/computing.h"
#include "engine/call/frames.h"
#include "engine/call/targets.h"
#include "engine/clients/stories.h"
#include "engine/library/library.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/distinct.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/state/status.h"
#include "engine/unseen/answers.h"
#include "engine/unseen/concurrent.h"
#include "engine/unseen/earlier.h"
#include "engine/unseen/expectations.h"
#include "engine/unseen/questions.h"
#include "engine/unseen/shown.h"
#include "engine/unseen/unseen_writes.h"
#include "engine/walk/step.h"
#include "engine/walk/unwind.h"
#include "engine/walk/walk.h"

#include <string.h>

static struct invocation invocation_of(struct engine *engine, struct state *state, ir_id op_id)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_op *op = &here->ir->ops.data[op_id];
    struct invocation invocation = {.op_id = op_id,
                                    .op = op,
                                    .unit = here->in,
                                    .site = site_of_op(engine, state, op_id),
                                    .into = VALUE_NONE,
                                    .is_discarded = op->call->is_discarded};
    if (op->call->into != IR_NONE)
        invocation.into = operand(engine, state, op->call->into);
    for (size_t i = 0; i < op->call->args.len && i < MAX_ARGS; i++) {
        invocation.args[i] = operand(engine, state, op->call->args.data[i]);
        invocation.types[i] = here->ir->ops.data[op->call->args.data[i]].type;
        invocation.count = i + 1;
    }
    return invocation;
}

/* The object that a member function is called on, by a pointer to it, is there. */
static void assume_object(struct engine *engine, struct state *state,
                          const struct invocation *invocation)
{
    ir_id function = invocation->op->call->function;
    if (function == IR_NONE || invocation->count == 0)
        return;
    const struct ir_function *callee = &invocation->unit->functions.data[function];
    if (callee->kind == IR_FUNCTION_METHOD && !callee->is_static_method)
        assume_points(engine, state, invocation->args[0]);
}

/* ---- the dark ---- */

static bool points_to_constant(const struct ir_unit *unit, ir_id type)
{
    if (type == IR_NONE)
        return false;
    const struct ir_type *t = &unit->types.data[type];
    bool is_pointer = t->kind == IR_TYPE_POINTER || t->kind == IR_TYPE_REFERENCE;
    return is_pointer && t->element != IR_NONE && unit->types.data[t->element].is_const;
}

static bool has_mutable_part(const struct ir_unit *unit, ir_id type, int depth)
{
    const struct ir_type *t = type == IR_NONE ? NULL : &unit->types.data[type];
    if (!t || t->kind != IR_TYPE_RECORD || t->record == IR_NONE || depth == MAX_REACH)
        return false;
    const struct ir_record *record = &unit->records.data[t->record];
    for (size_t i = 0; i < record->fields.len; i++)
        if (record->fields.data[i].is_mutable ||
            has_mutable_part(unit, record->fields.data[i].type, depth + 1))
            return true;
    return false;
}

/* Does who takes that leave the object as it is? Memory that is no object of a class may be handed
 * on as constant to be released, or unregistered, by a cast. */
static bool shows_object(const struct ir_unit *unit, ir_id type)
{
    if (!points_to_constant(unit, type))
        return false;
    ir_id object = unit->types.data[type].element;
    return unit->types.data[object].kind == IR_TYPE_RECORD && !has_mutable_part(unit, object, 0);
}

/* A const member function leaves the object that it is called on as it is, and what lies around it
 * in a larger one. */
static bool is_asked(const struct ir_unit *in, const struct ir_function *callee, size_t index)
{
    if (!callee || index > 0 || callee->kind != IR_FUNCTION_METHOD || !callee->is_const_method ||
        callee->param_types.len == 0 || callee->param_types.data[0] == IR_NONE)
        return false;
    return !has_mutable_part(in, in->types.data[callee->param_types.data[0]].element, 0);
}

/* Types are numbered by unit: what the callee's declaration says is of the unit `in`. */
static bool is_reference(const struct invocation *invocation, const struct ir_unit *in,
                         const struct ir_function *callee, size_t index)
{
    const struct ir_unit *unit = invocation->unit;
    ir_id type = invocation->types[index];
    if (callee && index < callee->param_types.len) {
        type = callee->param_types.data[index];
        unit = in;
    }
    return type != IR_NONE && unit->types.data[type].kind == IR_TYPE_REFERENCE;
}

void call_keep(struct engine *engine, struct state *state, const struct invocation *invocation,
               const struct ir_unit *in, const struct ir_function *callee, size_t index)
{
    value_id argument = invocation->args[index];
    if (!is_reference(invocation, in, callee, index)) {
        escape_reachable(engine, state, argument, hash_u64(((uint64_t)invocation->site << 8) | 17));
        return;
    }
    escape_contents(engine, state, argument);
}

/* Is it a pointer to an object of others, which may hold pointers to more of them? */
static bool leads_to_others(struct engine *engine, const struct state *state,
                            const struct ir_unit *unit, ir_id type, value_id pointer)
{
    const struct ir_type *t = type == IR_NONE ? NULL : &unit->types.data[type];
    if (t && (t->element == IR_NONE || unit->types.data[t->element].kind == IR_TYPE_INT))
        return false; /* a number, a string */
    struct block block;
    value_id offset,
        base = pointer == VALUE_NONE ? VALUE_NONE : value_base(&engine->values, pointer, &offset);
    return base != VALUE_NONE && memory_region_kind(engine, base) == REGION_POINTEE &&
           !(block_get(engine, state, base, &block) && (block.flags & BLOCK_OWN));
}

void call_unknown(struct engine *engine, struct state *state, const struct invocation *invocation,
                  const struct ir_unit *in, const struct ir_function *callee, value_id *result)
{
    uint64_t salt = hash_u64(((uint64_t)invocation->site << 8) | 11);
    bool is_system = callee && callee->in_system_header;
    enum unseen_reach reach = UNSEEN_REACHES_ITS_OWN;
    bool knows_part = base_call_keeps_to_itself(engine, state, invocation, callee, salt);
    concurrent_handed(engine, state, invocation, knows_part ? 1 : 0);
    for (size_t i = knows_part ? 1 : 0; i < invocation->count; i++) {
        value_id argument = invocation->args[i];
        bool is_declared = callee && i < callee->param_types.len;
        bool constant = points_to_constant(invocation->unit, invocation->types[i]) ||
                        (is_declared && points_to_constant(in, callee->param_types.data[i]));
        bool is_shown = shows_object(invocation->unit, invocation->types[i]) ||
                        (is_declared && shows_object(in, callee->param_types.data[i])) ||
                        is_asked(in, callee, i);
        if (leads_to_others(engine, state, invocation->unit, invocation->types[i], argument))
            reach = UNSEEN_REACHES_OTHERS;
        if ((is_system && iterator_is_handed(engine, state, invocation, i)) ||
            concurrent_gives(engine, state, invocation, i, salt))
            continue;
        if (is_system && constant) {
            if (is_reference(invocation, in, callee, i))
                call_keep(engine, state, invocation, in, callee, i);
            continue; /* what a plain pointer to constants points to, it reads */
        }
        if (is_shown)
            escape_from(engine, state, argument, salt);
        else
            escape_reachable(engine, state, argument, salt);
    }
    concurrent_goes_on(engine, state, salt);
    if (!is_system) {
        status_overtaken(engine, state);
        memory_havoc_all(engine, state, reach, salt);
    }
    if (invocation->into != VALUE_NONE) {
        shown_note(engine, state, invocation);
        earlier_given(engine, state, invocation->into, salt);
        memory_havoc(engine, state, invocation->into, salt);
        *result = invocation->into;
    }
}

void call_out_of_sight(struct engine *engine, struct state *state,
                       const struct invocation *invocation, const struct ir_unit *in,
                       const struct ir_function *callee, value_id *result)
{
    const value_id status = answers_given(engine, state, invocation);
    call_unknown(engine, state, invocation, in, callee, result);
    unwind_maybe(engine, state, callee, status);
}

/* What is out of sight may ask for the last error, and so check what was called before. */
static void check_unseen(struct engine *engine, struct state *state,
                         const struct invocation *invocation)
{
    if (state->statuses &&
        flow_may_check(invocation->unit, context_function(engine, state->context)->ir,
                       invocation->op->call))
        status_next_call(engine, state, true);
}

/* ---- dispatch ---- */

struct invocation invocation_within(const struct invocation *cause)
{
    struct invocation inner = *cause;
    inner.count = 0;
    inner.into = VALUE_NONE;
    inner.is_discarded = false;
    return inner;
}

void invocation_add(struct invocation *invocation, value_id value, ir_id type)
{
    invocation->args[invocation->count] = value;
    invocation->types[invocation->count++] = type;
}

void invocation_add_object(struct invocation *invocation, value_id value, ir_id type)
{
    memmove(invocation->args + 1, invocation->args, invocation->count * sizeof invocation->args[0]);
    memmove(invocation->types + 1, invocation->types,
            invocation->count * sizeof invocation->types[0]);
    invocation->args[0] = value;
    invocation->types[0] = type;
    invocation->count++;
}

static bool is_too_dear(struct engine *engine, const struct state *state,
                        const struct invocation *invocation, uint32_t function)
{
    return computing_is_over(engine,
                             context_enter(engine, state->context, function, invocation->op_id));
}

/* Do two objects of the class lie there, an adaptor and what it passes calls on to: one of them a
 * member of the other, or apart? */
static bool are_two_objects(struct engine *engine, value_id a, value_id b)
{
    a = value_around_bases(&engine->values, a, "(base)");
    b = value_around_bases(&engine->values, b, "(base)");
    return !value_is_same_place(&engine->values, a, b) &&
           (value_is_within(&engine->values, a, b) ||
            distinct_compare(engine, a, b) == TRUTH_FALSE);
}

/* Is the function in the middle of running already? Not where a member function of another object,
 * of which there are few, has the same body. */
static bool recurs(struct engine *engine, const struct state *state,
                   const struct invocation *invocation, uint32_t function)
{
    const bool has_object =
        engine->program.functions.data[function].ir->kind == IR_FUNCTION_METHOD &&
        !engine->program.functions.data[function].ir->is_static_method && invocation->count;
    int others = 0;
    for (context_id at = state->context; at != CONTEXT_NONE; at = context_at(engine, at)->parent) {
        value_id earlier;
        if (context_at(engine, at)->function != function)
            continue;
        if (!has_object || others == MAX_REENTERED ||
            !memory_peek(state, memory_local(engine, at, 0), &earlier) ||
            !are_two_objects(engine, invocation->args[0], earlier))
            return true;
        others++;
    }
    return false;
}

enum step call_function(struct engine *engine, struct state *state,
                        const struct invocation *invocation, uint32_t function, value_id *result)
{
    const struct program_function *callee = &engine->program.functions.data[function];
    const struct model_function *model =
        callee_function_model(engine->models, callee->ir, invocation->count);
    if (model)
        return call_model(engine, state, invocation, model, result);
    struct invocation through_pointer;
    if (callee->ir->kind == IR_FUNCTION_LAMBDA && invocation->count < MAX_ARGS &&
        invocation->count + 1 == callee->ir->param_count) {
        through_pointer = *invocation; /* a closure without captures, as a function pointer */
        invocation_add_object(&through_pointer, 0, IR_NONE);
        invocation = &through_pointer;
    }
    if (callee->flow && !callee->ir->is_device_only && !callee->ir->is_coroutine &&
        context_at(engine, state->context)->depth < MAX_DEPTH &&
        !recurs(engine, state, invocation, function) &&
        !is_too_dear(engine, state, invocation, function))
        return frame_enter(engine, state, invocation, function);
    if (!callee->ir->has_body)
        check_unseen(engine, state, invocation);
    call_out_of_sight(engine, state, invocation, callee->in, callee->ir, result);
    bool over = callee->ir->is_noreturn;
    if (!callee->ir->has_body && !callee->ir->in_system_header &&
        flow_may_exit(engine->models, invocation->unit,
                      context_function(engine, state->context)->ir, invocation->op->call,
                      callee->ir))
        over |= walk_may_have_exited(engine, state);
    return over ? STEP_ENDED : STEP_NEXT;
}

/* Plays the call of a container's method in a template's pattern; false: it is something else. */
static bool container_of_pattern(struct engine *engine, struct state *state,
                                 const struct invocation *invocation, const char *name,
                                 ir_id object, enum step *step, value_id *result)
{
    const struct ir_unit *unit = invocation->unit;
    const struct model_container *container =
        callee_container_of_type(engine->models, unit, object);
    const struct model_method *method = container ? models_method(container, name) : NULL;
    region_id region;
    value_id offset;
    if (!method || !value_as_address(&engine->values, invocation->args[0], &region, &offset))
        return false;
    if (method->kind == MODEL_METHOD_FIND && invocation->into == VALUE_NONE) {
        /* no type says that the result is an iterator: where it stands, nobody knows */
        call_unknown(engine, state, invocation, unit, NULL, result);
        *step = STEP_NEXT;
        return true;
    }
    *step = container_method(engine, state, invocation, container, method, unit,
                             &unit->records.data[unit->types.data[object].record], result);
    return true;
}

/* The library's own bases are no objects apart: what std::__shared_ptr holds, std::shared_ptr does.
 * (libclang 22 spells the way to the base out, older ones do not.) */
static value_id library_object(const struct engine *engine, value_id object)
{
    return object == VALUE_NONE ? VALUE_NONE
                                : value_around_bases(&engine->values, object, "(base) std::_");
}

static enum step dispatch(struct engine *engine, struct state *state, struct invocation *invocation,
                          value_id *result)
{
    const struct ir_call *call = invocation->op->call;
    uint32_t target = call_target(engine, state, invocation);
    ir_id object;
    const char *member =
        target != MAP_NONE
            ? NULL
            : callee_member_name(engine->arena, invocation->unit,
                                 context_function(engine, state->context)->ir, call, &object);
    enum step step;
    if (member && container_of_pattern(engine, state, invocation, member, object, &step, result))
        return step;
    if (member)
        target = call_target_of_pattern(engine, state, invocation, member, object);
    const struct model_function *model = target == MAP_NONE || call->function != IR_NONE
                                             ? callee_model(engine->models, invocation->unit, call)
                                             : NULL;
    if (model) {
        invocation->name = model->is_regex && call->function != IR_NONE
                               ? invocation->unit->functions.data[call->function].name
                               : model->name;
        return call_model(engine, state, invocation, model, result);
    }
    if (target == MAP_NONE) {
        const struct ir_function *declared =
            call->function == IR_NONE ? NULL : &invocation->unit->functions.data[call->function];
        check_unseen(engine, state, invocation);
        call_out_of_sight(engine, state, invocation, invocation->unit, declared, result);
        return STEP_NEXT;
    }
    const struct program_function *callee = &engine->program.functions.data[target];
    invocation->name = callee->ir->name;
    const struct model_container *container = callee_container(engine->models, callee);
    for (size_t i = 0; container && i < invocation->count; i++)
        invocation->args[i] = library_object(engine, invocation->args[i]);
    if (container)
        return container_call(engine, state, invocation, container, callee, result);
    return call_function(engine, state, invocation, target, result);
}

enum step call_execute(struct engine *engine, struct state *state, ir_id op_id)
{
    if (!story_goes_on(engine, state, op_id))
        return STEP_ENDED;
    struct invocation invocation = invocation_of(engine, state, op_id);
    assume_object(engine, state, &invocation);
    value_id given = expectations_note(engine, state, &invocation);
    for (size_t i = 0; i < invocation.count; i++) {
        value_id content;
        status_look(engine, state, invocation.args[i]);
        if (memory_peek(state, invocation.args[i], &content))
            status_look(engine, state, content); /* by reference */
    }
    value_id result = VALUE_NONE;
    value_id status = answers_given(engine, state, &invocation);
    const context_id here = state->context;
    enum step step = dispatch(engine, state, &invocation, &result);
    if (step == STEP_MOVED)
        frame_keep_result(engine, state, here, op_id, result);
    if (step != STEP_NEXT)
        return step;
    bool is_out_of_sight = result == VALUE_NONE || result == invocation.into;
    if (result == VALUE_NONE)
        result = question_answer(engine, state, &invocation);
    if (result == VALUE_NONE) {
        shown_note(engine, state, &invocation);
        result = unknown_result(engine, state, op_id);
        question_note(engine, state, &invocation, result);
    }
    if (is_out_of_sight) {
        answers_note(engine, state, &invocation, status, result);
        expectations_wrap(engine, &invocation, given, result);
    }
    if (invocation.is_discarded)
        status_discard(engine, state, result, invocation.site);
    set_result(engine, state, op_id, result);
    return STEP_NEXT;
}
