/* Temporary folders. */
#ifndef CUHOSTLINT_SUPPORT_SCRATCH_H
#define CUHOSTLINT_SUPPORT_SCRATCH_H

#include "support/arena.h"
#include "support/error.h"

/* A name below $TMPDIR, else /tmp, that nothing has and nobody foresees. The folder is not made. */
const char *scratch_name(struct arena *arena);

/* Makes a folder of such a name, empty, that only the user can enter. */
const struct error *scratch_make(struct arena *arena, const char **folder);

/* The environment that has a program make its temporary files in the folder; for struct process. */
const char *const *scratch_environment(struct arena *arena, const char *folder);

/* Removes it with all that is in it; none may be there. */
void scratch_remove(const char *folder);

#endif
