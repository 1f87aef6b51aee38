/* std::optional: an element in the object itself, or none. */
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/walk/step.h"

#include <string.h>

static void set_count(struct method_play *play, int64_t count)
{
    part_store(play->engine, play->state, play->object, "(count)",
               value_int(&play->engine->values, count));
}

static bool is_class(const struct method_play *play, size_t argument, const char *name)
{
    const struct ir_record *record = argument_record(play->invocation, argument);
    return record && strcmp(record->name, name) == 0;
}

/* What stands behind the object, or behind std::in_place, becomes the element. */
static enum step fill(struct method_play *play)
{
    size_t first = is_class(play, 1, "std::in_place_t") ? 2 : 1;
    if (is_class(play, 1, "std::nullopt_t")) {
        set_count(play, 0);
        return STEP_NEXT;
    }
    if (is_class(play, 1, play->record->name)) {
        container_transfer(play, play->invocation->args[1],
                           moves_argument(play->unit, play->callee, 1));
        return STEP_NEXT;
    }
    set_count(play, 1);
    return object_begin(play->engine, play->state, play->invocation, first, play->unit,
                        element_type(play), play_first_element(play));
}

enum step optional_construct(struct method_play *play)
{
    memory_havoc(play->engine, play->state, play->object, play->invocation->site);
    if (play->invocation->count > 1)
        return fill(play);
    set_count(play, 0);
    return STEP_NEXT;
}

enum step optional_assign(struct method_play *play)
{
    elements_end(play, 0);
    enum step step = ends_run(play->engine, play->state, play->invocation);
    if (step == STEP_NEXT)
        return fill(play);
    for (size_t i = 1; i < play->invocation->count; i++) /* the old one's destructor runs */
        escape_contents(play->engine, play->state, play->invocation->args[i]);
    part_store(play->engine, play->state, play->object, "(count)", play_unknown_count(play, 49));
    return step;
}
