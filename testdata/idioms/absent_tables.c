/* Tables of functions whose struct is declared only: the header that defines it is not there. */
#include <stddef.h>
#include <stdlib.h>

typedef struct functions functions;
struct loader;

struct context {
    functions *cuda;
    struct loader *driver;
    int count;
};

void frees(struct context *c, size_t bytes)
{
    void *memory = malloc(bytes);

    if (!memory || bytes == 0)
        return;
    if (c->cuda->cuMemHostRegister(memory, bytes, 0)) {
        free(memory);
        return;
    }
    free(memory); // expect: freed-while-registered
}

int pairs(struct context *c, size_t bytes)
{
    void *memory = malloc(bytes);
    int status;

    if (!memory || bytes == 0)
        return -1;
    status = c->driver->cuMemHostRegister(memory, bytes, 0);
    if (status == 0) {
        c->count++;
        status = c->driver->cuMemHostUnregister(memory);
    }
    free(memory);
    return status;
}

int pinned(struct context *c, void **memory)
{
    return c->cuda->cuMemHostAlloc(memory, 4096, 0);
}

void ends(struct context *c)
{
    void *memory = NULL;

    if (pinned(c, &memory))
        return;
    free(memory); // expect: mismatched-free
}

#define CALL(table, call) ((table)->call)

void by_macro(struct context *c, size_t bytes)
{
    void *memory = malloc(bytes);

    if (!memory || bytes == 0)
        return;
    if (CALL(c->cuda, cuMemHostRegister_v2(memory, bytes, 0)) == 0)
        free(memory); // expect: freed-while-registered
    else
        free(memory);
}
