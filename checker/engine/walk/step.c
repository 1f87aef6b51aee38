/* One operation of the IR on one path. */
#include "engine/walk/step.h"

#include "engine/call/call.h"
#include "engine/call/launches.h"
#include "engine/events/events.h"
#include "engine/library/objects.h"
#include "engine/pairs/kept.h"
#include "engine/program/signals.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/state/ranges.h"
#include "engine/state/registrations.h"
#include "engine/state/status.h"
#include "engine/unseen/answers.h"
#include "engine/unseen/questions.h"
#include "engine/unseen/unseen_writes.h"
#include "engine/value/pmap.h"
#include "engine/walk/arithmetic.h"
#include "engine/walk/choices.h"
#include "engine/walk/unwind.h"

#include <string.h>

value_id operand(struct engine *engine, const struct state *state, ir_value value)
{
    const struct program_function *function = context_function(engine, state->context);
    if (!function->flow->outlives[value])
        return engine->scratch[value];
    uint64_t kept;
    if (pmap_get(state->temps, context_key(state->context, value), &kept))
        return (value_id)kept;
    return symbol_new(engine, SYMBOL_UNKNOWN, context_key(state->context, value), function->in,
                      function->ir->ops.data[value].type);
}

void set_result(struct engine *engine, struct state *state, ir_id op, value_id value)
{
    const struct program_function *function = context_function(engine, state->context);
    if (value == VALUE_NONE || function->ir->ops.data[op].type == IR_NONE)
        return;
    if (function->flow->outlives[op])
        state->temps =
            pmap_set(engine->arena, state->temps, context_key(state->context, op), value);
    else
        engine->scratch[op] = value;
}

static value_id symbol_of_op(struct engine *engine, struct state *state, ir_id op_id,
                             enum symbol_kind kind)
{
    const struct program_function *function = context_function(engine, state->context);
    return symbol_new(engine, kind, hash_u64(((uint64_t)site_of_op(engine, state, op_id) << 8) | 5),
                      function->in, function->ir->ops.data[op_id].type);
}

value_id unknown_result(struct engine *engine, struct state *state, ir_id op_id)
{
    return symbol_of_op(engine, state, op_id, SYMBOL_RESULT);
}

value_id size_symbol(struct engine *engine, const struct ir_unit *unit, ir_id type,
                     const char *parameter)
{
    const struct ir_type *t = arithmetic_type(unit, type);
    const char *name = t && t->name ? t->name : parameter ? parameter : "?";
    struct symbol symbol = {
        .kind = SYMBOL_SIZEOF, .bits = 64, .origin = hash_bytes(name, strlen(name))};
    return value_symbol(&engine->values, symbol);
}

static value_id element_address(struct engine *engine, struct state *state,
                                const struct ir_unit *unit, const struct ir_op *op)
{
    value_id a = operand(engine, state, op->a);
    if (op->b == IR_NONE)
        return a;
    value_id size = op->number == IR_SIZE_UNKNOWN ? size_symbol(engine, unit, op->aux, op->text)
                                                  : value_int(&engine->values, (int64_t)op->number);
    value_id bytes = value_binary(&engine->values, IR_MUL, operand(engine, state, op->b), size);
    region_id region;
    value_id offset;
    if (value_as_address(&engine->values, a, &region, &offset))
        map_set_u64(&engine->indexed, region, 1);
    return value_advance(&engine->values, a, bytes);
}

/* The same for the same block, known or not: what new[] made, delete[] destroys. */
static value_id element_count(struct engine *engine, struct state *state,
                              const struct ir_unit *unit, const struct ir_op *op)
{
    value_id array = operand(engine, state, op->a), count = VALUE_NONE;
    struct block block;
    if (array != VALUE_NONE && block_get(engine, state, array, &block) &&
        block.size != VALUE_NONE && op->number != 0 && op->number <= INT32_MAX)
        count = value_quotient(&engine->values, block.size,
                               value_int(&engine->values, (int64_t)op->number));
    if (count != VALUE_NONE)
        return count;
    count =
        symbol_new(engine, SYMBOL_CONTENT, hash_u64(((uint64_t)array << 8) | 6), unit, op->type);
    symbol_note_source(engine, count, array);
    return count;
}

/* What loops change begins as any number where constants were stored: that it is not negative, the
 * type says by which it is read. */
static void note_unsigned(struct engine *engine, struct state *state, value_id content)
{
    const struct symbol *symbol = symbol_of(&engine->values, content);
    if (!symbol || symbol->kind != SYMBOL_WIDENED || symbol->bits || symbol->is_pointer)
        return;
    const struct range range = range_of(engine, state, content);
    if (range.low < 0 && range.high >= 0)
        assume(engine, state, compare(engine, IR_GE, content, value_int(&engine->values, 0)), true);
}

static value_id load(struct engine *engine, struct state *state, const struct ir_unit *unit,
                     ir_id op_id, const struct ir_op *op)
{
    value_id address = operand(engine, state, op->a);
    if (value_is_int(&engine->values, address, NULL) || arithmetic_is_float(unit, op->type) ||
        signal_may_set(engine, address))
        return unknown_result(engine, state, op_id);
    const value_id content = memory_load(engine, state, address, unit, op->type);
    if (arithmetic_is_unsigned(unit, op->type))
        note_unsigned(engine, state, content);
    return content;
}

/* A local comes to life: nothing of an earlier life (a loop's last turn) is left. */
static void begin_life(struct engine *engine, struct state *state, ir_id local)
{
    value_id address = memory_local(engine, state->context, local);
    memory_die(engine, state, address);
    state->blocks = pmap_remove(engine->arena, state->blocks, address);
}

/* In a template's pattern, a class that depends on its parameters: a scope guard, perhaps. */
static bool is_dependent_class(const struct engine *engine, const struct state *state, ir_id local)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_type *type = arithmetic_type(here->in, here->ir->locals.data[local].type);
    return type && type->kind == IR_TYPE_UNKNOWN && strchr(type->name, '<') &&
           type->name[0] != '<'; /* "<dependent type>" */
}

static void end_life(struct engine *engine, struct state *state, ir_id op_id,
                     const struct ir_op *op)
{
    value_id address = memory_local(engine, state->context, op->aux);
    if (is_dependent_class(engine, state, op->aux)) /* its destructor may do anything */
        escape_reachable(engine, state, address, site_of_op(engine, state, op_id));
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        if (registration_at(engine, key)->block != address)
            continue;
        release_block(engine, state, site_of_op(engine, state, op_id), address, RELEASE_SCOPE, 0,
                      NULL, NULL, op);
        break;
    }
    questions_end(engine, state, address);
    memory_die(engine, state, address);
    block_end(engine, state, address);
}

/* Is that parameter of the kernel an object of a class? */
static bool takes_object(const struct ir_unit *unit, const struct ir_call *call, size_t argument)
{
    if (call->function == IR_NONE)
        return false;
    const struct ir_function *kernel = &unit->functions.data[call->function];
    const struct ir_type *type = argument < kernel->param_types.len
                                     ? arithmetic_type(unit, kernel->param_types.data[argument])
                                     : NULL;
    return type && type->kind == IR_TYPE_RECORD;
}

static void launch(struct engine *engine, struct state *state, ir_id op_id, const struct ir_op *op)
{
    const struct ir_unit *unit = context_function(engine, state->context)->in;
    status_next_call(engine, state, false);
    struct event event =
        event_new(engine, state, EVENT_LAUNCH, site_of_op(engine, state, op_id), VALUE_NONE);
    event.call = op->call->written;
    for (size_t i = 0; i < op->call->args.len; i++) {
        value_id argument = operand(engine, state, op->call->args.data[i]);
        if (takes_object(unit, op->call, i))
            launch_gives_object(event, state, argument);
        else
            launch_gives(event, state, argument);
    }
}

static void havoc(struct engine *engine, struct state *state, ir_id op_id, const struct ir_op *op)
{
    uint64_t salt = hash_u64(((uint64_t)site_of_op(engine, state, op_id) << 8) | 9);
    if (!op->call)
        return;
    for (size_t i = 0; i < op->call->args.len; i++) {
        value_id argument = operand(engine, state, op->call->args.data[i]);
        status_look(engine, state, argument);
        escape_reachable(engine, state, argument, salt);
    }
}

static value_id unknown_of_havoc(struct engine *engine, struct state *state, ir_id op_id,
                                 const struct ir_op *op)
{
    value_id unknown = symbol_of_op(engine, state, op_id, SYMBOL_UNKNOWN);
    if (op->text && strcmp(op->text, IR_OVERLAID) == 0)
        answers_overlaid(engine, unknown);
    return unknown;
}

static value_id string_address(struct engine *engine, const struct state *state, ir_id op_id)
{
    const struct program_function *function = context_function(engine, state->context);
    const char *text = function->ir->ops.data[op_id].text; /* equal ones may be one */
    const char *name = text ? text : arena_printf(engine->arena, "string %u", op_id);
    return memory_string(engine, name);
}

/* The library's own name for what a std::array holds: a list of elements between braces is stored
 * there. */
static bool is_elements(const struct engine *engine, const struct program_function *here,
                        const struct ir_op *op)
{
    if (op->text[0] != '_')
        return false;
    const struct ir_type *whole = arithmetic_type(here->in, here->ir->ops.data[op->a].type);
    const struct model_container *container =
        whole ? callee_container_of_type(engine->models, here->in, whole->element) : NULL;
    return container && container->storage == MODEL_STORAGE_INLINE;
}

static bool is_address_of_scalar(const struct ir_unit *unit, const struct ir_op *op)
{
    const struct ir_type *address = arithmetic_type(unit, op->type);
    const struct ir_type *type = address ? arithmetic_type(unit, address->element) : NULL;
    return type && type->kind != IR_TYPE_RECORD && type->kind != IR_TYPE_ARRAY &&
           type->kind != IR_TYPE_UNKNOWN;
}

static value_id field_address(struct engine *engine, struct state *state,
                              const struct program_function *here, ir_id op_id)
{
    const struct ir_op *op = &here->ir->ops.data[op_id];
    value_id whole = operand(engine, state, op->a);
    if (value_is_int(&engine->values, whole, NULL))
        return unknown_result(engine, state, op_id);
    if (!op->text)
        return value_field(&engine->values, whole, "", op->number);
    if (is_elements(engine, here, op))
        return part_address(engine, whole, "(elements)");
    value_id place = value_field(&engine->values, whole, op->text, op->number);
    if (op->text[0] != '(') /* NULL as a pointer to its base is NULL */
        assume_points(engine, state, whole);
    if (is_address_of_scalar(here->in, op))
        place = value_one_spelling(&engine->values, place);
    kept_note_member(engine, here, op, place);
    return place;
}

/* Operations that yield a value and touch nothing else. */
static value_id evaluate(struct engine *engine, struct state *state, ir_id op_id)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_unit *unit = here->in;
    const struct ir_op *op = &here->ir->ops.data[op_id];
    switch (op->code) {
    case IR_CONST:
        return value_int(&engine->values, (int64_t)op->number);
    case IR_SIZEOF:
        return op->number == IR_SIZE_UNKNOWN ? size_symbol(engine, unit, op->aux, op->text)
                                             : value_int(&engine->values, (int64_t)op->number);
    case IR_STRING:
        return string_address(engine, state, op_id);
    case IR_ADDR_LOCAL:
        return memory_local(engine, state->context, op->aux);
    case IR_ADDR_GLOBAL:
        return memory_global(engine, unit, op->aux);
    case IR_FIRST_VISIT:
        return question_first_visit(engine, state, op_id);
    case IR_ADDR_FUNCTION:
        return memory_function(engine, here->unit, op->aux);
    case IR_FIELD:
        return field_address(engine, state, here, op_id);
    case IR_INDEX:
        return element_address(engine, state, unit, op);
    case IR_LOAD:
        return load(engine, state, unit, op_id, op);
    case IR_UNARY:
        return arithmetic_unary(engine, state, op);
    case IR_BINARY:
        return arithmetic_binary(engine, state, unit, op_id, op);
    case IR_COMPARE:
        return arithmetic_comparison(engine, state, unit, here->ir, op_id);
    case IR_CATCHES:
        return exception_is_caught(engine, state, op_id);
    case IR_COUNT:
        return element_count(engine, state, unit, op);
    case IR_CAST:
        return arithmetic_cast(engine, state, unit, here->ir, op_id, operand(engine, state, op->a));
    default:
        return unknown_result(engine, state, op_id);
    }
}

/* What numbers with a fraction are is nobody's question: their cells are not kept. */
static bool holds_float(const struct engine *engine, const struct state *state, ir_value value)
{
    const struct program_function *here = context_function(engine, state->context);
    return arithmetic_is_float(here->in, here->ir->ops.data[value].type);
}

static uint64_t size_of_type(const struct engine *engine, const struct state *state, ir_id type)
{
    const struct ir_type *t = arithmetic_type(context_function(engine, state->context)->in, type);
    return t && t->size != IR_SIZE_UNKNOWN ? t->size : 0;
}

/* Is it the address of a member that points to another object of its own class: next, parent? */
static bool is_link(const struct engine *engine, const struct state *state, ir_value address)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_op *member = &here->ir->ops.data[address];
    if (member->code != IR_FIELD)
        return false;
    const struct ir_type *whole = arithmetic_type(here->in, here->ir->ops.data[member->a].type);
    const struct ir_type *place = arithmetic_type(here->in, member->type);
    const struct ir_type *link = place ? arithmetic_type(here->in, place->element) : NULL;
    return whole && link && link->kind == IR_TYPE_POINTER && whole->element != IR_NONE &&
           whole->element == link->element;
}

/* `{p, q}` for a std::initializer_list: what takes the list takes what its array holds. */
static bool is_list(const struct engine *engine, const struct state *state, ir_id type)
{
    const struct ir_unit *unit = context_function(engine, state->context)->in;
    const struct ir_type *t = arithmetic_type(unit, type);
    return t && t->kind == IR_TYPE_RECORD && t->record != IR_NONE &&
           strcmp(unit->records.data[t->record].name, "std::initializer_list") == 0;
}

/* What the list says of itself: how many there are. */
static void begin_list(struct engine *engine, struct state *state, const struct ir_op *op,
                       value_id list)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_type *pointer =
        arithmetic_type(here->in, ir_behind_casts(here->ir, op->b)->type);
    const struct ir_type *type = pointer ? arithmetic_type(here->in, pointer->element) : NULL;
    if (type && type->kind == IR_TYPE_ARRAY && type->count != IR_SIZE_UNKNOWN)
        memory_store(engine, state, part_address(engine, list, "(count)"),
                     value_int(&engine->values, (int64_t)type->count));
}

enum step step_op(struct engine *engine, struct state *state, ir_id op_id)
{
    const struct ir_op *op = &context_function(engine, state->context)->ir->ops.data[op_id];
    value_id to, from;
    if (op->is_in_doubt)
        state->flags |= STATE_IN_DOUBT;
    switch (op->code) {
    case IR_NOP:
        return STEP_NEXT;
    case IR_STORE:
        if (holds_float(engine, state, op->b))
            return STEP_NEXT;
        to = operand(engine, state, op->a); /* arguments would come in any order */
        if (symbol_of(&engine->values, to) || is_link(engine, state, op->a))
            memory_relink(engine, state, to, site_of_op(engine, state, op_id));
        choice_note_store(engine, state, to, op->b);
        memory_store(engine, state, to, operand(engine, state, op->b));
        return STEP_NEXT;
    case IR_COPY:
        to = operand(engine, state, op->a);
        from = operand(engine, state, op->b);
        if (is_list(engine, state, op->type))
            escape_reachable(engine, state, from, site_of_op(engine, state, op_id));
        if (!object_copied(engine, state, op->type, to, from)) {
            memory_copy(engine, state, to, from, size_of_type(engine, state, op->type));
            owner_share_within(engine, state, to, from);
            container_copied(engine, state, op_id, to, from);
        }
        if (is_list(engine, state, op->type))
            begin_list(engine, state, op, to);
        return STEP_NEXT;
    case IR_ZERO:
        memory_zero(engine, state, operand(engine, state, op->a),
                    size_of_type(engine, state, op->type));
        return STEP_NEXT;
    case IR_LIFETIME_BEGIN:
        begin_life(engine, state, op->aux);
        return STEP_NEXT;
    case IR_LIFETIME_END:
        end_life(engine, state, op_id, op);
        return STEP_NEXT;
    case IR_LAUNCH:
        launch(engine, state, op_id, op);
        return STEP_NEXT;
    case IR_HAVOC:
        havoc(engine, state, op_id, op);
        set_result(engine, state, op_id, unknown_of_havoc(engine, state, op_id, op));
        return STEP_NEXT;
    case IR_CALL:
        return call_execute(engine, state, op_id);
    case IR_THROWN:
        exception_thrown(engine, state, op);
        return STEP_NEXT;
    default:
        set_result(engine, state, op_id, evaluate(engine, state, op_id));
        return STEP_NEXT;
    }
}
