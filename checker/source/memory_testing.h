/* For unit tests only: a memory of one block, whose name is checked. */
#ifndef CUHOSTLINT_SOURCE_MEMORY_TESTING_H
#define CUHOSTLINT_SOURCE_MEMORY_TESTING_H

#include "source/memory.h"
#include "support/testing.h"

#include <string.h>

struct testing_memory {
    struct arena *arena;
    const char *name;     /* what every block is asked for by */
    unsigned char *bytes; /* NULL: nothing was saved */
    size_t len;
    unsigned saves;
};

static inline bool testing_memory_load(void *context, struct arena *arena, const char *name,
                                       const unsigned char **bytes, size_t *len)
{
    const struct testing_memory *memory = context;
    assert_string_equal(name, memory->name);
    *bytes = memory->bytes ? arena_copy(arena, memory->bytes, memory->len) : NULL;
    *len = memory->len;
    return memory->bytes != NULL;
}

static inline void testing_memory_save(void *context, const char *name, const unsigned char *bytes,
                                       size_t len)
{
    struct testing_memory *memory = context;
    assert_string_equal(name, memory->name);
    memory->bytes = arena_copy(memory->arena, bytes, len);
    memory->len = len;
    memory->saves++;
}

static inline struct source_memory testing_memory_of(struct testing_memory *memory)
{
    return (struct source_memory){memory, testing_memory_load, testing_memory_save};
}

#endif
