#include "link/copies.h"

#include <string.h>

/* A function, with the unit that its numbers are of. */
struct side {
    const struct ir_unit *unit;
    const struct ir_function *function;
};

static bool is_same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool is_same_function(struct side a, ir_id x, struct side b, ir_id y)
{
    if (x == IR_NONE || y == IR_NONE)
        return x == y;
    const char *key = a.unit->functions.data[x].key;
    return key && is_same_text(key, b.unit->functions.data[y].key);
}

/* Statics are each file's own: a copy has copies of them. */
static bool is_same_global(struct side a, ir_id x, struct side b, ir_id y)
{
    const struct ir_global *left = &a.unit->globals.data[x], *right = &b.unit->globals.data[y];
    if (left->is_static && right->is_static)
        return strcmp(left->name, right->name) == 0;
    return left->key && is_same_text(left->key, right->key);
}

static bool is_same_call(struct side a, const struct ir_call *x, struct side b,
                         const struct ir_call *y)
{
    if (!x || !y)
        return x == y;
    return is_same_function(a, x->function, b, y->function) && x->callee == y->callee &&
           x->into == y->into && is_same_text(x->written, y->written) &&
           x->args.len == y->args.len &&
           (x->args.len == 0 ||
            memcmp(x->args.data, y->args.data, x->args.len * sizeof *x->args.data) == 0);
}

/* What `aux` means for the operations where it says what is read, written or called. */
static bool is_same_aux(struct side a, const struct ir_op *x, struct side b, const struct ir_op *y)
{
    switch (x->code) {
    case IR_ADDR_GLOBAL:
    case IR_FIRST_VISIT:
        return is_same_global(a, x->aux, b, y->aux);
    case IR_ADDR_FUNCTION:
        return is_same_function(a, x->aux, b, y->aux);
    case IR_ADDR_LOCAL:
    case IR_FIELD:
    case IR_LIFETIME_BEGIN:
    case IR_LIFETIME_END:
        return x->aux == y->aux;
    default: /* types: what they are shows in the rest */
        return true;
    }
}

static bool is_same_op(struct side a, const struct ir_op *x, struct side b, const struct ir_op *y)
{
    return x->code == y->code && x->sub == y->sub && x->a == y->a && x->b == y->b &&
           x->number == y->number && is_same_text(x->text, y->text) && is_same_aux(a, x, b, y) &&
           is_same_call(a, x->call, b, y->call);
}

static bool is_same_block(const struct ir_block *x, const struct ir_block *y)
{
    if (x->ops.len != y->ops.len || x->terminator != y->terminator || x->value != y->value ||
        x->targets.len != y->targets.len || x->cases.len != y->cases.len || x->unwind != y->unwind)
        return false;
    for (size_t i = 0; i < x->ops.len; i++)
        if (x->ops.data[i] != y->ops.data[i])
            return false;
    for (size_t i = 0; i < x->targets.len; i++)
        if (x->targets.data[i] != y->targets.data[i])
            return false;
    for (size_t i = 0; i < x->cases.len; i++)
        if (x->cases.data[i].low != y->cases.data[i].low ||
            x->cases.data[i].high != y->cases.data[i].high)
            return false;
    return true;
}

bool copies_are_equal(const struct ir_unit *a_unit, const struct ir_function *a,
                      const struct ir_unit *b_unit, const struct ir_function *b)
{
    struct side left = {a_unit, a}, right = {b_unit, b};

    if (a->ops.len != b->ops.len || a->blocks.len != b->blocks.len ||
        a->degraded.len != b->degraded.len)
        return false;
    for (size_t i = 0; i < a->ops.len; i++)
        if (!is_same_op(left, &a->ops.data[i], right, &b->ops.data[i]))
            return false;
    for (size_t i = 0; i < a->blocks.len; i++)
        if (!is_same_block(&a->blocks.data[i], &b->blocks.data[i]))
            return false;
    return true;
}
