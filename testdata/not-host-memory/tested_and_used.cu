/* The program itself says that the allocation may have failed, and goes on with it: one finding. */
#include <cuda_runtime.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        abort();
}

void mapping(void)
{
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        fprintf(stderr, "no mapping\n");
    check(cudaHostRegister(p, 4096, cudaHostRegisterDefault)); // expect: not-host-memory
    check(cudaHostUnregister(p));
    munmap(p, 4096);
}

void block(void)
{
    char *p = (char *)malloc(4096);
    if (p == NULL)
        perror("malloc");
    check(cudaHostRegister(p, 4096, cudaHostRegisterDefault)); // expect: not-host-memory
    check(cudaHostUnregister(p));
    free(p);
}

void mapping_with_fallback(void)
{
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        p = malloc(4096);
    check(cudaHostRegister(p, 4096, cudaHostRegisterDefault));
    check(cudaHostUnregister(p));
}
