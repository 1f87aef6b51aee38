/* Effects of what runs on streams: captures and launches. */
#include "engine/call/effect.h"
#include "engine/call/launches.h"
#include "engine/unseen/gates.h"

void effect_begins_capture(struct play *play)
{
    int64_t mode = 0;
    if (play_argument(play, play->effect->flags) != VALUE_NONE &&
        !play_number(play, play->effect->flags, &mode))
        mode = 2; /* not known: as if everything were permitted */
    if (play->state->flags & STATE_OTHER_CAPTURE_MODE)
        mode = 2;
    play->state->capture = (uint32_t)mode + 1;
    play->state->capture_site = play->invocation->site;
    play->state->capture_status = play->status;
    gates_memory_changed(play->engine, play->state, GATES_CAPTURE);
}

void effect_ends_capture(struct play *play)
{
    play->state->capture = 0;
    play->state->capture_site = SITE_NONE;
}

void effect_swaps_capture_mode(struct play *play)
{
    play->state->flags |= STATE_OTHER_CAPTURE_MODE; /* not followed: as Relaxed */
    if (play->state->capture)
        play->state->capture = 3;
}

void effect_launches(struct play *play)
{
    value_id array = play_argument(play, play->effect->pointer);
    if (array != VALUE_NONE)
        launch_gives_array(play_event(play, EVENT_LAUNCH, array), play->state, array);
}
