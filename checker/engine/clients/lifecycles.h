/* What any client of a class may do with it, as functions of their own. */
#ifndef CUHOSTLINT_ENGINE_CLIENTS_LIFECYCLES_H
#define CUHOSTLINT_ENGINE_CLIENTS_LIFECYCLES_H

#include "engine/clients/life_writer.h"

/* Adds to the program, for each class with a destructor in sight, functions that construct an
 * object (by each of its constructors, with arguments of which nothing is known) and end it; that
 * copy or move it on the way, by what the class itself defines for that; and that call one of its
 * member functions (program_function.is_use). Whoever uses the class may do so, whatever else the
 * program does with it. */
void lifecycles_add(struct program *program);

/* A function of the program that builds an object and ends it; NULL: the constructor takes too
 * much. */
struct program_function *lifecycles_build_and_end(struct life *life, struct program *program,
                                                  uint32_t unit, ir_id constructor);

/* Can any client call it, and is all of it in sight? */
bool lifecycles_may_call(const struct ir_function *function);

/* Has the unit the body that the program uses? Each function is then seen once. */
bool lifecycles_is_of_unit(const struct program *program, uint32_t unit, ir_id function);

/* Does it copy or move an object? */
bool lifecycles_transfers(const struct ir_unit *unit, const struct ir_function *function);

/* Called for each constructor of each class, where all of it and of the destructor is in sight. */
typedef void life_visitor(struct life *life, struct program *program, uint32_t unit,
                          ir_id constructor);
void lifecycles_visit(struct program *program, life_visitor *visitor);

/* Is it one of these functions? No text stands for it. */
bool lifecycles_is(const struct program_function *function);

#endif
