/* The questions of engine/rule.h. */
#include "engine/clients/lifecycles.h"
#include "engine/events/replay.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/state/ranges.h"
#include "engine/state/registrations.h"
#include "engine/state/unpinned.h"
#include "engine/unseen/earlier.h"
#include "engine/unseen/moments.h"
#include "engine/value/pmap.h"

#include <string.h>

bool rule_number(const struct event *event, value_id value, int64_t *number)
{
    if (value_is_int(&event->engine->values, value, number))
        return true;
    struct range range = range_of(event->engine, event->state, value);
    if (value == VALUE_NONE || range.low != range.high)
        return false;
    *number = range.low;
    return true;
}

bool rule_may_be_zero(const struct event *event, value_id value)
{
    if (value == VALUE_NONE)
        return true;
    struct range range = range_of(event->engine, event->state, value);
    return range_contains(&range, 0) && !earlier_was_told(event->engine, event->state, value);
}

/* The function of the program's own that the path begins in: what a made-up client calls. */
static const struct program_function *first_of_path(const struct event *event)
{
    const struct engine *engine = event->engine;
    const struct program_function *root = &engine->program.functions.data[engine->root];
    if (!lifecycles_is(root))
        return root;
    context_id context = site_at(engine, event->site)->context;
    for (context_id parent = context_at(engine, context)->parent;
         parent != CONTEXT_NONE && context_at(engine, parent)->parent != CONTEXT_NONE;
         parent = context_at(engine, context)->parent)
        context = parent;
    return context_function(engine, context);
}

bool rule_has_callers(const struct event *event)
{
    const struct program_function *first = first_of_path(event);
    return (first->ir->is_hidden || first->ir->is_static) && first->is_called &&
           !first->is_address_taken;
}

bool rule_must_be_zero(const struct event *event, value_id value)
{
    int64_t number;
    return rule_number(event, value, &number) && number == 0;
}

bool rule_was_unregistered(const struct event *event, site_id *at)
{
    return unpinned_find(event->engine, &event->block, event->pointer, at);
}

bool rule_may_be_gated(const struct event *event, site_id other)
{
    const struct engine *engine = event->engine;
    const context_id here = site_at(engine, event->site)->context,
                     there = site_at(engine, other)->context;
    return here != there &&
           context_at(engine, here)->function == context_at(engine, there)->function &&
           (event->state->flags & STATE_CHOSE);
}

static ir_id block_in(const struct engine *engine, context_id context, uint32_t op)
{
    return context_function(engine, context)->flow->block_of[op];
}

/* The blocks of the context's function that are reached without running `block`. */
static const bool *reached_without(struct engine *engine, context_id context, ir_id block)
{
    const struct program_function *function = context_function(engine, context);
    return flow_region(function->ir, function->flow, 0, block);
}

static bool returns_without(struct engine *engine, context_id context, ir_id block)
{
    const struct program_function *function = context_function(engine, context);
    const bool *reached = reached_without(engine, context, block);
    for (ir_id b = 0; b < function->flow->block_count; b++)
        if (reached[b] && function->ir->blocks.data[b].terminator == IR_RETURN)
            return true;
    return false;
}

static bool is_within(const struct engine *engine, context_id inner, context_id outer)
{
    while (inner != CONTEXT_NONE && inner != outer)
        inner = context_at(engine, inner)->parent;
    return inner == outer;
}

bool rule_follows_always(const struct event *event, site_id other)
{
    struct engine *engine = event->engine;
    struct site first = *site_at(engine, other), then = *site_at(engine, event->site);
    if (first.op == IR_NONE)
        return false;
    for (; !is_within(engine, then.context, first.context);) {
        const struct context *context = context_at(engine, first.context);
        if (context->parent == CONTEXT_NONE ||
            returns_without(engine, first.context, block_in(engine, first.context, first.op)))
            return false;
        first = (struct site){.context = context->parent, .op = context->call_op};
    }
    ir_id block = then.op == IR_NONE ? then.block : block_in(engine, then.context, then.op);
    for (; then.context != first.context; then.context = context_at(engine, then.context)->parent)
        block = block_in(engine, context_at(engine, then.context)->parent,
                         context_at(engine, then.context)->call_op);
    ir_id before = block_in(engine, first.context, first.op);
    return block == before || !reached_without(engine, first.context, before)[block];
}

static bool is_content(const struct values *values, value_id value)
{
    const struct symbol *symbol = symbol_of(values, value);
    return symbol && symbol->kind == SYMBOL_CONTENT;
}

/* Is the integer made of nothing else than what was found in memory (4 * v->count)? */
static bool is_made_of_contents(const struct values *values, value_id value)
{
    const struct value *v = value_at(values, value);
    if (v->kind == VALUE_SYMBOL)
        return is_content(values, value);
    if (v->kind != VALUE_INT || !v->a)
        return false;
    for (const struct term *term = term_at(values, v->a); term; term = term_at(values, term->next))
        for (const struct monomial *factor = monomial_at(values, term->monomial); factor;
             factor = monomial_at(values, factor->next))
            if (!is_content(values, factor->atom))
                return false;
    return true;
}

bool rule_may_be_registered(const struct event *event)
{
    const struct symbol *symbol = symbol_of(&event->engine->values, event->base);
    return event->state->registrations && symbol && symbol->kind == SYMBOL_CONTENT &&
           !moment_is_first(event->engine, event->base);
}

bool rule_is_found_pair(const struct event *event, value_id pointer, value_id size)
{
    struct block block;
    if (!is_content(&event->engine->values, pointer) || size == VALUE_NONE ||
        !is_made_of_contents(&event->engine->values, size))
        return false;
    return decide(event->engine, event->state, pointer) == TRUTH_TRUE ||
           (block_get(event->engine, event->state, pointer, &block) &&
            (block.flags & BLOCK_UNREGISTERED));
}

static bool holds(const struct event *event, uint32_t op, value_id a, value_id b)
{
    value_id offset_a, offset_b;
    if (a == VALUE_NONE || b == VALUE_NONE)
        return false;
    if (value_common(&event->engine->values, a, b, &offset_a, &offset_b)) {
        a = offset_a;
        b = offset_b;
    }
    return decide(event->engine, event->state, compare(event->engine, op, a, b)) == TRUTH_TRUE;
}

bool rule_at_most(const struct event *event, value_id a, value_id b)
{
    return holds(event, IR_LE, a, b);
}

bool rule_below(const struct event *event, value_id a, value_id b)
{
    return holds(event, IR_LT, a, b);
}

bool rule_below_unless_zero(const struct event *event, value_id a, value_id b)
{
    struct engine *engine = event->engine;
    const value_id more = value_binary(&engine->values, IR_SUB, b, a);
    const struct range range = range_of(engine, event->state, more);
    return range.low > 0 || (range.low == 0 && !value_is_int(&engine->values, more, NULL) &&
                             value_quotient(&engine->values, b, more) != VALUE_NONE);
}

bool rule_differ(const struct event *event, value_id a, value_id b)
{
    return holds(event, IR_NE, a, b);
}

struct pmap_iter rule_registrations(const struct event *event)
{
    return pmap_begin(event->state->registrations);
}

bool rule_next_registration(const struct event *event, struct pmap_iter *iter,
                            struct registration *registration)
{
    uint64_t key, one;
    if (!pmap_next(iter, &key, &one))
        return false;
    *registration = *registration_at(event->engine, key);
    return true;
}

/* Do `size` bytes from `whole`, an object, reach over all of its parts, `part` among them? */
static bool covers_whole(const struct event *event, value_id whole, value_id size, value_id part)
{
    return size != VALUE_NONE && size == event->block.size && whole == event->base &&
           value_is_within(&event->engine->values, part, whole);
}

bool rule_overlap(const struct event *event, value_id a, value_id a_size, value_id b,
                  value_id b_size)
{
    value_id oa, ob;
    struct values *values = &event->engine->values;
    if (a == b)
        return true;
    if (!value_common(values, a, b, &oa, &ob)) /* a part and the whole that has it */
        return covers_whole(event, a, a_size, b) || covers_whole(event, b, b_size, a);
    if (oa == ob)
        return true;
    if (b_size == VALUE_NONE)
        b_size = value_int(values, 1);
    if (a_size == VALUE_NONE)
        a_size = value_int(values, 1);
    bool b_starts_inside = rule_at_most(event, oa, ob) &&
                           rule_below(event, ob, value_binary(values, IR_ADD, oa, a_size));
    bool a_starts_inside = rule_at_most(event, ob, oa) &&
                           rule_below(event, oa, value_binary(values, IR_ADD, ob, b_size));
    return b_starts_inside || a_starts_inside;
}

const char *rule_memory_name(const struct event *event)
{
    switch (event->block.memory) {
    case PROVENANCE_PINNED:
        return "memory that a pinned allocator gave";
    case PROVENANCE_HEAP:
        return "memory from the C heap";
    case PROVENANCE_NEW:
        return "memory from new";
    case PROVENANCE_NEW_ARRAY:
        return "memory from new[]";
    case PROVENANCE_MAPPING:
        return "a memory mapping";
    case PROVENANCE_SHM:
        return "a shared-memory segment";
    case PROVENANCE_NUMA:
        return "memory from libnuma";
    case PROVENANCE_DEVICE:
        return "device memory";
    case PROVENANCE_MANAGED:
        return "managed memory";
    case PROVENANCE_CONTAINER:
        return "a container's buffer";
    case PROVENANCE_ALLOCA:
    case PROVENANCE_STACK:
        return "a local object";
    case PROVENANCE_STATIC:
        return "a static object";
    case PROVENANCE_CONSTANT:
        return "constant data";
    default:
        return "memory";
    }
}

const struct ir_op *rule_argument(const struct event *event, size_t index)
{
    if (!event->op || !event->op->call || index >= event->op->call->args.len)
        return NULL;
    return ir_behind_casts(rule_function(event), event->op->call->args.data[index]);
}

const struct model_effect *rule_effect(const struct event *event, enum model_effect_kind kind)
{
    return event->model ? models_effect(event->model, kind) : NULL;
}

const struct model_constant *rule_constant(const struct event *event, const char *name,
                                           size_t length)
{
    return models_constant(event->engine->models,
                           arena_strndup(event->engine->arena, name, length));
}

const char *rule_constant_of(const struct event *event, const char *family, uint64_t value)
{
    const struct model_set *models = event->engine->models;
    const char *name = NULL;
    for (size_t i = 0; event->model && i < models->constants.len; i++) {
        const struct model_constant *constant = &models->constants.data[i];
        if (constant->api == event->model->api && constant->value == value &&
            strcmp(constant->family, family) == 0 && !name)
            name = constant->name;
    }
    return name;
}

/* Was the block unregistered in the turn in which the step registered it? */
static bool was_undone_in_turn(const struct event *event, const struct trail *registered)
{
    const struct site *there = site_at(event->engine, registered->site);
    for (const struct trail *step = event->state->trail; step != registered; step = step->previous)
        if (step->deed.kind == REPLAY_UNREGISTER && step->subject == registered->subject &&
            site_at(event->engine, step->site)->instance == there->instance)
            return true;
    return false;
}

bool rule_was_here_before(const struct event *event)
{
    const struct site *here = site_at(event->engine, event->site);
    for (const struct trail *step = event->state->trail; step; step = step->previous) {
        const struct site *there = site_at(event->engine, step->site);
        if (there->context == here->context && there->op == here->op &&
            step->site != event->site) /* the turn before this one */
            return step->subject == event->base && was_undone_in_turn(event, step);
    }
    return false;
}

value_id rule_product(const struct event *event, value_id a, int64_t factor)
{
    if (a == VALUE_NONE)
        return VALUE_NONE;
    return value_binary(&event->engine->values, IR_MUL, a,
                        value_int(&event->engine->values, factor));
}

value_id rule_sum(const struct event *event, value_id a, value_id b)
{
    if (a == VALUE_NONE || b == VALUE_NONE)
        return VALUE_NONE;
    return value_binary(&event->engine->values, IR_ADD, a, b);
}

const struct ir_type *rule_variable_type(const struct event *event)
{
    struct engine *engine = event->engine;
    if (event->base != event->pointer || event->base == VALUE_NONE)
        return NULL;
    const struct value *value = value_at(&engine->values, event->base);
    if (value->kind != VALUE_ADDRESS)
        return NULL;
    const struct region *region = region_at(&engine->values, value->a);
    const struct ir_unit *unit = NULL;
    ir_id type = IR_NONE;
    if (region->kind == REGION_LOCAL) {
        const struct program_function *function = context_function(engine, region->a);
        unit = function->in;
        type = function->ir->locals.data[region->b].type;
    } else if (region->kind == REGION_GLOBAL) {
        const struct program_global *global =
            program_global(&engine->program, name_text(&engine->values, region->a));
        if (!global)
            return NULL;
        unit = engine->program.units[global->unit];
        type = global->ir->type;
    }
    return unit && type != IR_NONE ? &unit->types.data[type] : NULL;
}

/* The base of the block that the event's pointer variable points to, or VALUE_NONE. */
static value_id pointee_of(const struct event *event)
{
    value_id content, offset;
    if (!memory_peek(event->state, event->pointer, &content))
        return VALUE_NONE;
    return value_base(&event->engine->values, content, &offset);
}

bool rule_pointee(const struct event *event, struct block *block)
{
    return block_describe(event->engine, event->state, pointee_of(event), block);
}

void rule_settle_variable(const struct event *event)
{
    struct engine *engine = event->engine;
    block_add_flags(engine, event->state, event->base, BLOCK_REPORTED);
    value_id buffer = pointee_of(event);
    if (buffer != VALUE_NONE)
        block_add_flags(engine, event->state, buffer, BLOCK_REPORTED);
}

const char *rule_place(const struct event *event, site_id site)
{
    return arena_printf(event->engine->arena, "line %u", site_loc(event->engine, site).line);
}

bool rule_holds_elements(const struct event *event, const struct ir_unit *unit, ir_id type)
{
    const struct model_container *container =
        callee_container_of_type(event->engine->models, unit, type);
    return container && container->storage == MODEL_STORAGE_INLINE;
}

const struct ir_unit *rule_unit(const struct event *event)
{
    return context_function(event->engine, site_at(event->engine, event->site)->context)->in;
}

const struct ir_function *rule_function(const struct event *event)
{
    return context_function(event->engine, site_at(event->engine, event->site)->context)->ir;
}
