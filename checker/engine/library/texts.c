/* What strings and views of characters say: the literal that they were made from, or an unknown
 * that is one and the same until they change. It is kept as "(text)": of a string behind its
 * buffer, so that it goes where that goes; of a view, which has none of its own, as a part of the
 * object. Where nothing is kept, the unknown content of that part is what it says. */
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/state/constraint.h"
#include "engine/state/memory.h"

#include <string.h>

bool text_is_literal(const struct engine *engine, value_id text)
{
    const struct value *value = value_at(&engine->values, text);
    return value->kind == VALUE_ADDRESS && value->b == 0 &&
           region_at(&engine->values, value->a)->kind == REGION_STRING;
}

int64_t text_number(const struct engine *engine, value_id literal)
{
    region_id region = value_at(&engine->values, literal)->a;
    const char *text = name_text(&engine->values, region_at(&engine->values, region)->a);
    return (int64_t)(hash_bytes(text, strlen(text)) & INT32_MAX);
}

static bool is_view(const struct model_container *container)
{
    return container->storage == MODEL_STORAGE_VIEW;
}

static bool has_text(const struct model_container *container)
{
    return container->terminated || is_view(container);
}

static value_id own_part(const struct method_play *object)
{
    return part_address(object->engine, object->object, "(text)");
}

static value_id behind(const struct method_play *object, value_id buffer)
{
    return value_field(&object->engine->values, buffer, "(text)", IR_SIZE_UNKNOWN);
}

static value_id kept_at(struct method_play *object)
{
    return is_view(object->container) ? own_part(object) : behind(object, play_load_buffer(object));
}

value_id text_said(const struct method_play *object)
{
    value_id buffer, text;
    return memory_peek(object->state, part_address(object->engine, object->object, "(buffer)"),
                       &buffer) &&
                   memory_peek(object->state, behind(object, buffer), &text)
               ? text
               : memory_load(object->engine, object->state, own_part(object), NULL, IR_NONE);
}

value_id text_at(const struct method_play *play, value_id place)
{
    struct method_play object = *play;
    object.object = place;
    return has_text(play->container) ? text_said(&object) : VALUE_NONE;
}

void text_becomes(const struct method_play *object, value_id text)
{
    value_id buffer;
    if (text == VALUE_NONE)
        return;
    const bool has_buffer = memory_peek(
        object->state, part_address(object->engine, object->object, "(buffer)"), &buffer);
    memory_store(object->engine, object->state,
                 has_buffer ? behind(object, buffer) : own_part(object), text);
}

/* Of an argument of the call: the literal that it shows, what else it says, or VALUE_NONE. */
static value_id text_of(struct engine *engine, struct state *state,
                        const struct invocation *invocation, size_t argument)
{
    value_id place = invocation->args[argument];
    if (text_is_literal(engine, place))
        return place;
    const struct ir_unit *unit = invocation->unit;
    ir_id type = invocation->types[argument];
    type = type == IR_NONE ? IR_NONE : unit->types.data[type].element;
    const struct model_container *container = callee_container_of_type(engine->models, unit, type);
    if (!container || !has_text(container))
        return VALUE_NONE;
    struct method_play object = {.engine = engine,
                                 .state = state,
                                 .invocation = invocation,
                                 .container = container,
                                 .unit = unit,
                                 .record = &unit->records.data[unit->types.data[type].record],
                                 .object = place};
    return text_said(&object);
}

void text_begins(struct method_play *object)
{
    const struct invocation *invocation = object->invocation;
    if (!has_text(object->container))
        return;
    const bool is_whole = invocation->count > 1 && !argument_is_integer(invocation, 2);
    value_id text = is_whole ? text_of(object->engine, object->state, invocation, 1) : VALUE_NONE;
    if (text == VALUE_NONE)
        text_changes(object);
    else
        memory_store(object->engine, object->state, kept_at(object), text);
}

void text_changes(struct method_play *object)
{
    if (has_text(object->container))
        memory_store(object->engine, object->state, kept_at(object),
                     play_unknown_count(object, 69));
}

/* Two literals are two numbers, so that what is equal to one differs from all others. */
static value_id number_of(struct engine *engine, value_id text)
{
    return text_is_literal(engine, text) ? value_int(&engine->values, text_number(engine, text))
                                         : text;
}

bool text_compare(struct engine *engine, struct state *state, const struct invocation *invocation,
                  const char *operation, value_id *result)
{
    const bool is_equal = strcmp(operation, "operator==") == 0;
    const bool is_order = strcmp(operation, "compare") == 0;
    if (invocation->count != 2 || (!is_equal && !is_order && strcmp(operation, "operator!=") != 0))
        return false;
    value_id one = text_of(engine, state, invocation, 0);
    value_id other = text_of(engine, state, invocation, 1);
    if (one == VALUE_NONE || other == VALUE_NONE)
        return false;
    if (!is_order)
        *result = compare(engine, is_equal ? IR_EQ : IR_NE, number_of(engine, one),
                          number_of(engine, other));
    else if (one == other)
        *result = 0;
    else {
        struct symbol symbol = {.kind = SYMBOL_RESULT,
                                .bits = 32,
                                .origin = hash_u64(((uint64_t)invocation->site << 8) | 73)};
        *result = value_symbol(&engine->values, symbol);
        assume_fact(engine, state, compare(engine, IR_NE, *result, 0));
    }
    return true;
}
