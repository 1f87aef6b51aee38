/* What is known of an integer or pointer: an interval with a few holes. */
#ifndef CUHOSTLINT_ENGINE_VALUE_RANGE_H
#define CUHOSTLINT_ENGINE_VALUE_RANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN };

enum { RANGE_HOLES = 6 };

struct range {
    int64_t low, high; /* inclusive; INT64_MIN and INT64_MAX: no bound. low > high: empty */
    int64_t holes[RANGE_HOLES]; /* values between them that it is not, ascending; the rest 0 */
    uint64_t hole_count;
};

struct range range_everything(void);
struct range range_between(int64_t low, int64_t high);
bool range_is_empty(const struct range *range);
bool range_is_one(const struct range *range, int64_t number);
bool range_contains(const struct range *range, int64_t number);

/* Where more holes are known than fit, the smallest ones are forgotten. */
struct range range_without(struct range range, int64_t number);
struct range range_intersection(struct range a, const struct range *b);

/* The product; it is taken not to overflow where neither factor is 0. */
struct range range_product(const struct range *a, const struct range *b);

/* The quotient of numbers that are not negative, the second not 0; all there is where they may be.
 */
struct range range_quotient(const struct range *a, const struct range *b);

/* Each value times `scale` (not 0), plus `shift`. */
struct range range_linear(const struct range *range, int64_t scale, int64_t shift);

/* Sums and products that stay at the bounds INT64_MIN and INT64_MAX. */
int64_t range_floor_divide(int64_t a, int64_t b); /* b: not 0 */
int64_t range_add_bounds(int64_t a, int64_t b);

/* Is every value, or none, `op` (enum ir_compare) the number? */
enum truth range_compare(const struct range *range, uint32_t op, int64_t number);

/* The comparison that holds where `op` does not, and the one with its sides exchanged. */
uint32_t range_negated(uint32_t op);
uint32_t range_mirrored(uint32_t op);

#endif
