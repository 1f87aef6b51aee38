// Code out of sight that was given a local's address finds there what is stored later.
#include <cuda_runtime.h>
#include <stdlib.h>

void elsewhere(void);
void keep(void *address);

struct slot {
    void *data;
    cudaError_t status;
};

int emptied_perhaps(void)
{
    struct slot one;
    keep(&one);
    one.data = malloc(4096);
    if (!one.data)
        return 1;
    if (cudaHostRegister(one.data, 4096, 0) != cudaSuccess) {
        free(one.data);
        return 1;
    }
    elsewhere();
    if (!one.data)
        return 0;
    if (cudaHostUnregister(one.data) != cudaSuccess)
        abort();
    free(one.data);
    return 0;
}

void looked_at_perhaps(void *data)
{
    struct slot one;
    keep(&one.status);
    one.status = cudaHostRegister(data, 4096, 0);
    elsewhere();
}

int nobody_has_it(void)
{
    struct slot one;
    one.data = malloc(4096);
    if (!one.data)
        return 1;
    one.status = cudaHostRegister(one.data, 4096, 0); // expect: unchecked-call, register-leak
    elsewhere();
    return 0;
}
