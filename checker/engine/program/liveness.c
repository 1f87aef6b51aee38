#include "engine/program/liveness.h"

#include "engine/program/flow.h"

#include <string.h>

/* Bits of a function: first its locals, then its operations whose values outlive their block or a
 * call. */
struct liveness {
    size_t words;       /* of a set; 0: the function is too large for sets */
    uint32_t *bit;      /* [op]: of its value, for flow->outlives */
    uint64_t *at_start; /* [block * words] */
    struct map behind;  /* call operation -> index into `sets` */
    VEC(uint64_t *) sets;
};

enum { MAX_WORDS = 1 << 20 }; /* of all sets of a function */

static void add(uint64_t *set, uint32_t bit)
{
    set[bit / 64] |= (uint64_t)1 << (bit % 64);
}

static void take(uint64_t *set, uint32_t bit)
{
    set[bit / 64] &= ~((uint64_t)1 << (bit % 64));
}

static bool has(const uint64_t *set, uint32_t bit)
{
    return (set[bit / 64] >> (bit % 64)) & 1;
}

static bool unite(uint64_t *set, const uint64_t *other, size_t words)
{
    bool changed = false;
    for (size_t i = 0; i < words; i++) {
        changed |= (other[i] & ~set[i]) != 0;
        set[i] |= other[i];
    }
    return changed;
}

static void use(const struct flow *flow, uint64_t *set, ir_value value)
{
    if (value != IR_NONE && flow->outlives[value])
        add(set, flow->live->bit[value]);
}

static void uses_of_call(const struct flow *flow, uint64_t *set, const struct ir_call *call)
{
    use(flow, set, call->callee);
    use(flow, set, call->into);
    for (size_t i = 0; i < call->args.len; i++)
        use(flow, set, call->args.data[i]);
}

/* From what is named behind the operation to what is named before it. */
static void step_back(const struct ir_function *function, const struct flow *flow, uint64_t *set,
                      ir_id id)
{
    const struct ir_op *op = &function->ops.data[id];
    if (flow->outlives[id])
        take(set, flow->live->bit[id]);
    if (op->code == IR_LIFETIME_BEGIN || op->code == IR_LIFETIME_END)
        take(set, op->aux);
    if (op->code == IR_ADDR_LOCAL)
        add(set, op->aux);
    use(flow, set, op->a);
    use(flow, set, op->b);
    if (op->call)
        uses_of_call(flow, set, op->call);
}

static uint64_t *start_of(const struct flow *flow, ir_id block)
{
    return flow->live->at_start + block * flow->live->words;
}

static void add_unwinding(const struct ir_block *block, const struct flow *flow, uint64_t *set)
{
    if (block->unwind != IR_NONE)
        unite(set, start_of(flow, block->unwind), flow->live->words);
}

/* What is named behind operation number `index` - 1 of the block. */
static void scan(const struct ir_function *function, const struct flow *flow, ir_id id,
                 size_t index, uint64_t *set)
{
    const struct ir_block *block = &function->blocks.data[id];
    memset(set, 0, flow->live->words * sizeof *set);
    for (size_t t = 0; t < block->targets.len; t++)
        unite(set, start_of(flow, block->targets.data[t]), flow->live->words);
    add_unwinding(block, flow, set);
    use(flow, set, block->value);
    if (function->kind == IR_FUNCTION_CONSTRUCTOR &&
        (block->terminator == IR_RETURN || block->terminator == IR_THROW))
        add(set, 0); /* whose constructor it was: the object is of its class, or there is none */
    for (size_t i = block->ops.len; i-- > index;)
        step_back(function, flow, set, block->ops.data[i]);
    add_unwinding(block, flow, set); /* any call of the block may go there */
}

static void number_names(struct arena *arena, const struct ir_function *function, struct flow *flow)
{
    struct liveness *live = flow->live;
    uint32_t count = (uint32_t)function->locals.len;
    live->bit = arena_new_array(arena, function->ops.len, uint32_t);
    for (size_t i = 0; i < function->ops.len; i++)
        if (flow->outlives[i])
            live->bit[i] = count++;
    size_t words = count / 64 + 1;
    live->words = words > MAX_WORDS / (function->blocks.len + 1) ? 0 : words;
}

static void make(const struct ir_function *function, struct flow *flow)
{
    struct arena *arena = flow->between.arena;
    flow->live = arena_new_object(arena, struct liveness);
    flow->live->behind.arena = arena;
    number_names(arena, function, flow);
    size_t words = flow->live->words;
    if (!words)
        return;
    flow->live->at_start = arena_new_array(arena, function->blocks.len * words, uint64_t);
    uint64_t *set = arena_new_array(arena, words, uint64_t);
    for (bool changed = true; changed;) {
        changed = false;
        for (ir_id b = (ir_id)function->blocks.len; b-- > 0;) {
            scan(function, flow, b, 0, set);
            changed |= unite(start_of(flow, b), set, words);
        }
    }
}

live_set live_at(const struct ir_function *function, struct flow *flow, ir_id block)
{
    if (!flow->live)
        make(function, flow);
    return flow->live->words ? start_of(flow, block) : NULL;
}

live_set live_behind(const struct ir_function *function, struct flow *flow, ir_id call_op)
{
    if (!flow->live)
        make(function, flow);
    struct liveness *live = flow->live;
    if (!live->words)
        return NULL;
    uint32_t known = map_get_u64(&live->behind, call_op);
    if (known != MAP_NONE)
        return live->sets.data[known];
    struct arena *arena = flow->between.arena;
    uint64_t *set = arena_new_array(arena, live->words, uint64_t);
    scan(function, flow, flow->block_of[call_op], flow->index_of[call_op] + 1, set);
    const struct ir_op *op = &function->ops.data[call_op];
    if (op->call)
        use(flow, set, op->call->into);
    map_set_u64(&live->behind, call_op, (uint32_t)live->sets.len);
    vec_push(arena, &live->sets, set);
    return set;
}

bool live_has_local(live_set live, ir_id local)
{
    return !live || has(live, local);
}

bool live_has_value(live_set live, const struct ir_function *function, const struct flow *flow,
                    ir_id op)
{
    return !live || op >= function->ops.len || !flow->outlives[op] ||
           has(live, flow->live->bit[op]);
}
