/* Events for the rules, and what rules make of them: findings with their paths. */
#include "engine/internal.h"
#include "engine/kept.h"
#include "engine/lifecycles.h"
#include "engine/pairs.h"
#include "engine/replay.h"
#include "engine/stories.h"

#include <assert.h>
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
                          .status = VALUE_NONE};
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

static bool concerns(const struct trail *step, const struct event *event)
{
    if (step->subject == VALUE_NONE)
        return false;
    if (step->subject == event->base || step->subject == event->pointer ||
        step->subject == event->status)
        return true;
    return event->block_known && step->subject == event->block.moved_from;
}

static void add_steps(struct engine *engine, struct finding *finding, const struct event *event)
{
    struct arena *arena = engine->findings->arena;
    const struct trail *shown[MAX_STEPS_SHOWN];
    size_t count = 0, seen = 0;
    for (const struct trail *step = event->state->trail;
         step && count < MAX_STEPS_SHOWN && seen++ < MAX_STEPS_SEEN; step = step->previous)
        if (concerns(step, event) && step->site != event->site)
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

static uint64_t place_key(const struct finding *finding)
{
    uint64_t parts[] = {hash_bytes(finding->rule, strlen(finding->rule)),
                        hash_bytes(finding->at.file, strlen(finding->at.file)),
                        ((uint64_t)finding->at.line << 32) | finding->at.column};
    return hash_bytes(parts, sizeof parts);
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

/* What the finding stands or falls with: findings at one place, as where a macro is used, may
 * differ in that. */
static uint64_t condition_key(const struct candidate *candidate)
{
    uint64_t parts[] = {candidate->keeper_key, candidate->call_key, candidate->left_static,
                        ((uint64_t)candidate->predicted << 1) | candidate->is_drop};
    bool is_certain = !candidate->keeper_key && !candidate->left_static && !candidate->predicted &&
                      !candidate->is_drop;
    return is_certain ? 0 : hash_bytes(parts, sizeof parts);
}

/* Of several findings of one rule at one place, the gravest and then the shortest path stays. */
static bool is_better(const struct candidate *candidate, const struct candidate *old)
{
    /* a path's own is certain, not only if a class forgets it */
    bool same_kind = !old->keeper_key == !candidate->keeper_key;
    bool certain = !same_kind && !candidate->keeper_key;
    bool graver = same_kind && candidate->finding.level > old->finding.level;
    bool shorter = same_kind && candidate->finding.level == old->finding.level &&
                   candidate->length < old->length;
    return certain || graver || shorter;
}

/* Where the candidate goes, or NULL: a better one is there that stands whenever it does. */
static struct candidate *place_for(struct engine *engine, const struct candidate *candidate)
{
    uint64_t key = place_key(&candidate->finding) ^ condition_key(candidate);
    uint32_t known = map_get_u64(&engine->by_place, key);
    if (known == MAP_NONE) {
        map_set_u64(&engine->by_place, key, (uint32_t)engine->candidates.len);
        return vec_add(engine->lasting, &engine->candidates);
    }
    struct candidate *old = &engine->candidates.data[known];
    return is_better(candidate, old) ? old : NULL;
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
                    .at = position_of(engine, engine->findings->arena, site),
                    .predicts.code = predicted},
        .call_key = site_call_key(engine, site),
        .predicted = predicted,
        .keeper_key = event->kind == EVENT_PAIR ? event->keeper_key : 0,
        .left_static = event->kind == EVENT_LEAKED ? event->keeper_key : 0,
        .keeper_is_released = event->keeper_is_released,
        .is_drop = event->kind == EVENT_DROPPED && !event->drop_is_certain,
        .length = event->state->trail ? event->state->trail->length : 0};
    memcpy(candidate.companions, event->companions, sizeof candidate.companions);
    exits_describe(engine, event, site, &candidate);
    struct candidate *place = place_for(engine, &candidate);
    if (!place)
        return;
    *place = candidate;
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

static bool is_undone(const struct engine *engine, const struct candidate *candidate)
{
    bool undone = map_get_u64(&engine->undone_keepers, candidate->keeper_key) != MAP_NONE;
    for (size_t i = 0; i < KEEPER_COMPANIONS && candidate->companions[i]; i++)
        undone |= map_get_u64(&engine->undone_keepers, candidate->companions[i]) != MAP_NONE;
    return undone;
}

/* The member that is released was registered together with another one that shows the same memory,
 * and by that name it is undone. */
static bool is_undone_by_another_name(const struct engine *engine, uint64_t keeper_key)
{
    for (size_t i = 0; i < engine->shown_together.len; i++)
        if (engine->shown_together.data[i].keeper == keeper_key &&
            map_get_u64(&engine->undone_keepers, engine->shown_together.data[i].other) != MAP_NONE)
            return true;
    return false;
}

/* Does the finding's path pass the place where the other one stands? */
static bool passes(const struct finding *finding, const struct finding *other)
{
    for (size_t s = 0; s < finding->path.len; s++)
        if (finding->path.data[s].at.offset == other->at.offset &&
            strcmp(finding->path.data[s].at.file, other->at.file) == 0)
            return true;
    return false;
}

/* A path's own finding, that the memory is freed as what it is not or too early, tells of the
 * registration: that it is left follows. */
static bool is_told(const struct engine *engine, const struct finding *left)
{
    for (size_t i = 0; i < engine->candidates.len; i++) {
        const struct finding *freed = &engine->candidates.data[i].finding;
        if ((strcmp(freed->rule, "mismatched-free") == 0 ||
             strcmp(freed->rule, "freed-while-registered") == 0) &&
            passes(freed, left))
            return true;
    }
    return false;
}

/* The block was moved while it was registered, on another turn of a loop perhaps: what the program
 * then makes of the new block follows. */
static bool follows_from_release(const struct engine *engine, const struct finding *finding)
{
    if (strcmp(finding->rule, "unregister-unregistered") != 0)
        return false;
    for (size_t i = 0; i < engine->candidates.len; i++) {
        const struct finding *freed = &engine->candidates.data[i].finding;
        if (strcmp(freed->rule, "freed-while-registered") == 0 && passes(finding, freed))
            return true;
    }
    return false;
}

/* A path's own finding at the place where a member is freed, that it is freed as what it is not,
 * says more than that some member function registered it. */
static bool is_freed_as_another(const struct engine *engine, const struct finding *freed)
{
    for (size_t i = 0; i < engine->candidates.len; i++) {
        const struct finding *other = &engine->candidates.data[i].finding;
        if (strcmp(other->rule, "mismatched-free") == 0 && other->at.offset == freed->at.offset &&
            strcmp(other->at.file, freed->at.file) == 0)
            return true;
    }
    return false;
}

static bool is_expected(const struct engine *engine, const struct candidate *candidate)
{
    if (candidate->keeper_is_released &&
        (map_get_u64(&engine->registered_keepers, candidate->keeper_key) == MAP_NONE ||
         is_undone_by_another_name(engine, candidate->keeper_key) ||
         is_freed_as_another(engine, &candidate->finding)))
        return true;
    if (candidate->keeper_key && !candidate->keeper_is_released &&
        map_get_u64(&engine->released_keepers, candidate->keeper_key) != MAP_NONE)
        return true; /* said where it is released */
    if (candidate->keeper_key)
        return is_undone(engine, candidate) || is_told(engine, &candidate->finding);
    if (candidate->left_static)
        return map_get_u64(&engine->undone_alone, candidate->left_static) != MAP_NONE;
    if (candidate->is_drop)
        return map_get_u64(&engine->looked_at, candidate->call_key) != MAP_NONE;
    uint64_t key = hash_u64(candidate->call_key) ^ (uint64_t)candidate->predicted;
    return candidate->predicted && map_get_u64(&engine->expected, key) != MAP_NONE;
}

/* Calls that fail, as other findings say: nothing is left behind that a class would owe. */
static struct map failing_calls(struct engine *engine)
{
    struct map failing = {.arena = engine->lasting};
    for (size_t i = 0; i < engine->candidates.len; i++) {
        const struct candidate *candidate = &engine->candidates.data[i];
        if (candidate->predicted && !is_expected(engine, candidate))
            map_set_u64(&failing, candidate->call_key, 1);
    }
    return failing;
}

static bool stands(const struct engine *engine, const struct map *failing,
                   const struct candidate *candidate)
{
    bool is_echo = candidate->keeper_key && !candidate->keeper_is_released &&
                   map_get_u64(failing, candidate->call_key) != MAP_NONE;
    return !is_echo && !is_expected(engine, candidate) &&
           !follows_from_release(engine, &candidate->finding);
}

/* The path that releases a member's memory does not know where another function registered it. */
static void add_registration(struct engine *engine, struct candidate *candidate)
{
    if (!candidate->keeper_is_released)
        return;
    uint32_t left = map_get_u64(&engine->registered_keepers, candidate->keeper_key);
    struct finding *finding = &candidate->finding;
    vec_push(engine->findings->arena, &finding->path, engine->left_registered.data[left].step);
    memmove(finding->path.data + 1, finding->path.data,
            (finding->path.len - 1) * sizeof *finding->path.data);
    finding->path.data[0] = engine->left_registered.data[left].step;
}

void candidates_finish(struct engine *engine)
{
    struct map failing = failing_calls(engine), best_at = {.arena = engine->lasting};
    VEC(struct candidate *) best = {0};
    for (size_t i = 0; i < engine->candidates.len; i++) {
        struct candidate *candidate = &engine->candidates.data[i];
        if (!stands(engine, &failing, candidate))
            continue;
        uint64_t key = place_key(&candidate->finding);
        uint32_t known = map_get_u64(&best_at, key);
        assert(known == MAP_NONE || best.data); /* what is known was pushed */
        if (known == MAP_NONE) {
            map_set_u64(&best_at, key, (uint32_t)best.len);
            vec_push(engine->lasting, &best, candidate);
        } else if (is_better(candidate, best.data[known])) {
            best.data[known] = candidate;
        }
    }
    for (size_t i = 0; i < best.len; i++) {
        add_registration(engine, best.data[i]);
        if (exits_are_told(engine, best.data[i]))
            continue;
        exits_add(engine, best.data[i]);
        vec_push(engine->findings->arena, &engine->findings->list, best.data[i]->finding);
    }
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

void release_block(struct engine *engine, struct state *state, site_id site, value_id pointer,
                   enum release_kind how, uint32_t expects, const char *call,
                   const struct model_function *model, const struct ir_op *op)
{
    if (pointer == VALUE_NONE || value_is_int(&engine->values, pointer, NULL))
        return;
    struct event event = event_new(engine, state, EVENT_RELEASE, site, pointer);
    event.release = how;
    event.expects = expects;
    event.call = call;
    event.model = model;
    event.op = op;
    if (event.base == VALUE_NONE)
        return;
    event.has_registration = registration_find(engine, state, event.base, &event.registration);
    if (at_end_of_main(engine, state, how)) {
        event.kind = EVENT_LEAKED;
        event.ends_process = true;
        if (!event.has_registration)
            return;
    }
    event_raise(engine, &event);
    if (event.fails)
        return;
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
}
