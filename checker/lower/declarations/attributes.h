/* What a function's declaration promises beside its type: where it runs, whether it returns. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_ATTRIBUTES_H
#define CUHOSTLINT_LOWER_DECLARATIONS_ATTRIBUTES_H

#include "lower/builder.h"

#include <stdbool.h>

/* __device__ without __host__, or __global__: runs on the GPU. */
bool attributes_runs_on_device(struct unit_builder *u, CXCursor cursor, bool *is_kernel);

/* Declared so, or known by its qualified name. */
bool attributes_is_noreturn(struct unit_builder *u, CXCursor cursor, const char *qualified);
bool attributes_is_noreturn_name(const char *qualified);

/* A virtual function that nothing overrides, or a class that nothing derives from. */
bool attributes_is_final(struct unit_builder *u, CXCursor cursor);
/* __managed__: a variable that the device has too. */
bool attributes_is_managed(struct unit_builder *u, CXCursor cursor);

/* noexcept, throw(), or C. A specification that depends on a condition does not count. */
bool attributes_is_noexcept(struct unit_builder *u, CXCursor cursor);

#endif
