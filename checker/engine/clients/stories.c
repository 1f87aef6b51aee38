#include "engine/clients/stories.h"

#include "engine/clients/life_writer.h"
#include "engine/clients/lifecycles.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/value/pmap.h"

#include <string.h>

enum { MOST_STORIES = 24 }; /* of a constructor */

enum { UNDOES = FLOW_UNREGISTERS | FLOW_RELEASES, HANDLES = FLOW_REGISTERS | UNDOES };

struct teller {
    struct life *life;
    struct program *program;
    uint32_t unit;
    ir_id constructor;
    uint32_t told;
};

static const struct program_function *function_of(const struct teller *teller, ir_id function)
{
    return &teller->program->functions
                .data[program_number(teller->program, teller->unit, function)];
}

static uint32_t effects_in(const struct program *program, uint32_t unit, ir_id function)
{
    const struct flow *flow = program->functions.data[program_number(program, unit, function)].flow;
    return flow ? flow->all : 0;
}

static uint32_t effects_of(const struct teller *teller, ir_id function)
{
    return effects_in(teller->program, teller->unit, function);
}

/* Does it leave something registered, or allocated by a pinned allocator? */
static bool may_hold(uint32_t effects)
{
    const uint32_t pinned = FLOW_STATUS | FLOW_ALLOCATES;
    return (effects & FLOW_REGISTERS) ||
           ((effects & pinned) == pinned && !(effects & FLOW_UNREGISTERS));
}

/* `delete this`, when the last user has gone */
static bool ends_itself(const struct ir_unit *unit, const struct ir_function *method)
{
    for (size_t i = 0; i < method->ops.len; i++) {
        const struct ir_call *call = method->ops.data[i].call;
        if (!call || call->function == IR_NONE || !call->args.len ||
            unit->functions.data[call->function].kind != IR_FUNCTION_DESTRUCTOR)
            continue;
        const struct ir_op *op = ir_behind_casts(method, call->args.data[0]);
        if (op->code == IR_LOAD && method->ops.data[op->a].code == IR_ADDR_LOCAL &&
            method->ops.data[op->a].aux == 0)
            return true;
    }
    return false;
}

/* each([](void *p) { ... }), an instance of a template: what the lambda does is the affair of the
 * function that makes it, which other clients do not call it with. */
static bool takes_closure(const struct ir_unit *unit, const struct ir_function *method)
{
    for (size_t i = 0; i < method->param_types.len; i++) {
        ir_id type = method->param_types.data[i];
        if (type != IR_NONE && unit->types.data[type].kind == IR_TYPE_REFERENCE)
            type = unit->types.data[type].element;
        ir_id record = type == IR_NONE ? IR_NONE : unit->types.data[type].record;
        if (record != IR_NONE && unit->records.data[record].is_lambda)
            return true;
    }
    return false;
}

/* Is it a member function that a client calls for what it does to the object? */
static bool is_step(const struct teller *teller, ir_id id)
{
    const struct ir_unit *unit = teller->life->unit;
    const struct ir_function *method = &unit->functions.data[id];
    return method->kind == IR_FUNCTION_METHOD && lifecycles_may_call(method) &&
           !method->is_static_method && !method->is_const_method && !method->is_variadic &&
           method->param_count <= MAX_LIFE_PARAMETERS &&
           strncmp(method->name, "operator", strlen("operator")) != 0 &&
           !lifecycles_transfers(unit, method) && !ends_itself(unit, method) &&
           !takes_closure(unit, method) &&
           (method->result_type == IR_NONE ||
            unit->types.data[method->result_type].kind != IR_TYPE_RECORD);
}

/* A member function that undoes it as well on demand: lock(bool on). That another one undoes what
 * it did, where it fails, means nothing. */
static bool takes_choice(const struct teller *teller, const struct ir_function *method)
{
    for (size_t i = 1; i < method->param_types.len; i++) {
        ir_id type = method->param_types.data[i];
        enum ir_type_kind kind =
            type == IR_NONE ? IR_TYPE_VOID : teller->life->unit->types.data[type].kind;
        if (kind == IR_TYPE_BOOL || kind == IR_TYPE_ENUM)
            return true;
    }
    return false;
}

/* May a client undo the registration by a member function, other than `but`? */
static bool is_undone(const struct teller *teller, ir_id holder, ir_id but)
{
    const struct ir_record *record = teller->life->record;
    const struct ir_unit *unit = teller->life->unit;
    for (size_t m = 0; m < record->methods.len; m++) {
        ir_id id = record->methods.data[m];
        const struct ir_function *method = function_of(teller, id)->ir;
        if (id == but || method->is_hidden || method->kind != IR_FUNCTION_METHOD ||
            lifecycles_transfers(unit, &unit->functions.data[id]) ||
            (id == holder && !takes_choice(teller, method)))
            continue;
        if (!method->has_body || (effects_of(teller, id) & FLOW_UNREGISTERS))
            return true;
    }
    return false;
}

/* Does any function of the class unregister something? Where none does, pairs.c tells. */
static bool is_ever_undone(const struct teller *teller)
{
    const struct ir_record *record = teller->life->record;
    uint32_t effects = effects_of(teller, record->destructor);
    for (size_t m = 0; m < record->methods.len; m++)
        effects |= effects_of(teller, record->methods.data[m]);
    return effects & FLOW_UNREGISTERS;
}

/* What is told: the member functions that are called, IR_NONE for none. */
struct plot {
    ir_id first, last;
    bool is_probe;
    bool is_late; /* the last call comes after many of the first */
};

static struct story begin_story(const struct teller *teller, const struct plot *plot)
{
    ir_id holder = plot->first == IR_NONE ? teller->constructor : plot->first;
    struct story story = {.last = IR_NONE, .end = IR_NONE};
    story.is_first = plot->first == IR_NONE;
    story.is_again = plot->first != IR_NONE && plot->first == plot->last;
    story.is_late = plot->is_late;
    story.needs_registered = plot->last != IR_NONE && !plot->is_probe &&
                             (effects_of(teller, holder) & FLOW_REGISTERS) != 0;
    /* where the last one unregisters as well, clients need not do so before */
    story.is_undone_before = plot->last != IR_NONE &&
                             !(effects_of(teller, plot->last) & FLOW_UNREGISTERS) &&
                             is_undone(teller, plot->first, plot->last);
    story.is_never_undone = !is_ever_undone(teller);
    story.is_undone = is_undone(teller, plot->first, IR_NONE);
    return story;
}

static const char *parameter_name(const struct ir_function *function, uint32_t number)
{
    return number < function->locals.len ? function->locals.data[number].name : NULL;
}

/* Do the two parameters, of one type, bear one name? An object is passed once. */
static bool is_shared(const struct ir_unit *unit, const struct ir_function *first,
                      const struct ir_function *last, uint32_t of_first, uint32_t of_last)
{
    ir_id type = last->param_types.data[of_last];
    const char *one = parameter_name(first, of_first), *other = parameter_name(last, of_last);
    return type != IR_NONE && unit->types.data[type].kind != IR_TYPE_RECORD && one && *one &&
           other && strcmp(one, other) == 0;
}

/* The parameters of the last call. What bears one name in two functions may be one value: the key
 * that a block was put under. */
static void take_parameters(struct life *life, const struct plot *plot, uint32_t of_first,
                            ir_id *parameters)
{
    const struct ir_function *last = &life->unit->functions.data[plot->last];
    const struct ir_function *first =
        plot->first == IR_NONE ? NULL : &life->unit->functions.data[plot->first];
    for (uint32_t i = 1; i < last->param_count; i++) {
        ir_id type = last->param_types.data[i];
        ir_id same = IR_NONE;
        for (uint32_t k = 1; first && same == IR_NONE && k < first->param_count; k++)
            if (first != last && first->param_types.data[k] == type &&
                is_shared(life->unit, first, last, k, i))
                same = of_first + k - 1;
        if (same == IR_NONE) {
            life_take_parameter(life, type);
            same = life->function->param_count - 1;
        }
        parameters[i - 1] = same;
    }
}

static void tell(struct teller *teller, struct plot plot)
{
    struct life *life = teller->life;
    const struct ir_function *functions = life->unit->functions.data;
    if (teller->told == MOST_STORIES || !life_begin(life, teller->constructor, 1))
        return;
    uint32_t of_first = life->function->param_count;
    ir_id of_last[MAX_LIFE_PARAMETERS];
    if (plot.first != IR_NONE)
        life_take_parameters(life, &functions[plot.first]);
    if (plot.last != IR_NONE)
        take_parameters(life, &plot, of_first, of_last);
    struct story story = begin_story(teller, &plot);
    ir_id object = life_construct(life, teller->constructor, 0);
    if (plot.first != IR_NONE) { /* a client goes on where it succeeded */
        ir_value call = life_call_on(life, object, plot.first, of_first);
        life->function->ops.data[call].call->is_discarded = true;
    }
    if (plot.last != IR_NONE)
        story.last = life_call_with(life, object, plot.last, of_last);
    if (!plot.is_probe)
        story.end = life_end(life, object);
    struct program_function *told = life_finish(life, teller->program, teller->unit);
    told->story = arena_copy(teller->program->arena, &story, sizeof story);
    teller->told++;
}

/* ---- which ---- */

/* Buffer(size_t n) { init(n); }: the constructor is that step. */
static bool is_done_by_constructor(const struct teller *teller, ir_id method)
{
    const struct ir_function *constructor = function_of(teller, teller->constructor)->ir;
    for (size_t i = 0; i < constructor->ops.len; i++)
        if (constructor->ops.data[i].code == IR_CALL &&
            constructor->ops.data[i].call->function == method)
            return true;
    return false;
}

/* It registers on its own: what others do then, and the end. */
static void tell_of_holder(struct teller *teller, ir_id holder)
{
    const struct ir_record *record = teller->life->record;
    if (holder != IR_NONE)
        tell(teller, (struct plot){holder, IR_NONE, false, false});
    for (size_t m = 0; m < record->methods.len; m++) {
        ir_id last = record->methods.data[m];
        /* called again, it may make room for what comes: evict */
        const bool is_again =
            holder == IR_NONE ? is_done_by_constructor(teller, last) : last == holder;
        uint32_t matters = is_again ? UNDOES : HANDLES;
        if (!is_step(teller, last) || !(effects_of(teller, last) & matters))
            continue;
        tell(teller, (struct plot){holder, last, false, false});
        if (last == holder)
            tell(teller, (struct plot){holder, last, false, true});
    }
}

static void tell_probes(struct teller *teller)
{
    const struct ir_record *record = teller->life->record;
    for (size_t m = 0; m < record->methods.len; m++) {
        ir_id last = record->methods.data[m];
        if (is_step(teller, last) && (effects_of(teller, last) & HANDLES))
            tell(teller, (struct plot){IR_NONE, last, true, false});
    }
}

static void tell_all(struct life *life, struct program *program, uint32_t unit, ir_id constructor)
{
    const struct ir_record *record = life->record;
    struct teller teller = {
        .life = life, .program = program, .unit = unit, .constructor = constructor};
    if (!(effects_of(&teller, record->destructor) & UNDOES))
        return;
    if (may_hold(effects_of(&teller, constructor))) {
        tell_of_holder(&teller, IR_NONE);
        return;
    }
    bool has_probes = false;
    for (size_t m = 0; m < record->methods.len; m++) {
        ir_id holder = record->methods.data[m];
        if (!is_step(&teller, holder) || !may_hold(effects_of(&teller, holder)))
            continue;
        if (!has_probes)
            tell_probes(&teller);
        has_probes = true;
        tell_of_holder(&teller, holder);
    }
}

void stories_add(struct program *program, const struct model_set *models)
{
    const uint32_t first = (uint32_t)program->functions.len;
    lifecycles_visit(program, tell_all);
    if (program->functions.len > first)
        flow_program_more(program->arena, program, models, first);
}

/* ---- on the path ---- */

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
        key = hash_pair(key, ((uint64_t)context_at(engine, id)->function << 32) | op);
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

/* What free() releases somebody has put there before, if it releases anything: free(NULL) does
 * nothing. Nor does a map's erase() where there is no such element, nor what makes more room. */
static bool may_do_nothing(const struct engine *engine, context_id context, ir_id op)
{
    const struct program_function *caller = context_function(engine, context);
    const struct ir_call *call = caller->ir->ops.data[op].call;
    if (!call || call->function == IR_NONE)
        return false;
    const struct model_function *called = callee_model(engine->models, caller->in, call);
    uint32_t number = program_number(&engine->program, caller->unit, call->function);
    const struct program_function *callee = &engine->program.functions.data[number];
    const struct model_container *container = callee_container(engine->models, callee);
    const struct model_method *method =
        container ? models_method(container, callee->ir->name) : NULL;
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
        assume(engine, state, compare(engine, IR_GE, filled, (value_id)content), true);
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
    if (!life->lived ||
        (destructor != IR_NONE && (effects_in(program, life->unit, destructor) & FLOW_UNREGISTERS)))
        return false;
    for (size_t m = 0; m < life->lived->methods.len; m++) {
        ir_id id = life->lived->methods.data[m];
        const struct ir_function *method = &life->in->functions.data[id];
        if (method->kind == IR_FUNCTION_METHOD && !method->is_hidden &&
            (effects_in(program, life->unit, id) & FLOW_UNREGISTERS))
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
    if (!rule->hears_stories || story->end == IR_NONE || (is_left && story->is_never_undone))
        return false;
    const struct site *site = site_at(engine, id);
    ir_value call = own_call(engine, site);
    if (call == story->end)
        return !story->is_again && !story->is_undone_before && !(is_left && story->is_undone);
    return call == story->last && !story->is_undone_before &&
           (story->is_first || map_get_u64(&engine->reached_first,
                                           key_of(engine, site->context, site->op)) == MAP_NONE);
}
