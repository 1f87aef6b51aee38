/* Symbolic values and memory regions, hash-consed: equal values have equal numbers.
 *
 * Integers are polynomials over atoms with 64-bit coefficients (4*n*m + 8). An atom is a symbol
 * (something unknown: a parameter, a call's result) or an operation that the polynomials cannot
 * express (n / 3, flags & 2). A pointer is a symbol itself (unknown pointers, allocated blocks), 0
 * for NULL, or the address (region, offset in bytes). */
#ifndef CUHOSTLINT_ENGINE_VALUE_VALUE_H
#define CUHOSTLINT_ENGINE_VALUE_VALUE_H

#include "support/map.h"
#include "support/table.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t value_id;
typedef uint32_t region_id;
#define VALUE_NONE UINT32_MAX

enum value_kind { VALUE_INT, VALUE_SYMBOL, VALUE_ADDRESS, VALUE_OPERATION, VALUE_COMPARISON };

struct value {
    uint32_t kind;  /* enum value_kind */
    uint32_t sub;   /* enum ir_binary / ir_unary + 100 (operation), enum ir_compare (comparison) */
    uint32_t a;     /* int: terms; symbol: its number; address: region; else the left operand */
    uint32_t b;     /* address: offset (a value); else the right operand */
    int64_t number; /* int: the constant part; operation: its weight, see value_opaque */
};

/* Why a symbol is unknown. */
enum symbol_kind {
    SYMBOL_UNKNOWN,   /* anything */
    SYMBOL_PARAMETER, /* what a caller passes */
    SYMBOL_CONTENT,   /* what memory held when the function was entered, or after it was havocked */
    SYMBOL_RESULT,    /* what an unseen function returned */
    SYMBOL_STATUS,    /* the status of a modelled call */
    SYMBOL_BLOCK,     /* the address of an allocated block (NULL if the allocation failed) */
    SYMBOL_BUFFER,    /* the address of a container's buffer */
    SYMBOL_SIZEOF,    /* a constant above 0 that is not known: sizeof of a dependent type */
    SYMBOL_WIDENED,   /* a value that loops change */
    SYMBOL_UNINITIALISED
};

struct symbol {
    uint32_t kind;   /* enum symbol_kind */
    uint32_t bits;   /* of its type; 0 unknown */
    uint64_t origin; /* tells symbols of a kind apart: a hash of site, call path and instance */
    uint32_t is_signed;
    uint32_t is_pointer;
};

enum region_kind {
    REGION_LOCAL,   /* a: frame, b: index of the local */
    REGION_GLOBAL,  /* a: name */
    REGION_POINTEE, /* a: the symbol (a value) that points to it */
    REGION_FIELD,   /* a: address of the whole (a value), b: name */
    REGION_STRING,  /* a: name */
    REGION_FUNCTION /* a: number in the program */
};

struct region {
    uint32_t kind;
    uint32_t a, b;
};

struct value_place {
    value_id base, offset;
    bool is_known;
};

struct interned_name {
    const char *text;
    uint32_t name; /* name_of_text(text) */
};

struct values {
    struct arena *arena;
    struct table values, symbols, regions, terms, monomials;
    VEC(struct value_place) bases; /* per value: what value_base said */
    struct map field_offsets;      /* region of a field -> bytes from the object's start, + 1 */
    struct map spellings; /* base, offset and name of a field -> its first address (place.c) */
    struct map names;
    VEC(struct interned_name) interned;
};

void values_init(struct values *values, struct arena *arena);

static inline const struct value *value_at(const struct values *values, value_id id)
{
    return table_at(&values->values, id);
}
const struct region *region_at(const struct values *values, region_id id);
const struct symbol *symbol_of(const struct values *values, value_id id); /* NULL: no symbol */

uint32_t name_intern(struct values *values, const char *name);
const char *name_text(const struct values *values, uint32_t name);

/* The number of a value with these parts: for polynomial.c, others make values of a kind. */
value_id value_intern(struct values *values, struct value value);

value_id value_int(struct values *values, int64_t number);
value_id value_symbol(struct values *values, struct symbol symbol);
value_id value_address(struct values *values, region_id region, value_id offset);
region_id region_make(struct values *values, enum region_kind kind, uint32_t a, uint32_t b);

/* True, with the number, where the value is a known integer (or NULL: 0). */
bool value_is_int(const struct values *values, value_id id, int64_t *number);

/* The terms of an integer: sum of coefficient * monomial. */
struct term {
    int64_t coefficient;
    uint32_t monomial;
    uint32_t next; /* a term + 1, 0: end */
};
struct monomial {
    value_id atom;
    uint32_t next; /* a monomial + 1, 0: end */
};
const struct term *term_at(const struct values *values, uint32_t terms);
const struct monomial *monomial_at(const struct values *values, uint32_t monomial);

/* ---- arithmetic (polynomial.c) ---- */

/* a op b (enum ir_binary), on 64 bits: a polynomial where it is one, else an operation. */
value_id value_binary(struct values *values, uint32_t op, value_id a, value_id b);
/* What an operation that is no sum or product gives for two numbers; false: nothing defined. */
bool value_fold(uint32_t op, int64_t a, int64_t b, int64_t *result);
value_id value_negate(struct values *values, value_id a);
/* An operation on a and b (VALUE_NONE: none) of which nothing is known but that equal operands give
 * equal results. Its weight is how many symbols and operations it is written with. */
value_id value_opaque(struct values *values, uint32_t sub, value_id a, value_id b);

/* Exact division a / b where both are polynomials and b is a single term: VALUE_NONE where the
 * quotient is no polynomial. */
value_id value_quotient(struct values *values, value_id a, value_id b);

/* ---- addresses (place.c) ---- */
/* The name (ahead.h) of the member or global that lies there; 0: it is neither. */
uint32_t place_name(const struct values *values, value_id place);
/* A part of an object that the program has no name for: what a container counts, its class. */
bool place_is_hidden(const struct values *values, value_id place);

/* A pointer taken apart: region and offset. A symbol points to its own pointee. False for
 * integers and whatever cannot be a pointer. */
bool value_as_address(struct values *values, value_id pointer, region_id *region, value_id *offset);

/* A result of integer arithmetic that starts from one pointer (rounding an address up): an address
 * in the same object, at an offset that only the value itself tells. Other values stay as they are.
 */
value_id value_pointer_arithmetic(struct values *values, value_id value);

/* The number that an address inside an object is, or what an address and a number add up to: where
 * the object begins, and how far in. */
value_id value_as_number(struct values *values, value_id value);

/* pointer + bytes (a value). */
value_id value_advance(struct values *values, value_id pointer, value_id bytes);

/* The address of a named part of the object at `pointer`. `offset`: bytes from there, or
 * IR_SIZE_UNKNOWN. */
value_id value_field(struct values *values, value_id pointer, const char *name, uint64_t offset);

/* Of all addresses of a scalar field the one that was made first: `((struct base *)p)->n` and
 * `p->base.n` are one place. */
value_id value_one_spelling(struct values *values, value_id field);

/* True where `part` is a field that begins with the object it is in. */
bool value_starts_with(const struct values *values, value_id part);

/* The object that the one at the address is a base of, or a base of a base: as far out as their
 * names ("(base) T") begin with `start`. */
value_id value_around_bases(const struct values *values, value_id object, const char *start);

/* The innermost part of that name that the address is, or lies in; VALUE_NONE: none. */
value_id value_around_part(const struct values *values, value_id address, const char *name);

/* The address of the outermost object that contains the address: what was allocated or declared.
 * `*offset`: bytes from there, VALUE_NONE where unknown. */
value_id value_base(struct values *values, value_id pointer, value_id *offset);
/* The same of an address that may be kept as a number, rounded perhaps. */
value_id value_base_of_number(struct values *values, value_id number);
/* No address, nor a pointer that is not known. */
bool value_is_number(const struct values *values, value_id value);
/* The member that an address ends with; 0: it is that of an element, or of a whole object. */
uint32_t value_last_member(const struct values *values, value_id address);

/* The offsets of two addresses from one object that both are known to lie in. False: there is none.
 */
bool value_common(struct values *values, value_id a, value_id b, value_id *offset_a,
                  value_id *offset_b);

/* True where two addresses, however spelled, are one: &s and &s.first. */
bool value_is_same_place(struct values *values, value_id a, value_id b);

/* True where `address` lies inside the object at `whole` (the same address, a field of it). */
bool value_is_within(const struct values *values, value_id address, value_id whole);

/* `address`, which lies within `from`, moved to the same place within `to`. */
value_id value_rebase(struct values *values, value_id address, value_id from, value_id to);

#endif
