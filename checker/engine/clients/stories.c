#include "engine/clients/stories.h"

#include "engine/clients/handles.h"
#include "engine/clients/life_writer.h"
#include "engine/clients/lifecycles.h"
#include "engine/clients/modules.h"

#include <string.h>

enum { MOST_STORIES = 24 }; /* of a constructor */

enum { UNDOES = FLOW_UNREGISTERS | FLOW_RELEASES, HANDLES = FLOW_REGISTERS | UNDOES };

struct teller {
    struct life *life;
    struct program *program;
    uint32_t unit;
    ir_id constructor;
    uint32_t told;
    uint32_t plain; /* the story in which nothing is called; MAP_NONE: not told */
};

static const struct program_function *function_of(const struct teller *teller, ir_id function)
{
    return &teller->program->functions
                .data[program_number(teller->program, teller->unit, function)];
}

static uint32_t effects_of(const struct teller *teller, ir_id function)
{
    return flow_effects_of(teller->program, teller->unit, function);
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

/* What is done with an object by its address: of a class, or, in C, a function like any other. */
static bool is_member(const struct ir_function *function)
{
    return function->kind == IR_FUNCTION_METHOD || function->kind == IR_FUNCTION_FREE;
}

/* Is it a member function that a client calls for what it does to the object? */
static bool is_step(const struct teller *teller, ir_id id)
{
    const struct ir_unit *unit = teller->life->unit;
    const struct ir_function *method = &unit->functions.data[id];
    return is_member(method) && lifecycles_may_call(method) && !method->is_static_method &&
           !method->is_const_method && !method->is_variadic &&
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
        if (id == but || method->is_hidden || !is_member(method) ||
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
    ir_id before, first, last;
    bool is_probe;
    bool is_late; /* the last call comes after many of the first */
};

static const struct plot nothing = {IR_NONE, IR_NONE, IR_NONE, false, false};

static struct story begin_story(const struct teller *teller, const struct plot *plot)
{
    ir_id holder = plot->first == IR_NONE ? teller->constructor : plot->first;
    struct story story = {.last = IR_NONE, .end = IR_NONE};
    story.is_first = plot->first == IR_NONE;
    story.is_again = plot->first != IR_NONE && plot->first == plot->last;
    story.is_plain = plot->first == IR_NONE && plot->last == IR_NONE;
    story.is_late = plot->is_late;
    story.needs_registered = plot->last != IR_NONE && !plot->is_probe &&
                             (effects_of(teller, holder) & FLOW_REGISTERS) != 0;
    /* where the last one unregisters as well, clients need not do so before */
    story.is_undone_before = plot->last != IR_NONE &&
                             !(effects_of(teller, plot->last) & FLOW_UNREGISTERS) &&
                             is_undone(teller, plot->first, plot->last);
    story.is_never_undone = !is_ever_undone(teller);
    story.is_undone = is_undone(teller, plot->first, IR_NONE);
    story.plain = teller->plain;
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

/* A client goes on where the call succeeded. */
static void call_for_success(struct life *life, ir_id object, ir_id method, uint32_t first)
{
    ir_value call = life_call_on(life, object, method, first);
    life->function->ops.data[call].call->is_discarded = true;
}

/* The number of the story; MAP_NONE: it is one too many. */
static uint32_t tell(struct teller *teller, struct plot plot)
{
    struct life *life = teller->life;
    const struct ir_function *functions = life->unit->functions.data;
    const uint32_t number = (uint32_t)teller->program->functions.len;
    if (teller->told == MOST_STORIES || !life_begin(life, teller->constructor, 1))
        return (uint32_t)MAP_NONE;
    const uint32_t of_before = life->function->param_count;
    ir_id of_last[MAX_LIFE_PARAMETERS];
    if (plot.before != IR_NONE)
        life_take_parameters(life, &functions[plot.before]);
    const uint32_t of_first = life->function->param_count;
    if (plot.first != IR_NONE)
        life_take_parameters(life, &functions[plot.first]);
    if (plot.last != IR_NONE)
        take_parameters(life, &plot, of_first, of_last);
    struct story story = begin_story(teller, &plot);
    ir_id object = life_construct(life, teller->constructor, 0);
    if (plot.before != IR_NONE)
        call_for_success(life, object, plot.before, of_before);
    if (plot.first != IR_NONE)
        call_for_success(life, object, plot.first, of_first);
    if (plot.last != IR_NONE)
        story.last = life_call_with(life, object, plot.last, of_last);
    if (!plot.is_probe)
        story.end = life_end(life, object);
    struct program_function *told = life_finish(life, teller->program, teller->unit);
    told->story = arena_copy(teller->program->arena, &story, sizeof story);
    teller->told++;
    return number;
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
    struct plot plot = nothing;
    plot.first = holder;
    if (holder != IR_NONE)
        tell(teller, plot);
    for (size_t m = 0; m < record->methods.len; m++) {
        plot.last = record->methods.data[m];
        /* called again, it may make room for what comes: evict */
        const bool is_again =
            holder == IR_NONE ? is_done_by_constructor(teller, plot.last) : plot.last == holder;
        uint32_t matters = is_again ? UNDOES : HANDLES;
        if (!is_step(teller, plot.last) || !(effects_of(teller, plot.last) & matters))
            continue;
        tell(teller, plot);
        plot.is_late = plot.last == holder;
        if (plot.is_late)
            tell(teller, plot);
        plot.is_late = false;
    }
}

/* Does the member function register, or pin, on its own? */
static bool is_holder(const struct teller *teller, ir_id method)
{
    return is_step(teller, method) && may_hold(effects_of(teller, method));
}

/* load(), pin(), load(): what is made anew while it is registered. */
static void tell_of_maker(struct teller *teller, ir_id maker)
{
    const struct ir_record *record = teller->life->record;
    struct plot plot = nothing;
    plot.before = maker;
    teller->plain = tell(teller, plot);
    plot.last = maker;
    for (size_t m = 0; m < record->methods.len; m++) {
        plot.first = record->methods.data[m];
        if (is_holder(teller, plot.first))
            tell(teller, plot);
    }
}

static void tell_of_makers(struct teller *teller)
{
    const struct ir_record *record = teller->life->record;
    for (size_t m = 0; m < record->methods.len; m++) {
        ir_id maker = record->methods.data[m];
        if (is_step(teller, maker) && (effects_of(teller, maker) & HANDLES) == FLOW_RELEASES)
            tell_of_maker(teller, maker);
    }
}

static void tell_probes(struct teller *teller)
{
    const struct ir_record *record = teller->life->record;
    for (size_t m = 0; m < record->methods.len; m++) {
        struct plot plot = nothing;
        plot.last = record->methods.data[m];
        plot.is_probe = true;
        if (is_step(teller, plot.last) && (effects_of(teller, plot.last) & HANDLES))
            tell(teller, plot);
    }
}

static void tell_all(struct life *life, struct program *program, uint32_t unit, ir_id constructor)
{
    const struct ir_record *record = life->record;
    struct teller teller = {.life = life,
                            .program = program,
                            .unit = unit,
                            .constructor = constructor,
                            .plain = (uint32_t)MAP_NONE};
    if (!(effects_of(&teller, record->destructor) & UNDOES))
        return;
    if (may_hold(effects_of(&teller, constructor))) {
        tell_of_holder(&teller, IR_NONE);
        return;
    }
    bool has_probes = false;
    for (size_t m = 0; m < record->methods.len; m++) {
        ir_id holder = record->methods.data[m];
        if (!is_holder(&teller, holder))
            continue;
        if (!has_probes) {
            teller.plain = tell(&teller, nothing);
            tell_probes(&teller);
        }
        has_probes = true;
        tell_of_holder(&teller, holder);
    }
    if (has_probes)
        tell_of_makers(&teller);
}

/* Does none of the functions that others may call with its address register or unregister? */
static bool is_whole(const struct life *life, const struct program *program, uint32_t unit)
{
    for (size_t m = 0; m < life->record->methods.len; m++) {
        ir_id id = life->record->methods.data[m];
        if (!life->unit->functions.data[id].has_body ||
            (flow_effects_of(program, unit, id) & (FLOW_REGISTERS | FLOW_UNREGISTERS)))
            return false;
    }
    return true;
}

static void tell_of_handle(struct life *life, struct program *program, uint32_t unit, ir_id maker)
{
    if (is_whole(life, program, unit))
        (void)lifecycles_build_and_end(life, program, unit, maker);
    tell_all(life, program, unit, maker);
}

void stories_add(struct program *program, const struct model_set *models)
{
    const uint32_t first = (uint32_t)program->functions.len;
    lifecycles_visit(program, tell_all);
    handles_visit(program, tell_of_handle);
    modules_add(program);
    if (program->functions.len > first)
        flow_program_more(program->arena, program, models, first);
}
