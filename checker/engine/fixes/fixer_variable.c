/* What a function does with one of its local pointer variables. */
#include "engine/fixes/fixer.h"
#include "engine/state/context.h"

/* What an operation yields, seen from the variable. */
enum origin {
    ORIGIN_OTHER,
    ORIGIN_ADDRESS, /* the variable's address */
    ORIGIN_CONTENT, /* the pointer that it holds */
    ORIGIN_PART     /* made from that pointer */
};

struct tracker {
    struct arena *arena;
    const struct ir_function *function;
    uint8_t *origins; /* [op] */
    struct uses *uses;
};

static enum origin origin_of(const struct tracker *tracker, ir_value value)
{
    return value == IR_NONE ? ORIGIN_OTHER : (enum origin)tracker->origins[value];
}

static void add_use(struct tracker *tracker, enum use_kind kind, ir_id op, int argument,
                    ir_value value)
{
    vec_push(tracker->arena, &tracker->uses->list, (struct use){kind, op, argument, value});
}

static void keep(struct tracker *tracker, ir_id op, ir_value value)
{
    if (origin_of(tracker, value) != ORIGIN_OTHER)
        add_use(tracker, USE_KEPT, op, 0, value);
}

static void track_store(struct tracker *tracker, ir_id id, const struct ir_op *op)
{
    if (origin_of(tracker, op->a) == ORIGIN_ADDRESS)
        add_use(tracker, USE_ASSIGNED, id, 0, op->b);
    keep(tracker, id, op->b);
}

static void track_call(struct tracker *tracker, ir_id id, const struct ir_op *op)
{
    static const enum use_kind kinds[] = {USE_KEPT, USE_ADDRESS_GIVEN, USE_GIVEN, USE_PART_GIVEN};
    for (size_t i = 0; op->call && i < op->call->args.len; i++) {
        ir_value value = op->call->args.data[i];
        enum origin origin = origin_of(tracker, value);
        if (origin == ORIGIN_OTHER)
            continue;
        enum use_kind kind = op->code == IR_HAVOC ? USE_KEPT : kinds[origin];
        add_use(tracker, kind, id, (int)i, value);
    }
}

static enum origin origin_of_op(struct tracker *tracker, ir_id id, const struct ir_op *op)
{
    enum origin a = origin_of(tracker, op->a), b = origin_of(tracker, op->b);
    switch (op->code) {
    case IR_ADDR_LOCAL:
        return op->aux == tracker->uses->local ? ORIGIN_ADDRESS : ORIGIN_OTHER;
    case IR_CAST:
        return op->sub == IR_CAST_VOID ? ORIGIN_OTHER : a;
    case IR_LOAD:
        return a == ORIGIN_ADDRESS ? ORIGIN_CONTENT : ORIGIN_OTHER;
    case IR_FIELD:
    case IR_INDEX:
        if (a == ORIGIN_ADDRESS)
            keep(tracker, id, op->a); /* the pointer's own bytes */
        return a == ORIGIN_OTHER ? ORIGIN_OTHER : ORIGIN_PART;
    case IR_BINARY:
        return a != ORIGIN_OTHER || b != ORIGIN_OTHER ? ORIGIN_PART : ORIGIN_OTHER;
    case IR_STORE:
        track_store(tracker, id, op);
        return ORIGIN_OTHER;
    case IR_COPY:
        keep(tracker, id, op->a == IR_NONE || a != ORIGIN_ADDRESS ? IR_NONE : op->a);
        return ORIGIN_OTHER;
    case IR_CALL:
    case IR_LAUNCH:
    case IR_HAVOC:
        track_call(tracker, id, op);
        return ORIGIN_OTHER;
    default:
        return ORIGIN_OTHER;
    }
}

static void track_results(struct tracker *tracker)
{
    for (size_t i = 0; i < tracker->function->blocks.len; i++) {
        const struct ir_block *block = &tracker->function->blocks.data[i];
        if (block->terminator == IR_RETURN)
            keep(tracker, IR_NONE, block->value);
    }
}

static ir_id variable_of(const struct fixer *fixer, const struct ir_op *op, int index,
                         bool by_address)
{
    if (!op || !op->call || index < 0 || (size_t)index >= op->call->args.len)
        return IR_NONE;
    const struct ir_op *value = ir_behind_casts(fixer->function, op->call->args.data[index]);
    if (!by_address)
        value = value->code == IR_LOAD ? &fixer->function->ops.data[value->a] : NULL;
    return value && value->code == IR_ADDR_LOCAL ? value->aux : IR_NONE;
}

bool fixer_uses(const struct fixer *fixer, const struct ir_op *op, int index, bool by_address,
                struct uses *uses)
{
    const struct ir_function *function = fixer->function;
    *uses = (struct uses){.local = variable_of(fixer, op, index, by_address)};
    if (uses->local == IR_NONE)
        return false;
    const struct ir_local *local = &function->locals.data[uses->local];
    if (local->kind != IR_LOCAL_AUTO || local->type == IR_NONE ||
        fixer->unit->types.data[local->type].kind != IR_TYPE_POINTER)
        return false;
    struct arena *arena = fixer->code->arena;
    struct tracker tracker = {.arena = arena,
                              .function = function,
                              .origins = arena_array(arena, function->ops.len, 1),
                              .uses = uses};
    for (ir_id i = 0; i < function->ops.len; i++)
        tracker.origins[i] = (uint8_t)origin_of_op(&tracker, i, &function->ops.data[i]);
    track_results(&tracker);
    return true;
}

const struct ir_op *fixer_allocation(const struct fixer *fixer, const struct block *block)
{
    const struct event *event = fixer->event;
    if (block->allocated == SITE_NONE)
        return NULL;
    const struct site *there = site_at(event->engine, block->allocated);
    const struct site *here = site_at(event->engine, event->site);
    if (there->context != here->context || there->op == IR_NONE ||
        context_function(event->engine, there->context)->ir != fixer->function)
        return NULL;
    return &fixer->function->ops.data[there->op];
}

static bool is_null(const struct ir_op *op)
{
    return op->code == IR_CONST && op->number == 0;
}

bool fixer_is_set_only(const struct fixer *fixer, const struct uses *uses,
                       const struct ir_op *allocation)
{
    for (size_t i = 0; i < uses->list.len; i++) {
        const struct use *use = &uses->list.data[i];
        if (use->kind == USE_KEPT)
            return false;
        if (use->kind != USE_ASSIGNED)
            continue;
        const struct ir_op *value = ir_behind_casts(fixer->function, use->value);
        if (!is_null(value) && value != allocation)
            return false;
    }
    return true;
}

bool fixer_holds_only(const struct fixer *fixer, const struct uses *uses,
                      const struct ir_op *allocation)
{
    for (size_t i = 0; i < uses->list.len; i++) {
        const struct use *use = &uses->list.data[i];
        if (use->kind == USE_ADDRESS_GIVEN && &fixer->function->ops.data[use->op] != allocation)
            return false;
    }
    return fixer_is_set_only(fixer, uses, allocation);
}

const struct model_function *fixer_model(const struct fixer *fixer, const struct ir_op *op)
{
    return op->code == IR_CALL ? callee_model(fixer->event->engine->models, fixer->unit, op->call)
                               : NULL;
}

const struct model_effect *fixer_effect(const struct fixer *fixer, const struct ir_op *op,
                                        enum model_effect_kind kind)
{
    const struct model_function *model = fixer_model(fixer, op);
    return model ? models_effect(model, kind) : NULL;
}

bool fixer_may_undo(const struct fixer *fixer, const struct ir_op *op)
{
    const struct engine *engine = fixer->event->engine;
    if (op->code == IR_LAUNCH || fixer_model(fixer, op))
        return false;
    if (!op->call || op->call->function == IR_NONE)
        return true;
    for (uint32_t i = 0; i < engine->program.unit_count; i++) {
        if (engine->program.units[i] != fixer->unit)
            continue;
        uint32_t number = program_number(&engine->program, i, op->call->function);
        const struct flow *flow = engine->program.functions.data[number].flow;
        return flow && (flow->all & (FLOW_UNREGISTERS | FLOW_RELEASES));
    }
    return true;
}
