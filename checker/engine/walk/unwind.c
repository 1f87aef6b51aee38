/* Exceptions: leaving frames and scopes. */
#include "engine/walk/unwind.h"

#include "engine/call/frames.h"
#include "engine/call/threads.h"
#include "engine/events/events.h"
#include "engine/library/objects.h"
#include "engine/program/endings.h"
#include "engine/state/blocks.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/state/registrations.h"
#include "engine/unseen/answers.h"
#include "engine/value/pmap.h"
#include "engine/walk/step.h"
#include "engine/walk/walk.h"

#include <string.h>

/* The elements of an array are destroyed in a loop on the way. */
static bool leads_to_handler(const struct program_function *function, ir_id unwind)
{
    const bool *reached = flow_region(function->ir, function->flow, unwind, IR_NONE);
    for (ir_id b = 0; b < function->flow->block_count; b++)
        if (reached[b] && function->ir->blocks.data[b].is_handler)
            return true;
    return false;
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
            !endings_return(function->ir, function->flow, block))
            return true; /* whatever way it takes, it ends in an exception or at a handler */
        if (here->parent == CONTEXT_NONE)
            return false;
        const struct flow *flow = context_function(engine, here->parent)->flow;
        block = flow->block_of[here->call_op];
        index = flow->index_of[here->call_op];
        context = here->parent;
    }
}

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
        if (!(block.flags & BLOCK_OWN) || (block.flags & unclear) ||
            !only_this_keeps(engine, state, record.block))
            continue;
        struct event event = event_new(engine, state, EVENT_LEAKED, record.site, record.address);
        event.registration = record;
        event.has_registration = true;
        event_raise(engine, &event);
    }
}

/* The library ran the constructor, for an element of a container: there is none after all. */
static void leave_element(struct engine *engine, struct state *state, const struct context *left)
{
    const struct ir_function *callee = engine->program.functions.data[left->function].ir;
    const struct program_function *caller = context_function(engine, left->parent);
    value_id object;
    const struct ir_op *op = &caller->ir->ops.data[left->call_op];
    if (callee->kind != IR_FUNCTION_CONSTRUCTOR || op->code != IR_CALL ||
        op->call->function == IR_NONE)
        return;
    const struct ir_function *named = &caller->in->functions.data[op->call->function];
    if (strcmp(named->qualified, callee->qualified) != 0 &&
        memory_peek(state, memory_local(engine, state->context, 0), &object))
        object_unmade(engine, state, object);
}

/* The exception has left the function: on to the cleanup around the call, frame by frame. What a
 * failed call made the program throw is not searched for locals that end while registered. */
enum step step_throw(struct engine *engine, struct state *state)
{
    site_id at = site_of_terminator(engine, state);
    for (;;) {
        struct context left = *context_at(engine, state->context);
        if (!(state->flags & STATE_AFTER_FAILURE))
            frame_release(engine, state, at);
        if (left.parent == CONTEXT_NONE) { /* other exits by exception are not searched for leaks */
            leave_constructor(engine, state);
            return STEP_ENDED;
        }
        context_id inner = state->context;
        if (thread_runs(engine, left.parent, left.call_op, left.function))
            return STEP_ENDED; /* it ends the process, or waits until somebody asks for it */
        leave_element(engine, state, &left);
        memory_leave(engine, state, inner, VALUE_NONE);
        frame_resume(engine, state, &left);
        at = site_of_op(engine, state, left.call_op);
        const struct ir_function *caller = context_function(engine, state->context)->ir;
        ir_id unwind = caller->blocks.data[state->block].unwind;
        if (unwind != IR_NONE) {
            state->block = unwind;
            state->next = 0;
            return STEP_MOVED;
        }
    }
}

void unwind_maybe(struct engine *engine, const struct state *state,
                  const struct ir_function *callee, value_id status)
{
    const struct program_function *here = context_function(engine, state->context);
    ir_id unwind = here->ir->blocks.data[state->block].unwind;
    if (unwind == IR_NONE || (callee && (callee->is_noexcept || callee->in_system_header)) ||
        !leads_to_handler(here, unwind))
        return;
    struct state thrown = *state;
    thrown.flags |= STATE_MAY_THROW;
    thrown.thrown = 0;
    thrown.block = unwind;
    thrown.next = 0;
    if (status != VALUE_NONE)
        answers_lost(engine, &thrown, status);
    walk_push(engine, &thrown);
}
