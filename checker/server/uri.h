/* From the client's URIs to paths. Private to checker/server/. */
#ifndef CUHOSTLINT_SERVER_URI_H
#define CUHOSTLINT_SERVER_URI_H

#include "support/arena.h"

/* The path of a file URI, or NULL for any other: "untitled:1", a file of another machine, an
 * encoded NUL. */
const char *uri_to_path(struct arena *arena, const char *uri);

#endif
