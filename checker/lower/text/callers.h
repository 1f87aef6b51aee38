/* Functions of the project's headers that name watched functions: CHECK(cudaFreeHost(p)),
 * GUARDED(cuMemHostRegister, (p, n, 0)). What else a header holds counts where it is used; these
 * are as much the unit's own as those of its file: what uses them may be the library's users, or
 * stand in code that does not parse. Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_TEXT_CALLERS_H
#define CUHOSTLINT_LOWER_TEXT_CALLERS_H

#include "lower/builder.h"

/* Is the file, with a location in it, a header of the project with such names? */
bool callers_are_in(struct unit_builder *u, CXFile file, CXSourceLocation location);

/* Does the declaration, in such a header, hold one of them? */
bool callers_has_name(struct unit_builder *u, CXCursor cursor);

#endif
