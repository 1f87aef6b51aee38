/* Walks the paths of one root function: a stack of states, each run until it forks, merges with
 * one that was there before, or ends. */
#include "engine/internal.h"

#include <string.h>

/* One entry of a loop on a path. */
struct visit {
    uint32_t turns; /* back at the head so often since the loop was entered */
    uint32_t widened;
    bool forked; /* whether to leave was not decided: the bound is symbolic */
    pmap store;  /* at the head, one turn ago */
    pmap blocks;
    pmap registrations;
};

void walk_push(struct engine *engine, const struct state *state)
{
    vec_push(engine->arena, &engine->work, *state);
}

static const struct flow *flow_here(const struct engine *engine, const struct state *state)
{
    return context_function(engine, state->context)->flow;
}

static const struct ir_function *function_here(const struct engine *engine,
                                               const struct state *state)
{
    return context_function(engine, state->context)->ir;
}

/* ---- loops ---- */

static uint64_t loop_key(const struct state *state, ir_id head)
{
    return ((uint64_t)state->context << 32) | head;
}

static struct visit *get_visit(const struct state *state, ir_id head)
{
    uint64_t address;
    if (!pmap_get(state->loops, loop_key(state, head), &address))
        return NULL;
    return (struct visit *)(uintptr_t)address;
}

uint32_t walk_loop_turn(const struct state *state, context_id context, ir_id head)
{
    uint64_t address;
    if (!pmap_get(state->loops, ((uint64_t)context << 32) | head, &address))
        return 0;
    return ((const struct visit *)(uintptr_t)address)->turns;
}

static void set_visit(struct engine *engine, struct state *state, ir_id head, struct visit visit)
{
    struct visit *kept = arena_copy(engine->arena, &visit, sizeof visit);
    state->loops =
        pmap_set(engine->arena, state->loops, loop_key(state, head), (uint64_t)(uintptr_t)kept);
}

static bool mentions(const struct values *values, value_id value, value_id atom)
{
    if (value == atom)
        return true;
    struct value v = *value_at(values, value);
    if (v.kind == VALUE_INT) {
        for (const struct term *term = term_at(values, v.a); term;
             term = term_at(values, term->next))
            for (const struct monomial *m = monomial_at(values, term->monomial); m;
                 m = monomial_at(values, m->next))
                if (mentions(values, m->atom, atom))
                    return true;
        return false;
    }
    if (v.kind == VALUE_ADDRESS)
        return mentions(values, v.b, atom);
    if (v.kind == VALUE_OPERATION || v.kind == VALUE_COMPARISON)
        return mentions(values, v.a, atom) || (v.b != VALUE_NONE && mentions(values, v.b, atom));
    return false;
}

/* The symbol of a widened place gets a new meaning: what was said with the old one goes. */
static void forget_mentions(struct engine *engine, struct state *state, value_id atom)
{
    struct pmap_iter cells = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&cells, &cell, &content);)
        if (mentions(&engine->values, (value_id)cell, atom))
            state->store = pmap_remove(engine->arena, state->store, cell);
    struct pmap_iter iter = pmap_begin(state->ranges);
    for (uint64_t key, range; pmap_next(&iter, &key, &range);)
        if (mentions(&engine->values, (value_id)key, atom))
            state->ranges = pmap_remove(engine->arena, state->ranges, key);
}

/* A counter that only grows keeps its lower bound. */
static void bound_widened(struct engine *engine, struct state *state, value_id symbol,
                          value_id before, value_id now)
{
    int64_t low, high;
    if (!value_is_int(&engine->values, before, &low) ||
        !value_is_int(&engine->values, now, &high) || high <= low)
        return;
    assume(engine, state, compare(engine, IR_GE, symbol, value_int(&engine->values, low)), true);
}

static void widen_cell(struct engine *engine, struct state *state, ir_id head, value_id cell,
                       value_id before, value_id now)
{
    const struct visit *visit = get_visit(state, head);
    uint64_t round = visit ? visit->widened : 0;
    uint64_t origin = hash_u64(loop_key(state, head)) ^ hash_u64(cell ^ (round << 40));
    struct symbol symbol = {.kind = SYMBOL_WIDENED, .origin = origin};
    const struct symbol *old = symbol_of(&engine->values, now);
    if (old) {
        symbol.bits = old->bits;
        symbol.is_signed = old->is_signed;
        symbol.is_pointer = old->is_pointer;
    }
    value_id widened = value_symbol(&engine->values, symbol);
    value_id offset_before, offset_now;
    value_id base = value_base(&engine->values, now, &offset_now);
    bool same_block = base != VALUE_NONE && before != VALUE_NONE &&
                      value_base(&engine->values, before, &offset_before) == base && base != now &&
                      offset_now != VALUE_NONE;
    forget_mentions(engine, state, widened);
    value_id content = same_block ? value_advance(&engine->values, base, widened) : widened;
    state->store = pmap_set(engine->arena, state->store, cell, content);
    if (before != VALUE_NONE && !same_block)
        bound_widened(engine, state, widened, before, now);
}

static void widen_store(struct engine *engine, struct state *state, ir_id head,
                        const struct visit *visit)
{
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        uint64_t before;
        if (!pmap_get(visit->store, cell, &before) || before == content)
            continue;
        widen_cell(engine, state, head, (value_id)cell, (value_id)before, (value_id)content);
    }
}

/* What the loop registered or released, it did to a number of blocks that is not known. */
static void widen_blocks(struct engine *engine, struct state *state, const struct visit *visit)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        if (pmap_get(visit->registrations, key, NULL))
            continue;
        value_id base = registration_at(engine, key)->block;
        state->registrations = pmap_remove(engine->arena, state->registrations, key);
        block_add_flags(engine, state, base, BLOCK_BEYOND_LOOP | BLOCK_REG_UNKNOWN);
    }
    iter = pmap_begin(visit->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        if (!pmap_get(state->registrations, key, NULL))
            block_add_flags(engine, state, registration_at(engine, key)->block,
                            BLOCK_BEYOND_LOOP | BLOCK_REG_UNKNOWN);
    iter = pmap_begin(state->blocks);
    for (uint64_t base, number; pmap_next(&iter, &base, &number);) {
        uint64_t before;
        if (pmap_get(visit->blocks, base, &before) && before != number)
            block_add_flags(engine, state, (value_id)base, BLOCK_BEYOND_LOOP | BLOCK_REG_UNKNOWN);
    }
}

/* Called when a path comes to a loop head. False: enough turns, the path ends here. */
static bool enter_loop(struct engine *engine, struct state *state, ir_id head, bool is_back_edge)
{
    struct visit *old = get_visit(state, head);
    struct visit visit = {
        .store = state->store, .blocks = state->blocks, .registrations = state->registrations};
    if (is_back_edge && old) {
        visit.turns = old->turns + 1;
        visit.widened = old->widened;
        uint32_t limit = old->forked ? LOOP_VISITS : DECIDED_LOOP_VISITS;
        if (visit.turns >= limit) {
            if (visit.widened >= 3)
                return false;
            widen_store(engine, state, head, old);
            widen_blocks(engine, state, old);
            visit.store = state->store;
            visit.blocks = state->blocks;
            visit.registrations = state->registrations;
            visit.widened++;
        }
        visit.forked = old->forked;
    }
    set_visit(engine, state, head, visit);
    return true;
}

static uint64_t join_key(context_id context, ir_id join)
{
    return (((uint64_t)context << 32) | join) + 1;
}

void walk_may_have_exited(struct engine *engine, struct state *state)
{
    ir_id block = state->block;
    for (context_id context = state->context;;) {
        const struct program_function *here = context_function(engine, context);
        bool always;
        ir_id join = flow_rejoins(engine->arena, here->ir, here->flow, block, &always);
        if (join != IR_NONE) {
            state->doubt = join_key(context, join);
            return;
        }
        const struct context *frame = context_at(engine, context);
        if (!always || frame->parent == CONTEXT_NONE)
            return;
        block = context_function(engine, frame->parent)->flow->block_of[frame->call_op];
        context = frame->parent;
    }
}

static bool go_to(struct engine *engine, struct state *state, ir_id target)
{
    const struct flow *flow = flow_here(engine, state);
    ir_id from = state->block;
    if (state->doubt && state->doubt == join_key(state->context, target))
        return false;
    state->block = target;
    state->next = 0;
    if (!flow->is_loop_head[target])
        return true;
    return enter_loop(engine, state, target, flow_in_loop(flow, target, from));
}

/* The loops that the edge from the state's block to `target` leaves. */
static void note_loop_exit(struct engine *engine, struct state *state, ir_id target,
                           struct state *leaving)
{
    const struct flow *flow = flow_here(engine, state);
    for (ir_id head = 0; head < flow->block_count; head++) {
        if (!flow->is_loop_head[head] || !flow_in_loop(flow, head, state->block) ||
            flow_in_loop(flow, head, target))
            continue;
        struct visit *visit = get_visit(state, head);
        if (!visit)
            continue;
        struct visit forked = *visit;
        forked.forked = true;
        set_visit(engine, state, head, forked);
        if (visit->turns == 0) {
            uint32_t effects = flow_loop_effects(flow, head);
            leaving->flags |= STATE_SKIPPED_LOOP;
            if (effects & (FLOW_REGISTERS | FLOW_CALLS_UNKNOWN))
                leaving->flags |= STATE_SKIPPED_REGISTER;
            if (effects & (FLOW_UNREGISTERS | FLOW_CALLS_UNKNOWN))
                leaving->flags |= STATE_SKIPPED_UNREGISTER;
        }
    }
}

/* ---- branches ---- */

/* Reading a status only to report it is looking at it, even where the walk skips the report. */
static void look_in_region(struct engine *engine, struct state *state, ir_id from, ir_id until)
{
    if (!state->statuses)
        return;
    const struct ir_function *function = function_here(engine, state);
    const struct flow *flow = flow_here(engine, state);
    const bool *inside = flow_region(engine->arena, function, flow, from, until);
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        if (op->code == IR_CALL && flow->block_of[i] != IR_NONE && inside[flow->block_of[i]]) {
            const struct model_function *model = callee_model(
                engine->models, context_function(engine, state->context)->in, op->call);
            for (size_t e = 0; model && e < model->effects.len; e++)
                if (model->effects.data[e].kind == MODEL_READS_LAST_ERROR)
                    status_next_call(engine, state, true);
        }
        if (op->code != IR_LOAD || flow->block_of[i] == IR_NONE || !inside[flow->block_of[i]])
            continue;
        const struct ir_op *address = &function->ops.data[op->a];
        value_id content;
        if (address->code == IR_ADDR_LOCAL &&
            memory_peek(state, memory_local(engine, state->context, address->aux), &content))
            status_look(engine, state, content);
    }
}

static bool is_quiet(struct engine *engine, const struct state *state, ir_id from, ir_id until)
{
    return flow_between(function_here(engine, state),
                        context_function(engine, state->context)->flow, from, until) == 0;
}

/* The status that a condition asks about, and whether the condition holds on failure. */
static value_id asked_status(struct engine *engine, value_id condition, bool *fails_when_true)
{
    value_id subject = condition;
    *fails_when_true = true;
    struct value value = *value_at(&engine->values, condition);
    int64_t number;
    if (value.kind == VALUE_COMPARISON) {
        if (!value_is_int(&engine->values, value.b, &number) || number != 0 ||
            (value.sub != IR_EQ && value.sub != IR_NE))
            return VALUE_NONE;
        subject = value.a;
        *fails_when_true = value.sub == IR_NE;
    }
    const struct symbol *symbol = symbol_of(&engine->values, subject);
    return symbol && symbol->kind == SYMBOL_STATUS ? subject : VALUE_NONE;
}

/* A failing side that only reports, or notes the failure in a variable, and then falls through to
 * the common code. An empty one is none: there the program asks for success. Nor is one that
 * leaves by goto, break or continue. */
static bool only_reports(struct engine *engine, const struct state *state, ir_id side, ir_id join)
{
    const struct ir_function *function = function_here(engine, state);
    struct flow *flow = context_function(engine, state->context)->flow;
    const uint32_t acts = FLOW_REGISTERS | FLOW_UNREGISTERS | FLOW_STATUS | FLOW_OTHER;
    if (flow_between(function, flow, side, join) & acts)
        return false;
    const bool *inside = flow_region(engine->arena, function, flow, side, join);
    bool is_empty = true;
    for (ir_id b = 0; b < flow->block_count; b++) {
        if (!inside[b])
            continue;
        if (function->blocks.data[b].is_goto)
            return false;
        is_empty &= function->blocks.data[b].ops.len == 0;
    }
    return !is_empty;
}

/* What a call whose failure is only reported did to its block is not known any more. */
static void soften(struct engine *engine, const struct state *before, struct state *state,
                   value_id status)
{
    struct pmap_iter iter = pmap_begin(before->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        if (registration_at(engine, key)->status == status)
            block_add_flags(engine, state, registration_at(engine, key)->block, BLOCK_REG_UNKNOWN);
}

static bool take_branch(struct engine *engine, struct state *state, value_id condition, bool truth,
                        ir_id target)
{
    return assume(engine, state, condition, truth) && go_to(engine, state, target);
}

static void fork_branch(struct engine *engine, struct state *state, value_id condition,
                        const struct ir_block *block, ir_id join, bool *alive)
{
    struct state other = *state;
    bool fails_when_true;
    value_id status = asked_status(engine, condition, &fails_when_true);
    ir_id targets[2] = {block->targets.data[0], block->targets.data[1]};
    const struct state before = *state;
    note_loop_exit(engine, state, targets[0], state);
    note_loop_exit(engine, &other, targets[1], &other);
    if (status != VALUE_NONE && join != IR_NONE) {
        struct state *failing = fails_when_true ? state : &other;
        ir_id side = targets[fails_when_true ? 0 : 1];
        if (only_reports(engine, state, side, join))
            soften(engine, &before, failing, status);
    }
    if (take_branch(engine, &other, condition, false, targets[1]))
        walk_push(engine, &other);
    *alive = take_branch(engine, state, condition, true, targets[0]);
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
static bool step_branch(struct engine *engine, struct state *state, const struct ir_block *block)
{
    const struct flow *flow = flow_here(engine, state);
    value_id condition = operand(engine, state, block->value);
    status_look(engine, state, condition);
    enum truth truth = decide(engine, state, condition);
    ir_id join = flow->post_dominator[state->block];
    if (truth != TRUTH_UNKNOWN)
        return go_to(engine, state, block->targets.data[truth == TRUTH_TRUE ? 0 : 1]);
    if (join != IR_NONE && !asks_for_zero(engine, condition) &&
        is_quiet(engine, state, block->targets.data[0], join) &&
        is_quiet(engine, state, block->targets.data[1], join)) {
        look_in_region(engine, state, block->targets.data[0], join);
        look_in_region(engine, state, block->targets.data[1], join);
        return go_to(engine, state, join);
    }
    bool alive;
    fork_branch(engine, state, condition, block, join, &alive);
    return alive;
}

static bool step_switch(struct engine *engine, struct state *state, const struct ir_block *block)
{
    value_id value = operand(engine, state, block->value);
    status_look(engine, state, value);
    for (size_t i = 0; i < block->cases.len; i++) {
        struct state taken = *state;
        struct values *values = &engine->values;
        value_id low = compare(engine, IR_GE, value, value_int(values, block->cases.data[i].low));
        value_id high = compare(engine, IR_LE, value, value_int(values, block->cases.data[i].high));
        if (block->cases.data[i].low == block->cases.data[i].high) {
            status_expects(engine, value, block->cases.data[i].low);
            low = compare(engine, IR_EQ, value, value_int(values, block->cases.data[i].low));
            high = low;
        }
        if (assume(engine, &taken, low, true) && assume(engine, &taken, high, true) &&
            go_to(engine, &taken, block->targets.data[i]))
            walk_push(engine, &taken);
        if (low == high && !assume(engine, state, low, false))
            return false; /* this case it is */
    }
    return go_to(engine, state, block->targets.data[block->targets.len - 1]);
}

/* ---- running ---- */

static bool step_terminator(struct engine *engine, struct state *state)
{
    const struct ir_block *block = &function_here(engine, state)->blocks.data[state->block];
    switch (block->terminator) {
    case IR_JUMP:
        return go_to(engine, state, block->targets.data[0]);
    case IR_BRANCH:
        return step_branch(engine, state, block);
    case IR_SWITCH:
        return step_switch(engine, state, block);
    case IR_RETURN:
        return call_return(engine, state,
                           block->value == IR_NONE
                               ? VALUE_NONE
                               : operand(engine, state, block->value)) != STEP_ENDED;
    case IR_THROW:
        return step_throw(engine, state) != STEP_ENDED;
    default:
        return false;
    }
}

static bool seen_before(struct engine *engine, const struct state *state)
{
    uint64_t hash = state_hash(state);
    if (map_get_u64(&engine->seen, hash) != MAP_NONE)
        return true;
    map_set_u64(&engine->seen, hash, 1);
    return false;
}

/* Executes what is left of the block. False: the path is over. */
static bool run_block(struct engine *engine, struct state *state)
{
    const struct ir_block *block = &function_here(engine, state)->blocks.data[state->block];
    while (state->next < block->ops.len) {
        ir_id op = block->ops.data[state->next++];
        switch (step_op(engine, state, op)) {
        case STEP_NEXT:
            break;
        case STEP_MOVED:
            return true;
        case STEP_ENDED:
            return false;
        }
    }
    return step_terminator(engine, state);
}

static void run(struct engine *engine, struct state state)
{
    do {
        if (++engine->steps > engine->options->max_steps) {
            engine->out_of_budget = true;
            return;
        }
        if (state.next == 0 && seen_before(engine, &state)) {
            engine->stats->merged++;
            return;
        }
    } while (run_block(engine, &state));
}

/* ---- roots ---- */

static void bind_parameters(struct engine *engine, struct state *state)
{
    const struct program_function *root = context_function(engine, state->context);
    for (ir_id i = 0; i < root->ir->param_count; i++) {
        ir_id type = root->ir->locals.data[i].type;
        value_id address = memory_local(engine, state->context, i);
        if (type != IR_NONE && root->in->types.data[type].kind == IR_TYPE_RECORD) {
            memory_havoc(engine, state, address, 1);
            continue;
        }
        value_id value = symbol_new(engine, SYMBOL_PARAMETER, i, root->in, type);
        state->store = pmap_set(engine->arena, state->store, address, value);
        bool is_this = i == 0 && root->ir->kind != IR_FUNCTION_FREE &&
                       root->ir->kind != IR_FUNCTION_INIT && !root->ir->is_static_method;
        bool is_reference = type != IR_NONE && root->in->types.data[type].kind == IR_TYPE_REFERENCE;
        if (is_this || is_reference)
            assume(engine, state, value, true);
    }
}

static void reset(struct engine *engine, uint32_t function)
{
    engine->arena = arena_new();
    values_init(&engine->values, engine->arena);
    table_init(&engine->contexts, engine->arena, sizeof(struct context));
    table_init(&engine->sites, engine->arena, sizeof(struct site));
    table_init(&engine->blocks, engine->arena, sizeof(struct block));
    table_init(&engine->registrations, engine->arena, sizeof(struct registration));
    table_init(&engine->ranges, engine->arena, sizeof(struct range));
    table_init(&engine->pending, engine->arena, sizeof(struct pending_status));
    memset(&engine->work, 0, sizeof engine->work);
    engine->oldest = 0;
    memset(&engine->leaks, 0, sizeof engine->leaks);
    memset(&engine->undone, 0, sizeof engine->undone);
    engine->seen = (struct map){.arena = engine->arena};
    engine->status_sites = (struct map){.arena = engine->arena};
    engine->divided = (struct map){.arena = engine->arena};
    engine->descriptors = (struct map){.arena = engine->arena};
    engine->steps = 0;
    engine->out_of_budget = false;
    engine->root = function;
    engine->scratch = arena_new_array(engine->arena, engine->scratch_len, value_id);
}

/* A path that reports failure may undo what the successful one leaves to the caller. By custom
 * 0 (or a true bool, a valid pointer) is success. */
static bool is_rollback(const struct engine *engine, value_id leaking, value_id undoing)
{
    int64_t kept, undone;
    const struct program_function *root = &engine->program.functions.data[engine->root];
    ir_id type = root->ir->result_type;
    bool know_kept = value_is_int(&engine->values, leaking, &kept);
    bool know_undone = value_is_int(&engine->values, undoing, &undone);
    if (type == IR_NONE || leaking == undoing)
        return false;
    enum ir_type_kind kind = root->in->types.data[type].kind;
    if (kind == IR_TYPE_VOID)
        return false;
    if (!know_kept)
        return true; /* a status, an object: what it says is not known */
    if (kind == IR_TYPE_BOOL || kind == IR_TYPE_POINTER)
        return kept != 0;
    return kept == 0 || (know_undone && undone < 0 && kept > 0);
}

static bool was_undone(const struct engine *engine, const struct leak *leak)
{
    for (size_t i = 0; i < engine->undone.len; i++)
        if (engine->undone.data[i].block == leak->block &&
            !is_rollback(engine, leak->result, engine->undone.data[i].result))
            return true;
    return false;
}

/* A function that registers memory of its caller owes the unregister only where another of its
 * paths does it; when paths are missing from the walk, nothing is claimed. */
static void report_leaks(struct engine *engine)
{
    if (engine->out_of_budget)
        return;
    for (size_t i = 0; i < engine->leaks.len; i++) {
        struct leak *leak = &engine->leaks.data[i];
        if (leak->needs_proof && !was_undone(engine, leak))
            continue;
        leak->event.state = &leak->state;
        event_raise(engine, &leak->event);
    }
}

/* The newest first: little waits at a time. Where the budget runs short the oldest: they left the
 * walked paths early and differ most from these. */
static struct state next_path(struct engine *engine)
{
    bool runs_short = engine->steps > engine->options->max_steps / 2;
    return engine->work.data[runs_short ? engine->oldest++ : --engine->work.len];
}

void walk_root(struct engine *engine, uint32_t function)
{
    reset(engine, function);
    struct state state = {.context = context_enter(engine, CONTEXT_NONE, function, IR_NONE),
                          .epoch = 1,
                          .capture_site = SITE_NONE,
                          .capture_status = VALUE_NONE};
    bind_parameters(engine, &state);
    walk_push(engine, &state);
    while (engine->oldest < engine->work.len && !engine->out_of_budget)
        run(engine, next_path(engine));
    report_leaks(engine);
    engine->stats->roots++;
    engine->stats->steps += engine->steps;
    if (engine->out_of_budget) {
        engine->stats->budget_hits++;
        const struct program_function *root = &engine->program.functions.data[function];
        const char *note = arena_printf(engine->lasting,
                                        "%s: too many paths in '%s': leaks there are not searched",
                                        root->in->source, root->ir->qualified);
        vec_push(engine->lasting, &engine->stats->notes, note);
    }
    arena_free(engine->arena);
    engine->arena = NULL;
}
