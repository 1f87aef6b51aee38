/* Paths as URIs (RFC 3986): everything but unreserved characters and slashes is percent-encoded.
 * Inside the report room only. */
#ifndef CUHOSTLINT_REPORT_URI_H
#define CUHOSTLINT_REPORT_URI_H

#include "support/arena.h"

/* "src/a%20b.cu" */
const char *uri_of_relative(struct arena *arena, const char *path);

/* "file:///home/x/a%20b.cu" for an absolute path. */
const char *uri_of_path(struct arena *arena, const char *path);

/* As uri_of_path, with a final slash, as the base of relative URIs must have. */
const char *uri_of_folder(struct arena *arena, const char *path);

#endif
