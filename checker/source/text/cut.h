/* How much of a source is read for the sake of a header that it includes. */
#ifndef CUHOSTLINT_SOURCE_TEXT_CUT_H
#define CUHOSTLINT_SOURCE_TEXT_CUT_H

#include "source/project/reach.h"

/* The length of the text up to the end of the last include line that leads to the header, and of
 * the conditions and braces around it: what stands behind says nothing about the header, and is
 * mostly the longer part. All of it, where no line leads there or a brace before it is open. `unit`
 * is the source's. */
size_t cut_behind_header(struct reach *reach, const struct source_unit *unit, const char *text,
                         size_t len, const char *header);

#endif
