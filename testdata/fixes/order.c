/* The release and the unregister call behind it change places where that is all there is to do. */
#include <cuda_runtime_api.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        cudaError_t status = (call);                                                               \
        if (status != cudaSuccess)                                                                 \
            abort();                                                                               \
    } while (0)

enum { SIZE = 4096 };

static char *pinned(void)
{
    char *block = malloc(SIZE);

    if (block == NULL)
        exit(1);
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault));
    return block;
}

void side_by_side(void)
{
    char *block = pinned();

    free(block); /* expect: freed-while-registered */
    CHECK(cudaHostUnregister(block));
}

void with_others_between(void)
{
    char *block = pinned();
    cudaError_t status;

    free(block); /* expect: freed-while-registered */
    puts("freed");
    status = cudaHostUnregister(block);
    if (status != cudaSuccess)
        abort();
}

void on_one_line(void)
{
    char *block = pinned();

    free(block); CHECK(cudaHostUnregister(block)); /* expect: freed-while-registered */
}

/* Control may leave between the two. */
void not_always(int early)
{
    char *block = pinned();

    free(block); /* expect: freed-while-registered */
    if (early)
        return;
    CHECK(cudaHostUnregister(block));
}

/* Whatever the variable holds then. */
void another_block(char *other)
{
    char *block = pinned();

    free(block); /* expect: freed-while-registered */
    block = other;
    CHECK(cudaHostUnregister(block));
}

/* Not in one block. */
void controlled(int really)
{
    char *block = pinned();

    if (really)
        free(block); /* expect: freed-while-registered */
    CHECK(cudaHostUnregister(block));
}

#define DROP(block) free(block)

void in_a_macro(void)
{
    char *block = pinned();

    DROP(block); /* expect: freed-while-registered */
    CHECK(cudaHostUnregister(block));
}

void by_the_preprocessor(void)
{
    char *block = pinned();

    free(block); /* expect: freed-while-registered */
#ifndef KEEP_IT
    CHECK(cudaHostUnregister(block));
#endif
}
