/* Objects begin and end in memory that the program keeps for them: std::construct_at, std::destroy
 * and their kin. */
#include "engine/call/effect.h"
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/value/pmap.h"

enum { MOST_ENDS = 64 }; /* in one call, one by one */

/* The type of the objects that the argument, a pointer, leads to; IR_NONE: it is something else, or
 * nobody knows what. */
static ir_id type_at(const struct play *play, int argument, value_id *place)
{
    region_id region;
    value_id offset;
    *place = play_argument(play, argument);
    if (*place == VALUE_NONE || !value_as_address(&play->engine->values, *place, &region, &offset))
        return IR_NONE;
    const struct ir_unit *unit = play->invocation->unit;
    ir_id type = play->invocation->types[argument];
    if (type == IR_NONE || unit->types.data[type].kind != IR_TYPE_POINTER)
        return IR_NONE;
    ir_id pointee = play_pointee(play, argument); /* a pattern's words say none */
    return pointee != IR_NONE && unit->types.data[pointee].kind == IR_TYPE_UNKNOWN ? IR_NONE
                                                                                   : pointee;
}

void effect_constructs(struct play *play)
{
    value_id place;
    ir_id type = type_at(play, play->effect->pointer, &place);
    if (type == IR_NONE) {
        play_unseen(play);
        return;
    }
    play->step =
        object_begin(play->engine, play->state, play->invocation, (size_t)play->effect->pointer + 1,
                     play->invocation->unit, type, place);
}

/* Some of the objects in the block end: what they let go of, and what is left there, is not known.
 */
static void some_end(const struct play *play, value_id first)
{
    struct engine *engine = play->engine;
    value_id offset, base = value_base(&engine->values, first, &offset);
    struct pmap_iter iter = pmap_begin(play->state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_base(&engine->values, (value_id)cell, &offset) == base &&
            value_base(&engine->values, (value_id)content, &offset) != base)
            escape_reachable(engine, play->state, (value_id)content, play->invocation->site);
    lose_contents(engine, play->state, base, play->invocation->site);
}

/* Does the end of an object of the type do anything? */
static bool end_matters(const struct play *play, ir_id type)
{
    const struct ir_unit *unit = play->invocation->unit;
    const struct ir_type *t = &unit->types.data[type];
    return t->kind == IR_TYPE_RECORD && t->record != IR_NONE &&
           (unit->records.data[t->record].destructor != IR_NONE ||
            callee_container_of_type(play->engine->models, unit, type));
}

/* How many objects end; VALUE_NONE: that is not known. */
static value_id count_of_ends(const struct play *play, value_id first, uint64_t size)
{
    struct values *values = &play->engine->values;
    value_id last = play_argument(play, play->effect->other), from, to;
    if (play->effect->other == MODEL_ABSENT)
        return value_int(values, 1);
    if (last == VALUE_NONE)
        return VALUE_NONE;
    ir_id type = play->invocation->types[play->effect->other];
    if (type == IR_NONE || play->invocation->unit->types.data[type].kind != IR_TYPE_POINTER)
        return last;
    if (!value_common(values, first, last, &from, &to))
        return VALUE_NONE;
    return value_quotient(values, value_binary(values, IR_SUB, to, from),
                          value_int(values, (int64_t)size));
}

void effect_destroys(struct play *play)
{
    struct engine *engine = play->engine;
    const struct ir_unit *unit = play->invocation->unit;
    value_id first;
    ir_id type = type_at(play, play->effect->pointer, &first);
    int64_t count;
    if (type == IR_NONE) {
        play_unseen(play);
        return;
    }
    if (!end_matters(play, type))
        return;
    const uint64_t size = unit->types.data[type].size;
    bool is_known = size != IR_SIZE_UNKNOWN && size > 0 &&
                    value_is_int(&engine->values, count_of_ends(play, first, size), &count) &&
                    count <= MOST_ENDS;
    if (!is_known) {
        some_end(play, first);
        return;
    }
    for (int64_t i = 0; i < count; i++)
        end_awaited(
            engine, play->state, unit, type,
            value_advance(&engine->values, first, value_int(&engine->values, i * (int64_t)size)));
    play->step = ends_run(engine, play->state, play->invocation);
}
