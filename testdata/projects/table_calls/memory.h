/* A driver behind a table: nobody names its functions. */
#ifndef MEMORY_H
#define MEMORY_H
#include <stddef.h>

struct memory_ops {
    const char *name;
    int (*get)(size_t bytes, void **p);
    int (*put)(void *p);
    int (*pin)(void *p, size_t bytes);
    int (*unpin)(void *p);
};
extern const struct memory_ops pinned_memory, plain_memory;

int endpoint_open(size_t bytes);
int endpoint_open_plain(size_t bytes);
#endif
