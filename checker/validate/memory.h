/* Getting and giving back the memory of a replay. */
#ifndef CUHOSTLINT_VALIDATE_MEMORY_H
#define CUHOSTLINT_VALIDATE_MEMORY_H

#include "validate/writer.h"

/* Declares the finding's block (or the one before realloc, as the step says): by the allocator of
 * the step, or, with NULL, by one that stands for where it comes from. */
void memory_declare(struct writer *w, const struct replay_step *step);

/* Changes the access to the block, as the step does. Adds no comment. */
void memory_protect(struct writer *w, const struct replay_step *step);

/* Gives the step's block back, as the step does. Adds no comment. */
void memory_release(struct writer *w, const struct replay_step *step);

#endif
