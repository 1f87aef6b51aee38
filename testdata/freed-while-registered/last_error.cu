// The status is thrown away on purpose, and the last error asked for at once: it is that call's.
#include <cstdlib>
#include <cuda_runtime.h>

void work();

static char *get()
{
    char *p = static_cast<char *>(malloc(4096));
    if (!p)
        abort();
    return p;
}

void undone_where_it_went_well()
{
    char *p = get();
    (void)cudaHostRegister(p, 4096, 0);
    bool pinned = cudaGetLastError() == cudaSuccess;
    if (pinned)
        (void)cudaHostUnregister(p);
    free(p);
}

void undone_where_it_failed()
{
    char *p = get();
    (void)cudaHostRegister(p, 4096, 0);
    bool pinned = cudaGetLastError() == cudaSuccess;
    if (!pinned)
        (void)cudaHostUnregister(p); // expect: unregister-unregistered
    free(p);                         // expect: freed-while-registered
}

// What other calls left behind says nothing of it.
void others_between()
{
    char *p = get();
    (void)cudaHostRegister(p, 4096, 0);
    work();
    if (cudaGetLastError() != cudaSuccess) {
        (void)cudaHostUnregister(p);
        free(p);
        return;
    }
    (void)cudaHostUnregister(p);
    free(p);
}

void device_between()
{
    char *p = get();
    (void)cudaHostRegister(p, 4096, 0);
    if (cudaDeviceSynchronize() != cudaSuccess || cudaGetLastError() != cudaSuccess) {
        (void)cudaHostUnregister(p);
        free(p);
        return;
    }
    (void)cudaHostUnregister(p);
    free(p);
}

void nobody_asks()
{
    char *p = get();
    (void)cudaHostRegister(p, 4096, 0);
    (void)cudaHostUnregister(p);
    free(p);
}
