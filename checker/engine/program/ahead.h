/* Which names of members, globals and functions the code ahead of a path mentions. What a path
 * knows of a flag that nothing ahead reads can decide nothing any more. */
#ifndef CUHOSTLINT_ENGINE_PROGRAM_AHEAD_H
#define CUHOSTLINT_ENGINE_PROGRAM_AHEAD_H

#include "ir/ir.h"

enum { NAME_WORDS = 4 };

/* A set of names that may seem to hold more than was put into it (a Bloom filter of one bit a
 * name). */
struct name_set {
    uint64_t words[NAME_WORDS];
};

/* Names are hashes; 0 is none. */
uint32_t name_of_text(const char *text);
uint32_t name_of_callee(const struct ir_function *callee);
/* The member or global whose address the operation takes, or the function that it calls; 0: none.
 */
uint32_t name_of_op(const struct ir_unit *unit, const struct ir_op *op);

void name_set_add(struct name_set *set, uint32_t name);
void name_set_add_all(struct name_set *set);
/* True where the set grew. */
bool name_set_unite(struct name_set *set, const struct name_set *other);
bool name_set_has(const struct name_set *set, uint32_t name);

struct flow;

/* What the code from the start of `block` on mentions, with all that it may call. */
const struct name_set *ahead_at(const struct ir_function *function, struct flow *flow, ir_id block);

#endif
