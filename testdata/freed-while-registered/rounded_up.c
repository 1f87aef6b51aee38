// An address that is rounded up lies in the block that it came from, whatever way it is rounded.
#include <cuda_runtime.h>

#include <stdint.h>
#include <stdlib.h>

#define SIZE 65536
#define PAGE 4096

static char *allocate(void)
{
    char *block = malloc(SIZE + PAGE);
    if (block == NULL)
        exit(1);
    return block;
}

static void pin(void *base)
{
    if (cudaHostRegister(base, SIZE, cudaHostRegisterDefault) != cudaSuccess)
        exit(1);
}

void divided(void)
{
    char *block = allocate();
    pin((char *)(((uintptr_t)block + PAGE - 1) / PAGE * PAGE));
    free(block); // expect: freed-while-registered
}

void shifted(void)
{
    char *block = allocate();
    pin((char *)((((uintptr_t)block + PAGE - 1) >> 12) << 12));
    free(block); // expect: freed-while-registered
}

void by_the_remainder(void)
{
    char *block = allocate();
    uintptr_t address = (uintptr_t)block;
    pin((char *)(address + (PAGE - address % PAGE)));
    free(block); // expect: freed-while-registered
}

void undone(void)
{
    char *block = allocate();
    char *page = (char *)(((uintptr_t)block + PAGE - 1) / PAGE * PAGE);
    pin(page);
    if (cudaHostUnregister(page) != cudaSuccess)
        exit(1);
    free(block);
}

void number_of_pages(void)
{
    char *block = allocate(), *other = allocate();
    pin(other);
    uintptr_t pages = ((uintptr_t)block + PAGE - 1) / PAGE * 8;
    free(block);
    if (cudaHostUnregister(other) != cudaSuccess)
        exit(1);
    free(other);
    exit((int)pages);
}
