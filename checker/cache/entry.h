/* Files of the cache's folder. Private to checker/cache/. */
#ifndef CUHOSTLINT_CACHE_ENTRY_H
#define CUHOSTLINT_CACHE_ENTRY_H

#include "support/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <xxhash.h>

/* The file that belongs to a hash; `ending` tells manifests from units. */
const char *entry_path(struct arena *arena, const char *folder, XXH128_hash_t hash,
                       const char *ending);

/* Reads what entry_write wrote. False: not there, or not whole. */
bool entry_read(struct arena *arena, const char *path, const unsigned char **bytes, size_t *len);

/* Writes a file that readers see whole or not at all, in a folder that is made when it is missing,
 * then removes the oldest neighbours beyond `max_bytes` of the whole cache. Failures leave nothing
 * behind. */
void entry_write(struct arena *arena, const char *path, const void *bytes, size_t len,
                 uint64_t max_bytes);

/* Notes that an entry was of use, so that others go first. */
void entry_touch(const char *path);

#endif
