/* The same in C, where a function is declared by its call. */
#include "not_there_settings.h"

#include <cuda_runtime.h>
#include <stdlib.h>

void the_same_twice(void)
{
    char *block = malloc(4096);
    if (use_pinned() && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        abort();
    block[0] = 1;
    if (use_pinned() && cudaHostUnregister(block) != cudaSuccess)
        abort();
    free(block);
}

void two_questions(void)
{
    char *block = malloc(4096);
    if (use_pinned() && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        abort();
    block[0] = 1;
    if (use_device() &&
        cudaHostUnregister(block) != cudaSuccess) /* expect: unregister-unregistered */
        abort();
    free(block); /* expect: freed-while-registered */
}

void work(void);

static int is_asked_for(const char *name)
{
    const char *value = getenv(name);
    return !(value && *value == '0');
}

/* The environment stays as it is while others work. */
void told_by_the_environment(void)
{
    char *block = malloc(4096);
    if (block == NULL)
        return;
    if (is_asked_for("PIN") && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        abort();
    work();
    if (is_asked_for("PIN") && cudaHostUnregister(block) != cudaSuccess)
        abort();
    free(block);
}

void told_by_another_variable(void)
{
    char *block = malloc(4096);
    if (block == NULL)
        return;
    if (is_asked_for("PIN") && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        abort();
    work();
    if (is_asked_for("UNPIN") && cudaHostUnregister(block) != cudaSuccess)
        abort();
    free(block); /* expect: freed-while-registered */
}
