/* Calls through tables of functions, as programs have them that load the library at run time. */
#include <cuda.h>
#include <cuda_runtime_api.h>

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "../run_case.h"

struct runtime {
    cudaError_t (*cudaHostRegister)(void *, size_t, unsigned int);
    cudaError_t (*cudaHostUnregister)(void *);
};

static const struct runtime linked = {cudaHostRegister, cudaHostUnregister};
static struct runtime loaded;

/* Right: found at run time; nobody knows what they are. */
int load(void)
{
    void *library = dlopen("libcudart.so", RTLD_NOW);

    if (library == NULL)
        return -1;
    *(void **)&loaded.cudaHostRegister = dlsym(library, "cudaHostRegister");
    *(void **)&loaded.cudaHostUnregister = dlsym(library, "cudaHostUnregister");
    return loaded.cudaHostRegister == NULL || loaded.cudaHostUnregister == NULL ? -1 : 0;
}

int through_the_loaded_table(void *block)
{
    if (loaded.cudaHostRegister == NULL)
        return -1;
    if (loaded.cudaHostRegister(block, 4096, cudaHostRegisterDefault) != cudaSuccess)
        return -1;
    return loaded.cudaHostUnregister(block) == cudaSuccess ? 0 : -1;
}

/* Right. */
void through_the_linked_table(void)
{
    char *block = malloc(4096);

    if (block == NULL)
        return;
    if (linked.cudaHostRegister(block, 4096, cudaHostRegisterDefault) == cudaSuccess)
        (void)linked.cudaHostUnregister(block);
    free(block);
}

/* The member has the call's name and type: the mistake is as plain as without the table. */
void through_the_linked_table_in_the_wrong_order(void)
{
    char *block = malloc(4096);

    if (block == NULL)
        return;
    if (linked.cudaHostRegister(block, 4096, cudaHostRegisterDefault) != cudaSuccess) {
        free(block);
        return;
    }
    free(block); /* expect: freed-while-registered */
    (void)linked.cudaHostUnregister(block);
}

/* A function's address, taken and followed, is the function. */
void by_the_function_s_address(void)
{
    char *block = malloc(4096);

    if (block == NULL)
        return;
    if ((*cudaHostRegister)(block, 4096, cudaHostRegisterDefault) == cudaSuccess) {
        free(block); /* expect: freed-while-registered */
        (void)(&cudaHostUnregister)(block);
        return;
    }
    free(block);
}

/* Right: a namesake with other parameters is somebody else's. */
static int hostRegister(const char *name, int port)
{
    return printf("%s:%d\n", name, port);
}

void namesake(void)
{
    hostRegister("localhost", 0);
}

static const struct run_case cases[] = {CASE(through_the_linked_table),
                                        CASE(through_the_linked_table_in_the_wrong_order),
                                        CASE(by_the_function_s_address), CASE(namesake)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
