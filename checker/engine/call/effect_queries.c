/* What the runtime answers a program that asks what memory this is. */
#include "engine/call/call.h"
#include "engine/call/effect.h"
#include "engine/library/container.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/memory.h"

/* Is the argument a place that holds the pointer, or that as a number? */
static bool is_asked_by_reference(const struct play *play)
{
    const struct ir_unit *unit = play->invocation->unit;
    const ir_id pointee = play_pointee(play, play->effect->pointer);
    const ir_id referred = argument_referred(play->invocation, (size_t)play->effect->pointer);
    return (pointee != IR_NONE && unit->types.data[pointee].kind == IR_TYPE_POINTER) ||
           (referred != IR_NONE && unit->types.data[referred].kind == IR_TYPE_INT);
}

/* The block is pinned for all that the path knows: the runtime says so, too. */
static bool is_surely_pinned(const struct play *play, value_id pointer)
{
    value_id offset, base = value_base(&play->engine->values, pointer, &offset);
    struct block block;
    return base != VALUE_NONE && block_get(play->engine, play->state, base, &block) &&
           block.memory == PROVENANCE_PINNED && block.life == BLOCK_LIVE &&
           !(block.flags & (BLOCK_ESCAPED | BLOCK_QUERIED | BLOCK_REG_UNKNOWN | BLOCK_BEYOND_LOOP));
}

/* Of host memory that is pinned cudaPointerAttributes says type 1, cudaMemoryTypeHost, with both
 * addresses. false: these are no such attributes. */
static bool answer_pinned(const struct play *play, int where)
{
    const struct ir_unit *unit = play->invocation->unit;
    const ir_id type = play_pointee(play, where);
    const ir_id record = type == IR_NONE ? IR_NONE : unit->types.data[type].record;
    const value_id object = play_argument(play, where);
    const struct ir_record *attributes = record == IR_NONE ? NULL : &unit->records.data[record];
    if (!attributes || object == VALUE_NONE || !ir_field_named(attributes, "type"))
        return false;
    struct values *values = &play->engine->values;
    for (size_t i = 0; i < attributes->fields.len; i++) {
        const struct ir_field *field = &attributes->fields.data[i];
        const ir_id of = field->type;
        if (of == IR_NONE)
            continue;
        const value_id place = value_field(values, object, field->name, field->offset);
        if (unit->types.data[of].kind == IR_TYPE_ENUM)
            memory_store(play->engine, play->state, place, value_int(values, 1));
        else if (unit->types.data[of].kind == IR_TYPE_POINTER)
            assume_points(play->engine, play->state,
                          memory_load(play->engine, play->state, place, unit, of));
    }
    return true;
}

/* The call succeeds then; where memory is not known, or the driver is asked for one attribute, what
 * it says is the program's. */
static bool answer_is_known(const struct play *play, value_id pointer)
{
    const value_id none = value_int(&play->engine->values, 0);
    if (play->model->api != MODEL_API_RUNTIME || play->status == VALUE_NONE ||
        decide(play->engine, play->state, play->status) != TRUTH_UNKNOWN ||
        !is_surely_pinned(play, pointer))
        return false;
    return answer_pinned(play, 0) && assume(play->engine, play->state,
                                            compare(play->engine, IR_EQ, play->status, none), true);
}

void effect_queries(struct play *play)
{
    value_id pointer = play_argument(play, play->effect->pointer), content;
    if (pointer == VALUE_NONE)
        return;
    if (is_asked_by_reference(play) && memory_peek(play->state, pointer, &content))
        pointer = content;
    if (!answer_is_known(play, pointer))
        registrations_asked(play->engine, play->state, pointer);
}
