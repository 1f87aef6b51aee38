/* The other branches of what files without a compile command are compiled under: "#if USE_HIP" with
 * "#elif USE_CUDA" behind it, "#ifdef __CUDACC__" in C++. Private to checker/cli/. */
#ifndef CUHOSTLINT_CLI_BRANCHES_H
#define CUHOSTLINT_CLI_BRANCHES_H

#include "cli/run.h"

/* Parses files again whose first unit leaves calls out that switches of the project hide, with
 * these turned. What the second unit has of those calls is no longer hidden in the first one. */
const struct error *branches_lower(struct run *run, const struct driver_options *options);

#endif
