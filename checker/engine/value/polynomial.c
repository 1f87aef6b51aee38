/* Arithmetic on values: integers as polynomials, and what is none as an operation. */
#include "engine/value/value.h"
#include "ir/ir.h"

#include <string.h>

enum { MAX_DEGREE = 6, MAX_TERMS = 16, MAX_WEIGHT = 100 };

struct poly {
    int64_t constant;
    struct {
        int64_t coefficient;
        uint32_t monomial;
    } terms[MAX_TERMS];
    size_t len;
    bool overflow; /* too many terms: not expressible */
};

/* The terms are many and need not be zero. */
static void poly_begin(struct poly *poly, int64_t constant)
{
    poly->constant = constant;
    poly->len = 0;
    poly->overflow = false;
}

static void poly_add_term(struct poly *poly, int64_t coefficient, uint32_t monomial)
{
    size_t i = 0;
    while (i < poly->len && poly->terms[i].monomial < monomial)
        i++;
    if (i < poly->len && poly->terms[i].monomial == monomial) {
        poly->terms[i].coefficient =
            (int64_t)((uint64_t)poly->terms[i].coefficient + (uint64_t)coefficient);
        if (poly->terms[i].coefficient)
            return;
        poly->len--;
        memmove(&poly->terms[i], &poly->terms[i + 1], (poly->len - i) * sizeof poly->terms[0]);
        return;
    }
    if (!coefficient)
        return;
    if (poly->len == MAX_TERMS) {
        poly->overflow = true;
        return;
    }
    memmove(&poly->terms[i + 1], &poly->terms[i], (poly->len - i) * sizeof poly->terms[0]);
    poly->terms[i].coefficient = coefficient;
    poly->terms[i].monomial = monomial;
    poly->len++;
}

static uint32_t monomial_of_atom(struct values *values, value_id atom)
{
    struct monomial monomial = {.atom = atom, .next = 0};
    return table_intern(&values->monomials, &monomial) + 1;
}

static void poly_of(struct values *values, value_id id, struct poly *poly)
{
    poly_begin(poly, 0);
    const struct value *value = value_at(values, id);
    if (value->kind != VALUE_INT) {
        poly_add_term(poly, 1, monomial_of_atom(values, id));
        return;
    }
    poly->constant = value->number;
    for (const struct term *term = term_at(values, value->a); term;
         term = term_at(values, term->next))
        poly_add_term(poly, term->coefficient, term->monomial);
}

static value_id poly_value(struct values *values, const struct poly *poly)
{
    if (poly->len == 1 && poly->constant == 0 && poly->terms[0].coefficient == 1) {
        const struct monomial *m = monomial_at(values, poly->terms[0].monomial);
        if (!m->next)
            return m->atom;
    }
    uint32_t terms = 0;
    for (size_t i = poly->len; i-- > 0;) {
        struct term term = {poly->terms[i].coefficient, poly->terms[i].monomial, terms};
        terms = table_intern(&values->terms, &term) + 1;
    }
    return value_intern(values,
                        (struct value){.kind = VALUE_INT, .a = terms, .number = poly->constant});
}

/* The product of two monomials (atoms in ascending order); 0 where the degree is too high. */
static uint32_t monomial_product(struct values *values, uint32_t a, uint32_t b)
{
    value_id atoms[2 * MAX_DEGREE];
    size_t count = 0;
    while ((a || b) && count < 2 * MAX_DEGREE) {
        const struct monomial *ma = monomial_at(values, a);
        const struct monomial *mb = monomial_at(values, b);
        if (mb && (!ma || mb->atom < ma->atom)) {
            atoms[count++] = mb->atom;
            b = mb->next;
        } else {
            atoms[count++] = ma->atom;
            a = ma->next;
        }
    }
    if (count > MAX_DEGREE)
        return 0;
    uint32_t result = 0;
    while (count-- > 0) {
        struct monomial monomial = {.atom = atoms[count], .next = result};
        result = table_intern(&values->monomials, &monomial) + 1;
    }
    return result;
}

static bool poly_multiply(struct values *values, const struct poly *a, const struct poly *b,
                          struct poly *result)
{
    poly_begin(result, (int64_t)((uint64_t)a->constant * (uint64_t)b->constant));
    for (size_t i = 0; i < a->len; i++)
        poly_add_term(result, (int64_t)((uint64_t)a->terms[i].coefficient * (uint64_t)b->constant),
                      a->terms[i].monomial);
    for (size_t j = 0; j < b->len; j++)
        poly_add_term(result, (int64_t)((uint64_t)b->terms[j].coefficient * (uint64_t)a->constant),
                      b->terms[j].monomial);
    for (size_t i = 0; i < a->len; i++)
        for (size_t j = 0; j < b->len; j++) {
            uint32_t m = monomial_product(values, a->terms[i].monomial, b->terms[j].monomial);
            if (!m)
                return false;
            poly_add_term(
                result,
                (int64_t)((uint64_t)a->terms[i].coefficient * (uint64_t)b->terms[j].coefficient),
                m);
        }
    return !result->overflow;
}

static bool poly_sum(struct poly *a, const struct poly *b, int64_t sign)
{
    a->constant = (int64_t)((uint64_t)a->constant + (uint64_t)sign * (uint64_t)b->constant);
    for (size_t i = 0; i < b->len; i++)
        poly_add_term(a, (int64_t)((uint64_t)sign * (uint64_t)b->terms[i].coefficient),
                      b->terms[i].monomial);
    return !a->overflow;
}

/* How many symbols and operations the value is written with, as a tree. */
static int64_t weight_of(const struct values *values, value_id id)
{
    if (id == VALUE_NONE)
        return 0;
    const struct value *value = value_at(values, id);
    int64_t weight = 1;
    switch (value->kind) {
    case VALUE_OPERATION:
        return value->number;
    case VALUE_COMPARISON:
        return weight_of(values, value->a) + weight_of(values, value->b);
    case VALUE_ADDRESS:
        return weight_of(values, value->b);
    case VALUE_INT:
        for (const struct term *t = term_at(values, value->a); t; t = term_at(values, t->next))
            for (const struct monomial *m = monomial_at(values, t->monomial); m;
                 m = monomial_at(values, m->next))
                weight += weight_of(values, m->atom);
        return weight;
    default:
        return weight;
    }
}

/* Values share their parts: a random number generator's state grows a little with each step and
 * doubles as a tree. Where it says too much to say anything, a symbol stands for it. */
static value_id lighten(struct values *values, value_id id)
{
    if (weight_of(values, id) <= MAX_WEIGHT)
        return id;
    return value_symbol(values, (struct symbol){.kind = SYMBOL_UNKNOWN, .origin = hash_u64(id)});
}

value_id value_opaque(struct values *values, uint32_t sub, value_id a, value_id b)
{
    a = lighten(values, a);
    b = lighten(values, b);
    return value_intern(values,
                        (struct value){.kind = VALUE_OPERATION,
                                       .sub = sub,
                                       .a = a,
                                       .b = b,
                                       .number = 1 + weight_of(values, a) + weight_of(values, b)});
}

bool value_fold(uint32_t op, int64_t a, int64_t b, int64_t *result)
{
    switch (op) {
    case IR_DIV:
    case IR_REM:
        if (b == 0 || (a == INT64_MIN && b == -1))
            return false;
        *result = op == IR_DIV ? a / b : a % b;
        return true;
    case IR_SHL:
    case IR_SHR:
        if (b < 0 || b > 63)
            return false;
        *result = op == IR_SHL ? (int64_t)((uint64_t)a << b) : a >> b;
        return true;
    case IR_AND:
        *result = a & b;
        return true;
    case IR_OR:
        *result = a | b;
        return true;
    case IR_XOR:
        *result = a ^ b;
        return true;
    default:
        return false;
    }
}

/* x and the number of x & 6, x | 6, x ^ 6, whichever side the number stands on. */
static bool takes_bits(const struct values *values, value_id id, value_id *rest, int64_t *bits)
{
    const struct value *value = value_at(values, id);
    if (value->kind != VALUE_OPERATION ||
        (value->sub != IR_AND && value->sub != IR_OR && value->sub != IR_XOR))
        return false;
    *rest = value_is_int(values, value->a, bits) ? value->b : value->a;
    return *rest == value->b || value_is_int(values, value->b, bits);
}

/* Do the bits only ask how a block is aligned, or take off what is not there? */
static bool are_alignment(const struct values *values, value_id pointer, int64_t bits)
{
    enum { LEAST_ALIGNMENT = 8 }; /* of every allocator's blocks */
    const struct symbol *symbol = symbol_of(values, pointer);
    return symbol && symbol->kind == SYMBOL_BLOCK &&
           ((bits >= 0 && bits < LEAST_ALIGNMENT) || (bits < 0 && bits >= -LEAST_ALIGNMENT));
}

/* x & bits: flags that were set, cleared and asked for one by one, whatever the others are. */
static value_id mask(struct values *values, value_id x, int64_t bits)
{
    value_id rest;
    int64_t known;
    if (are_alignment(values, x, bits))
        return bits < 0 ? x : value_int(values, 0);
    if (!takes_bits(values, x, &rest, &known))
        return value_opaque(values, IR_AND, x, value_int(values, bits));
    uint32_t op = value_at(values, x)->sub;
    if (op == IR_AND)
        return value_binary(values, IR_AND, rest, value_int(values, known & bits));
    int64_t left = op == IR_OR ? bits & ~known : bits;
    return value_binary(values, op, value_binary(values, IR_AND, rest, value_int(values, left)),
                        value_int(values, known & bits));
}

static value_id divide(struct values *values, value_id a, value_id b)
{
    value_id exact = value_quotient(values, a, b);
    return exact != VALUE_NONE ? exact : value_opaque(values, IR_DIV, a, b);
}

static value_id other_operation(struct values *values, uint32_t op, value_id a, value_id b)
{
    int64_t left = 0, right = 0, result;
    bool know_left = value_is_int(values, a, &left), know_right = value_is_int(values, b, &right);
    if (know_left && know_right && value_fold(op, left, right, &result))
        return value_int(values, result);
    if (op == IR_SHL && know_right && right >= 0 && right < 62)
        return value_binary(values, IR_MUL, a, value_int(values, (int64_t)1 << right));
    if (op == IR_DIV)
        return divide(values, a, b);
    if ((op == IR_OR || op == IR_XOR) && know_right && right == 0)
        return a;
    if ((op == IR_OR || op == IR_XOR) && know_left && left == 0)
        return b;
    if (op == IR_AND && ((know_right && right == 0) || (know_left && left == 0)))
        return value_int(values, 0);
    value_id other = know_left ? b : a;
    if (op == IR_AND && (know_left || know_right) &&
        value_at(values, other)->kind == VALUE_COMPARISON) /* 0 or 1 */
        return (know_left ? left : right) & 1 ? other : value_int(values, 0);
    if (op == IR_AND && (know_left || know_right))
        return know_left ? mask(values, b, left) : mask(values, a, right);
    if ((op == IR_OR || op == IR_XOR) && (know_left || know_right))
        return know_left ? value_opaque(values, op, b, a) : value_opaque(values, op, a, b);
    if ((op == IR_AND || op == IR_OR || op == IR_XOR) && a > b)
        return value_opaque(values, op, b, a);
    return value_opaque(values, op, a, b);
}

value_id value_binary(struct values *values, uint32_t op, value_id a, value_id b)
{
    if (op != IR_ADD && op != IR_SUB && op != IR_MUL)
        return other_operation(values, op, a, b);
    struct poly left, right, product;
    poly_of(values, a, &left);
    poly_of(values, b, &right);
    if (op == IR_MUL)
        return poly_multiply(values, &left, &right, &product) ? poly_value(values, &product)
                                                              : value_opaque(values, op, a, b);
    return poly_sum(&left, &right, op == IR_ADD ? 1 : -1) ? poly_value(values, &left)
                                                          : value_opaque(values, op, a, b);
}

value_id value_negate(struct values *values, value_id a)
{
    return value_binary(values, IR_SUB, value_int(values, 0), a);
}

/* Removes the atoms of `divisor` from `monomial`: false where they are not all there. */
static bool monomial_quotient(struct values *values, uint32_t monomial, uint32_t divisor,
                              uint32_t *result)
{
    value_id atoms[MAX_DEGREE];
    size_t count = 0;
    const struct monomial *d = monomial_at(values, divisor);
    for (const struct monomial *m = monomial_at(values, monomial); m;
         m = monomial_at(values, m->next)) {
        if (d && d->atom == m->atom)
            d = monomial_at(values, d->next);
        else
            atoms[count++] = m->atom;
    }
    if (d)
        return false;
    *result = 0;
    while (count-- > 0) {
        struct monomial made = {.atom = atoms[count], .next = *result};
        *result = table_intern(&values->monomials, &made) + 1;
    }
    return true;
}

value_id value_quotient(struct values *values, value_id a, value_id b)
{
    struct poly left, right, result;
    poly_begin(&result, 0);
    poly_of(values, a, &left);
    poly_of(values, b, &right);
    bool constant = right.len == 0 && right.constant != 0;
    bool single = right.len == 1 && right.constant == 0;
    if (!constant && !single)
        return VALUE_NONE;
    int64_t divisor = constant ? right.constant : right.terms[0].coefficient;
    if (single && left.constant != 0)
        return VALUE_NONE;
    if (left.constant % divisor)
        return VALUE_NONE;
    result.constant = left.constant / divisor;
    for (size_t i = 0; i < left.len; i++) {
        uint32_t monomial = left.terms[i].monomial;
        if (left.terms[i].coefficient % divisor)
            return VALUE_NONE;
        if (single && !monomial_quotient(values, monomial, right.terms[0].monomial, &monomial))
            return VALUE_NONE;
        if (monomial)
            poly_add_term(&result, left.terms[i].coefficient / divisor, monomial);
        else
            result.constant += left.terms[i].coefficient / divisor;
    }
    return poly_value(values, &result);
}
