#include "ir/verify.h"

#include <stddef.h>

struct verifier {
    const struct ir_unit *unit;
    const struct ir_function *fn;
    ir_id *block_of; /* per operation, IR_NONE: in none */
    const char *problem;
};

static void complain(struct verifier *v, const char *what, ir_id where)
{
    if (!v->problem)
        v->problem = arena_printf(v->unit->arena, "%s: %s (%u)", v->fn->qualified, what, where);
}

/* ---- references into tables ------------------------------------------------------------ */

static void check_aux(struct verifier *v, const struct ir_op *op, ir_id index)
{
    size_t limit;
    switch (op->code) {
    case IR_ADDR_LOCAL:
    case IR_LIFETIME_BEGIN:
    case IR_LIFETIME_END:
        limit = v->fn->locals.len;
        break;
    case IR_ADDR_GLOBAL:
    case IR_FIRST_VISIT:
        limit = v->unit->globals.len;
        break;
    case IR_ADDR_FUNCTION:
        limit = v->unit->functions.len;
        break;
    case IR_SIZEOF:
        limit = op->text ? (size_t)IR_NONE + 1 : v->unit->types.len;
        break;
    case IR_INDEX:
    case IR_CATCHES:
        limit = v->unit->types.len;
        break;
    default:
        return;
    }
    if (op->aux >= limit)
        complain(v, "an operation refers to nothing", index);
}

static bool yields(const struct ir_op *op)
{
    return op->type != IR_NONE && op->code != IR_COPY && op->code != IR_ZERO &&
           op->code != IR_STORE && op->code != IR_LIFETIME_BEGIN && op->code != IR_LIFETIME_END;
}

static void check_operand(struct verifier *v, ir_value operand, ir_id user)
{
    if (operand == IR_NONE)
        return;
    if (operand >= v->fn->ops.len)
        complain(v, "an operand does not exist", user);
    else if (!yields(&v->fn->ops.data[operand]))
        complain(v, "an operand has no value", user);
    else if (v->block_of[operand] == IR_NONE)
        complain(v, "an operand stands in no block", user);
    else if (v->block_of[operand] == v->block_of[user] && operand >= user)
        complain(v, "an operand is defined after its use", user);
}

static void check_call(struct verifier *v, const struct ir_op *op, ir_id index)
{
    const struct ir_call *call = op->call;
    if (!call) {
        if (op->code != IR_HAVOC)
            complain(v, "a call without its parts", index);
        return;
    }
    if (call->args.len != call->arg_locs.len)
        complain(v, "arguments and their positions differ in number", index);
    for (size_t i = 0; i < call->args.len; i++) {
        if (call->args.data[i] == IR_NONE)
            complain(v, "an argument is missing", index);
        check_operand(v, call->args.data[i], index);
    }
    check_operand(v, call->into, index);
    check_operand(v, call->callee, index);
    if (op->code == IR_HAVOC)
        return;
    if (call->function != IR_NONE && call->function >= v->unit->functions.len)
        complain(v, "a call of a function that does not exist", index);
    if (call->function == IR_NONE && call->callee == IR_NONE)
        complain(v, "a call of nothing", index);
}

static bool needs_a(enum ir_opcode code)
{
    return code == IR_FIELD || code == IR_INDEX || code == IR_LOAD || code == IR_STORE ||
           code == IR_COPY || code == IR_ZERO || code == IR_UNARY || code == IR_BINARY ||
           code == IR_COMPARE || code == IR_CAST || code == IR_COUNT;
}

static bool needs_b(enum ir_opcode code)
{
    return code == IR_STORE || code == IR_COPY || code == IR_BINARY || code == IR_COMPARE;
}

static void check_op(struct verifier *v, ir_id index)
{
    const struct ir_op *op = &v->fn->ops.data[index];
    if (op->type != IR_NONE && op->type >= v->unit->types.len)
        complain(v, "an operation of a type that does not exist", index);
    if (needs_a(op->code) && op->a == IR_NONE)
        complain(v, "an operation lacks its first operand", index);
    if (needs_b(op->code) && op->b == IR_NONE)
        complain(v, "an operation lacks its second operand", index);
    check_operand(v, op->a, index);
    check_operand(v, op->b, index);
    check_aux(v, op, index);
    if (op->code == IR_CALL || op->code == IR_LAUNCH || op->code == IR_HAVOC)
        check_call(v, op, index);
}

/* ---- blocks ---------------------------------------------------------------------------- */

static size_t wanted_targets(const struct ir_block *block)
{
    switch (block->terminator) {
    case IR_JUMP:
        return 1;
    case IR_BRANCH:
        return 2;
    case IR_SWITCH:
        return block->cases.len + 1;
    case IR_RETURN:
    case IR_THROW:
    case IR_UNREACHABLE:
        return 0;
    }
    return 0;
}

static void check_block(struct verifier *v, ir_id index)
{
    const struct ir_block *block = &v->fn->blocks.data[index];
    if (block->targets.len != wanted_targets(block))
        complain(v, "a block has too few or too many ways out", index);
    for (size_t i = 0; i < block->targets.len; i++)
        if (block->targets.data[i] >= v->fn->blocks.len)
            complain(v, "a block leads nowhere", index);
    if (block->unwind != IR_NONE && block->unwind >= v->fn->blocks.len)
        complain(v, "an exception leads nowhere", index);
    bool needs_value = block->terminator == IR_BRANCH || block->terminator == IR_SWITCH;
    if (needs_value && block->value == IR_NONE)
        complain(v, "a branch on nothing", index);
    if (block->value != IR_NONE &&
        (block->value >= v->fn->ops.len || !yields(&v->fn->ops.data[block->value])))
        complain(v, "a branch on what has no value", index);
    for (size_t i = 0; i + 1 < block->ops.len; i++)
        if (block->ops.data[i] >= block->ops.data[i + 1])
            complain(v, "operations out of order", index);
}

static void place_ops(struct verifier *v)
{
    for (size_t i = 0; i < v->fn->ops.len; i++)
        v->block_of[i] = IR_NONE;
    for (ir_id block = 0; block < v->fn->blocks.len; block++) {
        for (size_t i = 0; i < v->fn->blocks.data[block].ops.len; i++) {
            ir_id op = v->fn->blocks.data[block].ops.data[i];
            if (op >= v->fn->ops.len || v->block_of[op] != IR_NONE)
                complain(v, "an operation stands in two blocks, or does not exist", op);
            else
                v->block_of[op] = block;
        }
    }
}

/* ---- dominance ------------------------------------------------------------------------- */

/* Per block, the set of blocks that dominate it: simple and quadratic, enough for tests. */
struct dominators {
    size_t words;
    uint64_t *sets;
};

static uint64_t *set_of(const struct dominators *d, ir_id block)
{
    return d->sets + (size_t)block * d->words;
}

static bool meet(struct dominators *d, ir_id from, ir_id to)
{
    bool changed = false;
    uint64_t *target = set_of(d, to);
    const uint64_t *source = set_of(d, from);
    for (size_t w = 0; w < d->words; w++) {
        uint64_t kept = target[w] & source[w];
        if (w == to / 64)
            kept |= (uint64_t)1 << (to % 64);
        changed |= kept != target[w];
        target[w] = kept;
    }
    return changed;
}

static bool flow(const struct verifier *v, struct dominators *d)
{
    bool changed = false;
    for (ir_id i = 0; i < v->fn->blocks.len; i++) {
        const struct ir_block *block = &v->fn->blocks.data[i];
        for (size_t t = 0; t < block->targets.len; t++)
            changed |= meet(d, i, block->targets.data[t]);
        if (block->unwind != IR_NONE)
            changed |= meet(d, i, block->unwind);
    }
    return changed;
}

static struct dominators dominators_of(const struct verifier *v)
{
    struct dominators d = {.words = (v->fn->blocks.len + 63) / 64};
    d.sets = arena_new_array(v->unit->arena, v->fn->blocks.len * d.words, uint64_t);
    for (size_t i = d.words; i < v->fn->blocks.len * d.words; i++)
        d.sets[i] = UINT64_MAX; /* unreachable until shown otherwise */
    d.sets[0] = 1;
    while (flow(v, &d))
        ;
    return d;
}

static void check_dominated(struct verifier *v, const struct dominators *d, ir_value operand,
                            ir_id user)
{
    if (operand == IR_NONE)
        return;
    ir_id from = v->block_of[operand];
    ir_id at = v->block_of[user];
    if (at == IR_NONE || from == at)
        return;
    if (!(set_of(d, at)[from / 64] >> (from % 64) & 1))
        complain(v, "an operand is not defined on every path to its use", user);
}

static void check_dominance(struct verifier *v)
{
    struct dominators d = dominators_of(v);
    for (ir_id i = 0; i < v->fn->ops.len; i++) {
        const struct ir_op *op = &v->fn->ops.data[i];
        check_dominated(v, &d, op->a, i);
        check_dominated(v, &d, op->b, i);
        for (size_t j = 0; op->call && j < op->call->args.len; j++)
            check_dominated(v, &d, op->call->args.data[j], i);
        if (op->call)
            check_dominated(v, &d, op->call->into, i);
    }
}

static void verify_function(struct verifier *v)
{
    if (!v->fn->has_body)
        return;
    if (v->fn->blocks.len == 0)
        complain(v, "a body without blocks", 0);
    if (v->fn->locals.len < v->fn->param_count)
        complain(v, "parameters are missing among the locals", 0);
    v->block_of = arena_new_array(v->unit->arena, v->fn->ops.len, ir_id);
    place_ops(v);
    for (ir_id i = 0; i < v->fn->blocks.len; i++)
        check_block(v, i);
    for (ir_id i = 0; i < v->fn->ops.len; i++)
        check_op(v, i);
    if (!v->problem)
        check_dominance(v);
}

const char *ir_verify(const struct ir_unit *unit)
{
    struct verifier v = {.unit = unit};
    for (size_t i = 0; i < unit->functions.len && !v.problem; i++) {
        v.fn = &unit->functions.data[i];
        verify_function(&v);
    }
    return v.problem;
}
