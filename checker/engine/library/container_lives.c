/* How containers begin and end, and which of their functions a call is. */
#include "engine/call/call.h"
#include "engine/library/container.h"
#include "engine/library/library.h"
#include "engine/library/objects.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/walk/step.h"

#include <string.h>

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

/* How many elements lie between two pointers that the container is made from; VALUE_NONE: it is
 * made from something else. */
static value_id count_between(const struct method_play *play)
{
    struct values *values = &play->engine->values;
    const struct invocation *invocation = play->invocation;
    uint64_t size = play_element_size(play);
    for (size_t i = 1; i <= 2; i++) {
        ir_id type = argument_type(invocation, i);
        const struct ir_type *pointer =
            type == IR_NONE ? NULL : &invocation->unit->types.data[type];
        if (!size || !pointer || pointer->kind != IR_TYPE_POINTER || pointer->element == IR_NONE ||
            invocation->unit->types.data[pointer->element].size != size)
            return VALUE_NONE;
    }
    value_id offset_first, offset_last;
    if (!value_common(values, invocation->args[1], invocation->args[2], &offset_first,
                      &offset_last))
        return VALUE_NONE;
    return value_quotient(values, value_binary(values, IR_SUB, offset_last, offset_first),
                          value_int(values, (int64_t)size));
}

static void construct(struct method_play *play)
{
    struct engine *engine = play->engine;
    size_t count = play->invocation->count;
    memory_havoc(engine, play->state, play->object, play->invocation->site);
    part_store(engine, play->state, play->object, "(fixed)", 0);
    if (play_is_inline(play))
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
        value_id made = play_new_buffer(play, first, 39);
        play_set_contents(play, made, first);
        part_store(engine, play->state, play->object, "(made)", made);
        part_store(engine, play->state, play->object, "(made for)", first);
        return;
    }
    value_id content;
    bool is_same = memory_peek(play->state, part_address(engine, first, "(count)"), &content);
    if (moves_argument(play->unit, play->callee, 1) && count == 2) {
        value_id object = play->object;
        play->object = first;
        play_load_buffer(play);
        play->object = object;
        const value_id text = text_at(play, first);
        part_move(engine, play->state, play->object, first);
        text_becomes(play, text);
        part_store(engine, play->state, first, "(buffer)", 0);
        part_store(engine, play->state, first, "(count)", 0);
        return;
    }
    value_id between = count_between(play), buffer;
    value_id elements = is_same                 ? content
                        : between != VALUE_NONE ? between
                                                : play_unknown_count(play, 41);
    play_set_contents(play, play_new_buffer(play, elements, 43), elements);
    text_begins(play);
    if (is_same && count == 2 &&
        memory_peek(play->state, part_address(engine, first, "(buffer)"), &buffer))
        elements_copy(play, buffer);
}

/* A class that is a number: none is 0, another of its kind, or what the first argument says. */
static enum step construct_number(struct method_play *play)
{
    const struct invocation *invocation = play->invocation;
    const struct ir_record *record = argument_record(invocation, 1);
    memory_havoc(play->engine, play->state, play->object, invocation->site);
    value_id number = 0;
    if (record && strcmp(record->name, play->record->name) == 0) {
        container_transfer(play, invocation->args[1], false);
        return STEP_NEXT;
    }
    const bool is_said = is_integer(play, 1);
    if (invocation->count > 1)
        number = is_said ? invocation->args[1] : play_unknown_count(play, 57);
    if (is_said && play->result && *play->result == VALUE_NONE)
        *play->result = number; /* nothing was told out of sight */
    part_store(play->engine, play->state, play->object, "(count)", number);
    return STEP_NEXT;
}

enum step number_assign(struct method_play *play)
{
    *play->result = play->object;
    return construct_number(play);
}

static enum step begin(struct method_play *play)
{
    switch (play->container->storage) {
    case MODEL_STORAGE_ITERATOR:
        iterator_construct(play);
        return STEP_NEXT;
    case MODEL_STORAGE_MEMBERS:
    case MODEL_STORAGE_NUMBERED:
        return members_construct(play, 1);
    case MODEL_STORAGE_ALTERNATIVES:
    case MODEL_STORAGE_ANY:
        return alternatives_construct(play, 1);
    case MODEL_STORAGE_WEAK:
        return weak_construct(play);
    case MODEL_STORAGE_OPTIONAL:
        return optional_construct(play);
    case MODEL_STORAGE_CALLABLE:
        return callable_construct(play, 1);
    case MODEL_STORAGE_NUMBER:
        return construct_number(play);
    case MODEL_STORAGE_BITS:
        bits_construct(play);
        return STEP_NEXT;
    default:
        construct(play);
        return STEP_NEXT;
    }
}

static enum step end(struct method_play *play)
{
    switch (play->container->storage) {
    case MODEL_STORAGE_UNIQUE:
    case MODEL_STORAGE_SHARED:
        return owner_release(play->engine, play->state, play->invocation, play->container,
                             play->unit, play->record, RELEASE_DESTRUCTION);
    case MODEL_STORAGE_DYNAMIC:
    case MODEL_STORAGE_NODES:
    case MODEL_STORAGE_KEYED:
        play_load_buffer(play);
        elements_end(play, 0);
        play_give_up_buffer(play, RELEASE_DESTRUCTION);
        break;
    case MODEL_STORAGE_INLINE:
    case MODEL_STORAGE_OPTIONAL:
        elements_end(play, 0);
        break;
    case MODEL_STORAGE_MEMBERS:
    case MODEL_STORAGE_NUMBERED:
        members_end(play);
        break;
    case MODEL_STORAGE_ALTERNATIVES:
    case MODEL_STORAGE_ANY:
        alternatives_end(play);
        break;
    case MODEL_STORAGE_CALLABLE:
        return callable_end(play);
    default:
        break;
    }
    return ends_run(play->engine, play->state, play->invocation);
}

/* What no call of the program's does: an element, or a member of a pair, begins or ends. */
static struct method_play play_without_call(struct engine *engine, struct state *state,
                                            const struct invocation *invocation,
                                            const struct model_container *container,
                                            const struct ir_unit *unit,
                                            const struct ir_record *record)
{
    return (struct method_play){.engine = engine,
                                .state = state,
                                .invocation = invocation,
                                .container = container,
                                .unit = unit,
                                .record = record,
                                .object = invocation->args[0]};
}

enum step container_end(struct engine *engine, struct state *state,
                        const struct invocation *invocation,
                        const struct model_container *container, const struct ir_unit *unit,
                        const struct ir_record *record)
{
    struct method_play play = play_without_call(engine, state, invocation, container, unit, record);
    return end(&play);
}

enum step container_begin(struct engine *engine, struct state *state,
                          const struct invocation *invocation,
                          const struct model_container *container, const struct ir_unit *unit,
                          const struct ir_record *record)
{
    struct method_play play = play_without_call(engine, state, invocation, container, unit, record);
    if (!play_owns_pointer(container))
        return begin(&play);
    value_id pointer = invocation->count > 1 ? invocation->args[1] : 0;
    owner_adopt(engine, state, play.object, pointer);
    return owner_make_deleter(engine, state, invocation, container, unit, record);
}

void container_copied(struct engine *engine, struct state *state, ir_id op_id, value_id to,
                      value_id from)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_unit *unit = here->in;
    ir_id type = here->ir->ops.data[op_id].type;
    const struct model_container *container = callee_container_of_type(engine->models, unit, type);
    value_id buffer;
    if (!container || !container_has_buffer(container))
        return;
    struct invocation invocation = {.site = site_of_op(engine, state, op_id)};
    struct method_play play = {.engine = engine,
                               .state = state,
                               .invocation = &invocation,
                               .container = container,
                               .unit = unit,
                               .record = &unit->records.data[unit->types.data[type].record],
                               .object = to};
    const value_id text = text_at(&play, from);
    if (memory_peek(state, part_address(engine, to, "(buffer)"), &buffer)) {
        value_id count = play_count(&play);
        play_set_contents(&play, play_new_buffer(&play, count, 51), count);
        elements_copy(&play, buffer);
    }
    text_becomes(&play, text);
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
    if (callee->ir->kind == IR_FUNCTION_DESTRUCTOR)
        return end(&play);
    if (callee->ir->kind == IR_FUNCTION_CONSTRUCTOR)
        return play_owns_pointer(container)
                   ? owner_construct(engine, state, invocation, container, callee)
                   : begin(&play);
    play.method = models_method(container, callee->ir->name);
    if (!play.method) { /* a method that no model mentions: anything may have happened to it */
        call_unknown(engine, state, invocation, callee->in, callee->ir, result);
        return STEP_NEXT;
    }
    return play_method(&play);
}
