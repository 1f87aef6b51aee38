/* Events for the rules, and what rules make of them: findings with their paths. */
#include "engine/events/events.h"

#include "engine/clients/lifecycles.h"
#include "engine/clients/stories.h"
#include "engine/events/candidates.h"
#include "engine/events/exits.h"
#include "engine/events/replay.h"
#include "engine/fixes/fix_source.h"
#include "engine/pairs/always_registered.h"
#include "engine/pairs/kept.h"
#include "engine/pairs/pairs.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/ranges.h"
#include "engine/state/registrations.h"
#include "engine/unseen/gates.h"
#include "engine/walk/unwind.h"

#include <string.h>

enum { MAX_STEPS_SHOWN = 12, MAX_STEPS_SEEN = 4096 };

struct event event_new(struct engine *engine, struct state *state, enum event_kind kind,
                       site_id site, value_id pointer)
{
    struct event event = {.kind = kind,
                          .engine = engine,
                          .state = state,
                          .site = site,
                          .pointer = pointer,
                          .size = VALUE_NONE,
                          .flags = VALUE_NONE,
                          .base = VALUE_NONE,
                          .offset = VALUE_NONE,
                          .status = VALUE_NONE,
                          .steps = state->trail ? state->trail->length : 0};
    if (pointer != VALUE_NONE)
        event.base = value_base(&engine->values, pointer, &event.offset);
    event.block_known = block_describe(engine, state, event.base, &event.block);
    /* a flag that lies beside it may say that it is of another kind now */
    if ((event.block.flags & BLOCK_KEPT) && (state->flags & STATE_ASSUMED_CONTENT) &&
        kind != EVENT_RELEASE)
        event.block.memory = PROVENANCE_UNKNOWN;
    const struct site *place = site_at(engine, site);
    if (place->op != IR_NONE)
        event.op = &context_function(engine, place->context)->ir->ops.data[place->op];
    return event;
}

bool site_is_degraded(const struct engine *engine, site_id site)
{
    for (context_id context = site_at(engine, site)->context; context != CONTEXT_NONE;
         context = context_at(engine, context)->parent)
        if (context_function(engine, context)->ir->degraded.len)
            return true;
    return false;
}

/* Is something missing from the path of the event, or nobody knows from which paths? */
static bool is_in_doubt(const struct engine *engine, const struct event *event)
{
    for (context_id context = site_at(engine, event->site)->context; context != CONTEXT_NONE;
         context = context_at(engine, context)->parent)
        if (context_function(engine, context)->ir->is_in_doubt)
            return true;
    return event->state->flags & STATE_IN_DOUBT;
}

void event_raise(struct engine *engine, struct event *event)
{
    bool in_doubt = is_in_doubt(engine, event);
    bool is_use = engine->program.functions.data[engine->root].is_use;
    kept_asked(engine, event);
    for (size_t i = 0; i < rules_count; i++)
        if (!(in_doubt && rules_all[i]->needs_whole_body) && !(is_use && !rules_all[i]->hears_uses))
            rules_all[i]->hear(rules_all[i], event);
}

/* ---- from sites to positions ---- */

struct position position_of(const struct engine *engine, struct arena *arena, site_id site)
{
    const struct ir_unit *unit = context_function(engine, site_at(engine, site)->context)->in;
    struct ir_loc loc = site_loc(engine, site);
    struct position position = {.line = loc.line,
                                .column = loc.column,
                                .end_line = loc.end_line,
                                .end_column = loc.end_column,
                                .offset = loc.offset,
                                .end_offset = loc.end_offset};
    position.file = loc.file == IR_NONE ? unit->source : unit->files.data[loc.file].path;
    position.file = arena_strdup(arena, position.file);
    if (loc.macro != IR_NONE) {
        const struct ir_macro *macro = &unit->macros.data[loc.macro];
        position.macro = arena_strdup(arena, macro->name);
        if (macro->file != IR_NONE)
            position.macro_file = arena_strdup(arena, unit->files.data[macro->file].path);
        position.macro_line = macro->line;
    }
    return position;
}

/* n, where n * 4 bytes are registered. */
static bool is_factor_of_size(const struct trail *step, const struct event *event)
{
    int64_t scale, shift;
    return event->size != VALUE_NONE &&
           ranges_canonical(event->engine, event->size, &scale, &shift) == step->subject &&
           shift == 0;
}

static bool concerns(const struct trail *step, const struct event *event)
{
    if (step->subject == VALUE_NONE)
        return false;
    if (step->subject == event->base || step->subject == event->pointer ||
        step->subject == event->status || is_factor_of_size(step, event))
        return true;
    return event->block_known && step->subject == event->block.moved_from;
}

/* Where the path last went past an unregister call after the registration that the event is about;
 * NULL: it met none. */
static const struct trail *step_past(const struct event *event)
{
    if (!event->has_registration)
        return NULL;
    const struct trail *step = event->state->trail;
    while (step && !step->is_past && step->site != event->registration.site)
        step = step->previous;
    return step && step->is_past ? step : NULL;
}

static void add_steps(struct engine *engine, struct finding *finding, const struct event *event)
{
    struct arena *arena = engine->findings->arena;
    const struct trail *shown[MAX_STEPS_SHOWN], *past = step_past(event);
    size_t count = 0, seen = 0;
    for (const struct trail *step = event->state->trail;
         step && count < MAX_STEPS_SHOWN && seen++ < MAX_STEPS_SEEN; step = step->previous)
        if (step == past || (concerns(step, event) && step->site != event->site))
            shown[count++] = step;
    while (count-- > 0) {
        struct path_step step = {.at = position_of(engine, arena, shown[count]->site),
                                 .message = arena_strdup(arena, shown[count]->message)};
        vec_push(arena, &finding->path, step);
    }
}

site_id call_site(struct engine *engine, const struct context *called)
{
    const struct program_function *caller = context_function(engine, called->parent);
    if (lifecycles_is(caller))
        return SITE_NONE;
    struct site call = {called->parent, called->call_op, caller->flow->block_of[called->call_op],
                        0};

    return table_intern(&engine->sites, &call);
}

static void add_callers(struct engine *engine, struct finding *finding, site_id site)
{
    struct arena *arena = engine->findings->arena;
    context_id context = site_at(engine, site)->context;
    for (const struct context *c = context_at(engine, context); c->parent != CONTEXT_NONE;
         c = context_at(engine, c->parent)) {
        const struct program_function *callee = &engine->program.functions.data[c->function];
        site_id call = call_site(engine, c);
        if (call == SITE_NONE)
            return;
        struct path_step step = {.at = position_of(engine, arena, call),
                                 .message =
                                     arena_printf(arena, "'%s' is called here", callee->ir->name)};
        vec_push(arena, &finding->path, step);
    }
}

static bool is_enabled(const struct engine *engine, const struct rule *rule)
{
    for (size_t i = 0; i < engine->options->rule_count; i++)
        if (engine->options->rules[i] == rule)
            return true;
    return false;
}

static const char *status_name(const struct model_function *model, int code)
{
    bool driver = model && model->api == MODEL_API_DRIVER;
    switch (code) {
    case 1:
        return driver ? "CUDA_ERROR_INVALID_VALUE" : "cudaErrorInvalidValue";
    case 700:
        return driver ? "CUDA_ERROR_ILLEGAL_ADDRESS" : "cudaErrorIllegalAddress";
    case 712:
        return driver ? "CUDA_ERROR_HOST_MEMORY_ALREADY_REGISTERED"
                      : "cudaErrorHostMemoryAlreadyRegistered";
    case 713:
        return driver ? "CUDA_ERROR_HOST_MEMORY_NOT_REGISTERED"
                      : "cudaErrorHostMemoryNotRegistered";
    case 900:
        return driver ? "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED"
                      : "cudaErrorStreamCaptureUnsupported";
    default:
        return NULL;
    }
}

static bool in_user_file(const struct engine *engine, site_id site)
{
    const struct ir_unit *unit = context_function(engine, site_at(engine, site)->context)->in;
    struct ir_loc loc = site_loc(engine, site);
    return loc.file != IR_NONE && !unit->files.data[loc.file].is_system;
}

/* What takes work and memory, for those that are kept only: loops come to a place by many paths. */
static void complete(const struct rule *rule, struct event *event, site_id site, const char *format,
                     va_list args, struct finding *finding)
{
    struct engine *engine = event->engine;
    struct arena *arena = engine->findings->arena;
    finding->message = arena_vprintf(arena, format, args);
    finding->function = arena_strdup(
        arena, context_function(engine, site_at(engine, site)->context)->ir->qualified);
    if (finding->predicts.code) {
        finding->predicts.call = event->call ? arena_strdup(arena, event->call) : NULL;
        finding->predicts.name = status_name(event->model, finding->predicts.code);
    }
    add_steps(engine, finding, event);
    add_callers(engine, finding, site);
    if (engine->options->with_replays)
        finding->replay = replay_new(arena, event);
    fix_add(rule, event, site, finding);
}

static void report(const struct rule *rule, struct event *event, site_id site, enum level level,
                   int predicted, const char *format, va_list args)
{
    struct engine *engine = event->engine;
    event->reported = true;
    site = site_written(engine, site);
    if (predicted && (event->base == VALUE_NONE || rule_must_be_zero(event, event->pointer)))
        event->state->flags |= STATE_NULL_REPORTED;
    if (event->kind == EVENT_REGISTER ? predicted != 0
                                      : event->kind == EVENT_RELEASE && event->has_registration)
        event->state->flags |= STATE_MISPLACED_REPORTED;
    if (event->kind != EVENT_PAIR && event->base != VALUE_NONE &&
        (level == LEVEL_ERROR || predicted))
        block_add_flags(engine, event->state, event->base, BLOCK_REPORTED);
    if (!is_enabled(engine, rule) || !in_user_file(engine, site) ||
        !story_allows(rule, event, site))
        return;
    /* exits by an exception after a failed call are not searched (rules.md, finer points) */
    if ((event->state->flags & STATE_AFTER_FAILURE) && is_unwinding(engine, event->state))
        return;
    struct candidate candidate = {
        .finding = {.rule = rule->name,
                    .level = level,
                    .at = position_of(engine, engine->arena, site),
                    .predicts.code = predicted},
        .call_key = site_call_key(engine, site),
        .predicted = predicted,
        .keeper_key = event->kind == EVENT_PAIR ? event->keeper_key : 0,
        .keeper_instance = event->keeper_instance,
        .place_key = event->place_key,
        .keeper_is_in_doubt = event->keeper_is_in_doubt,
        .deleters = event->deleters,
        .root = engine->root,
        .left_static = event->kind == EVENT_LEAKED ? event->keeper_key : 0,
        .keeper_is_released = event->keeper_is_released,
        .is_handed_out = event->is_handed_out,
        .owned = event->block_known && event->block.owned != SITE_NONE
                     ? site_call_key(engine, event->block.owned)
                     : 0,
        .is_drop = event->kind == EVENT_DROPPED && !event->drop_is_certain,
        .length = event->steps};
    memcpy(candidate.companions, event->companions, sizeof candidate.companions);
    exits_describe(engine, event, site, &candidate);
    struct candidate *place = candidates_place(engine, &candidate);
    if (!place)
        return;
    *place = candidate;
    place->finding.at = position_of(engine, engine->findings->arena, site);
    complete(rule, event, site, format, args, &place->finding);
}

void rule_report(const struct rule *rule, struct event *event, enum level level, int predicted,
                 const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(rule, event, event->site, level, predicted, format, args);
    va_end(args);
}

void rule_report_at(const struct rule *rule, struct event *event, site_id site, enum level level,
                    int predicted, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(rule, event, site, level, predicted, format, args);
    va_end(args);
}

/* ---- releases ---- */

/* The live registration that the release of the block hits, if any. */
static bool at_end_of_main(struct engine *engine, const struct state *state, enum release_kind how)
{
    const struct ir_function *function = context_function(engine, state->context)->ir;
    return how == RELEASE_SCOPE && strcmp(function->qualified, "main") == 0 &&
           context_at(engine, state->context)->parent == CONTEXT_NONE;
}

static const char *release_text(enum release_kind how)
{
    switch (how) {
    case RELEASE_REALLOC:
        return "moved by realloc here";
    case RELEASE_GROWTH:
        return "the container may move its buffer here";
    case RELEASE_DESTRUCTION:
        return "destroyed here";
    case RELEASE_SCOPE:
        return "its scope ends here";
    default:
        return "released here";
    }
}

bool release_block(struct engine *engine, struct state *state, site_id site, value_id pointer,
                   enum release_kind how, uint32_t expects, const char *call,
                   const struct model_function *model, const struct ir_op *op)
{
    if (pointer == VALUE_NONE || value_is_int(&engine->values, pointer, NULL) ||
        decide(engine, state, pointer) == TRUTH_FALSE) /* NULL: nothing is released */
        return false;
    struct event event = event_new(engine, state, EVENT_RELEASE, site, pointer);
    event.release = how;
    event.expects = expects;
    event.call = call;
    event.model = model;
    event.op = op;
    if (event.base == VALUE_NONE)
        return false;
    event.has_registration = registration_find(engine, state, event.base, &event.registration);
    if (at_end_of_main(engine, state, how)) {
        event.kind = EVENT_LEAKED;
        event.ends_process = true;
        if (!event.has_registration)
            return false;
    }
    event_raise(engine, &event);
    story_releases(engine, &event);
    if (event.fails)
        return true;
    if (event.kind == EVENT_RELEASE && !event.has_registration)
        always_released(engine, &event);
    if (event.kind == EVENT_RELEASE && !event.reported)
        pairs_released(engine, &event);
    registrations_drop(engine, state, event.base);
    struct block block;
    block_describe(engine, state, event.base, &block);
    block.life = BLOCK_RELEASED;
    block.released = site;
    block.released_as = expects;
    block_set(engine, state, event.base, block);
    gates_memory_changed(engine, state, event.base);
    trail_did(trail_add(engine, state, site, event.base, "%s", release_text(how)), REPLAY_RELEASE,
              &event);
    return false;
}
