/* weak_ptr: it keeps what owners keep, "(owned)", "(shared)" and the deleter's parts, and is none.
 */
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/state/memory.h"
#include "engine/walk/step.h"

static value_id owned_by(struct method_play *play, value_id object)
{
    return part_load(play->engine, play->state, object, "(owned)", true);
}

/* Watches what the argument, an owner or another watcher, does. */
static void watch(struct method_play *play)
{
    struct engine *engine = play->engine;
    memory_havoc(engine, play->state, play->object, play->invocation->site);
    if (play->invocation->count < 2) {
        part_store(engine, play->state, play->object, "(owned)", 0);
        part_store(engine, play->state, play->object, "(shared)", 0);
        return;
    }
    value_id source = play->invocation->args[1], owned = owned_by(play, source);
    const struct ir_record *record = argument_record(play->invocation, 1);
    const struct model_container *container =
        record ? models_container(engine->models, record->name) : NULL;
    memory_copy(engine, play->state, play->object, source, 1);
    if (container && container->storage == MODEL_STORAGE_SHARED && owned != 0)
        owner_watch(engine, play->state, play->object, source, owned);
}

/* lock(): the result owns it too, unless nobody is left. */
static void lock(struct method_play *play)
{
    struct engine *engine = play->engine;
    value_id into = play->invocation->into, object = play->object;
    value_id owned = owned_by(play, object);
    if (into == VALUE_NONE)
        return;
    owner_adopt(engine, play->state, into, 0);
    *play->result = into;
    switch (owner_watched(engine, play->state, object)) {
    case OWNERS_NONE:
        return;
    case OWNERS_SOME:
        memory_copy(engine, play->state, into, object, 1);
        owner_share(engine, play->state, into, object, owned);
        return;
    case OWNERS_UNKNOWN:
        memory_copy(engine, play->state, into, object, 1);
        owner_share_uncounted(engine, play->state, into, object, owned);
        return;
    }
}

enum step weak_construct(struct method_play *play)
{
    watch(play);
    return STEP_NEXT;
}

enum step weak_method(struct method_play *play)
{
    enum owners_left left;
    switch (play->method->kind) {
    case MODEL_METHOD_LOCK:
        lock(play);
        break;
    case MODEL_METHOD_EMPTY:
        left = owner_watched(play->engine, play->state, play->object);
        if (left != OWNERS_UNKNOWN)
            *play->result = value_int(&play->engine->values, left == OWNERS_NONE);
        break;
    case MODEL_METHOD_RESET:
        owner_clear(play->engine, play->state, play->object);
        part_store(play->engine, play->state, play->object, "(shared)", 0);
        break;
    case MODEL_METHOD_ASSIGN:
        watch(play);
        *play->result = play->object;
        break;
    default:
        break;
    }
    return STEP_NEXT;
}
