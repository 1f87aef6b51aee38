/* What --version says. */
#ifndef CUHOSTLINT_CLI_VERSION_H
#define CUHOSTLINT_CLI_VERSION_H

#include "support/arena.h"

/* What git says of the sources (checker/revision.cmake); "" where they are in no repository. */
extern const char build_revision[];

/* Prints the version, and what the program was built from and runs with. */
void version_print(struct arena *arena);

#endif
