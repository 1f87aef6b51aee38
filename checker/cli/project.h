/* Folders: where a project begins. */
#ifndef CUHOSTLINT_CLI_PROJECT_H
#define CUHOSTLINT_CLI_PROJECT_H

#include "source/source.h"
#include "support/arena.h"

/* The project that `folder` (absolute) belongs to: the nearest folder from it upwards that holds a
 * .git, else a .cuhostlint, else itself. */
const char *project_root(struct arena *arena, const char *folder);

/* The folder that paths in reports and fingerprints are relative to: the project that all units
 * belong to, else the lowest folder that holds all their projects; without units the one of the
 * current folder. */
const char *project_common_root(struct arena *arena, const struct source_list *sources);

#endif
