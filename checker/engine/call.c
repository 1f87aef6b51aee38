/* Calls: into bodies in sight, through models, and into the dark. */
#include "engine/internal.h"

#include <string.h>

static const struct ir_op *op_here(const struct engine *engine, const struct state *state,
                                   ir_id op_id)
{
    return &context_function(engine, state->context)->ir->ops.data[op_id];
}

static struct invocation invocation_of(struct engine *engine, struct state *state, ir_id op_id)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_op *op = &here->ir->ops.data[op_id];
    struct invocation invocation = {.op_id = op_id,
                                    .op = op,
                                    .unit = here->in,
                                    .site = site_of_op(engine, state, op_id),
                                    .into = VALUE_NONE,
                                    .is_discarded = op->call->is_discarded};
    if (op->call->into != IR_NONE)
        invocation.into = operand(engine, state, op->call->into);
    for (size_t i = 0; i < op->call->args.len && i < MAX_ARGS; i++) {
        invocation.args[i] = operand(engine, state, op->call->args.data[i]);
        invocation.types[i] = here->ir->ops.data[op->call->args.data[i]].type;
        invocation.count = i + 1;
    }
    return invocation;
}

/* ---- entering and leaving bodies ---- */

static void bind(struct engine *engine, struct state *state, context_id context,
                 const struct program_function *callee, const struct invocation *invocation)
{
    for (ir_id i = 0; i < callee->ir->param_count; i++) {
        ir_id type = callee->ir->locals.data[i].type;
        value_id address = memory_local(engine, context, i);
        state->blocks = pmap_remove(engine->arena, state->blocks, address);
        bool is_record = type != IR_NONE && callee->in->types.data[type].kind == IR_TYPE_RECORD;
        if (i >= invocation->count) {
            memory_havoc(engine, state, address, context);
            continue;
        }
        if (is_record)
            memory_copy(engine, state, address, invocation->args[i], 0);
        else
            state->store = pmap_set(engine->arena, state->store, address, invocation->args[i]);
    }
    if ((callee->flow->all & ~(uint32_t)FLOW_LEAVES) == 0)
        return; /* what follows "..." is only printed */
    for (size_t i = callee->ir->param_count; i < invocation->count; i++)
        escape_reachable(engine, state, invocation->args[i], context);
}

static enum step enter(struct engine *engine, struct state *state,
                       const struct invocation *invocation, uint32_t function)
{
    const struct program_function *callee = &engine->program.functions.data[function];
    context_id context = context_enter(engine, state->context, function, invocation->op_id);
    bind(engine, state, context, callee, invocation);
    state->context = context;
    state->block = 0;
    state->next = 0;
    return STEP_MOVED;
}

/* Local objects that die with the frame and are registered still: parameters passed by value. */
static void release_frame(struct engine *engine, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        value_id block = registration_at(engine, key)->block;
        const struct value *value = value_at(&engine->values, block);
        if (value->kind != VALUE_ADDRESS)
            continue;
        const struct region *region = region_at(&engine->values, value->a);
        if (region->kind == REGION_LOCAL && region->a == state->context)
            release_block(engine, state, site_of_terminator(engine, state), block, RELEASE_SCOPE, 0,
                          NULL, NULL, NULL);
    }
}

static void resume(struct engine *engine, struct state *state, const struct context *left)
{
    state->context = left->parent;
    const struct flow *flow = context_function(engine, left->parent)->flow;
    state->block = flow->block_of[left->call_op];
    state->next = flow->index_of[left->call_op] + 1;
}

static uint64_t record_size(const struct program_function *callee)
{
    uint64_t size = callee->in->types.data[callee->ir->result_type].size;
    return size == IR_SIZE_UNKNOWN ? 0 : size;
}

enum step call_return(struct engine *engine, struct state *state, value_id result)
{
    struct context left = *context_at(engine, state->context);
    const struct program_function *callee = context_function(engine, state->context);
    release_frame(engine, state);
    if (left.parent == CONTEXT_NONE) {
        path_ends(engine, state, result, strcmp(callee->ir->qualified, "main") == 0);
        return STEP_ENDED;
    }
    context_id inner = state->context;
    resume(engine, state, &left);
    const struct ir_op *op = op_here(engine, state, left.call_op);
    bool is_record = callee->ir->result_type != IR_NONE &&
                     callee->in->types.data[callee->ir->result_type].kind == IR_TYPE_RECORD;
    if (is_record && op->call && op->call->into != IR_NONE) {
        value_id into = operand(engine, state, op->call->into);
        if (result != VALUE_NONE)
            memory_copy(engine, state, into, result, record_size(callee));
        result = into;
    }
    memory_leave(engine, state, inner, result);
    if (result == VALUE_NONE)
        result = unknown_result(engine, state, left.call_op);
    if (op->call && op->call->is_discarded)
        status_discard(engine, state, result, site_of_op(engine, state, left.call_op));
    if (op->code == IR_CALL)
        set_result(engine, state, left.call_op, result);
    return STEP_MOVED;
}

/* ---- exceptions ---- */

static bool leads_to_handler(const struct ir_function *function, ir_id block)
{
    for (size_t guard = 0; block != IR_NONE && guard <= function->blocks.len; guard++) {
        const struct ir_block *b = &function->blocks.data[block];
        if (b->is_handler)
            return true;
        if (b->terminator != IR_JUMP)
            return b->terminator == IR_BRANCH || b->terminator == IR_SWITCH;
        block = b->targets.data[0];
    }
    return false;
}

/* Whatever way control takes from the block, it ends in an exception or at a handler. */
static bool leads_out(struct engine *engine, const struct ir_function *function, ir_id from)
{
    size_t count = function->blocks.len, depth = 0;
    bool *seen = arena_new_array(engine->arena, count, bool);
    ir_id *stack = arena_new_array(engine->arena, count, ir_id);
    stack[depth++] = from;
    seen[from] = true;
    while (depth) {
        const struct ir_block *block = &function->blocks.data[stack[--depth]];
        if (block->terminator == IR_RETURN)
            return false;
        for (size_t t = 0; t < block->targets.len; t++) {
            ir_id target = block->targets.data[t];
            if (seen[target] || function->blocks.data[target].is_handler)
                continue;
            seen[target] = true;
            stack[depth++] = target;
        }
    }
    return true;
}

/* Scope ends and destructor calls are what the language does, not what the program wrote. */
static bool is_cleanup(const struct ir_unit *unit, const struct ir_function *function, ir_id block,
                       uint32_t index)
{
    const struct ir_block *b = &function->blocks.data[block];
    if (index >= b->ops.len)
        return true;
    const struct ir_op *op = &function->ops.data[b->ops.data[index]];
    if (op->code == IR_LIFETIME_END)
        return true;
    return op->code == IR_CALL && op->call->function != IR_NONE &&
           unit->functions.data[op->call->function].kind == IR_FUNCTION_DESTRUCTOR;
}

bool is_unwinding(struct engine *engine, const struct state *state)
{
    ir_id block = state->block;
    uint32_t index = state->next ? state->next - 1 : 0;
    for (context_id context = state->context;;) {
        const struct context *here = context_at(engine, context);
        const struct program_function *function = context_function(engine, context);
        if (is_cleanup(function->in, function->ir, block, index) &&
            leads_out(engine, function->ir, block))
            return true;
        if (here->parent == CONTEXT_NONE)
            return false;
        const struct flow *flow = context_function(engine, here->parent)->flow;
        block = flow->block_of[here->call_op];
        index = flow->index_of[here->call_op];
        context = here->parent;
    }
}

/* The exception has left the function: on to the cleanup around the call, frame by frame. */
static bool is_member_of_this(const struct engine *engine, value_id cell)
{
    const struct value *place = value_at(&engine->values, cell);
    if (place->kind != VALUE_ADDRESS)
        return false;
    const struct region *region = region_at(&engine->values, place->a);
    const struct symbol *whole =
        region->kind == REGION_FIELD ? symbol_of(&engine->values, region->a) : NULL;
    return whole && whole->kind == SYMBOL_PARAMETER && whole->origin == 0;
}

/* Is the block kept by a plain member of the object under construction, and by nothing else that
 * lasts or that has a destructor? */
static bool only_this_keeps(struct engine *engine, const struct state *state, value_id block)
{
    bool by_this = false;
    struct pmap_iter cells = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&cells, &cell, &content);) {
        value_id offset;
        if (value_base(&engine->values, (value_id)content, &offset) != block)
            continue;
        const struct value *holder =
            value_at(&engine->values, value_base(&engine->values, (value_id)cell, &offset));
        if (is_member_of_this(engine, (value_id)cell))
            by_this = true;
        else if (holder->kind != VALUE_ADDRESS ||
                 region_at(&engine->values, holder->a)->kind != REGION_LOCAL)
            return false;
    }
    return by_this;
}

/* No destructor runs for an object whose constructor throws: what its members keep is lost. */
static void leave_constructor(struct engine *engine, struct state *state)
{
    const uint32_t unclear = BLOCK_ESCAPED | BLOCK_REG_UNKNOWN | BLOCK_BEYOND_LOOP | BLOCK_REPORTED;
    if (engine->program.functions.data[engine->root].ir->kind != IR_FUNCTION_CONSTRUCTOR ||
        (state->flags & (STATE_AFTER_FAILURE | STATE_MAY_THROW | STATE_SKIPPED_UNREGISTER)))
        return;
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        struct registration record = *registration_at(engine, key);
        struct block block;
        block_describe(engine, state, record.block, &block);
        if (record.state != REGISTRATION_LIVE || !(block.flags & BLOCK_OWN) ||
            (block.flags & unclear) || !only_this_keeps(engine, state, record.block))
            continue;
        struct event event = event_new(engine, state, EVENT_LEAKED, record.site, record.address);
        event.registration = record;
        event.has_registration = true;
        event_raise(engine, &event);
    }
}

enum step step_throw(struct engine *engine, struct state *state)
{
    for (;;) {
        struct context left = *context_at(engine, state->context);
        release_frame(engine, state);
        if (left.parent == CONTEXT_NONE) { /* other exits by exception are not searched for leaks */
            leave_constructor(engine, state);
            return STEP_ENDED;
        }
        context_id inner = state->context;
        memory_leave(engine, state, inner, VALUE_NONE);
        resume(engine, state, &left);
        const struct ir_function *caller = context_function(engine, state->context)->ir;
        ir_id unwind = caller->blocks.data[state->block].unwind;
        if (unwind != IR_NONE) {
            state->block = unwind;
            state->next = 0;
            return STEP_MOVED;
        }
    }
}

/* Where there is a handler around, a user's function out of sight may throw into it. */
static void maybe_throw(struct engine *engine, const struct state *state,
                        const struct ir_function *callee)
{
    const struct ir_function *here = context_function(engine, state->context)->ir;
    ir_id unwind = here->blocks.data[state->block].unwind;
    if (unwind == IR_NONE || (callee && (callee->is_noexcept || callee->in_system_header)) ||
        !leads_to_handler(here, unwind))
        return;
    struct state thrown = *state;
    thrown.flags |= STATE_MAY_THROW;
    thrown.block = unwind;
    thrown.next = 0;
    walk_push(engine, &thrown);
}

/* ---- the dark ---- */

static bool points_to_constant(const struct ir_unit *unit, ir_id type)
{
    if (type == IR_NONE)
        return false;
    const struct ir_type *t = &unit->types.data[type];
    bool is_pointer = t->kind == IR_TYPE_POINTER || t->kind == IR_TYPE_REFERENCE;
    return is_pointer && t->element != IR_NONE && unit->types.data[t->element].is_const;
}

/* A library function takes a reference to a constant pointer, or to an object that holds pointers:
 * it may keep what these point to (a container's insert). What a plain pointer points to, it reads.
 */
static void keep_referred(struct engine *engine, struct state *state,
                          const struct invocation *invocation, const struct ir_function *callee,
                          size_t index, uint64_t salt)
{
    ir_id type = invocation->types[index];
    if (callee && index < callee->param_types.len)
        type = callee->param_types.data[index];
    const struct ir_type *t = type == IR_NONE ? NULL : &invocation->unit->types.data[type];
    if (!t || t->kind != IR_TYPE_REFERENCE)
        return;
    value_id object = invocation->args[index];
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_is_within(&engine->values, (value_id)cell, object))
            escape(engine, state, (value_id)content, salt);
}

void call_unknown(struct engine *engine, struct state *state, const struct invocation *invocation,
                  const struct ir_function *callee, value_id *result)
{
    uint64_t salt = hash_u64(((uint64_t)invocation->site << 8) | 11);
    bool is_system = callee && callee->in_system_header;
    for (size_t i = 0; i < invocation->count; i++) {
        value_id argument = invocation->args[i];
        bool constant = points_to_constant(invocation->unit, invocation->types[i]) ||
                        (callee && i < callee->param_types.len &&
                         points_to_constant(invocation->unit, callee->param_types.data[i]));
        if (is_system && constant) {
            keep_referred(engine, state, invocation, callee, i, salt);
            continue;
        }
        escape_reachable(engine, state, argument, salt);
    }
    if (!is_system)
        memory_havoc_all(engine, state, salt);
    if (invocation->into != VALUE_NONE) {
        memory_havoc(engine, state, invocation->into, salt);
        *result = invocation->into;
    }
}

/* ---- dispatch ---- */

/* A first argument that is not written: the object of a call. */
static void insert_argument(struct invocation *invocation, value_id value, ir_id type)
{
    memmove(invocation->args + 1, invocation->args, invocation->count * sizeof invocation->args[0]);
    memmove(invocation->types + 1, invocation->types,
            invocation->count * sizeof invocation->types[0]);
    invocation->args[0] = value;
    invocation->types[0] = type;
    invocation->count++;
}

enum step call_function(struct engine *engine, struct state *state,
                        const struct invocation *invocation, uint32_t function, value_id *result)
{
    const struct program_function *callee = &engine->program.functions.data[function];
    struct model_query query = {.name = callee->ir->name,
                                .qualified = callee->ir->qualified,
                                .at_global_scope = callee->ir->is_extern_c_or_global,
                                .written_args = (int)invocation->count,
                                .is_method = false};
    const struct model_function *model = callee->ir->has_body && !callee->ir->in_system_header
                                             ? NULL
                                             : models_find(engine->models, &query);
    if (model)
        return call_model(engine, state, invocation, model, result);
    struct invocation through_pointer;
    if (callee->ir->kind == IR_FUNCTION_LAMBDA && invocation->count < MAX_ARGS &&
        invocation->count + 1 == callee->ir->param_count) {
        through_pointer = *invocation; /* a closure without captures, as a function pointer */
        insert_argument(&through_pointer, 0, IR_NONE);
        invocation = &through_pointer;
    }
    if (callee->flow && !callee->ir->is_device_only &&
        context_at(engine, state->context)->depth < MAX_DEPTH &&
        !context_contains(engine, state->context, function))
        return enter(engine, state, invocation, function);
    maybe_throw(engine, state, callee->ir);
    call_unknown(engine, state, invocation, callee->ir, result);
    if (!callee->ir->has_body && !callee->ir->in_system_header &&
        flow_may_exit(engine->models, invocation->unit,
                      context_function(engine, state->context)->ir, invocation->op->call,
                      callee->ir))
        walk_may_have_exited(engine, state);
    return callee->ir->is_noreturn ? STEP_ENDED : STEP_NEXT;
}

/* The function that a call reaches, or MAP_NONE. */
static uint32_t target_of(struct engine *engine, struct state *state, const struct ir_call *call)
{
    const struct program_function *here = context_function(engine, state->context);
    if (call->function != IR_NONE)
        return call->is_virtual ? (uint32_t)MAP_NONE
                                : program_number(&engine->program, here->unit, call->function);
    if (call->callee == IR_NONE)
        return MAP_NONE;
    value_id callee = operand(engine, state, call->callee);
    const struct value *value = value_at(&engine->values, callee);
    if (value->kind != VALUE_ADDRESS)
        return MAP_NONE;
    const struct region *region = region_at(&engine->values, value->a);
    return region->kind == REGION_FUNCTION ? region->a : (uint32_t)MAP_NONE;
}

/* In a template's pattern a call of a member `action_()` shows the object only: where its class is
 * known by now and has an operator(), that is what is called. Makes the object the first argument.
 */
static uint32_t call_operator_of(struct engine *engine, struct state *state,
                                 struct invocation *invocation)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_call *call = invocation->op->call;
    if (call->function != IR_NONE || call->callee == IR_NONE || invocation->count == MAX_ARGS)
        return MAP_NONE;
    ir_id type = here->ir->ops.data[call->callee].type;
    if (type == IR_NONE || here->in->types.data[type].element == IR_NONE)
        return MAP_NONE;
    const struct ir_type *object = &here->in->types.data[here->in->types.data[type].element];
    if (object->kind != IR_TYPE_RECORD || object->record == IR_NONE)
        return MAP_NONE;
    const struct ir_record *record = &here->in->records.data[object->record];
    for (size_t i = 0; i < record->methods.len; i++) {
        if (strcmp(here->in->functions.data[record->methods.data[i]].name, "operator()") != 0)
            continue;
        insert_argument(invocation, operand(engine, state, call->callee), type);
        return program_number(&engine->program, here->unit, record->methods.data[i]);
    }
    return MAP_NONE;
}

static enum step dispatch(struct engine *engine, struct state *state, struct invocation *invocation,
                          value_id *result)
{
    const struct ir_call *call = invocation->op->call;
    uint32_t target = target_of(engine, state, call);
    if (target == MAP_NONE)
        target = call_operator_of(engine, state, invocation);
    const struct model_function *model = target == MAP_NONE || call->function != IR_NONE
                                             ? callee_model(engine->models, invocation->unit, call)
                                             : NULL;
    if (model) {
        invocation->name = model->is_regex && call->function != IR_NONE
                               ? invocation->unit->functions.data[call->function].name
                               : model->name;
        return call_model(engine, state, invocation, model, result);
    }
    if (target == MAP_NONE) {
        const struct ir_function *declared =
            call->function == IR_NONE ? NULL : &invocation->unit->functions.data[call->function];
        maybe_throw(engine, state, declared);
        call_unknown(engine, state, invocation, declared, result);
        return STEP_NEXT;
    }
    const struct program_function *callee = &engine->program.functions.data[target];
    invocation->name = callee->ir->name;
    const struct model_container *container = callee_container(engine->models, callee);
    if (container)
        return container_call(engine, state, invocation, container, callee, result);
    return call_function(engine, state, invocation, target, result);
}

/* A call that takes a status together with an error's enumerator expects that error. */
static void note_expectations(struct engine *engine, const struct invocation *invocation)
{
    for (size_t i = 0; i < invocation->count; i++) {
        int64_t code;
        ir_id type = invocation->types[i];
        if (type == IR_NONE || invocation->unit->types.data[type].kind != IR_TYPE_ENUM ||
            !value_is_int(&engine->values, invocation->args[i], &code))
            continue;
        for (size_t j = 0; j < invocation->count; j++)
            status_expects(engine, invocation->args[j], code);
    }
}

enum step call_execute(struct engine *engine, struct state *state, ir_id op_id)
{
    struct invocation invocation = invocation_of(engine, state, op_id);
    note_expectations(engine, &invocation);
    for (size_t i = 0; i < invocation.count; i++) {
        value_id content;
        status_look(engine, state, invocation.args[i]);
        if (memory_peek(state, invocation.args[i], &content))
            status_look(engine, state, content); /* by reference */
    }
    value_id result = VALUE_NONE;
    enum step step = dispatch(engine, state, &invocation, &result);
    if (step != STEP_NEXT)
        return step;
    if (result == VALUE_NONE)
        result = unknown_result(engine, state, op_id);
    if (invocation.is_discarded)
        status_discard(engine, state, result, invocation.site);
    set_result(engine, state, op_id, result);
    return STEP_NEXT;
}

/* ---- the end of a path ---- */

static bool is_leak(struct engine *engine, struct state *state, const struct registration *record,
                    value_id result, bool *needs_proof)
{
    struct block block;
    if (record->state != REGISTRATION_LIVE || (state->flags & STATE_SKIPPED_UNREGISTER))
        return false;
    block_describe(engine, state, record->block, &block);
    if (block.flags & (BLOCK_ESCAPED | BLOCK_REG_UNKNOWN | BLOCK_BEYOND_LOOP | BLOCK_REPORTED))
        return false;
    *needs_proof = !(block.flags & BLOCK_OWN) || block.memory == PROVENANCE_STACK;
    if (*needs_proof)
        return true;
    return !(block.flags & BLOCK_HANDED_ON) &&
           !memory_is_reachable_outside(engine, state, record->block, result);
}

/* A status that is returned, by itself or in an object, is passed on. */
static void look_at_object(struct engine *engine, struct state *state, value_id value)
{
    status_look(engine, state, value);
    if (value == VALUE_NONE || !state->statuses)
        return;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_is_within(&engine->values, (value_id)cell, value))
            status_look(engine, state, (value_id)content);
}

/* Blocks of others that this path registered and unregistered, with what it returned. (An older
 * registration that it undoes is no proof of a duty.) */
static void note_undone(struct engine *engine, const struct state *state, value_id result)
{
    if (state->flags & STATE_AFTER_FAILURE)
        return; /* a rollback */
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t base, number; pmap_next(&iter, &base, &number);) {
        const struct block *block = table_at(&engine->blocks, (uint32_t)number);
        if (!(block->flags & BLOCK_UNDONE))
            continue;
        struct undone undone = {(value_id)base, result};
        vec_push(engine->arena, &engine->undone, undone);
    }
}

void path_ends(struct engine *engine, struct state *state, value_id result, bool ends_process)
{
    look_at_object(engine, state, result);
    status_finish(engine, state);
    pairs_path_ends(engine, state);
    note_undone(engine, state, result);
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        struct registration record = *registration_at(engine, key);
        bool needs_proof = false;
        if (!is_leak(engine, state, &record, result, &needs_proof))
            continue;
        struct event event = event_new(engine, state, EVENT_LEAKED, record.site, record.address);
        event.registration = record;
        event.has_registration = true;
        event.ends_process = ends_process;
        struct leak leak = {event, *state, record.block, result, needs_proof};
        vec_push(engine->arena, &engine->leaks, leak);
    }
}
