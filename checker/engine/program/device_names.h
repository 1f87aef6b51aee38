/* Which code names a device's file: what is opened may be that, where no literal path says else. */
#ifndef CUHOSTLINT_ENGINE_PROGRAM_DEVICE_NAMES_H
#define CUHOSTLINT_ENGINE_PROGRAM_DEVICE_NAMES_H

#include "engine/internal.h"

/* Is the operation a literal that is, or begins, the path of a device's file? */
bool device_names_is_path(const struct ir_op *op);

/* Does the function of that number hold such a literal, or one that calls it? */
bool device_names_reach(struct engine *engine, uint32_t number);

#endif
