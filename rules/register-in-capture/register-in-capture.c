#include "engine/rule.h"

enum { GLOBAL_MODE = 1, THREAD_LOCAL_MODE = 2 }; /* struct state: mode + 1 */

static bool is_pinned_allocator(const struct event *event)
{
    const struct model_effect *effect = rule_effect(event, MODEL_ALLOCATES);
    return effect && effect->memory == MODEL_MEMORY_PINNED;
}

static void hear(const struct rule *rule, struct event *event)
{
    bool concerned = event->kind == EVENT_REGISTER || event->kind == EVENT_UNREGISTER ||
                     (event->kind == EVENT_ALLOCATE && is_pinned_allocator(event));
    bool forbidden =
        event->state->capture == GLOBAL_MODE || event->state->capture == THREAD_LOCAL_MODE;
    if (!concerned || !forbidden || event->fails)
        return;
    rule_report(rule, event, rule->level, 900,
                "'%s' during the stream capture that begins at %s fails with status 900 "
                "(capture unsupported) and ends the capture",
                event->call, rule_place(event, event->state->capture_site));
    event->fails = true;
}

const struct rule rule_register_in_capture = {
    .name = "register-in-capture",
    .level = LEVEL_ERROR,
    .summary = "registers during a stream capture that forbids it",
    .hear = hear,
};
