/* What rules reported, until it is known whether it stands. */
#ifndef CUHOSTLINT_ENGINE_EVENTS_CANDIDATES_H
#define CUHOSTLINT_ENGINE_EVENTS_CANDIDATES_H

#include "engine/internal.h"

/* Where the candidate goes, or NULL: a better one is there that stands whenever it does. */
struct candidate *candidates_place(struct engine *engine, const struct candidate *candidate);
/* All paths were walked: those that stand become findings. */
void candidates_finish(struct engine *engine);

#endif
