/* Which files fixes may change: those of the projects that the user speaks of.
 *
 * A repository can name others: a link in a folder, or an entry of its compilation database, leads
 * wherever it says. Linting such a file does no harm; writing to it might. */
#ifndef CUHOSTLINT_CLI_FIX_SCOPE_H
#define CUHOSTLINT_CLI_FIX_SCOPE_H

#include "cli/options.h"
#include "support/arena.h"

#include <stdbool.h>

struct fix_scope;

/* The projects of the files and folders that the command line names; where it names none, those of
 * the current folder and of the database that it names. */
const struct fix_scope *fix_scope_of(struct arena *arena, const struct options *options);

/* Whether a file (absolute, links resolved) may be changed. */
bool fix_scope_holds(const struct fix_scope *scope, const char *path);

#endif
