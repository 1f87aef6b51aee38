/* Pairs and tuples: objects with a member for each template argument. */
#include "engine/call/call.h"
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/library/owners.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/walk/step.h"

#include <string.h>

bool container_has_members(const struct model_container *container)
{
    return container->storage == MODEL_STORAGE_MEMBERS ||
           container->storage == MODEL_STORAGE_NUMBERED;
}

ir_id play_member(struct method_play *play, size_t index, value_id *member)
{
    static const char *const names[] = {"first", "second"};
    bool is_numbered = play->container->storage != MODEL_STORAGE_MEMBERS;
    if (!play->record || index >= play->record->arguments.len ||
        (!is_numbered && index >= sizeof names / sizeof *names))
        return IR_NONE;
    const char *name =
        is_numbered ? arena_printf(play->engine->arena, "(%zu)", index) : names[index];
    *member = value_field(&play->engine->values, play->object, name,
                          index == 0 && !is_numbered ? 0 : IR_SIZE_UNKNOWN);
    return play->record->arguments.data[index];
}

void members_end(struct method_play *play)
{
    value_id member;
    for (size_t i = 0;; i++) {
        ir_id type = play_member(play, i, &member);
        if (type == IR_NONE)
            return;
        member_ends(play, type, member);
    }
}

/* What a member of reference type refers to. */
static ir_id referred(struct method_play *play, const struct ir_unit *unit, ir_id type,
                      value_id *member)
{
    if (!type_is(unit, type, IR_TYPE_REFERENCE))
        return type;
    *member = memory_load(play->engine, play->state, *member, unit, type);
    return unit->types.data[type].element;
}

/* Member by member; a reference is made to refer (`assigns`: what it refers to becomes) what the
 * source's is. */
static void transfer(struct method_play *play, struct method_play *source, bool moves, bool assigns,
                     int depth)
{
    struct engine *engine = play->engine;
    for (size_t i = 0;; i++) {
        value_id to, from;
        ir_id type = play_member(play, i, &to), given = play_member(source, i, &from);
        if (type == IR_NONE || given == IR_NONE)
            return;
        (void)referred(source, source->unit, given, &from);
        if (assigns)
            type = referred(play, play->unit, type, &to);
        if (type_is(play->unit, type, IR_TYPE_REFERENCE))
            memory_store(engine, play->state, to, from);
        else
            transfer_member(engine, play->state, play->unit, type, to, from, moves, depth + 1);
    }
}

void members_transfer(struct method_play *play, value_id from, bool moves, int depth)
{
    struct method_play source = *play;
    source.object = from;
    transfer(play, &source, moves, false, depth);
}

/* The pair or tuple, of whichever types, that is the only argument from the `first` on; false: that
 * is another. */
static bool only_argument(const struct method_play *play, size_t first, struct method_play *given)
{
    const struct invocation *invocation = play->invocation;
    const struct ir_record *record =
        invocation->count == first + 1 ? argument_record(invocation, first) : NULL;
    *given = *play;
    given->container = record ? models_container(play->engine->models, record->name) : NULL;
    if (!given->container || !container_has_members(given->container))
        return false;
    given->unit = invocation->unit;
    given->record = record;
    given->object = invocation->args[first];
    return true;
}

static void lose_arguments(struct method_play *play, size_t first)
{
    for (size_t i = first; i < play->invocation->count; i++)
        escape_contents(play->engine, play->state, play->invocation->args[i]);
}

enum step members_construct(struct method_play *play, size_t first)
{
    const struct invocation *invocation = play->invocation;
    struct method_play source;
    size_t count = invocation->count - first;
    memory_havoc(play->engine, play->state, play->object, invocation->site);
    if (only_argument(play, first, &source)) {
        transfer(play, &source, argument_moves(invocation, first), false, 0);
        return STEP_NEXT;
    }
    if (count != play->record->arguments.len) { /* none, or std::piecewise_construct */
        lose_arguments(play, first);
        return STEP_NEXT;
    }
    for (size_t i = 0; i < count; i++) {
        value_id member = VALUE_NONE;
        ir_id type = play_member(play, i, &member);
        struct invocation one = *invocation; /* others have had their turn, or will */
        one.count = first + i + 1;
        enum step step =
            object_begin(play->engine, play->state, &one, first + i, play->unit, type, member);
        if (step != STEP_NEXT) /* a constructor runs: the others' arguments are not followed */
            return step;
    }
    return STEP_NEXT;
}

/* The members' old contents end first. */
enum step members_assign(struct method_play *play)
{
    const struct invocation *invocation = play->invocation;
    struct method_play source;
    value_id member;
    *play->result = play->object;
    for (size_t i = 0;; i++) {
        ir_id type = play_member(play, i, &member);
        if (type == IR_NONE)
            break;
        type = referred(play, play->unit, type, &member);
        member_ends(play, type, member);
    }
    enum step step = ends_run(play->engine, play->state, invocation);
    if (step != STEP_NEXT || !only_argument(play, 1, &source)) { /* a destructor runs */
        lose_arguments(play, 1);
        return step;
    }
    transfer(play, &source, argument_moves(invocation, 1), true, 0);
    return STEP_NEXT;
}
