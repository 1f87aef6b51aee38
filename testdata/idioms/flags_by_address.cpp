// A flag that is set and read through its address: nothing behind names the member any more.
#include <cuda_runtime.h>
#include <stdlib.h>

void report(const char *text);

struct context {
    size_t count;
};

int counts_through_a_pointer(context *c, size_t n)
{
    void *p = malloc(n + 4096);
    if (!p)
        return 1;
    size_t *count = &c->count;
    if (cudaHostRegister(p, n + 4096, 0) == cudaSuccess)
        *count = 1;
    else
        *count = 0;
    if (n > 5)
        n++;
    else
        n += 2;
    if (*count == 1 && cudaHostUnregister(p) != cudaSuccess)
        report("unregister failed");
    free(p);
    return 0;
}

static bool is_pinned;

int sets_through_a_reference(size_t n)
{
    void *p = malloc(n + 4096);
    if (!p)
        return 1;
    bool &flag = is_pinned;
    if (cudaHostRegister(p, n + 4096, 0) == cudaSuccess)
        flag = true;
    else
        flag = false;
    if (n > 5)
        n++;
    else
        n += 2;
    if (flag && cudaHostUnregister(p) != cudaSuccess)
        report("unregister failed");
    free(p);
    return 0;
}
