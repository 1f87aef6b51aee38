#include "engine/flow.h"

#include "engine/callee.h"

#include <string.h>

/* ---- where things stand ---- */

static void index_ops(struct arena *arena, const struct ir_function *function, struct flow *flow)
{
    flow->block_of = arena_new_array(arena, function->ops.len, ir_id);
    flow->index_of = arena_new_array(arena, function->ops.len, uint32_t);
    for (size_t i = 0; i < function->ops.len; i++)
        flow->block_of[i] = IR_NONE;
    for (ir_id b = 0; b < function->blocks.len; b++)
        for (uint32_t i = 0; i < function->blocks.data[b].ops.len; i++) {
            flow->block_of[function->blocks.data[b].ops.data[i]] = b;
            flow->index_of[function->blocks.data[b].ops.data[i]] = i;
        }
}

/* ---- which values must survive their block, or a call ---- */

struct uses {
    const struct ir_function *function;
    struct flow *flow;
    const uint32_t *calls_before; /* [op]: calls in its block before it */
};

static void note_use(const struct uses *uses, ir_value value, ir_id block, uint32_t calls_before)
{
    if (value == IR_NONE)
        return;
    if (uses->flow->block_of[value] != block)
        uses->flow->leaves_block[value] = true;
    if (uses->flow->block_of[value] != block || uses->calls_before[value] != calls_before ||
        uses->function->ops.data[value].code == IR_CALL)
        uses->flow->outlives[value] = true;
}

static void note_uses_of_op(const struct uses *uses, const struct ir_op *op, ir_id block,
                            uint32_t calls)
{
    note_use(uses, op->a, block, calls);
    note_use(uses, op->b, block, calls);
    if (!op->call)
        return;
    note_use(uses, op->call->callee, block, calls);
    note_use(uses, op->call->into, block, calls);
    for (size_t i = 0; i < op->call->args.len; i++)
        note_use(uses, op->call->args.data[i], block, calls);
    if (op->call->into != IR_NONE) /* read again when the callee returns */
        uses->flow->outlives[op->call->into] = true;
}

static void find_outliving(struct arena *arena, const struct ir_function *function,
                           struct flow *flow)
{
    uint32_t *calls_before = arena_new_array(arena, function->ops.len, uint32_t);
    flow->outlives = arena_new_array(arena, function->ops.len, bool);
    flow->leaves_block = arena_new_array(arena, function->ops.len, bool);
    for (size_t b = 0; b < function->blocks.len; b++) {
        uint32_t calls = 0;
        for (size_t i = 0; i < function->blocks.data[b].ops.len; i++) {
            ir_id id = function->blocks.data[b].ops.data[i];
            calls_before[id] = calls;
            calls += function->ops.data[id].code == IR_CALL;
        }
    }
    const struct uses uses = {function, flow, calls_before};
    for (ir_id b = 0; b < function->blocks.len; b++) {
        const struct ir_block *block = &function->blocks.data[b];
        uint32_t calls = 0;
        for (size_t i = 0; i < block->ops.len; i++) {
            const struct ir_op *op = &function->ops.data[block->ops.data[i]];
            note_uses_of_op(&uses, op, b, calls);
            calls += op->code == IR_CALL;
        }
        note_use(&uses, block->value, b, calls);
    }
}

/* ---- post-dominators (Cooper, Harvey, Kennedy, "A Simple, Fast Dominance Algorithm") ---- */

struct order {
    ir_id *blocks;    /* post-order of the reversed graph, the virtual exit left out */
    uint32_t *number; /* [block]: position + 1 in it; 0: cannot reach the exit */
    uint32_t count;
};

static void predecessors(struct arena *arena, const struct ir_function *function, uint32_t **starts,
                         ir_id **list)
{
    size_t count = function->blocks.len;
    *starts = arena_new_array(arena, count + 2, uint32_t);
    for (size_t b = 0; b < count; b++)
        for (size_t t = 0; t < function->blocks.data[b].targets.len; t++)
            (*starts)[function->blocks.data[b].targets.data[t] + 2]++;
    for (size_t b = 0; b < count; b++)
        (*starts)[b + 2] += (*starts)[b + 1];
    *list = arena_new_array(arena, (*starts)[count + 1] + 1, ir_id);
    for (ir_id b = 0; b < count; b++)
        for (size_t t = 0; t < function->blocks.data[b].targets.len; t++)
            (*list)[(*starts)[function->blocks.data[b].targets.data[t] + 1]++] = b;
}

static void number_backwards(struct arena *arena, const struct ir_function *function,
                             const uint32_t *starts, const ir_id *list, struct order *order)
{
    size_t count = function->blocks.len;
    struct frame {
        ir_id block;
        uint32_t next;
    } *stack = arena_array(arena, count + 1, sizeof *stack);
    bool *seen = arena_new_array(arena, count, bool);
    order->blocks = arena_new_array(arena, count, ir_id);
    order->number = arena_new_array(arena, count, uint32_t);
    for (ir_id exit = 0; exit < count; exit++) {
        if (function->blocks.data[exit].targets.len || seen[exit])
            continue;
        size_t depth = 0;
        stack[depth++] = (struct frame){exit, starts[exit]};
        seen[exit] = true;
        while (depth) {
            struct frame *top = &stack[depth - 1];
            if (top->next < starts[top->block + 1]) {
                ir_id before = list[top->next++];
                if (!seen[before]) {
                    seen[before] = true;
                    stack[depth++] = (struct frame){before, starts[before]};
                }
            } else {
                order->blocks[order->count++] = top->block;
                order->number[top->block] = order->count;
                depth--;
            }
        }
    }
}

static ir_id meet(const struct flow *flow, const struct order *order, ir_id a, ir_id b)
{
    while (a != b) {
        if (a == IR_NONE || b == IR_NONE)
            return IR_NONE;
        if (order->number[a] < order->number[b])
            a = flow->post_dominator[a];
        else
            b = flow->post_dominator[b];
    }
    return a;
}

static void find_post_dominators(struct arena *arena, const struct ir_function *function,
                                 struct flow *flow)
{
    size_t count = function->blocks.len;
    uint32_t *starts;
    ir_id *list;
    struct order order = {0};
    predecessors(arena, function, &starts, &list);
    number_backwards(arena, function, starts, list, &order);
    flow->post_dominator = arena_new_array(arena, count, ir_id);
    bool *known = arena_new_array(arena, count, bool);
    for (size_t b = 0; b < count; b++)
        flow->post_dominator[b] = IR_NONE;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = order.count; i-- > 0;) {
            ir_id b = order.blocks[i];
            const struct ir_block *block = &function->blocks.data[b];
            ir_id result = IR_NONE;
            bool first = true;
            for (size_t t = 0; t < block->targets.len; t++) {
                ir_id target = block->targets.data[t];
                if (!order.number[target] || !known[target])
                    continue;
                result = first ? target : meet(flow, &order, result, target);
                first = false;
            }
            if (!known[b] || flow->post_dominator[b] != result) {
                flow->post_dominator[b] = result;
                known[b] = true;
                changed = true;
            }
        }
    }
}

/* ---- loops ---- */

/* Adds the blocks that reach `latch` without passing `head`. */
static void grow_loop(struct arena *arena, const struct ir_function *function, struct flow *flow,
                      ir_id head, ir_id latch)
{
    size_t count = function->blocks.len;
    uint32_t *starts;
    ir_id *list;
    if (!flow->loops[head])
        flow->loops[head] = arena_new_array(arena, count, bool);
    bool *body = flow->loops[head];
    body[head] = true;
    if (body[latch])
        return;
    predecessors(arena, function, &starts, &list);
    ir_id *stack = arena_new_array(arena, count, ir_id);
    size_t depth = 0;
    body[latch] = true;
    stack[depth++] = latch;
    while (depth) {
        ir_id block = stack[--depth];
        for (uint32_t i = starts[block]; i < starts[block + 1]; i++)
            if (!body[list[i]]) {
                body[list[i]] = true;
                stack[depth++] = list[i];
            }
    }
}

bool flow_in_loop(const struct flow *flow, ir_id head, ir_id block)
{
    return flow->loops[head] && flow->loops[head][block];
}

uint32_t flow_loop_effects(const struct flow *flow, ir_id head)
{
    uint32_t effects = 0;
    for (ir_id b = 0; b < flow->block_count; b++)
        if (flow_in_loop(flow, head, b))
            effects |= flow->effects[b];
    return effects;
}

static void find_loop_heads(struct arena *arena, const struct ir_function *function,
                            struct flow *flow)
{
    size_t count = function->blocks.len;
    enum { NEW, OPEN, DONE };
    unsigned char *color = arena_alloc(arena, count + 1);
    struct frame {
        ir_id block;
        uint32_t next;
    } *stack = arena_array(arena, count + 1, sizeof *stack);
    size_t depth = 0;
    flow->is_loop_head = arena_new_array(arena, count, bool);
    flow->loops = arena_new_array(arena, count, bool *);
    stack[depth++] = (struct frame){0, 0};
    color[0] = OPEN;
    while (depth) {
        struct frame *top = &stack[depth - 1];
        const struct ir_block *block = &function->blocks.data[top->block];
        if (top->next == block->targets.len) {
            color[top->block] = DONE;
            depth--;
            continue;
        }
        ir_id target = block->targets.data[top->next++];
        if (color[target] == OPEN) {
            flow->is_loop_head[target] = true;
            grow_loop(arena, function, flow, target, top->block);
        }
        if (color[target] == NEW) {
            color[target] = OPEN;
            stack[depth++] = (struct frame){target, 0};
        }
    }
}

/* ---- effects ---- */

static uint32_t model_effects(const struct model_function *model)
{
    static const uint32_t of_kind[] = {[MODEL_ALLOCATES] = FLOW_ALLOCATES,
                                       [MODEL_RELEASES] = FLOW_RELEASES,
                                       [MODEL_REALLOCATES] = FLOW_RELEASES | FLOW_ALLOCATES,
                                       [MODEL_REGISTERS] = FLOW_REGISTERS,
                                       [MODEL_UNREGISTERS] = FLOW_UNREGISTERS,
                                       [MODEL_QUERIES] = FLOW_WRITES,
                                       [MODEL_DEVICE_POINTER] = FLOW_WRITES,
                                       [MODEL_RESETS_DEVICE] = FLOW_OTHER,
                                       [MODEL_BEGINS_CAPTURE] = FLOW_OTHER,
                                       [MODEL_ENDS_CAPTURE] = FLOW_OTHER,
                                       [MODEL_SWAPS_CAPTURE_MODE] = FLOW_OTHER,
                                       [MODEL_PROTECTS] = FLOW_WRITES,
                                       [MODEL_LAUNCHES] = FLOW_WRITES,
                                       [MODEL_EXCHANGES] = FLOW_WRITES,
                                       [MODEL_SWAPS] = FLOW_WRITES,
                                       [MODEL_ASSERTS] = FLOW_LEAVES,
                                       [MODEL_FILLS] = FLOW_WRITES,
                                       [MODEL_CALLS_METHOD] = FLOW_WRITES};
    uint32_t effects = 0;
    for (size_t i = 0; i < model->effects.len; i++) {
        const struct model_effect *effect = &model->effects.data[i];
        if (effect->kind < sizeof of_kind / sizeof *of_kind)
            effects |= of_kind[effect->kind];
        if (effect->kind == MODEL_ALLOCATES && effect->memory == MODEL_MEMORY_PINNED)
            effects |= FLOW_STATUS;
        if (effect->kind == MODEL_RELEASES && effect->memory == MODEL_MEMORY_PINNED)
            effects |= FLOW_STATUS;
    }
    if (model->status_matters || model->status_advised)
        effects |= FLOW_STATUS;
    if (model->is_noreturn)
        effects |= FLOW_LEAVES;
    return effects;
}

/* Can the callee do something to what the arguments point to? A pointer to constant data that only
 * a reporting function takes (a message, a name) is harmless. */
static bool hands_pointers(const struct ir_unit *unit, const struct ir_function *function,
                           const struct ir_call *call)
{
    for (size_t i = 0; i < call->args.len; i++) {
        ir_id type = function->ops.data[call->args.data[i]].type;
        if (type == IR_NONE)
            continue;
        const struct ir_type *t = &unit->types.data[type];
        if (t->kind != IR_TYPE_POINTER && t->kind != IR_TYPE_REFERENCE)
            continue;
        if (t->element == IR_NONE)
            return true;
        const struct ir_type *target = &unit->types.data[t->element];
        if (!target->is_const && target->kind != IR_TYPE_FUNCTION)
            return true;
    }
    return false;
}

struct effects_pass {
    struct arena *arena;
    struct program *program;
    const struct model_set *models;
};

static uint32_t container_effects(const struct model_container *container,
                                  const struct ir_function *callee)
{
    const struct model_method *method = models_method(container, callee->name);
    if (callee->kind == IR_FUNCTION_DESTRUCTOR)
        return FLOW_RELEASES;
    if (callee->kind == IR_FUNCTION_CONSTRUCTOR)
        return FLOW_ALLOCATES;
    if (!method)
        return FLOW_WRITES;
    switch (method->kind) {
    case MODEL_METHOD_NONE:
    case MODEL_METHOD_BUFFER:
    case MODEL_METHOD_ELEMENT:
    case MODEL_METHOD_COUNT:
    case MODEL_METHOD_BYTES:
    case MODEL_METHOD_EMPTY:
    case MODEL_METHOD_CAPACITY:
    case MODEL_METHOD_BOOL:
        return 0;
    default:
        return FLOW_RELEASES | FLOW_WRITES;
    }
}

/* errorQuda(...), die(...), FATAL(...): project macros and functions that are out of sight, and by
 * their name likely the end of the path. Those that take the status of a call check it and come
 * back. */
bool flow_may_exit(const struct model_set *models, const struct ir_unit *unit,
                   const struct ir_function *function, const struct ir_call *call,
                   const struct ir_function *callee)
{
    static const char *const words[] = {"error", "fatal", "die",  "abort", "panic", "fail",
                                        "exit",  "quit",  "bail", "crash", "raise", "throw"};
    static const char *const others[] = {"check", "last", "print", "log", "warn", "get", "clear"};
    if (!call->is_discarded)
        return false; /* what it returns is awaited */
    for (size_t i = 0; i < call->args.len; i++) {
        const struct ir_op *op = &function->ops.data[call->args.data[i]];
        while (op->code == IR_CAST)
            op = &function->ops.data[op->a];
        const struct model_function *model =
            op->code == IR_CALL ? callee_model(models, unit, op->call) : NULL;
        if (model && model->status == MODEL_STATUS_ZERO_OK)
            return false;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcasestr(callee->name, others[i]))
            return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasestr(callee->name, words[i]))
            return true;
    return strcasestr(callee->qualified, "assert") != NULL; /* Catch::AssertionHandler */
}

static uint32_t function_effects(const struct effects_pass *pass, uint32_t unit, ir_id function)
{
    uint32_t number = program_number(pass->program, unit, function);
    const struct program_function *callee = &pass->program->functions.data[number];
    const struct model_function *model =
        callee_function_model(pass->models, callee->ir, callee->ir->param_types.len);
    if (model)
        return model_effects(model);
    return callee->flow ? callee->flow->all : 0;
}

/* What the functions do whose addresses the caller holds: named in it, or in tables that it names.
 */
static uint32_t indirect_effects(const struct effects_pass *pass, uint32_t unit,
                                 const struct ir_function *function)
{
    const struct ir_unit *in = pass->program->units[unit];
    uint32_t effects = FLOW_CALLS_UNKNOWN | FLOW_WRITES;
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        if (op->code == IR_ADDR_FUNCTION)
            effects |= function_effects(pass, unit, op->aux);
        if (op->code != IR_ADDR_GLOBAL)
            continue;
        const struct ir_global *global = &in->globals.data[op->aux];
        for (size_t j = 0; j < global->parts.len; j++)
            if (global->parts.data[j].kind == IR_PART_FUNCTION)
                effects |= function_effects(pass, unit, global->parts.data[j].function);
    }
    return effects & ~(uint32_t)(FLOW_LEAVES | FLOW_MAY_EXIT); /* it may be another one */
}

/* What the constructors of a class do that make_unique makes. */
static uint32_t made_effects(const struct effects_pass *pass, uint32_t unit,
                             const struct model_function *model, const struct ir_call *call)
{
    const struct ir_unit *in = pass->program->units[unit];
    bool owns = false;
    for (size_t i = 0; i < model->effects.len; i++)
        owns |= model->effects.data[i].result_owns;
    const struct ir_type *type = owns ? callee_owned_type(in, call) : NULL;
    if (!type || type->kind != IR_TYPE_RECORD || type->record == IR_NONE)
        return 0;
    uint32_t effects = 0;
    const struct ir_record *record = &in->records.data[type->record];
    for (size_t i = 0; i < record->methods.len; i++) {
        if (in->functions.data[record->methods.data[i]].kind != IR_FUNCTION_CONSTRUCTOR)
            continue;
        uint32_t number = program_number(pass->program, unit, record->methods.data[i]);
        const struct flow *flow = pass->program->functions.data[number].flow;
        effects |= flow ? flow->all : 0U;
    }
    return effects;
}

static uint32_t call_effects(const struct effects_pass *pass, uint32_t unit,
                             const struct ir_function *function, const struct ir_call *call)
{
    const struct ir_unit *in = pass->program->units[unit];
    const struct model_function *model = callee_model(pass->models, in, call);
    if (model)
        return model_effects(model) | made_effects(pass, unit, model, call);
    if (call->function == IR_NONE)
        return indirect_effects(pass, unit, function);
    uint32_t number = program_number(pass->program, unit, call->function);
    const struct program_function *callee = &pass->program->functions.data[number];
    const struct model_container *container = callee_container(pass->models, callee);
    if (container)
        return container_effects(container, callee->ir);
    if (callee->ir->has_body)
        return callee->flow ? callee->flow->all : 0;
    uint32_t effects = callee->ir->is_noreturn ? FLOW_LEAVES : 0;
    if (callee->ir->in_system_header && !callee->ir->is_device_only)
        return effects;
    if (hands_pointers(in, function, call))
        effects |= FLOW_CALLS_UNKNOWN | FLOW_WRITES;
    if (flow_may_exit(pass->models, in, function, call, callee->ir))
        effects |= FLOW_MAY_EXIT;
    return effects;
}

static bool is_own_local(const struct ir_function *function, ir_value address)
{
    while (address != IR_NONE) {
        const struct ir_op *op = &function->ops.data[address];
        if (op->code == IR_ADDR_LOCAL)
            return true;
        if (op->code != IR_FIELD && !(op->code == IR_INDEX && op->b == IR_NONE))
            return false;
        address = op->a;
    }
    return false;
}

static uint32_t op_effects(const struct effects_pass *pass, uint32_t unit,
                           const struct ir_function *function, const struct ir_op *op)
{
    switch (op->code) {
    case IR_STORE:
    case IR_COPY:
    case IR_ZERO: /* stores to locals are judged region by region: see region_writes */
        return is_own_local(function, op->a) ? 0 : FLOW_WRITES;
    case IR_LAUNCH:
        return FLOW_OTHER;
    case IR_HAVOC:
        return FLOW_WRITES | FLOW_CALLS_UNKNOWN;
    case IR_CALL:
        return call_effects(pass, unit, function, op->call);
    default:
        return 0;
    }
}

static uint32_t block_effects(const struct effects_pass *pass, uint32_t unit,
                              const struct ir_function *function, const struct ir_block *block)
{
    uint32_t effects = 0;
    for (size_t i = 0; i < block->ops.len; i++)
        effects |= op_effects(pass, unit, function, &function->ops.data[block->ops.data[i]]);
    if (block->terminator == IR_UNREACHABLE || block->terminator == IR_THROW)
        effects |= FLOW_LEAVES;
    return effects;
}

static bool update_effects(const struct effects_pass *pass, struct program_function *entry)
{
    const struct ir_function *function = entry->ir;
    uint32_t all = 0;
    for (size_t b = 0; b < function->blocks.len; b++) {
        entry->flow->effects[b] =
            block_effects(pass, entry->unit, function, &function->blocks.data[b]);
        all |= entry->flow->effects[b];
    }
    bool changed = all != entry->flow->all;
    entry->flow->all = all;
    return changed;
}

static struct flow *flow_of(struct arena *arena, const struct ir_function *function)
{
    struct flow *flow = arena_new_object(arena, struct flow);
    flow->block_count = (uint32_t)function->blocks.len;
    flow->between.arena = arena;
    flow->effects = arena_new_array(arena, function->blocks.len, uint32_t);
    index_ops(arena, function, flow);
    find_outliving(arena, function, flow);
    find_post_dominators(arena, function, flow);
    find_loop_heads(arena, function, flow);
    return flow;
}

void flow_program(struct arena *arena, struct program *program, const struct model_set *models)
{
    const struct effects_pass pass = {arena, program, models};
    for (size_t i = 0; i < program->functions.len; i++) {
        struct program_function *entry = &program->functions.data[i];
        if (entry->ir->has_body && entry->ir->blocks.len)
            entry->flow = flow_of(arena, entry->ir);
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < program->functions.len; i++)
            if (program->functions.data[i].flow)
                changed |= update_effects(&pass, &program->functions.data[i]);
    }
}

/* ---- regions ---- */

bool *flow_region(struct arena *arena, const struct ir_function *function, const struct flow *flow,
                  ir_id from, ir_id until)
{
    bool *inside = arena_new_array(arena, flow->block_count, bool);
    ir_id *stack = arena_new_array(arena, flow->block_count, ir_id);
    size_t depth = 0;
    if (from != until) {
        stack[depth++] = from;
        inside[from] = true;
    }
    while (depth) {
        const struct ir_block *block = &function->blocks.data[stack[--depth]];
        for (size_t t = 0; t < block->targets.len; t++) {
            ir_id target = block->targets.data[t];
            if (target != until && !inside[target]) {
                inside[target] = true;
                stack[depth++] = target;
            }
        }
    }
    return inside;
}

ir_id flow_rejoins(struct arena *arena, const struct ir_function *function, const struct flow *flow,
                   ir_id block, bool *always)
{
    const bool *past = flow_region(arena, function, flow, 0, block);
    *always = true;
    for (ir_id b = 0; b < flow->block_count; b++)
        *always &= !(past[b] && function->blocks.data[b].terminator == IR_RETURN);
    for (ir_id b = flow->post_dominator[block]; b != IR_NONE; b = flow->post_dominator[b])
        if (past[b])
            return b;
    return IR_NONE;
}

static ir_id local_of(const struct ir_function *function, ir_value address)
{
    while (function->ops.data[address].code != IR_ADDR_LOCAL)
        address = function->ops.data[address].a;
    return function->ops.data[address].aux;
}

/* Does the region store to a local that code outside of it mentions? */
static bool region_writes(const struct ir_function *function, const struct flow *flow,
                          const bool *inside)
{
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        bool stores = op->code == IR_STORE || op->code == IR_COPY || op->code == IR_ZERO;
        if (!stores || flow->block_of[i] == IR_NONE || !inside[flow->block_of[i]] ||
            !is_own_local(function, op->a))
            continue;
        ir_id local = local_of(function, op->a);
        for (size_t j = 0; j < function->ops.len; j++) {
            const struct ir_op *other = &function->ops.data[j];
            if (other->code == IR_ADDR_LOCAL && other->aux == local &&
                flow->block_of[j] != IR_NONE && !inside[flow->block_of[j]])
                return true;
        }
    }
    return false;
}

static uint32_t effects_between(struct arena *arena, const struct ir_function *function,
                                const struct flow *flow, ir_id from, ir_id until)
{
    const bool *inside = flow_region(arena, function, flow, from, until);
    uint32_t effects = 0;
    for (size_t b = 0; b < flow->block_count; b++) {
        if (!inside[b])
            continue;
        effects |= flow->effects[b];
        if (function->blocks.data[b].terminator == IR_RETURN)
            effects |= FLOW_LEAVES;
    }
    return effects | (region_writes(function, flow, inside) ? FLOW_WRITES : 0U);
}

uint32_t flow_between(const struct ir_function *function, struct flow *flow, ir_id from,
                      ir_id until)
{
    uint64_t key = ((uint64_t)from << 32) | until;
    uint32_t known = map_get_u64(&flow->between, key);
    if (known != MAP_NONE)
        return known;
    uint32_t effects = effects_between(flow->between.arena, function, flow, from, until);
    map_set_u64(&flow->between, key, effects);
    return effects;
}
