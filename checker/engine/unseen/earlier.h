/* What is unknown since when, and what the path said of it before. */
#ifndef CUHOSTLINT_ENGINE_UNSEEN_EARLIER_H
#define CUHOSTLINT_ENGINE_UNSEEN_EARLIER_H

#include "engine/internal.h"

struct marks;

/* ---- what was known before code out of sight ran (earlier.c) ---- */
/* The call with that salt is given the object. */
void earlier_given(struct engine *engine, const struct state *state, value_id base, uint64_t salt);
/* Did the path say earlier, of what lay there then, that the condition is not so? */
bool earlier_contradicts(struct engine *engine, const struct state *state, value_id condition,
                         bool truth);
/* ... or that it is so: to find it so again is no choice. */
bool earlier_agrees(struct engine *engine, const struct state *state, value_id condition,
                    bool truth);
/* What the value is called: two that only code out of sight tells apart, given neither, have one
 * name. */
value_id earlier_name(struct engine *engine, value_id value);
/* Were the two read from one place, at whatever moments? */
bool earlier_are_one(struct engine *engine, value_id a, value_id b);
/* What the place holds in any turn of a loop, which read it before and does now, is `widened`:
 * where the loop itself does not write to it, that has the place's name. */
void earlier_widened(struct engine *engine, value_id widened, value_id place, value_id before,
                     value_id now);
/* Code out of sight may change what the place holds. */
void earlier_held(struct engine *engine, struct state *state, value_id place, value_id content);
/* Did this path know whether the integer was 0, of what lay earlier where its parts lie? */
bool earlier_was_told(struct engine *engine, const struct state *state, value_id value);

/* Code out of sight is given the array: numbers that it holds may lie elsewhere then. */
void earlier_gave_numbers(struct engine *engine, struct state *state, value_id base);
/* A function of the library writes to elements of that array of numbers. */
void earlier_rewritten(struct engine *engine, struct state *state, value_id base);
/* Was the number read from an array in which there were others when code out of sight was given it,
 * or to which such a function wrote? */
bool earlier_may_be_rewritten(struct engine *engine, const struct state *state, value_id content);

#endif
