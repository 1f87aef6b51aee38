/* Temporary folders. */
#ifndef CUHOSTLINT_VALIDATE_SCRATCH_H
#define CUHOSTLINT_VALIDATE_SCRATCH_H

#include "support/arena.h"
#include "support/error.h"

/* Makes an empty folder below $TMPDIR, else /tmp, that only the user can enter. */
const struct error *scratch_make(struct arena *arena, const char **folder);

/* The environment that has a program make its temporary files in the folder; for struct process. */
const char *const *scratch_environment(struct arena *arena, const char *folder);

/* Removes it with all that is in it. */
void scratch_remove(const char *folder);

#endif
