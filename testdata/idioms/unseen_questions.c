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

int test_bit(unsigned flags, int bit);
unsigned set_bit(unsigned flags, int bit);

/* What code out of sight makes of flags that the program set on its way tells the way. */
void told_by_own_flags(char *other)
{
    unsigned flags = 0;
    char *block = malloc(4096);
    if (block == NULL)
        return;
    if (cudaHostRegister(block, 4096, 0) == cudaSuccess)
        flags |= 4u;
    if (cudaHostRegister(other, 4096, 0) == cudaSuccess)
        flags = set_bit(flags, 3);
    work();
    if (test_bit(flags, 3) && cudaHostUnregister(other) != cudaSuccess)
        abort();
    if (!test_bit(flags, 2)) {
        free(block);
        return;
    }
    if (cudaHostUnregister(block) != cudaSuccess)
        abort();
    free(block);
}

struct job {
    char *block;
    unsigned flags;
};
int is_pinned(const struct job *job);

void told_by_an_object(void)
{
    struct job job = {malloc(4096), 0};
    if (job.block == NULL)
        return;
    if (cudaHostRegister(job.block, 4096, 0) == cudaSuccess)
        job.flags |= 4u;
    if (test_bit(job.flags, 2) && cudaHostUnregister(job.block) != cudaSuccess)
        abort();
    free(job.block);
}

void told_by_all_of_an_object(char *block)
{
    struct job job = {block, 0};
    if (cudaHostRegister(block, 4096, 0) == cudaSuccess)
        job.flags |= 4u;
    if (is_pinned(&job) && cudaHostUnregister(block) != cudaSuccess)
        abort();
    free(block);
}

void chosen_flags(int pins)
{
    unsigned flags = pins ? 4u : 0u;
    char *block = malloc(4096);
    if (block == NULL)
        return;
    if (pins && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        abort();
    if (test_bit(flags, 2) && cudaHostUnregister(block) != cudaSuccess)
        abort();
    free(block);
}

void told_by_flags_of_others(unsigned flags)
{
    char *block = malloc(4096);
    if (block == NULL)
        return;
    if (cudaHostRegister(block, 4096, 0) != cudaSuccess)
        abort();
    if (test_bit(flags, 2) && cudaHostUnregister(block) != cudaSuccess)
        abort();
    free(block); /* expect: freed-while-registered */
}

int step(int number);
int has_failed(int status);

void told_by_calls(void)
{
    int status = 0;
    char *block = malloc(4096);
    if (block == NULL)
        return;
    if (cudaHostRegister(block, 4096, 0) != cudaSuccess)
        abort();
    status = step(1);
    if (has_failed(status)) {
        free(block); /* expect: freed-while-registered */
        return;
    }
    for (int i = 0; i < 4; i++)
        if (test_bit(8, i)) {
            free(block); /* expect: freed-while-registered */
            return;
        }
    if (cudaHostUnregister(block) != cudaSuccess)
        abort();
    free(block);
}
