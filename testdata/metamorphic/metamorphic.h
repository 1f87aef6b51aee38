/* One file through all relations. */
#ifndef CUHOSTLINT_TESTDATA_METAMORPHIC_METAMORPHIC_H
#define CUHOSTLINT_TESTDATA_METAMORPHIC_METAMORPHIC_H

#include "support/vec.h"

#include <stdbool.h>
#include <stddef.h>

struct meta_options {
    VEC(const char *) relations; /* empty: all */
    size_t share, shares, jobs;
    const char *keep; /* folder, or NULL */
    bool is_verbose;
};

/* Prints each violation as "FILE:LINE: RELATION: ...". The exit status: see metamorphic.c. */
int meta_run_file(const char *path, size_t number, const struct meta_options *options);

#endif
