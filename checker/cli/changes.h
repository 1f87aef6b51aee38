/* --since and --diff: what the change under review touches. */
#ifndef CUHOSTLINT_CLI_CHANGES_H
#define CUHOSTLINT_CLI_CHANGES_H

#include "findings/changed.h"

/* The lines changed since a git revision, in the work tree that holds the current folder: since
 * the commit where both histories part, so that other people's later work does not count. Files
 * that git does not know yet are changed as a whole. Errors: no git, no such revision. */
const struct error *changes_since(struct arena *arena, const char *revision,
                                  struct changed *changed);

/* The lines that a unified diff changes; `path` may be "-" for standard input. Names in it are
 * relative to the top of the work tree, where there is one, else to the current folder. */
const struct error *changes_in_diff(struct arena *arena, const char *path, struct changed *changed);

#endif
