/* The facts of files (source/fact_store.h) from one run to the next: an entry for each folder. */
#ifndef CUHOSTLINT_CACHE_REMEMBERED_FACTS_H
#define CUHOSTLINT_CACHE_REMEMBERED_FACTS_H

#include "cache/cache.h"
#include "source/fact_store.h"

/* In the cache that the options describe; lives in `arena`. Models do not matter here. */
struct fact_memory cache_remembered_facts(struct arena *arena, const struct cache_options *options);

#endif
