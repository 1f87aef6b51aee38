/* What is asked, and noted, while a story is walked. */
#include "engine/clients/lifecycles.h"
#include "engine/clients/stories.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/value/pmap.h"

#include <string.h>

static const struct story *story_of(const struct engine *engine)
{
    return engine->program.functions.data[engine->root].story;
}

/* The story's own call that led there. */
static ir_value own_call(const struct engine *engine, const struct site *site)
{
    const struct context *context = context_at(engine, site->context);
    ir_value call = site->op;
    for (; context->parent != CONTEXT_NONE; context = context_at(engine, context->parent))
        call = context->call_op;
    return call;
}

/* The operation, and the calls that led there from the member function that the story calls. */
static uint64_t key_of(const struct engine *engine, context_id id, ir_id op)
{
    uint64_t key = 0;
    for (; id != CONTEXT_NONE && context_at(engine, id)->parent != CONTEXT_NONE;
         id = context_at(engine, id)->parent) {
        key = hash_pair(key, call_key_of(context_at(engine, id)->function, op));
        op = context_at(engine, id)->call_op;
    }
    return key;
}

/* Is it a member, or what a container that is one says of itself? */
static bool is_own_state(const struct ir_unit *unit, const struct ir_function *function,
                         ir_value value)
{
    const struct ir_op *op = ir_behind_casts(function, value);
    if (op->code == IR_LOAD)
        return ir_behind_casts(function, op->a)->code == IR_FIELD;
    return op->code == IR_CALL && op->call->function != IR_NONE && op->call->args.len == 1 &&
           unit->functions.data[op->call->function].is_const_method &&
           ir_behind_casts(function, op->call->args.data[0])->code == IR_FIELD;
}

/* Does the function ask whether there is enough? It is made to be called for more. */
static bool asks_for_more(const struct program_function *function)
{
    const struct ir_function *ir = function->ir;
    for (size_t i = 0; i < ir->ops.len; i++) {
        const struct ir_op *op = &ir->ops.data[i];
        if (op->code == IR_COMPARE && op->sub != IR_EQ && op->sub != IR_NE &&
            (is_own_state(function->in, ir, op->a) || is_own_state(function->in, ir, op->b)))
            return true;
    }
    return false;
}

static bool gives_up_buffer(enum model_method_kind kind)
{
    return kind == MODEL_METHOD_RESIZE || kind == MODEL_METHOD_RESERVE ||
           kind == MODEL_METHOD_GROW || kind == MODEL_METHOD_RESET || kind == MODEL_METHOD_ASSIGN;
}

static const struct ir_call *call_at(const struct program_function *caller, ir_id op)
{
    const struct ir_call *call = caller->ir->ops.data[op].call;
    return call && call->function != IR_NONE ? call : NULL;
}

/* The container's method that the call names; NULL: none. */
static const struct model_method *method_of(const struct engine *engine,
                                            const struct program_function *caller,
                                            const struct ir_call *call,
                                            const struct model_container **container)
{
    uint32_t number = program_number(&engine->program, caller->unit, call->function);
    const struct program_function *callee = &engine->program.functions.data[number];
    *container = callee_container(engine->models, callee);
    return *container ? models_method(*container, callee->ir->name) : NULL;
}

/* What free() releases somebody has put there before, if it releases anything: free(NULL) does
 * nothing. Nor does a map's erase() where there is no such element, nor what makes more room. */
static bool may_do_nothing(const struct engine *engine, context_id context, ir_id op)
{
    const struct program_function *caller = context_function(engine, context);
    const struct ir_call *call = call_at(caller, op);
    if (!call)
        return false;
    const struct model_function *called = callee_model(engine->models, caller->in, call);
    const struct model_container *container;
    const struct model_method *method = method_of(engine, caller, call, &container);
    return (called && models_effect(called, MODEL_RELEASES)) ||
           (method && container->storage == MODEL_STORAGE_KEYED &&
            method->kind == MODEL_METHOD_DROP) ||
           (method && gives_up_buffer(method->kind) && asks_for_more(caller));
}

static void note_reached(struct engine *engine, context_id context, ir_id op)
{
    map_set_u64(&engine->reached_first, key_of(engine, context, op), 1);
}

void story_releases(struct engine *engine, const struct event *release)
{
    const struct site *site = site_at(engine, release->site);
    /* of what nothing was put into, nor made with, no size is known */
    bool is_empty = release->release == RELEASE_GROWTH && release->block.size == VALUE_NONE;
    if (story_is_probe(engine) && site->op != IR_NONE && !is_empty &&
        may_do_nothing(engine, site->context, site->op))
        note_reached(engine, site->context, site->op);
}

void story_unregisters(struct engine *engine)
{
    const struct story *story = story_of(engine);
    if (story && story->is_plain)
        map_set_u64(&engine->undone_plainly, engine->root, 1);
}

/* push_back(): what is filled, and registered then, is full. */
static bool is_added_to(const struct engine *engine, const struct site *site)
{
    const struct program_function *caller = context_function(engine, site->context);
    const struct ir_call *call = site->op == IR_NONE ? NULL : call_at(caller, site->op);
    const struct model_container *container;
    const struct model_method *method = call ? method_of(engine, caller, call, &container) : NULL;
    return method && method->kind == MODEL_METHOD_GROW;
}

/* Does the object end well whether it was registered or not? Then it remembers that, so that its
 * member functions may be called at any time; none of them lets clients undo it before. */
static bool knows_its_state(const struct engine *engine, const struct story *story)
{
    return !story->is_undone && !story->is_again && story->plain != (uint32_t)MAP_NONE &&
           map_get_u64(&engine->undone_plainly, story->plain) == MAP_NONE;
}

bool story_is_probe(const struct engine *engine)
{
    const struct story *story = story_of(engine);
    return story && story->end == IR_NONE;
}

/* Clients have called the first many times by then: what it fills holds more than the call in sight
 * put there, in front, so that it may be full. */
static void fill_further(struct engine *engine, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        const struct value *place = value_at(&engine->values, (value_id)cell);
        int64_t count;
        if (place->kind != VALUE_ADDRESS ||
            !value_is_int(&engine->values, (value_id)content, &count) || count == 0)
            continue;
        const struct region *region = region_at(&engine->values, place->a);
        if (region->kind != REGION_FIELD ||
            strcmp(name_text(&engine->values, region->b), "(count)") != 0)
            continue;
        const struct symbol more = {.kind = SYMBOL_RESULT, .bits = 64, .origin = hash_u64(cell)};
        const value_id filled = value_symbol(&engine->values, more);
        memory_store(engine, state, (value_id)cell, filled);
        assume_fact(engine, state, compare(engine, IR_GE, filled, (value_id)content));
    }
}

bool story_goes_on(struct engine *engine, struct state *state, ir_id op)
{
    const struct story *story = story_of(engine);
    if (!story)
        return true;
    bool is_own = context_at(engine, state->context)->parent == CONTEXT_NONE;
    if (story_is_probe(engine) && !may_do_nothing(engine, state->context, op))
        note_reached(engine, state->context, op);
    if (!is_own || op != story->last)
        return true;
    if (story->is_late)
        fill_further(engine, state);
    return !story->needs_registered || state->registrations;
}

/* Of a life that is no story: does the class leave it to its clients to undo what it registers,
 * before the object ends? */
static bool is_left_to_clients(const struct engine *engine)
{
    const struct program *program = &engine->program;
    const struct program_function *life = &program->functions.data[engine->root];
    ir_id destructor = life->lived ? life->lived->destructor : IR_NONE;
    if (!life->lived || (destructor != IR_NONE &&
                         (flow_effects_of(program, life->unit, destructor) & FLOW_UNREGISTERS)))
        return false;
    for (size_t m = 0; m < life->lived->methods.len; m++) {
        ir_id id = life->lived->methods.data[m];
        const struct ir_function *method = &life->in->functions.data[id];
        if (method->kind == IR_FUNCTION_METHOD && !method->is_hidden &&
            (flow_effects_of(program, life->unit, id) & FLOW_UNREGISTERS))
            return true;
    }
    return false;
}

bool story_allows(const struct rule *rule, const struct event *event, site_id id)
{
    const struct engine *engine = event->engine;
    const struct story *story = story_of(engine);
    bool is_left = event->kind == EVENT_RELEASE && event->has_registration;
    if (!story)
        return !(is_left && is_left_to_clients(engine));
    if (!rule->hears_stories || story->end == IR_NONE || story->is_plain ||
        (is_left && story->is_never_undone))
        return false;
    const struct site *site = site_at(engine, id);
    ir_value call = own_call(engine, site);
    if (call == story->end)
        return !story->is_again && !story->is_undone_before && !(is_left && story->is_undone);
    return call == story->last && !story->is_undone_before &&
           (story->is_first ||
            (is_left && knows_its_state(engine, story) && !is_added_to(engine, site)) ||
            map_get_u64(&engine->reached_first, key_of(engine, site->context, site->op)) ==
                MAP_NONE);
}
