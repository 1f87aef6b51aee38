/* What the discovery of sources learnt (source/memory.h), from one run to the next: an entry for
 * each name. */
#ifndef CUHOSTLINT_CACHE_REMEMBERED_H
#define CUHOSTLINT_CACHE_REMEMBERED_H

#include "cache/cache.h"
#include "source/memory.h"

/* In the cache that the options describe; lives in `arena`. Models do not matter here. */
struct source_memory cache_remembered(struct arena *arena, const struct cache_options *options);

#endif
