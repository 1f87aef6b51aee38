/* What any client of a class may do with it, as functions of their own. */
#ifndef CUHOSTLINT_ENGINE_LIFECYCLES_H
#define CUHOSTLINT_ENGINE_LIFECYCLES_H

#include "link/program.h"

/* Adds to the program, for each class with a destructor in sight, functions that construct an
 * object (by each of its constructors, with arguments of which nothing is known) and end it; that
 * copy or move it on the way, by what the class itself defines for that; and that call one of its
 * member functions (program_function.is_use). Whoever uses the class may do so, whatever else the
 * program does with it. */
void lifecycles_add(struct program *program);

/* Is it one of these functions? No text stands for it. */
bool lifecycles_is(const struct program_function *function);

#endif
