/* Static locals of which nobody else has the address. */
#ifndef CUHOSTLINT_ENGINE_PROGRAM_CONFINED_H
#define CUHOSTLINT_ENGINE_PROGRAM_CONFINED_H

#include "link/program.h"

void confined_find(struct program *program);

#endif
