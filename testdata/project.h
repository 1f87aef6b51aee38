/* Projects of testdata/projects: folders whose compile_commands.json.in is a database with @DIR@ in
 * place of the folder. */
#ifndef CUHOSTLINT_TESTDATA_PROJECT_H
#define CUHOSTLINT_TESTDATA_PROJECT_H

#include "support/arena.h"
#include "support/error.h"

#include <stdbool.h>

bool project_is(struct arena *arena, const char *folder);

/* Makes a temporary folder with the project's database, for -p; project_close removes it. `folder`
 * is a real path. */
const struct error *project_open(struct arena *arena, const char *folder, const char **build);
void project_close(struct arena *arena, const char *build);

#endif
