/* Keeps the cache small. Private to checker/cache/.
 *
 * The entries are spread evenly over folders (shards), each with an equal part of the whole: a
 * writer looks at its own shard only, and no counter has to be kept between processes. */
#ifndef CUHOSTLINT_CACHE_TRIM_H
#define CUHOSTLINT_CACHE_TRIM_H

#include "support/arena.h"

#include <stdint.h>

/* What the names of unfinished files begin with. */
#define TRIM_TEMPORARY "new."

/* What stands before the dot in the names of entries: hexadecimal digits. */
enum { TRIM_NAME_DIGITS = 31 };

/* Bytes of the largest entry worth keeping in a cache of `max_bytes`. */
uint64_t trim_largest_entry(uint64_t max_bytes);

/* Removes the oldest entries of a shard until it is within its part of `max_bytes`, and what
 * killed writers left behind. Other files that lie there, or where a link leads, are let alone. */
void trim_shard(struct arena *arena, const char *shard, uint64_t max_bytes);

#endif
