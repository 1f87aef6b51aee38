/* Which macros to define for a file without a compile command, so that the calls which it makes
 * under "#ifdef USE_CUDA" are parsed: who lints such a file asks about them. Private to
 * checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_ASSUME_H
#define CUHOSTLINT_LOWER_PARSE_ASSUME_H

#include "support/vec.h"

#include <stdbool.h>

/* Macros that conditions around sites ask for, and those that they exclude. */
struct assumptions {
    VEC(const char *) wanted;
    VEC(const char *) refused;
};

/* Takes a condition as written ("#if defined(A) && !B", "#ifdef X") into account; `holds` is false
 * for what stands in its #else. Only plain names count: comparisons and the alternatives behind a
 * "||" are left alone. */
void assume_condition(struct arena *arena, struct assumptions *assumptions, const char *condition,
                      bool holds);

/* The opposite, for a condition under which the program refuses to be built ("#if !HAVE_CUDA" with
 * "#error" behind it): none of its alternatives may hold. */
void assume_not(struct arena *arena, struct assumptions *assumptions, const char *condition);

/* Takes over what others assume. False, and nothing is taken over: they contradict, or ask for
 * switches that exclude each other. */
bool assume_also(struct arena *arena, struct assumptions *assumptions,
                 const struct assumptions *others);

/* Is the name among them? */
bool assume_contains(const char *const *names, size_t count, const char *name);

/* Two switches for GPUs of different makers, USE_CUDA and USE_HIP: a build has one of them, as far
 * as the names tell. */
bool assume_excludes(const char *one, const char *other);

/* True for a switch of a project by its name, not of a compiler, a platform or a version. */
bool assume_is_switch(const char *name);

/* The i-th macro to define, in the order of the text, or NULL: wanted, never refused, and a
 * switch. */
const char *assume_macro(const struct assumptions *assumptions, size_t i);

#endif
