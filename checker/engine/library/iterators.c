/* Iterators of containers: positions among the elements, "(position)", that move by "(step)" bytes.
 * What an iterator points to that came from somewhere else is not known, and stays so. */
#include "engine/call/call.h"
#include "engine/library/container.h"
#include "engine/library/library.h"
#include "engine/library/objects.h"
#include "engine/pairs/pairs.h"
#include "engine/state/constraint.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/value/pmap.h"

#include <string.h>

/* A position, of an iterator or a plain pointer; VALUE_NONE: not known. What a map's find() gives
 * says whether that stands at an element, its end() that it does not (0). */
struct cursor {
    value_id position, step;
    value_id present; /* VALUE_NONE: any other */
};

static const struct cursor nowhere = {VALUE_NONE, VALUE_NONE, VALUE_NONE};

static struct cursor cursor_at(struct engine *engine, const struct state *state, value_id object)
{
    struct cursor cursor = nowhere;
    if (!memory_peek(state, part_address(engine, object, "(position)"), &cursor.position))
        return cursor;
    if (!memory_peek(state, part_address(engine, object, "(step)"), &cursor.step))
        cursor.step = VALUE_NONE;
    if (!memory_peek(state, part_address(engine, object, "(present)"), &cursor.present))
        cursor.present = VALUE_NONE;
    return cursor;
}

void iterator_set(struct engine *engine, struct state *state, value_id object, value_id position,
                  value_id step)
{
    memory_havoc(engine, state, object, object);
    memory_store(engine, state, part_address(engine, object, "(position)"), position);
    memory_store(engine, state, part_address(engine, object, "(step)"), step);
}

static struct cursor moved(struct engine *engine, struct cursor cursor, value_id by, bool back)
{
    if (cursor.step == VALUE_NONE || cursor.position == VALUE_NONE || by == VALUE_NONE ||
        cursor.present != VALUE_NONE)
        return nowhere;
    value_id bytes = value_binary(&engine->values, IR_MUL, by, cursor.step);
    if (back)
        bytes = value_negate(&engine->values, bytes);
    cursor.position = value_advance(&engine->values, cursor.position, bytes);
    return cursor;
}

/* a - b, in steps; VALUE_NONE: not known. */
static value_id distance(struct engine *engine, struct cursor a, struct cursor b)
{
    value_id at, from;
    if (a.position == VALUE_NONE || b.position == VALUE_NONE || a.step == VALUE_NONE ||
        !value_common(&engine->values, a.position, b.position, &at, &from))
        return VALUE_NONE;
    return value_binary(&engine->values, IR_DIV, value_binary(&engine->values, IR_SUB, at, from),
                        a.step);
}

static bool comparison_of(const char *name, uint32_t *op)
{
    static const struct {
        const char *name;
        enum ir_compare op;
    } comparisons[] = {{"operator==", IR_EQ}, {"operator!=", IR_NE}, {"operator<", IR_LT},
                       {"operator<=", IR_LE}, {"operator>", IR_GT},  {"operator>=", IR_GE}};
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++)
        if (strcmp(name, comparisons[i].name) == 0) {
            *op = comparisons[i].op;
            return true;
        }
    return false;
}

/* What an operator is applied to. */
struct operation {
    struct engine *engine;
    struct state *state;
    const char *name;
    value_id object; /* of the iterator on the left, VALUE_NONE: it is a pointer */
    struct cursor left;
    bool has_cursor; /* on the right: another position */
    struct cursor right;
    value_id number; /* on the right otherwise; VALUE_NONE: nothing stands there */
    value_id into;   /* where an iterator that results is made, or VALUE_NONE */
    value_id *result;
};

static void give(const struct operation *operation, struct cursor cursor)
{
    if (cursor.position == VALUE_NONE)
        return;
    if (operation->into == VALUE_NONE) {
        *operation->result = cursor.position;
        return;
    }
    iterator_set(operation->engine, operation->state, operation->into, cursor.position,
                 cursor.step);
    *operation->result = operation->into;
}

/* The iterator itself moves on; where to may be unknown. */
static void move_object(const struct operation *operation, value_id by, bool back)
{
    if (operation->object == VALUE_NONE)
        return;
    struct cursor cursor = moved(operation->engine, operation->left, by, back);
    if (cursor.position == VALUE_NONE)
        memory_havoc(operation->engine, operation->state, operation->object,
                     hash_u64(operation->object ^ operation->left.position));
    else
        iterator_set(operation->engine, operation->state, operation->object, cursor.position,
                     cursor.step);
}

static void step_by_one(const struct operation *operation, bool back)
{
    value_id one = value_int(&operation->engine->values, 1);
    if (operation->number == VALUE_NONE) {
        move_object(operation, one, back);
        *operation->result = operation->object;
        return;
    }
    give(operation, operation->left); /* it++ */
    move_object(operation, one, back);
}

/* A reverse iterator: the later it comes, the lower the address. */
static bool goes_back(const struct engine *engine, struct cursor cursor)
{
    int64_t step;
    return cursor.step != VALUE_NONE && value_is_int(&engine->values, cursor.step, &step) &&
           step < 0;
}

static bool is_end(struct cursor cursor)
{
    return cursor.present == 0;
}

/* What find() gave is compared with end(), or with what that says nothing about. */
static bool compares_presence(const struct operation *operation, uint32_t op)
{
    const struct cursor *left = &operation->left, *right = &operation->right;
    bool are_ends = is_end(*left) && is_end(*right); /* what is not found is found at the end */
    if (!operation->has_cursor || (left->present == right->present && !are_ends))
        return false;
    value_id found = is_end(*right) ? left->present : is_end(*left) ? right->present : VALUE_NONE;
    bool is_found = are_ends || (left->present != VALUE_NONE && !is_end(*left)) ||
                    (right->present != VALUE_NONE && !is_end(*right));
    if (found != VALUE_NONE)
        *operation->result = compare(operation->engine, op, found, 0);
    return is_found;
}

static void operate(const struct operation *operation)
{
    struct engine *engine = operation->engine;
    const char *name = operation->name;
    bool back = strchr(name, '-') != NULL;
    uint32_t op;
    if (comparison_of(name, &op)) {
        struct cursor less = operation->left, more = operation->right;
        if (compares_presence(operation, op))
            return;
        if (goes_back(engine, less))
            more = operation->left, less = operation->right;
        if (operation->has_cursor && less.position != VALUE_NONE && more.position != VALUE_NONE)
            *operation->result = compare(engine, op, less.position, more.position);
    } else if (strcmp(name, "operator++") == 0 || strcmp(name, "operator--") == 0) {
        step_by_one(operation, back);
    } else if (strcmp(name, "operator+=") == 0 || strcmp(name, "operator-=") == 0) {
        move_object(operation, operation->number, back);
        *operation->result = operation->object;
    } else if (back && operation->has_cursor) {
        *operation->result = distance(engine, operation->left, operation->right);
    } else {
        value_id one = value_int(&engine->values, 1);
        value_id by = operation->number == VALUE_NONE ? one : operation->number;
        give(operation, moved(engine, operation->left, by, back));
    }
}

static bool is_iterator(const struct engine *engine, const struct invocation *invocation,
                        size_t argument)
{
    ir_id type = invocation->types[argument];
    if (type == IR_NONE)
        return false;
    const struct ir_type *t = &invocation->unit->types.data[type];
    const struct model_container *container =
        callee_container_of_type(engine->models, invocation->unit, t->element);
    return container && container->storage == MODEL_STORAGE_ITERATOR;
}

/* The right side stands at `argument`, VALUE_NONE: there is none. */
static void take_right(struct operation *operation, const struct invocation *invocation,
                       size_t argument)
{
    operation->number = VALUE_NONE;
    if (argument >= invocation->count)
        return;
    operation->has_cursor = is_iterator(operation->engine, invocation, argument);
    if (operation->has_cursor)
        operation->right =
            cursor_at(operation->engine, operation->state, invocation->args[argument]);
    else
        operation->number = invocation->args[argument];
}

/* flags[i] = true: what stands for the element sets it. */
static void set_element(const struct operation *operation)
{
    const value_id position = operation->left.position;
    value_id value = operation->number;
    if (position == VALUE_NONE)
        return;
    if (operation->has_cursor &&
        (operation->right.position == VALUE_NONE ||
         !memory_peek(operation->state, operation->right.position, &value)))
        value = VALUE_NONE;
    if (value == VALUE_NONE)
        memory_forget_part(operation->engine, operation->state, position);
    else
        memory_store(operation->engine, operation->state, position, value);
}

value_id iterator_position(struct engine *engine, const struct state *state, value_id object)
{
    return cursor_at(engine, state, object).position;
}

bool iterator_is_handed(struct engine *engine, struct state *state,
                        const struct invocation *invocation, size_t argument)
{
    value_id offset, base;
    if (!is_iterator(engine, invocation, argument))
        return false;
    struct cursor cursor = cursor_at(engine, state, invocation->args[argument]);
    base = value_base(&engine->values, cursor.position, &offset);
    if (base != VALUE_NONE)
        pairs_shown(engine, state, base);
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; base != VALUE_NONE && pmap_next(&iter, &cell, &content);) {
        if (value_base(&engine->values, (value_id)cell, &offset) == base)
            escape_held(engine, state, (value_id)content);
    }
    if (base != VALUE_NONE)
        lose_contents(engine, state, base, invocation->site);
    return true;
}

bool play_makes_iterator(const struct method_play *play)
{
    const struct ir_op *op = play->invocation->op;
    if (!op || op->call->function == IR_NONE)
        return false;
    const struct ir_unit *unit = play->invocation->unit;
    const struct model_container *made = callee_container_of_type(
        play->engine->models, unit, unit->functions.data[op->call->function].result_type);
    return made && made->storage == MODEL_STORAGE_ITERATOR;
}

void iterator_method(struct method_play *play)
{
    struct operation operation = {.engine = play->engine,
                                  .state = play->state,
                                  .name = play->method->like,
                                  .object = play->object,
                                  .into = play->invocation->into,
                                  .result = play->result};
    operation.left = cursor_at(play->engine, play->state, play->object);
    take_right(&operation, play->invocation, 1);
    switch (play->method->kind) {
    case MODEL_METHOD_BUFFER:
        *play->result = operation.left.position;
        break;
    case MODEL_METHOD_ELEMENT:
        *play->result = element_as_given(
            play, play->invocation->count > 1
                      ? moved(play->engine, operation.left, operation.number, false).position
                      : operation.left.position);
        break;
    case MODEL_METHOD_RESET:
        if (strcmp(operation.name, "flip") == 0 && operation.left.position != VALUE_NONE)
            element_turn(play->engine, play->state, operation.left.position,
                         play->invocation->site);
        else
            set_element(&operation);
        break;
    case MODEL_METHOD_ASSIGN:
        if (operation.has_cursor)
            memory_copy(play->engine, play->state, play->object, play->invocation->args[1], 1);
        *play->result = play->object;
        break;
    case MODEL_METHOD_OPERATOR:
        operate(&operation);
        break;
    default:
        break;
    }
}

void iterator_construct(struct method_play *play)
{
    value_id object = play->object;
    if (play->invocation->count == 2 && is_iterator(play->engine, play->invocation, 1))
        memory_copy(play->engine, play->state, object, play->invocation->args[1], 1);
    else
        memory_havoc(play->engine, play->state, object, play->invocation->site);
}

bool iterator_of_pointer(struct engine *engine, struct state *state,
                         const struct invocation *invocation, const char *method, value_id *result)
{
    const struct ir_unit *unit = invocation->unit;
    const struct ir_type *types[2] = {NULL, NULL};
    for (size_t i = 0; i < 2 && i < invocation->count; i++)
        if (invocation->types[i] != IR_NONE)
            types[i] = &unit->types.data[invocation->types[i]];
    if (strncmp(method, "operator", 8) != 0 || !types[0] || types[0]->kind != IR_TYPE_POINTER ||
        types[0]->element == IR_NONE)
        return false;
    uint64_t size = unit->types.data[types[0]->element].size;
    struct operation operation = {.engine = engine,
                                  .state = state,
                                  .name = method,
                                  .object = VALUE_NONE,
                                  .into = VALUE_NONE,
                                  .number = VALUE_NONE,
                                  .result = result};
    operation.left = (struct cursor){invocation->args[0], VALUE_NONE, VALUE_NONE};
    if (size != 0 && size != IR_SIZE_UNKNOWN)
        operation.left.step = value_int(&engine->values, (int64_t)size);
    operation.has_cursor = types[1] && types[1]->kind == IR_TYPE_POINTER;
    if (operation.has_cursor)
        operation.right = (struct cursor){invocation->args[1], operation.left.step, VALUE_NONE};
    else if (invocation->count > 1)
        operation.number = invocation->args[1];
    operate(&operation);
    return true;
}
