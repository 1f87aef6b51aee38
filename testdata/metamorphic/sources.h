/* Which programs. */
#ifndef CUHOSTLINT_TESTDATA_METAMORPHIC_SOURCES_H
#define CUHOSTLINT_TESTDATA_METAMORPHIC_SOURCES_H

#include "support/vec.h"

typedef VEC(const char *) path_list;

/* Appends the sources of a folder, by name, or the file itself: real paths. */
void sources_list(struct arena *arena, const char *path, path_list *files);

#endif
