/* Is a thread joined before anything else counts? From where it starts, every path is followed to
 * the call that joins it. What stands between may compute, wait and print; where anything else is
 * done, to the object that stands for the thread among it, the answer is no. An exception there is
 * passed over: a std::thread that nobody joined ends the process, and the others are joined. */
#include "engine/program/joins.h"

#include "engine/program/callee.h"

#include <string.h>

struct search {
    const struct program *program;
    const struct model_set *models;
    const struct program_function *here;
    const struct ir_op *start;
    ir_id thread;     /* the local that stands for it */
    bool *shown;      /* [local]: its address is a value somewhere */
    bool *is_reached; /* [block] */
    VEC(ir_id) waiting;
};

enum progress { GOES_ON, JOINED, UNCLEAR };

static const struct ir_op *op_at(const struct search *search, ir_value value)
{
    return &search->here->ir->ops.data[value];
}

/* The local whose address that is, its base's or a member's; IR_NONE: none. */
static ir_id local_at(const struct search *search, ir_value value)
{
    while (value != IR_NONE) {
        const struct ir_op *op = op_at(search, value);
        if (op->code == IR_ADDR_LOCAL)
            return op->aux;
        if (op->code != IR_FIELD)
            return IR_NONE;
        value = op->a;
    }
    return IR_NONE;
}

static const struct model_effect *effect_of(const struct model_set *models,
                                            const struct ir_unit *unit, const struct ir_op *op,
                                            enum model_effect_kind kind)
{
    const struct model_function *model =
        op->code == IR_CALL && op->call ? callee_model(models, unit, op->call) : NULL;
    return model ? models_effect(model, kind) : NULL;
}

const struct model_effect *joins_started_by(const struct model_set *models,
                                            const struct ir_unit *unit, const struct ir_op *op)
{
    return effect_of(models, unit, op, MODEL_STARTS);
}

/* ---- what stands between ---- */

static bool is_body(const struct search *search, ir_value argument)
{
    const struct ir_unit *unit = search->here->in;
    const struct ir_op *op = op_at(search, argument);
    ir_id class = op->type == IR_NONE ? IR_NONE : callee_pointed_class(unit, op->type);
    if (op->code == IR_ADDR_FUNCTION)
        return true;
    for (size_t i = 0; class != IR_NONE && i < unit->records.data[class].methods.len; i++)
        if (strcmp(unit->functions.data[unit->records.data[class].methods.data[i]].name,
                   "operator()") == 0)
            return true;
    return false;
}

/* Is that the thread itself: its object, or the number that the object holds? */
static bool is_thread(const struct search *search, ir_value argument)
{
    const struct ir_op *op = ir_behind_casts(search->here->ir, argument);
    return local_at(search, argument) == search->thread ||
           (op->code == IR_LOAD && local_at(search, op->a) == search->thread);
}

static bool is_quiet_call(const struct search *search, const struct ir_call *call)
{
    const struct model_function *model = callee_model(search->models, search->here->in, call);
    for (size_t i = 0; i < call->args.len; i++)
        if (is_body(search, call->args.data[i]))
            return false;
    if (model)
        return callee_only_tells(model);
    if (call->function == IR_NONE || call->is_virtual)
        return false;
    const struct program_function *callee =
        &search->program->functions
             .data[program_number(search->program, search->here->unit, call->function)];
    if (callee_container(search->models, callee))
        return callee->ir->is_const_method;
    if (callee->flow)
        return !(callee->flow->all & ~(uint32_t)(FLOW_STATUS | FLOW_LEAVES | FLOW_ASKS));
    return callee->ir->in_system_header;
}

static enum progress look_at_call(const struct search *search, const struct ir_op *op)
{
    const struct ir_call *call = op->call;
    const struct model_effect *join = effect_of(search->models, search->here->in, op, MODEL_JOINS);
    if (join && join->pointer >= 0 && (size_t)join->pointer < call->args.len &&
        is_thread(search, call->args.data[join->pointer]))
        return JOINED;
    bool asks = call->function != IR_NONE &&
                search->here->in->functions.data[call->function].is_const_method;
    for (size_t i = 0; i < call->args.len; i++)
        if (is_thread(search, call->args.data[i]) && !(asks && i == 0))
            return UNCLEAR;
    return is_quiet_call(search, call) ? GOES_ON : UNCLEAR;
}

static enum progress look_at_op(const struct search *search, const struct ir_op *op)
{
    ir_id local;
    switch (op->code) {
    case IR_CALL:
        return look_at_call(search, op);
    case IR_STORE:
    case IR_COPY:
    case IR_ZERO:
        local = local_at(search, op->a);
        return local != IR_NONE && !search->shown[local] ? GOES_ON : UNCLEAR;
    case IR_LIFETIME_END:
        return search->shown[op->aux] ? UNCLEAR : GOES_ON;
    case IR_LAUNCH:
    case IR_HAVOC:
    case IR_THROWN:
        return UNCLEAR;
    default:
        return GOES_ON;
    }
}

/* ---- the paths ---- */

static void note_shown(struct search *search, ir_value value)
{
    ir_id local = value == IR_NONE ? IR_NONE : local_at(search, value);
    if (local != IR_NONE)
        search->shown[local] = true;
}

static void find_shown(struct search *search)
{
    const struct ir_function *function = search->here->ir;
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        note_shown(search, op->b);
        if (op->code == IR_CAST)
            note_shown(search, op->a);
        for (size_t j = 0; op->call && j < op->call->args.len; j++)
            note_shown(search, op->call->args.data[j]);
    }
}

/* Is the value what the call that starts the thread returned? */
static bool is_start(const struct search *search, ir_value value)
{
    return value != IR_NONE && ir_behind_casts(search->here->ir, value) == search->start;
}

/* Which side of the block's branch is left where no thread was started: a call that says how it
 * went gives 0 where one was. -1: none is. */
static int failing_side(const struct search *search, const struct ir_block *block)
{
    if (block->terminator != IR_BRANCH || block->value == IR_NONE)
        return -1;
    if (is_start(search, block->value))
        return 0;
    const struct ir_op *test = op_at(search, block->value);
    if (test->code != IR_COMPARE || (test->sub != IR_EQ && test->sub != IR_NE) ||
        !is_start(search, test->a) || op_at(search, test->b)->code != IR_CONST ||
        op_at(search, test->b)->number != 0)
        return -1;
    return test->sub == IR_EQ;
}

/* The rest of the block from the `first` operation on. */
static bool look_at_block(struct search *search, struct arena *arena, ir_id number, size_t first)
{
    const struct ir_block *block = &search->here->ir->blocks.data[number];
    for (size_t i = first; i < block->ops.len; i++) {
        enum progress progress = look_at_op(search, op_at(search, block->ops.data[i]));
        if (progress != GOES_ON)
            return progress == JOINED;
    }
    int failing = failing_side(search, block);
    for (size_t i = 0; i < block->targets.len; i++) {
        ir_id next = block->targets.data[i];
        if ((int)i == failing)
            continue;
        if (!search->is_reached[next])
            vec_push(arena, &search->waiting, next);
        search->is_reached[next] = true;
    }
    return block->terminator != IR_RETURN && block->terminator != IR_THROW;
}

bool joins_at_once(struct arena *arena, const struct program *program,
                   const struct model_set *models, const struct program_function *here, ir_id start)
{
    const struct ir_op *op = &here->ir->ops.data[start];
    const struct model_effect *effect = joins_started_by(models, here->in, op);
    struct search search = {.program = program, .models = models, .here = here, .start = op};
    ir_value object = !effect                          ? IR_NONE
                      : effect->result == MODEL_RESULT ? op->call->into
                      : effect->result >= 0 && (size_t)effect->result < op->call->args.len
                          ? op->call->args.data[effect->result]
                          : IR_NONE;
    search.thread = local_at(&search, object);
    if (search.thread == IR_NONE)
        return false;
    search.shown = arena_new_array(arena, here->ir->locals.len, bool);
    search.is_reached = arena_new_array(arena, here->ir->blocks.len, bool);
    find_shown(&search);
    if (!look_at_block(&search, arena, here->flow->block_of[start],
                       here->flow->index_of[start] + 1))
        return false;
    while (search.waiting.len)
        if (!look_at_block(&search, arena, search.waiting.data[--search.waiting.len], 0))
            return false;
    return true;
}
