/* Branches: which sides a path can take, and which of them are worth walking. */
#include "engine/program/endings.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/state/open_elements.h"
#include "engine/state/ranges.h"
#include "engine/state/registrations.h"
#include "engine/state/settle.h"
#include "engine/state/status.h"
#include "engine/unseen/answers.h"
#include "engine/unseen/earlier.h"
#include "engine/unseen/gates.h"
#include "engine/value/pmap.h"
#include "engine/walk/loops.h"
#include "engine/walk/step.h"
#include "engine/walk/turnings.h"
#include "engine/walk/walk.h"

/* Does the call ask for the last error, itself or by what it is called? */
static bool asks_last_error(const struct engine *engine, const struct program_function *here,
                            const struct ir_call *call)
{
    const struct model_function *model = callee_model(engine->models, here->in, call);
    if (model)
        return models_effect(model, MODEL_READS_LAST_ERROR) != NULL;
    uint32_t callee = call->function == IR_NONE
                          ? (uint32_t)MAP_NONE
                          : program_number(&engine->program, here->unit, call->function);
    bool is_in_sight = callee != MAP_NONE && engine->program.functions.data[callee].ir->has_body;
    return !is_in_sight && flow_may_check(here->in, here->ir, call);
}

/* Reading a status only to report it is looking at it, even where the walk skips the report. */
static void look_in_side(struct engine *engine, struct state *state, ir_id from, ir_id until)
{
    if (!state->statuses)
        return;
    const struct ir_function *function = walk_function(engine, state);
    struct flow *flow = walk_flow(engine, state);
    const bool *inside = flow_region(function, flow, from, until);
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        if (flow->block_of[i] == IR_NONE || !inside[flow->block_of[i]])
            continue;
        if (op->code == IR_CALL &&
            asks_last_error(engine, context_function(engine, state->context), op->call))
            status_next_call(engine, state, true);
        if (op->code != IR_LOAD)
            continue;
        const struct ir_op *address = &function->ops.data[op->a];
        value_id content;
        if (address->code == IR_ADDR_LOCAL &&
            memory_peek(state, memory_local(engine, state->context, address->aux), &content))
            status_look(engine, state, content);
    }
}

/* Both sides of a branch that are skipped for where they meet. */
static void look_in_sides(struct engine *engine, struct state *state, value_id condition,
                          const struct ir_block *block, ir_id join)
{
    bool fails_when_true;
    value_id status = status_asked(engine, condition, &fails_when_true);
    for (size_t i = 0; i < 2; i++) {
        struct state side = *state;
        if (status != VALUE_NONE && fails_when_true == (i == 0)) {
            status_covered(engine, &side, status);
            look_in_side(engine, &side, block->targets.data[i], join);
        } else {
            look_in_side(engine, state, block->targets.data[i], join);
        }
    }
}

static bool is_quiet(struct engine *engine, const struct state *state, ir_id from, ir_id until)
{
    const uint32_t effects = flow_between(
        walk_function(engine, state), context_function(engine, state->context)->flow, from, until);
    return (effects & ~(uint32_t)FLOW_ASKS) == 0;
}

/* Does the block ask something at once, before it calls anything? */
static bool asks_at_once(const struct ir_function *function, const struct ir_block *block)
{
    for (size_t i = 0; i < block->ops.len; i++)
        if (function->ops.data[block->ops.data[i]].code == IR_CALL)
            return false;
    return block->terminator == IR_BRANCH || block->terminator == IR_SWITCH;
}

/* Is all that a side does to choose a value, which is asked about where the sides meet:
 * if (failed ? 1 : 0)? */
static bool only_chooses(const struct ir_function *function, const struct flow *flow,
                         const bool *inside, ir_id join)
{
    if (!asks_at_once(function, &function->blocks.data[join]))
        return false;
    bool chooses = false;
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        if (flow->block_of[i] == IR_NONE || !inside[flow->block_of[i]])
            continue;
        if (op->code == IR_CALL)
            return false;
        if (op->code != IR_STORE && op->code != IR_COPY && op->code != IR_ZERO)
            continue;
        const struct ir_op *place = &function->ops.data[op->a];
        if (place->code != IR_ADDR_LOCAL || function->locals.data[place->aux].name[0] != '\0')
            return false;
        chooses = true;
    }
    return chooses;
}

/* A failing side that only reports, or notes the failure in a variable, and then falls through to
 * the common code. An empty one is none: there the program asks for success. Nor is one that
 * leaves by goto, break or continue. */
static bool only_reports(struct engine *engine, const struct state *state, ir_id side, ir_id join)
{
    const struct ir_function *function = walk_function(engine, state);
    struct flow *flow = context_function(engine, state->context)->flow;
    if (flow_between(function, flow, side, join) & FLOW_MEMORY)
        return false;
    const bool *inside = flow_region(function, flow, side, join);
    bool is_empty = true;
    for (ir_id b = 0; b < flow->block_count; b++) {
        if (!inside[b])
            continue;
        if (function->blocks.data[b].is_goto)
            return false;
        is_empty &= function->blocks.data[b].ops.len == 0;
    }
    return !is_empty && !only_chooses(function, flow, inside, join);
}

/* The state was stored, code out of sight ran that was given nothing of it, and here it is another
 * one: what that comes to is no more than a guess. */
static void note_contradiction(struct engine *engine, struct state *side, value_id condition,
                               bool truth)
{
    /* others rest on nothing of it */
    const uint32_t claims = FLOW_REGISTERS | FLOW_UNREGISTERS | FLOW_RELEASES;
    if (!(engine->program.functions.data[engine->root].flow->all & claims) ||
        !earlier_contradicts(engine, side, condition, truth))
        return;
    side->flags |= STATE_IN_DOUBT | STATE_CONTRADICTED;
    registrations_doubt_all(engine, side);
}

/* if (table[i].base == p): a table that comes from elsewhere has p once, or once for each time that
 * it was registered. Where it still has p after that was unregistered, so may the runtime. */
static void note_found(struct engine *engine, struct state *side, value_id content, value_id found)
{
    const struct symbol *symbol = symbol_of(&engine->values, content);
    if (!symbol || symbol->kind != SYMBOL_CONTENT || !symbol->is_pointer)
        return;
    value_id offset, base = value_base(&engine->values, found, &offset);
    struct block block;
    if (base != VALUE_NONE && base != content && block_get(engine, side, base, &block) &&
        block.unregistered != VALUE_NONE)
        block_add_flags(engine, side, base, BLOCK_REG_UNKNOWN);
}

static bool take_branch(struct engine *engine, struct state *state, value_id condition, bool truth,
                        const struct ir_block *block)
{
    ir_id target = block->targets.data[truth ? 0 : 1];
    note_contradiction(engine, state, condition, truth);
    if (!assume(engine, state, condition, truth))
        return false;
    const struct value asked = *value_at(&engine->values, condition);
    if (asked.kind == VALUE_COMPARISON && asked.sub == (truth ? IR_EQ : IR_NE)) {
        note_found(engine, state, asked.a, asked.b);
        note_found(engine, state, asked.b, asked.a);
    }
    gate_take(engine, state, condition, block, target);
    turning_past_unregister(engine, state, block, target);
    return walk_go_to(engine, state, target);
}

static bool has_target(const struct ir_block *block, ir_id target)
{
    return block->terminator == IR_BRANCH &&
           (block->targets.data[0] == target || block->targets.data[1] == target);
}

/* Does the block come to `target` as an earlier part of its condition does, while the other side
 * leaves? */
static bool is_one_of_two(const struct ir_function *function, struct flow *flow, ir_id block,
                          ir_id target)
{
    const struct ir_block *branch = &function->blocks.data[block];
    ir_id other = branch->targets.data[branch->targets.data[0] == target ? 1 : 0];
    bool is_second = false;
    for (ir_id b = 0; b < flow->block_count && !is_second; b++)
        is_second = b != block && has_target(&function->blocks.data[b], block) &&
                    has_target(&function->blocks.data[b], target);
    return is_second && (function->blocks.data[other].is_goto ||
                         (!flow_region(function, flow, target, block)[other] &&
                          !flow_region(function, flow, other, block)[target]));
}

/* n, n / 4, n - m: no pointer, nor how a call went. */
static bool is_amount(const struct engine *engine, value_id value)
{
    const struct symbol *symbol = symbol_of(&engine->values, value);
    const uint32_t kind = value_at(&engine->values, value)->kind;
    return symbol ? !symbol->is_pointer && symbol->kind != SYMBOL_STATUS
                  : kind == VALUE_INT || kind == VALUE_OPERATION;
}

/* if (p == NULL && n > 0) return; is about the pointer: that n is 0 where the path goes on is what
 * NULL goes with. */
static void note_reason(struct engine *engine, struct state *side, value_id condition, ir_id block)
{
    struct value value = *value_at(&engine->values, condition);
    value_id subject = value.kind == VALUE_COMPARISON ? value.a : condition;
    struct range range = range_of(engine, side, subject);
    if (is_amount(engine, subject) && range_is_one(&range, 0) &&
        is_one_of_two(walk_function(engine, side), context_function(engine, side->context)->flow,
                      block, side->block))
        side->flags |= STATE_ZERO_OR_ELSE;
}

/* i < count: how many there are says nothing of what became of them. The flag that the path has not
 * come by then; 0: it is something else that is asked. */
static uint32_t flag_not_asked(struct engine *engine, const struct state *state, value_id condition)
{
    const struct value *value = value_at(&engine->values, condition);
    bool counts = value->kind == VALUE_COMPARISON && value->sub != IR_EQ && value->sub != IR_NE &&
                  loop_is_test(engine, state);
    return counts ? STATE_ASSUMED_FLAG & ~state->flags : 0;
}

/* False: no side can be taken. */
static bool fork_branch(struct engine *engine, struct state *state, value_id condition,
                        const struct ir_block *block, ir_id join)
{
    answers_ask(engine, state, condition);
    open_elements_asked(engine, state, condition);
    struct state other = *state;
    bool fails_when_true;
    value_id status = status_asked(engine, condition, &fails_when_true);
    const uint32_t not_asked = flag_not_asked(engine, state, condition);
    ir_id targets[2] = {block->targets.data[0], block->targets.data[1]};
    const pmap registrations = state->registrations;
    const ir_id here = state->block;
    const site_id branch = site_of_terminator(engine, state);
    loop_note_exit(engine, state, targets[0], &other, (struct assumption){condition, true});
    loop_note_exit(engine, &other, targets[1], state, (struct assumption){condition, false});
    if (status != VALUE_NONE && endings_fail(walk_function(engine, state), walk_flow(engine, state),
                                             targets[fails_when_true ? 1 : 0]))
        status_expects_any(engine, status);
    if (status != VALUE_NONE && join != IR_NONE) {
        struct state *failing = fails_when_true ? state : &other;
        ir_id side = targets[fails_when_true ? 0 : 1];
        if (only_reports(engine, state, side, join)) {
            registrations_doubt(engine, failing, registrations, status);
            settle_goes_on(engine, status);
        }
    }
    bool is_open = take_branch(engine, &other, condition, false, block);
    bool goes_on = take_branch(engine, state, condition, true, block);
    other.flags &= ~not_asked;
    state->flags &= ~not_asked;
    if (is_open && goes_on) {
        turning_to_zero(engine, &other, branch, condition);
        turning_to_zero(engine, state, branch, condition);
    }
    if (is_open)
        note_reason(engine, &other, condition, here);
    if (goes_on)
        note_reason(engine, state, condition, here);
    if (status != VALUE_NONE && fails_when_true && is_open && goes_on) {
        struct state failing = *state; /* what succeeds is walked first */
        *state = other;
        other = failing;
    }
    if (is_open && goes_on)
        walk_push(engine, &other);
    else if (is_open)
        *state = other;
    return is_open || goes_on;
}

/* if (!p) return; after an allocation: the side of NULL does something, or leaves. To free what is
 * there asks for no failure. */
static void look_by_null(struct engine *engine, const struct state *state, value_id condition,
                         const struct ir_block *block, ir_id join)
{
    struct value value = *value_at(&engine->values, condition);
    value_id subject = condition;
    size_t side_of_null = 1;
    if (value.kind == VALUE_COMPARISON) {
        int64_t number;
        if (!value_is_int(&engine->values, value.b, &number) || number != 0 ||
            (value.sub != IR_EQ && value.sub != IR_NE))
            return;
        subject = value.a;
        side_of_null = value.sub == IR_EQ ? 0 : 1;
    }
    if (block->targets.data[side_of_null] != join)
        status_look_by_null(engine, state, subject);
}

/* "if (n == 0) report", "if (p == MAP_FAILED) report": the program says itself that this is
 * possible, so that path is walked. */
static bool asks_for_zero(const struct engine *engine, value_id condition)
{
    struct value value = *value_at(&engine->values, condition);
    value_id subject = condition;
    int64_t number = 0;
    if (value.kind == VALUE_COMPARISON) {
        if (!value_is_int(&engine->values, value.b, &number) || number < -1 || number > 1)
            return false;
        subject = value.a;
    }
    const struct symbol *symbol = symbol_of(&engine->values, subject);
    if (number == -1)
        return symbol && symbol->kind == SYMBOL_BLOCK;
    return symbol && symbol->kind != SYMBOL_STATUS && symbol->kind != SYMBOL_RESULT &&
           (symbol->bits == 64 || symbol->is_pointer);
}

/* True where the path goes on. */
bool step_branch(struct engine *engine, struct state *state, const struct ir_block *block)
{
    const struct flow *flow = walk_flow(engine, state);
    value_id condition = operand(engine, state, block->value);
    loop_note_test(engine, state, block);
    status_look(engine, state, condition);
    answers_tell(engine, state, condition, block);
    enum truth truth = decide(engine, state, condition);
    ir_id join = flow->post_dominator[state->block];
    look_by_null(engine, state, condition, block, join);
    if (truth != TRUTH_UNKNOWN)
        return take_branch(engine, state, condition, truth == TRUTH_TRUE, block);
    if (join != IR_NONE && !asks_for_zero(engine, condition) &&
        is_quiet(engine, state, block->targets.data[0], join) &&
        is_quiet(engine, state, block->targets.data[1], join)) {
        look_in_sides(engine, state, condition, block, join);
        return walk_go_to(engine, state, join);
    }
    return fork_branch(engine, state, condition, block, join);
}

bool step_switch(struct engine *engine, struct state *state, const struct ir_block *block)
{
    value_id value = operand(engine, state, block->value);
    if (!block->cases.len)
        status_look(engine, state, value);
    for (size_t i = 0; i < block->cases.len; i++) {
        struct state taken = *state;
        struct values *values = &engine->values;
        value_id low = compare(engine, IR_GE, value, value_int(values, block->cases.data[i].low));
        value_id high = compare(engine, IR_LE, value, value_int(values, block->cases.data[i].high));
        status_look_for(engine, &taken, value, block->cases.data[i].low);
        status_look_for(engine, state, value, block->cases.data[i].low);
        if (block->cases.data[i].low == block->cases.data[i].high) {
            low = compare(engine, IR_EQ, value, value_int(values, block->cases.data[i].low));
            high = low;
        }
        note_contradiction(engine, &taken, low, true);
        if (assume(engine, &taken, low, true) && assume(engine, &taken, high, true)) {
            gate_take(engine, &taken, value, block, block->targets.data[i]);
            turning_past_unregister(engine, &taken, block, block->targets.data[i]);
            if (walk_go_to(engine, &taken, block->targets.data[i]))
                walk_push(engine, &taken);
        }
        if (low == high && !assume(engine, state, low, false))
            return false; /* this case it is */
    }
    ir_id rest = block->targets.data[block->targets.len - 1];
    gate_take(engine, state, value, block, rest);
    turning_past_unregister(engine, state, block, rest);
    return walk_go_to(engine, state, rest);
}
