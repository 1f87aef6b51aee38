/* Where what a run learnt of files is kept for the next one: blocks of bytes under names. */
#ifndef CUHOSTLINT_SOURCE_MEMORY_H
#define CUHOSTLINT_SOURCE_MEMORY_H

#include "support/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct source_memory {
    void *context;
    /* False: nothing is remembered. The bytes live in `arena`, aligned as arena_alloc does. */
    bool (*load)(void *context, struct arena *arena, const char *name, const unsigned char **bytes,
                 size_t *len);
    void (*save)(void *context, const char *name, const unsigned char *bytes, size_t len);
};

#endif
