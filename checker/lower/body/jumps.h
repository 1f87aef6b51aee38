/* setjmp and longjmp: a call that comes back a second time, and the way there. */
#ifndef CUHOSTLINT_LOWER_BODY_JUMPS_H
#define CUHOSTLINT_LOWER_BODY_JUMPS_H

#include "lower/body/body.h"

/* Is the function the C library's setjmp, by whatever name a header gives it? */
bool jumps_is_set(const struct ir_function *function);

/* Is it longjmp? */
bool jumps_is_back(const struct ir_function *function);

/* Behind a call of setjmp: its result, 0 the first time. What jumps back from here on, in this
 * function or in what it calls, comes out here once more, with another number. */
ir_value jumps_set(struct body *b, ir_id type);

/* Around the statements of a compound: a jump comes back to a setjmp of one of them from those that
 * follow. `outer` is what jumps_enter gave. */
struct landing jumps_enter(struct body *b);
void jumps_after_statement(struct body *b);
void jumps_leave(struct body *b, struct landing outer);

#endif
