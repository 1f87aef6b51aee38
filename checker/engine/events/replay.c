#include "engine/events/replay.h"

#include "engine/events/events.h"
#include "engine/events/numbers.h"
#include "engine/state/context.h"
#include "engine/state/ranges.h"
#include "engine/state/status.h"

enum { MAX_STEPS = 48, UNKNOWN_PLACE_STRIDE = 1 << 16 };

struct builder {
    struct engine *engine;
    struct arena *arena;
    struct event *event;
    const struct trail *trail[MAX_STEPS]; /* newest first */
    size_t trail_len;
    VEC(value_id) unknown_places; /* pointers whose offset is not known: each gets one of its own */
    context_id common;            /* the innermost context that all steps are in, or below */
    struct numbers numbers;
    struct replay *replay;
};

void trail_did(struct trail *step, uint32_t kind, const struct event *event)
{
    step->deed = (struct deed){.kind = kind,
                               .call = event->call,
                               .pointer = event->pointer,
                               .size = event->size,
                               .flags = event->flags,
                               .status = event->status,
                               .release = event->release,
                               .expects = event->expects};
}

static bool concerns(const struct builder *builder, const struct trail *step)
{
    const struct event *event = builder->event;

    if (!step->deed.kind)
        return false;
    if (step->deed.kind == REPLAY_RESET)
        return true;
    return event->base != VALUE_NONE &&
           (step->subject == event->base ||
            (event->block_known && step->subject == event->block.moved_from));
}

static void collect(struct builder *builder)
{
    for (const struct trail *step = builder->event->state->trail;
         step && builder->trail_len < MAX_STEPS; step = step->previous)
        if (concerns(builder, step))
            builder->trail[builder->trail_len++] = step;
}

/* ---- the finding's own step ------------------------------------------------------------ */

static uint32_t kind_of_model(const struct event *event)
{
    if (rule_effect(event, MODEL_REGISTERS))
        return REPLAY_REGISTER;
    if (rule_effect(event, MODEL_UNREGISTERS))
        return REPLAY_UNREGISTER;
    if (rule_effect(event, MODEL_ALLOCATES))
        return REPLAY_ALLOCATE;
    return rule_effect(event, MODEL_RELEASES) ? REPLAY_RELEASE : 0;
}

/* Leaks have none: what the path did before is all. */
static uint32_t own_kind(const struct event *event)
{
    switch (event->kind) {
    case EVENT_ALLOCATE:
        return REPLAY_ALLOCATE;
    case EVENT_REGISTER:
        return REPLAY_REGISTER;
    case EVENT_UNREGISTER:
        return REPLAY_UNREGISTER;
    case EVENT_RELEASE:
        return REPLAY_RELEASE;
    case EVENT_LAUNCH:
        return REPLAY_LAUNCH;
    case EVENT_DROPPED:
        return kind_of_model(event);
    case EVENT_PAIR:
        return event->keeper_is_released || event->owner_dies != SITE_NONE ? REPLAY_RELEASE : 0;
    default:
        return 0;
    }
}

/* A call that fails leaves no step: what is known of its flags comes from the path on which it
 * succeeds. */
static value_id flags_of_dropped(const struct event *event)
{
    for (const struct trail *step = event->state->trail; step; step = step->previous)
        if (step->deed.kind && step->deed.status != VALUE_NONE &&
            step->deed.status == event->status)
            return step->deed.flags;
    return VALUE_NONE;
}

static struct deed own_deed(const struct event *event)
{
    struct trail step = {0};

    trail_did(&step, own_kind(event), event);
    if (event->kind == EVENT_DROPPED) {
        const struct model_effect *effect = rule_effect(event, MODEL_RELEASES);
        step.deed.expects = effect ? effect->memory : 0;
        step.deed.flags = flags_of_dropped(event);
        step.deed.size = VALUE_NONE;
    }
    if (event->kind == EVENT_PAIR && event->owner_dies != SITE_NONE)
        step.deed.release = RELEASE_DESTRUCTION;
    return step.deed;
}

static site_id own_site(const struct event *event)
{
    bool dies = event->kind == EVENT_PAIR && event->owner_dies != SITE_NONE;
    return dies ? event->owner_dies : event->site;
}

/* ---- where the path is ------------------------------------------------------------------ */

/* The innermost context that holds both. */
static context_id common_of(const struct engine *engine, context_id a, context_id b)
{
    while (a != b) {
        const struct context *left = context_at(engine, a), *right = context_at(engine, b);
        if (left->depth >= right->depth)
            a = left->parent;
        else
            b = right->parent;
        if (a == CONTEXT_NONE || b == CONTEXT_NONE)
            return CONTEXT_NONE;
    }
    return a;
}

static void find_common(struct builder *builder)
{
    struct engine *engine = builder->engine;

    builder->common = site_at(engine, own_site(builder->event))->context;
    for (size_t i = 0; i < builder->trail_len && builder->common != CONTEXT_NONE; i++)
        builder->common =
            common_of(engine, builder->common, site_at(engine, builder->trail[i]->site)->context);
}

static void add_callers(struct builder *builder, struct replay_step *step, site_id site)
{
    struct engine *engine = builder->engine;
    site_id calls[MAX_STEPS];
    size_t count = 0;

    for (context_id c = site_at(engine, site)->context; c != builder->common && count < MAX_STEPS;
         c = context_at(engine, c)->parent) {
        if (context_at(engine, c)->parent == CONTEXT_NONE)
            break;
        calls[count] = call_site(engine, context_at(engine, c));
        if (calls[count] == SITE_NONE)
            break;
        count++;
    }
    while (count-- > 0)
        vec_push(builder->arena, &step->callers, position_of(engine, builder->arena, calls[count]));
}

/* ---- numbers --------------------------------------------------------------------------- */

static value_id offset_in(struct builder *builder, value_id pointer, value_id *base)
{
    value_id offset = VALUE_NONE;

    *base =
        pointer == VALUE_NONE ? VALUE_NONE : value_base(&builder->engine->values, pointer, &offset);
    return *base == VALUE_NONE ? VALUE_NONE : offset;
}

static void choose_numbers(struct builder *builder, const struct deed *own)
{
    value_id wanted[3 * MAX_STEPS + 4], base;
    size_t count = 0;

    for (size_t i = 0; i < builder->trail_len; i++) {
        const struct deed *deed = &builder->trail[i]->deed;
        wanted[count++] = deed->size;
        wanted[count++] = offset_in(builder, deed->pointer, &base);
    }
    wanted[count++] = own->size;
    wanted[count++] = offset_in(builder, own->pointer, &base);
    wanted[count++] = builder->event->block.size;
    numbers_choose(&builder->numbers, builder->engine, builder->event->state, wanted, count);
}

static bool is_known(const struct builder *builder, value_id value, int64_t *number)
{
    if (value == VALUE_NONE)
        return false;
    struct range range = range_of(builder->engine, &builder->numbers.state, value);
    *number = range.low;
    return range.low == range.high;
}

/* The number of a value, and whether the source leaves it open. */
static int64_t number(struct builder *builder, value_id value, bool *is_chosen)
{
    int64_t known;

    if (is_known(builder, value, &known))
        return known;
    *is_chosen = true;
    return numbers_of(&builder->numbers, value);
}

/* Pointers into members and the like: equal ones get the same place, others another one. */
static int64_t unknown_place(struct builder *builder, value_id pointer)
{
    size_t i = 0;

    while (i < builder->unknown_places.len && builder->unknown_places.data[i] != pointer)
        i++;
    if (i == builder->unknown_places.len)
        vec_push(builder->engine->arena, &builder->unknown_places, pointer);
    return (int64_t)i * UNKNOWN_PLACE_STRIDE;
}

/* ---- steps ----------------------------------------------------------------------------- */

/* NULL or MAP_FAILED: set so, or known from a test. */
static bool is_no_address(const struct builder *builder, value_id pointer, int64_t *address)
{
    return is_known(builder, pointer, address) && (*address == 0 || *address == -1);
}

static void place_step(struct builder *builder, struct replay_step *step, value_id pointer)
{
    value_id base, offset = offset_in(builder, pointer, &base);
    int64_t address;

    if (is_no_address(builder, pointer, &address)) {
        step->place = address == 0 ? REPLAY_NULL : REPLAY_FAILED;
        return;
    }
    if (base == VALUE_NONE)
        return;
    if (base != builder->event->base && builder->event->base != VALUE_NONE)
        step->place = REPLAY_FORMER;
    step->offset = offset == VALUE_NONE ? unknown_place(builder, pointer)
                                        : number(builder, offset, &step->is_place_chosen);
}

static void add_step(struct builder *builder, const struct deed *deed, site_id site)
{
    struct replay_step step = {
        .kind = deed->kind,
        .at = position_of(builder->engine, builder->arena, site),
        .call = arena_strdup(builder->arena, deed->call),
        .release = deed->release,
        .expects = deed->expects,
        .fails = status_has_failed(builder->engine, builder->event->state, deed->status)};

    place_step(builder, &step, deed->pointer);
    if (deed->size != VALUE_NONE) {
        step.has_size = true;
        step.size = number(builder, deed->size, &step.is_chosen);
    }
    step.has_flags = is_known(builder, deed->flags, &step.flags);
    add_callers(builder, &step, site);
    vec_push(builder->arena, &builder->replay->steps, step);
}

/* Where no step about it is on the path, the capture is what the finding is about. */
static void add_capture(struct builder *builder)
{
    const struct state *state = builder->event->state;

    if (!state->capture)
        return;
    vec_push(builder->arena, &builder->replay->steps,
             (struct replay_step){
                 .kind = REPLAY_CAPTURE,
                 .at = position_of(builder->engine, builder->arena, state->capture_site),
                 .flags = state->capture - 1,
                 .has_flags = true});
}

static void describe_block(struct builder *builder)
{
    const struct event *event = builder->event;
    struct replay *replay = builder->replay;

    replay->memory = event->block.memory;
    replay->block_flags = event->block.flags;
    replay->element = event->block.element;
    if (event->block.size != VALUE_NONE) {
        replay->size = number(builder, event->block.size, &replay->is_chosen);
        return;
    }
    replay->is_chosen = true;
    for (size_t i = 0; i < replay->steps.len; i++) {
        const struct replay_step *step = &replay->steps.data[i];
        int64_t end = step->offset + (step->size > 0 ? step->size : 0);
        replay->size = end > replay->size ? end : replay->size;
    }
}

const struct replay *replay_new(struct arena *arena, struct event *event)
{
    struct builder builder = {.engine = event->engine, .arena = arena, .event = event};
    struct deed own = own_deed(event);

    collect(&builder);
    find_common(&builder);
    choose_numbers(&builder, &own);
    builder.replay = arena_new_object(arena, struct replay);
    for (size_t i = builder.trail_len; i-- > 0;)
        add_step(&builder, &builder.trail[i]->deed, builder.trail[i]->site);
    add_capture(&builder);
    if (own.kind)
        add_step(&builder, &own, own_site(event));
    describe_block(&builder);
    return builder.replay->steps.len ? builder.replay : NULL;
}
