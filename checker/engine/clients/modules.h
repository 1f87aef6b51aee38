/* What a file of C keeps in its statics: one function makes it, another ends it. */
#ifndef CUHOSTLINT_ENGINE_CLIENTS_MODULES_H
#define CUHOSTLINT_ENGINE_CLIENTS_MODULES_H

#include "engine/internal.h"

/* Adds to the program, for each unit in which one function alone that others may call registers
 * what statics lead to, and one alone undoes it, a function that calls one and then the other. */
void modules_add(struct program *program);

#endif
