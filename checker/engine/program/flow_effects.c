/* What the blocks of a function may do, and the function as a whole with all that it calls. */
#include "engine/program/flow_effects.h"

#include "engine/program/ahead.h"
#include "engine/program/callee.h"
#include "engine/program/flow.h"

#include <string.h>

uint32_t flow_of_model(const struct model_function *model)
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
                                       [MODEL_STORES] = FLOW_WRITES,
                                       [MODEL_COMPARE_EXCHANGES] = FLOW_WRITES,
                                       [MODEL_EXCHANGES] = FLOW_WRITES,
                                       [MODEL_FETCHES] = FLOW_WRITES,
                                       [MODEL_UPDATES] = FLOW_WRITES,
                                       [MODEL_SWAPS] = FLOW_WRITES,
                                       [MODEL_ASSERTS] = FLOW_LEAVES,
                                       [MODEL_EXPECTS] = FLOW_WRITES,
                                       [MODEL_FILLS] = FLOW_WRITES,
                                       [MODEL_COPIES] = FLOW_WRITES,
                                       [MODEL_REWRITES] = FLOW_WRITES,
                                       [MODEL_MAKES] = FLOW_WRITES,
                                       [MODEL_CALLS] = FLOW_ANYTHING,
                                       [MODEL_UNPACKS] = FLOW_ANYTHING,
                                       [MODEL_STARTS] = FLOW_ANYTHING};
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
    if (models_effect(model, MODEL_READS_LAST_ERROR))
        effects |= FLOW_ASKS;
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

/* What the function does, as far as that is known yet. */
static uint32_t known_effects(const struct effects_pass *pass, uint32_t number)
{
    const struct flow *flow = pass->program->functions.data[number].flow;
    number_list *readers = &pass->readers[number];
    bool is_known = readers->len && readers->data[readers->len - 1] == pass->current;
    if (!flow)
        return 0;
    if (pass->is_first && !is_known)
        vec_push(pass->arena, readers, pass->current);
    name_set_unite(pass->names, &flow->all_names);
    return flow->all;
}

static bool contains_any(const char *name, const char *const *words)
{
    for (; *words; words++)
        if (strcasestr(name, *words))
            return true;
    return false;
}

/* errorQuda(...), die(...), FATAL(...): project macros and functions that are out of sight, and by
 * their name likely the end of the path. Those that take the status of a call check it and come
 * back. */
bool flow_may_exit(const struct model_set *models, const struct ir_unit *unit,
                   const struct ir_function *function, const struct ir_call *call,
                   const struct ir_function *callee)
{
    static const char *const words[] = {"error", "fatal", "die",   "abort", "panic", "fail", "exit",
                                        "quit",  "bail",  "crash", "raise", "throw", NULL};
    static const char *const others[] = {"check", "last", "print", "log",
                                         "warn",  "get",  "clear", NULL};
    if (!call->is_discarded)
        return false; /* what it returns is awaited */
    for (size_t i = 0; i < call->args.len; i++) {
        const struct ir_op *op = ir_behind_casts(function, call->args.data[i]);
        const struct model_function *model =
            op->code == IR_CALL ? callee_model(models, unit, op->call) : NULL;
        if (model && model->status == MODEL_STATUS_ZERO_OK)
            return false;
    }
    if (contains_any(callee->name, others))
        return false;
    return contains_any(callee->name, words) ||
           strcasestr(callee->qualified, "assert") != NULL; /* Catch::AssertionHandler */
}

/* What says where the call stands, or on which stream: a constant, a text, a handle. Anything else,
 * an object among them, may be the status that is checked in place of the last error. */
static bool is_no_status(const struct ir_unit *unit, const struct ir_function *function,
                         ir_value argument)
{
    const struct ir_op *op = ir_behind_casts(function, argument);
    return op->code == IR_CONST || (op->code != IR_ADDR_LOCAL && op->type != IR_NONE &&
                                    unit->types.data[op->type].kind == IR_TYPE_POINTER);
}

/* cudaCheckError(), checkLastError("...", __LINE__), CUDA_CHECK_LAST: project macros and functions
 * that are out of sight, and by their name ask cudaGetLastError. */
bool flow_may_check(const struct ir_unit *unit, const struct ir_function *function,
                    const struct ir_call *call)
{
    static const char *const checks[] = {"check", NULL};
    static const char *const asks[] = {"check", "last", NULL};
    static const char *const errors[] = {"error", "_err", "lasterr", "checkerr", "errcheck", NULL};
    static const char *const subjects[] = {"cuda", "gpu", "hip_", "hipcheck", "checkhip", NULL};
    const char *name = callee_name(unit, function, call);
    if (!name || !((contains_any(name, asks) && contains_any(name, errors)) ||
                   (contains_any(name, checks) && contains_any(name, subjects))))
        return false;
    for (size_t i = 0; i < call->args.len; i++)
        if (!is_no_status(unit, function, call->args.data[i]))
            return false;
    return true;
}

uint32_t effects_of_number(const struct effects_pass *pass, uint32_t number)
{
    const struct program_function *callee = &pass->program->functions.data[number];
    const struct model_function *model =
        callee_function_model(pass->models, callee->ir, callee->ir->param_types.len);
    if (model)
        return flow_of_model(model);
    return known_effects(pass, number);
}

uint32_t effects_of_function(const struct effects_pass *pass, uint32_t unit, ir_id function)
{
    return effects_of_number(pass, program_number(pass->program, unit, function));
}

/* What a thread does, beside who starts it. */
static uint32_t started_effects(const struct effects_pass *pass, uint32_t unit,
                                const struct ir_function *function, const struct ir_call *call)
{
    const struct ir_unit *in = pass->program->units[unit];
    uint32_t effects = 0;
    bool is_known = false;
    for (size_t i = 0; i < call->args.len && !is_known; i++) {
        const struct ir_op *op = ir_behind_casts(function, call->args.data[i]);
        ir_id class = op->type == IR_NONE ? IR_NONE : callee_pointed_class(in, op->type);
        is_known =
            op->code == IR_ADDR_FUNCTION || (class != IR_NONE && in->records.data[class].is_lambda);
        if (op->code == IR_ADDR_FUNCTION)
            effects = effects_of_function(pass, unit, op->aux);
        else if (is_known)
            effects = effects_of_call_operator(pass, unit, &in->records.data[class]);
    }
    return is_known ? FLOW_CALLS_UNKNOWN | FLOW_WRITES | FLOW_OTHER |
                          (effects & ~(uint32_t)(FLOW_LEAVES | FLOW_MAY_EXIT))
                    : FLOW_ANYTHING;
}

static uint32_t named_effects(const struct effects_pass *pass, uint32_t unit,
                              const struct ir_function *function, const struct ir_call *call)
{
    const struct ir_unit *in = pass->program->units[unit];
    const struct model_function *model = callee_model(pass->models, in, call);
    if (model && models_effect(model, MODEL_STARTS))
        return started_effects(pass, unit, function, call);
    if (model)
        return flow_of_model(model) | effects_of_lives(pass, unit, function, call, model);
    if (call->function == IR_NONE) {
        name_set_add_all(pass->names);
        return pass->indirect | effects_of_stored(pass, function, call);
    }
    uint32_t number = program_number(pass->program, unit, call->function);
    const struct program_function *callee = &pass->program->functions.data[number];
    const struct model_container *container = callee_container(pass->models, callee);
    if (container) {
        if (container->storage == MODEL_STORAGE_KEYED) /* m[k] and m.at(k) name it by the way */
            name_set_add(pass->names, name_of_text("second"));
        return effects_of_container(pass, unit, function, call, container);
    }
    if (callee->ir->has_body) {
        uint32_t all = known_effects(pass, number);
        if (!(all & FLOW_CALLS_UNKNOWN))
            return all;
        name_set_unite(pass->names, &pass->indirect_names); /* a function, handed on */
        return all | pass->indirect;
    }
    uint32_t effects = callee->ir->is_noreturn ? FLOW_LEAVES : 0;
    if (callee->ir->in_system_header && !callee->ir->is_device_only)
        return effects;
    if (hands_pointers(in, function, call))
        effects |= FLOW_CALLS_UNKNOWN | FLOW_WRITES;
    if (flow_may_exit(pass->models, in, function, call, callee->ir))
        effects |= FLOW_MAY_EXIT;
    if (flow_may_check(in, function, call))
        effects |= FLOW_ASKS;
    return effects;
}

static uint32_t call_effects(const struct effects_pass *pass, uint32_t unit,
                             const struct ir_function *function, const struct ir_call *call)
{
    uint32_t effects = named_effects(pass, unit, function, call);
    if (!call->is_virtual || call->function == IR_NONE)
        return effects;
    uint32_t others = effects_of_virtual(pass, unit, call->function);
    return effects | (others & ~(uint32_t)(FLOW_LEAVES | FLOW_MAY_EXIT)); /* it may be another */
}

/* Where the operation itself stores, an object that a call returns among that; IR_NONE: nowhere. */
static ir_value stored_at(const struct ir_op *op)
{
    switch (op->code) {
    case IR_STORE:
    case IR_COPY:
    case IR_ZERO:
        return op->a;
    case IR_CALL:
        return op->call->into;
    default:
        return IR_NONE;
    }
}

static uint32_t op_effects(const struct effects_pass *pass, uint32_t unit,
                           const struct ir_function *function, const struct ir_op *op)
{
    const ir_value place = stored_at(op);
    /* stores to locals are judged region by region: see region_writes */
    const bool is_local = ir_local_behind(function, place) != IR_NONE;
    const uint32_t stores = place == IR_NONE || is_local ? 0 : FLOW_WRITES;
    switch (op->code) {
    case IR_LAUNCH:
        return FLOW_OTHER;
    case IR_HAVOC:
        return FLOW_WRITES | FLOW_CALLS_UNKNOWN;
    case IR_CALL:
        return stores | call_effects(pass, unit, function, op->call);
    default:
        return stores;
    }
}

/* Its names go to pass->names. */
static uint32_t block_effects(const struct effects_pass *pass, uint32_t unit,
                              const struct ir_function *function, const struct ir_block *block)
{
    uint32_t effects = 0;
    for (size_t i = 0; i < block->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[block->ops.data[i]];
        uint32_t of_op = op_effects(pass, unit, function, op);
        name_set_add(pass->names, name_of_op(pass->program->units[unit], op));
        if ((of_op & FLOW_ANYTHING) == FLOW_ANYTHING)
            name_set_add_all(pass->names); /* it calls what it is given */
        effects |= of_op;
    }
    if (block->terminator == IR_UNREACHABLE || block->terminator == IR_THROW)
        effects |= FLOW_LEAVES;
    return effects;
}

static bool update_effects(struct effects_pass *pass, struct program_function *entry)
{
    const struct ir_function *function = entry->ir;
    uint32_t all = 0;
    bool grew = false;
    pass->names = &pass->indirect_names;
    pass->indirect_names = (struct name_set){0};
    pass->indirect = effects_of_held(pass, entry->unit, function);
    for (size_t b = 0; b < function->blocks.len; b++) {
        pass->names = &entry->flow->names[b];
        entry->flow->effects[b] =
            block_effects(pass, entry->unit, function, &function->blocks.data[b]);
        all |= entry->flow->effects[b];
        grew |= name_set_unite(&entry->flow->all_names, pass->names);
    }
    bool changed = grew || all != entry->flow->all;
    entry->flow->all = all;
    return changed;
}

/* Looks at a function; who asks for its effects comes again where they have grown. */
static void look_at(struct effects_pass *pass, uint32_t number)
{
    pass->current = number;
    if (!update_effects(pass, &pass->program->functions.data[number]))
        return;
    for (size_t i = 0; i < pass->readers[number].len; i++) {
        uint32_t reader = pass->readers[number].data[i];
        if (pass->is_queued[reader])
            continue;
        pass->is_queued[reader] = true;
        vec_push(pass->arena, &pass->queue, reader);
    }
}

static void find_effects(struct effects_pass *pass, uint32_t first)
{
    const struct program *program = pass->program;
    pass->is_first = true;
    for (uint32_t i = first; i < program->functions.len; i++)
        if (program->functions.data[i].flow)
            look_at(pass, i);
    pass->is_first = false;
    for (size_t i = 0; i < pass->queue.len; i++) {
        pass->is_queued[pass->queue.data[i]] = false;
        look_at(pass, pass->queue.data[i]);
    }
}

void flow_program_more(struct arena *arena, struct program *program, const struct model_set *models,
                       uint32_t first)
{
    for (uint32_t i = first; i < program->functions.len; i++) {
        struct program_function *entry = &program->functions.data[i];
        if (entry->ir->has_body && entry->ir->blocks.len)
            entry->flow = flow_make(arena, entry->ir);
    }
    struct arena *scratch = arena_new();
    struct effects_pass pass = {
        .arena = scratch,
        .program = program,
        .models = models,
        .readers = arena_new_array(scratch, program->functions.len, number_list),
        .is_queued = arena_new_array(scratch, program->functions.len, bool),
        .virtuals = {.arena = scratch},
    };
    effects_find_virtuals(&pass);
    effects_find_stored(&pass);
    effects_find_deleters(&pass);
    find_effects(&pass, first);
    arena_free(scratch);
}

uint32_t flow_effects_of(const struct program *program, uint32_t unit, ir_id function)
{
    const struct flow *flow = program->functions.data[program_number(program, unit, function)].flow;
    return flow ? flow->all : 0;
}

void flow_program(struct arena *arena, struct program *program, const struct model_set *models)
{
    flow_program_more(arena, program, models, 0);
}

void flow_program_of_units(struct arena *arena, struct ir_unit *const *units, size_t unit_count,
                           const struct model_set *models, struct program *program)
{
    struct ir_unit **present = arena_new_array(arena, unit_count, struct ir_unit *);
    size_t count = 0;
    for (size_t i = 0; i < unit_count; i++)
        if (units[i])
            present[count++] = units[i];
    program_link(arena, present, count, program);
    flow_program(arena, program, models);
}

/* ---- between two blocks ---- */

/* Does the region store to a local that code outside of it mentions? */
static bool region_writes(const struct ir_function *function, const struct flow *flow,
                          const bool *inside)
{
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        const ir_value place = stored_at(op);
        if (place == IR_NONE || flow->block_of[i] == IR_NONE || !inside[flow->block_of[i]])
            continue;
        const ir_id local = ir_local_behind(function, place);
        if (local == IR_NONE)
            continue;
        for (size_t j = 0; j < function->ops.len; j++) {
            const struct ir_op *other = &function->ops.data[j];
            if (other->code == IR_ADDR_LOCAL && other->aux == local &&
                flow->block_of[j] != IR_NONE && !inside[flow->block_of[j]])
                return true;
        }
    }
    return false;
}

static uint32_t effects_between(const struct ir_function *function, struct flow *flow, ir_id from,
                                ir_id until)
{
    const bool *inside = flow_region(function, flow, from, until);
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
    uint32_t effects = effects_between(function, flow, from, until);
    map_set_u64(&flow->between, key, effects);
    return effects;
}

uint32_t flow_behind(const struct ir_function *function, struct flow *flow, ir_id block)
{
    uint32_t effects = map_get_u64(&flow->behind, block);
    if (effects != MAP_NONE)
        return effects;
    const bool *past = flow_region(function, flow, 0, block);
    effects = 0;
    for (ir_id b = 0; b < flow->block_count; b++)
        if (!past[b])
            effects |= flow->effects[b];
    map_set_u64(&flow->behind, block, effects);
    return effects;
}
