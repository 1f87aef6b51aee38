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

/* The page of a rule among those published at `pages`: each "{rule}" there is the rule's name;
 * where there is none, "/<rule>/<rule>.md" is added, as in this project's folder rules/. */
const char *uri_of_page(struct arena *arena, const char *pages, const char *rule);

#endif
