/* Flagged files that are programs by themselves: run as they are, with the recorder. */
#ifndef CUHOSTLINT_VALIDATE_WHOLE_H
#define CUHOSTLINT_VALIDATE_WHOLE_H

#include "validate/toolchain.h"
#include "validate/validate.h"

/* Compiles and runs each file that has findings and a `main`, where it compiles alone and a GPU has
 * answered to some reproducer, and sets `in_program` of its findings' validations; a finding whose
 * reproducer says nothing takes the program's word. `folder` is where it may write. */
const struct error *whole_programs_run(struct arena *arena, struct findings *findings,
                                       const struct toolchain *toolchain,
                                       const struct validate_options *options, const char *folder);

#endif
