#include "engine/value.h"

#include "ir/ir.h"

#include <string.h>

enum { MAX_DEGREE = 6, MAX_TERMS = 16, MAX_WEIGHT = 100, ALIGNED_OFFSET = 210 };

void values_init(struct values *values, struct arena *arena)
{
    *values = (struct values){
        .arena = arena, .names = {.arena = arena}, .field_offsets = {.arena = arena}};
    table_init(&values->values, arena, sizeof(struct value));
    table_init(&values->symbols, arena, sizeof(struct symbol));
    table_init(&values->regions, arena, sizeof(struct region));
    table_init(&values->terms, arena, sizeof(struct term));
    table_init(&values->monomials, arena, sizeof(struct monomial));
    value_int(values, 0); /* number 0 is the integer 0 */
}

const struct value *value_at(const struct values *values, value_id id)
{
    return table_at(&values->values, id);
}

const struct region *region_at(const struct values *values, region_id id)
{
    return table_at(&values->regions, id);
}

const struct symbol *symbol_of(const struct values *values, value_id id)
{
    if (id == VALUE_NONE)
        return NULL;
    const struct value *value = value_at(values, id);
    return value->kind == VALUE_SYMBOL ? table_at(&values->symbols, value->a) : NULL;
}

const struct term *term_at(const struct values *values, uint32_t terms)
{
    return terms ? table_at(&values->terms, terms - 1) : NULL;
}

const struct monomial *monomial_at(const struct values *values, uint32_t monomial)
{
    return monomial ? table_at(&values->monomials, monomial - 1) : NULL;
}

uint32_t name_intern(struct values *values, const char *name)
{
    uint32_t known = map_get(&values->names, name);
    if (known != MAP_NONE)
        return known;
    const char *copy = arena_strdup(values->arena, name);
    vec_push(values->arena, &values->name_texts, copy);
    uint32_t number = (uint32_t)values->name_texts.len - 1;
    map_set(&values->names, copy, number);
    return number;
}

const char *name_text(const struct values *values, uint32_t name)
{
    return values->name_texts.data[name];
}

static value_id intern(struct values *values, struct value value)
{
    return table_intern(&values->values, &value);
}

static value_id make_int(struct values *values, int64_t number, uint32_t terms)
{
    return intern(values, (struct value){.kind = VALUE_INT, .a = terms, .number = number});
}

value_id value_int(struct values *values, int64_t number)
{
    return make_int(values, number, 0);
}

value_id value_symbol(struct values *values, struct symbol symbol)
{
    uint32_t number = table_intern(&values->symbols, &symbol);
    return intern(values, (struct value){.kind = VALUE_SYMBOL, .a = number});
}

region_id region_make(struct values *values, enum region_kind kind, uint32_t a, uint32_t b)
{
    struct region region = {.kind = kind, .a = a, .b = b};
    return table_intern(&values->regions, &region);
}

value_id value_address(struct values *values, region_id region, value_id offset)
{
    const struct region *r = region_at(values, region);
    if (r->kind == REGION_POINTEE && offset == 0)
        return r->a;
    return intern(values, (struct value){.kind = VALUE_ADDRESS, .a = region, .b = offset});
}

bool value_is_int(const struct values *values, value_id id, int64_t *number)
{
    if (id == VALUE_NONE)
        return false;
    const struct value *value = value_at(values, id);
    if (value->kind != VALUE_INT || value->a)
        return false;
    if (number)
        *number = value->number;
    return true;
}

/* ---- polynomials ---- */

struct poly {
    int64_t constant;
    struct {
        int64_t coefficient;
        uint32_t monomial;
    } terms[MAX_TERMS];
    size_t len;
    bool overflow; /* too many terms: not expressible */
};

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
    *poly = (struct poly){0};
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
    return make_int(values, poly->constant, terms);
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
    *result = (struct poly){.constant = (int64_t)((uint64_t)a->constant * (uint64_t)b->constant)};
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
    return intern(values,
                  (struct value){.kind = VALUE_OPERATION,
                                 .sub = sub,
                                 .a = a,
                                 .b = b,
                                 .number = 1 + weight_of(values, a) + weight_of(values, b)});
}

static bool fold(uint32_t op, int64_t a, int64_t b, int64_t *result)
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

static value_id divide(struct values *values, value_id a, value_id b)
{
    value_id exact = value_quotient(values, a, b);
    return exact != VALUE_NONE ? exact : value_opaque(values, IR_DIV, a, b);
}

static value_id other_operation(struct values *values, uint32_t op, value_id a, value_id b)
{
    int64_t left = 0, right = 0, result;
    bool know_left = value_is_int(values, a, &left), know_right = value_is_int(values, b, &right);
    if (know_left && know_right && fold(op, left, right, &result))
        return value_int(values, result);
    if (op == IR_SHL && know_right && right >= 0 && right < 62)
        return value_binary(values, IR_MUL, a, value_int(values, (int64_t)1 << right));
    if (op == IR_DIV)
        return divide(values, a, b);
    if ((op == IR_OR || op == IR_XOR) && know_right && right == 0)
        return a;
    if (op == IR_AND && ((know_right && right == 0) || (know_left && left == 0)))
        return value_int(values, 0);
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
    struct poly left, right, result = {0};
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

/* ---- addresses ---- */

bool value_as_address(struct values *values, value_id pointer, region_id *region, value_id *offset)
{
    if (pointer == VALUE_NONE)
        return false;
    const struct value *value = value_at(values, pointer);
    if (value->kind == VALUE_ADDRESS) {
        *region = value->a;
        *offset = value->b;
        return true;
    }
    if (value->kind == VALUE_SYMBOL || value->kind == VALUE_OPERATION) {
        *region = region_make(values, REGION_POINTEE, pointer, 0);
        *offset = 0;
        return true;
    }
    return false;
}

/* The one pointer in a sum like p + 4095, with the rest of the sum; VALUE_NONE: none, or several.
 */
static value_id pointer_in_sum(struct values *values, value_id id, value_id *rest)
{
    struct value value = *value_at(values, id);
    value_id found = VALUE_NONE;
    if (value.kind != VALUE_INT)
        return VALUE_NONE;
    for (uint32_t t = value.a; t;) {
        struct term term = *term_at(values, t);
        const struct monomial *m = monomial_at(values, term.monomial);
        const struct symbol *symbol = symbol_of(values, m->atom);
        bool pointer =
            (symbol && symbol->is_pointer) || value_at(values, m->atom)->kind == VALUE_ADDRESS;
        if (pointer && (found != VALUE_NONE || m->next || term.coefficient != 1))
            return VALUE_NONE;
        if (pointer)
            found = m->atom;
        t = term.next;
    }
    if (found != VALUE_NONE)
        *rest = value_binary(values, IR_SUB, id, found);
    return found;
}

/* The pointer that an operation on an address starts from: p in (p + 4095) & ~4095. */
static value_id pointer_in_operation(struct values *values, value_id id)
{
    struct value value = *value_at(values, id);
    value_id rest;
    if (value.kind == VALUE_ADDRESS)
        return id;
    const struct symbol *symbol = symbol_of(values, id);
    if (symbol)
        return symbol->is_pointer ? id : VALUE_NONE;
    if (value.kind == VALUE_INT)
        return pointer_in_sum(values, id, &rest);
    if (value.kind != VALUE_OPERATION || value.sub >= 100)
        return VALUE_NONE;
    if (value.sub != IR_AND && value.sub != IR_OR && value.sub != IR_MUL && value.sub != IR_DIV &&
        value.sub != IR_SHL && value.sub != IR_SHR)
        return VALUE_NONE;
    value_id left = pointer_in_operation(values, value.a);
    if (left != VALUE_NONE)
        return left;
    return value.b == VALUE_NONE ? VALUE_NONE : pointer_in_operation(values, value.b);
}

value_id value_pointer_arithmetic(struct values *values, value_id value)
{
    value_id rest;
    value_id pointer = pointer_in_sum(values, value, &rest);
    if (pointer != VALUE_NONE)
        return value_advance(values, pointer, rest);
    uint32_t kind = value_at(values, value)->kind;
    if (kind == VALUE_ADDRESS || kind == VALUE_SYMBOL)
        return value;
    pointer = pointer_in_operation(values, value);
    if (pointer == VALUE_NONE || pointer == value)
        return value;
    return value_advance(values, pointer, value_opaque(values, ALIGNED_OFFSET, value, VALUE_NONE));
}

/* Fields are told apart by their names, so that units which see a class differently still mean the
 * same one; where it begins is noted beside it. Classes that one object is taken for in turn (a
 * union's, a cast's) may give a name two places: then none is known. */
static void note_field_offset(struct values *values, region_id region, uint64_t offset)
{
    enum { CONTRADICTORY = 0 };
    if (offset > INT32_MAX)
        return;
    uint32_t known = map_get_u64(&values->field_offsets, region), now = (uint32_t)offset + 1;
    if (known == now || known == CONTRADICTORY)
        return;
    if (known != MAP_NONE) {
        now = CONTRADICTORY;
        values->bases.len = 0; /* what was found with the former offset */
    }
    map_set_u64(&values->field_offsets, region, now);
}

static bool field_offset(const struct values *values, region_id region, int64_t *offset)
{
    uint32_t known = map_get_u64(&values->field_offsets, region);
    if (known == MAP_NONE || known == 0)
        return false;
    *offset = (int64_t)known - 1;
    return true;
}

value_id value_advance(struct values *values, value_id pointer, value_id bytes)
{
    region_id region;
    value_id offset;
    int64_t start, number;
    if (!value_as_address(values, pointer, &region, &offset))
        return value_binary(values, IR_ADD, pointer, bytes);
    offset = value_binary(values, IR_ADD, offset, bytes);
    if (value_is_int(values, offset, &number) && number < 0 &&
        region_at(values, region)->kind == REGION_FIELD && field_offset(values, region, &start))
        return value_advance(values, region_at(values, region)->a,
                             value_int(values, start + number)); /* container_of */
    return value_address(values, region, offset);
}

value_id value_field(struct values *values, value_id pointer, const char *name, uint64_t offset)
{
    region_id region = region_make(values, REGION_FIELD, pointer, name_intern(values, name));
    note_field_offset(values, region, offset);
    return value_address(values, region, 0);
}

bool value_starts_with(const struct values *values, value_id part)
{
    const struct value *value = value_at(values, part);
    int64_t offset;
    return value->kind == VALUE_ADDRESS && value->b == 0 &&
           field_offset(values, value->a, &offset) && offset == 0;
}

static value_id find_base(struct values *values, value_id pointer, value_id *offset)
{
    region_id region;
    value_id here;
    *offset = 0;
    if (!value_as_address(values, pointer, &region, &here))
        return VALUE_NONE;
    *offset = here;
    while (region_at(values, region)->kind == REGION_FIELD) {
        value_id whole = region_at(values, region)->a;
        int64_t start = 0;
        if (!field_offset(values, region, &start))
            *offset = VALUE_NONE;
        if (!value_as_address(values, whole, &region, &here))
            return VALUE_NONE;
        if (*offset != VALUE_NONE) {
            *offset = value_binary(values, IR_ADD, *offset, value_int(values, start));
            *offset = value_binary(values, IR_ADD, *offset, here);
        }
    }
    return value_address(values, region, 0);
}

/* Asked for all of memory again and again: the answers are kept. */
value_id value_base(struct values *values, value_id pointer, value_id *offset)
{
    if (pointer == VALUE_NONE)
        return find_base(values, pointer, offset);
    while (values->bases.len <= pointer)
        vec_push(values->arena, &values->bases, (struct value_place){0});
    struct value_place place = values->bases.data[pointer];
    if (!place.is_known) {
        place.is_known = true;
        place.base = find_base(values, pointer, &place.offset);
        values->bases.data[pointer] = place;
    }
    *offset = place.offset;
    return place.base;
}

bool value_common(struct values *values, value_id a, value_id b, value_id *offset_a,
                  value_id *offset_b)
{
    region_id region_a, region_b;
    if (!value_as_address(values, a, &region_a, offset_a) ||
        !value_as_address(values, b, &region_b, offset_b))
        return false;
    if (region_a == region_b)
        return true;
    value_id base = value_base(values, a, offset_a);
    return base != VALUE_NONE && base == value_base(values, b, offset_b) &&
           *offset_a != VALUE_NONE && *offset_b != VALUE_NONE;
}

bool value_is_same_place(struct values *values, value_id a, value_id b)
{
    value_id offset_a, offset_b;
    return a == b || (value_common(values, a, b, &offset_a, &offset_b) && offset_a == offset_b);
}

/* The address of the object that has the address's region as a field, or VALUE_NONE. */
static value_id enclosing(const struct values *values, value_id address)
{
    const struct value *value = value_at(values, address);
    if (value->kind != VALUE_ADDRESS)
        return VALUE_NONE;
    const struct region *region = region_at(values, value->a);
    return region->kind == REGION_FIELD ? region->a : VALUE_NONE;
}

bool value_is_within(const struct values *values, value_id address, value_id whole)
{
    for (; address != VALUE_NONE; address = enclosing(values, address))
        if (address == whole)
            return true;
    return false;
}

value_id value_rebase(struct values *values, value_id address, value_id from, value_id to)
{
    if (address == from)
        return to;
    value_id whole = enclosing(values, address);
    if (whole == VALUE_NONE)
        return VALUE_NONE;
    value_id moved = value_rebase(values, whole, from, to);
    if (moved == VALUE_NONE)
        return VALUE_NONE;
    struct value value = *value_at(values, address);
    struct region region = *region_at(values, value.a);
    return value_address(values, region_make(values, REGION_FIELD, moved, region.b), value.b);
}

bool value_mentions(const struct values *values, value_id value, value_id atom)
{
    if (value == atom)
        return true;
    struct value v = *value_at(values, value);
    if (v.kind == VALUE_INT) {
        for (const struct term *term = term_at(values, v.a); term;
             term = term_at(values, term->next))
            for (const struct monomial *m = monomial_at(values, term->monomial); m;
                 m = monomial_at(values, m->next))
                if (value_mentions(values, m->atom, atom))
                    return true;
        return false;
    }
    if (v.kind == VALUE_ADDRESS)
        return value_mentions(values, v.b, atom);
    if (v.kind == VALUE_OPERATION || v.kind == VALUE_COMPARISON)
        return value_mentions(values, v.a, atom) ||
               (v.b != VALUE_NONE && value_mentions(values, v.b, atom));
    return false;
}
