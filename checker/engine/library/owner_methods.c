/* The methods of unique_ptr and shared_ptr, played on the part "(owned)". */
#include "engine/call/call.h"
#include "engine/call/targets.h"
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/library/owners.h"
#include "engine/state/constraint.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/walk/step.h"

/* A function, or an object of a class without members: what it does is not read from its place. */
static bool has_plain_deleter(struct method_play *play)
{
    value_id deleter;
    if (memory_peek(play->state, part_address(play->engine, play->object, "(deleter)"), &deleter) &&
        call_function_at(play->engine, deleter) != MAP_NONE)
        return true;
    const struct ir_type *type = owner_named_deleter(play->container, play->unit, play->record);
    return type && play->unit->records.data[type->record].has_body &&
           !play->unit->records.data[type->record].fields.len;
}

/* The deleter comes with the pointer. */
static void take_deleter(struct method_play *play, value_id source, bool old_one_runs)
{
    struct engine *engine = play->engine;
    if (!old_one_runs || play->container->storage == MODEL_STORAGE_SHARED ||
        has_plain_deleter(play)) {
        owner_take_deleter(engine, play->state, play->object, source);
    } else if (owner_has_deleter(engine, play->state, source)) {
        /* what the old one captured is still to be read from its place */
        escape(engine, play->state, part_load(engine, play->state, play->object, "(owned)", true));
        escape_contents(engine, play->state, part_address(engine, source, "(deleter)"));
        memory_forget(engine, play->state, part_address(engine, play->object, "(state)"));
    }
}

static enum step assign(struct method_play *play)
{
    struct engine *engine = play->engine;
    value_id source = play->invocation->count > 1 ? play->invocation->args[1] : 0, now = 0;
    region_id region;
    value_id offset;
    bool is_object = value_as_address(&engine->values, source, &region, &offset);
    bool shares = is_object && play->container->storage == MODEL_STORAGE_SHARED &&
                  !moves_argument(play->unit, play->callee, 1);
    if (is_object)
        now = part_load(engine, play->state, source, "(owned)", true);
    if (is_object && !shares)
        part_store(engine, play->state, source, "(owned)", 0);
    enum step step = owner_release(engine, play->state, play->invocation, play->container,
                                   play->unit, play->record, RELEASE_DESTRUCTION);
    part_store(engine, play->state, play->object, "(owned)", now);
    if (is_object)
        take_deleter(play, source, step != STEP_NEXT);
    if (shares)
        owner_share(engine, play->state, play->object, source, now);
    else if (is_object)
        owner_clear(engine, play->state, source);
    return step;
}

/* The new deleter is there before the old one runs. */
static enum step reset(struct method_play *play, value_id owned)
{
    struct engine *engine = play->engine;
    const struct invocation *invocation = play->invocation;
    value_id object = play->object, next = part_address(engine, object, "(next)");
    bool has_deleter = invocation->count > 2;
    enum step step = STEP_NEXT;
    if (has_deleter)
        step = owner_set_deleter(engine, play->state, invocation, play->container, next);
    if (step == STEP_NEXT)
        step = owner_release(engine, play->state, invocation, play->container, play->unit,
                             play->record, RELEASE_DESTRUCTION);
    else /* it is being copied: the old one is not followed */
        escape_reachable(engine, play->state, owned, invocation->site);
    if (play->container->storage == MODEL_STORAGE_SHARED)
        owner_forget_deleter(engine, play->state, object);
    if (has_deleter) {
        owner_take_deleter(engine, play->state, object, next);
        owner_forget_deleter(engine, play->state, next);
    }
    part_store(engine, play->state, object, "(owned)",
               invocation->count > 1 ? invocation->args[1] : 0);
    part_store(engine, play->state, object, "(shared)", 0);
    return step;
}

/* What get() gives: a part of what is owned, for an owner that was made so. */
static value_id shown_by(struct method_play *play, value_id owned)
{
    value_id alias;
    bool shows_part =
        memory_peek(play->state, part_address(play->engine, play->object, "(alias)"), &alias);
    return shows_part ? alias : owned;
}

enum step owner_method(struct method_play *play)
{
    struct engine *engine = play->engine;
    value_id object = play->object;
    value_id owned = part_load(engine, play->state, object, "(owned)", true);
    switch (play->method->kind) {
    case MODEL_METHOD_BUFFER:
        *play->result = shown_by(play, owned);
        break;
    case MODEL_METHOD_ELEMENT: {
        value_id index = play->invocation->count > 1 ? play->invocation->args[1] : 0;
        value_id bytes = value_binary(&engine->values, IR_MUL, index, play_element_bytes(play));
        *play->result = value_advance(&engine->values, shown_by(play, owned), bytes);
        break;
    }
    case MODEL_METHOD_BOOL:
        *play->result = compare(engine, IR_NE, shown_by(play, owned), 0);
        break;
    case MODEL_METHOD_RELEASE:
        *play->result = owned;
        part_store(engine, play->state, object, "(owned)", 0);
        break;
    case MODEL_METHOD_RESET:
        return reset(play, owned);
    case MODEL_METHOD_ASSIGN:
        return assign(play);
    case MODEL_METHOD_DELETER:
        *play->result = part_address(engine, object, "(deleter)");
        break;
    case MODEL_METHOD_SWAP: {
        value_id other = play_written(play);
        if (other == VALUE_NONE)
            break;
        value_id theirs = part_load(engine, play->state, other, "(owned)", true);
        part_store(engine, play->state, object, "(owned)", theirs);
        part_store(engine, play->state, other, "(owned)", owned);
        owner_swap_deleters(engine, play->state, object, other);
        break;
    }
    default:
        break;
    }
    return STEP_NEXT;
}
