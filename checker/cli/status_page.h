/* What a status of the CUDA API means (rules/README.md): for people who come with an error code. */
#ifndef CUHOSTLINT_CLI_STATUS_PAGE_H
#define CUHOSTLINT_CLI_STATUS_PAGE_H

#include "support/arena.h"

/* The part of the page about the status `name`: a number (712) or an enumerator of the runtime, the
 * driver API or HIP, in any case; "errors" is the whole page. NULL where it has no such part. */
const char *status_page(struct arena *arena, const char *name);

#endif
