/* Which addresses are those of different objects. */
#ifndef CUHOSTLINT_ENGINE_STATE_DISTINCT_H
#define CUHOSTLINT_ENGINE_STATE_DISTINCT_H

#include "engine/internal.h"

/* Are the two equal? Distinct objects have distinct addresses, and so have their members; a symbol
 * may point anywhere. */
enum truth distinct_compare(struct engine *engine, value_id a, value_id b);

#endif
