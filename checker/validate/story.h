/* What the path does before the finding. */
#ifndef CUHOSTLINT_VALIDATE_STORY_H
#define CUHOSTLINT_VALIDATE_STORY_H

#include "validate/writer.h"

/* Adds the steps before the finding's own, and the block where none of them makes it. */
void story_tell(struct writer *w);

/* Registers the whole block, where the path takes a registration for granted that was made before
 * it began. */
void story_need_registration(struct writer *w, const struct replay_step *step);

/* Adds the comment for the finding's own step. */
void story_finding(struct writer *w, const struct replay_step *step);

/* The size in bytes that a register step asks for. */
int64_t story_size(const struct writer *w, const struct replay_step *step);

#endif
