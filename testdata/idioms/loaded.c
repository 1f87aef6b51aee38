/* Functions of the driver that are looked up at run time, in variables named after them. */
#include <cuda.h>
#include <dlfcn.h>
#include <stdlib.h>

static CUresult (*pfn_cuMemHostRegister)(void *, size_t, unsigned int);
static CUresult (*cuMemHostUnregister_fn)(void *);

struct driver {
    CUresult (*p_cuMemHostRegister_v2)(void *, size_t, unsigned int);
    CUresult (*cuMemHostUnregister_)(void *);
    CUresult (*my_cuMemHostRegister)(void *);
};

static int load(void)
{
    void *library = dlopen("libcuda.so.1", RTLD_LAZY);
    if (!library)
        return -1;
    pfn_cuMemHostRegister = dlsym(library, "cuMemHostRegister");
    cuMemHostUnregister_fn = dlsym(library, "cuMemHostUnregister");
    return pfn_cuMemHostRegister && cuMemHostUnregister_fn ? 0 : -1;
}

int freed_too_early(void)
{
    char *probe;
    if (load() || !(probe = malloc(4096)))
        return -1;
    if (pfn_cuMemHostRegister(probe, 4096, 0) != CUDA_SUCCESS) {
        free(probe);
        return -1;
    }
    free(probe); /* expect: freed-while-registered */
    return cuMemHostUnregister_fn(probe) == CUDA_SUCCESS ? 0 : -1;
}

int in_order(const struct driver *driver)
{
    CUresult result;
    char *probe = malloc(4096);
    if (!probe)
        return -1;
    result = driver->p_cuMemHostRegister_v2(probe, 4096, 0);
    if (result == CUDA_SUCCESS)
        result = driver->cuMemHostUnregister_(probe);
    free(probe);
    return result == CUDA_SUCCESS ? 0 : -1;
}

int twice(const struct driver *driver, void *memory)
{
    if (driver->p_cuMemHostRegister_v2(memory, 4096, 0) != CUDA_SUCCESS)
        return -1;
    CUresult again = driver->p_cuMemHostRegister_v2(memory, 4096, 0); /* expect: double-register */
    return again == CUDA_SUCCESS ? 0 : -1;
}

/* With other arguments it is somebody else's. */
int not_the_drivers(const struct driver *driver)
{
    char *probe = malloc(4096);
    if (!probe)
        return -1;
    if (driver->my_cuMemHostRegister(probe) != CUDA_SUCCESS)
        return -1;
    free(probe);
    return 0;
}

/* A macro that holds the table, or all but the call. */
struct driver_api {
    CUresult (*cuMemHostRegister)(void *, size_t, unsigned int);
    CUresult (*cuMemHostUnregister)(void *);
};
const struct driver_api *driver_api(void);

#define DRIVER(call)                                                                               \
    do {                                                                                           \
        if (driver_api()->call != CUDA_SUCCESS)                                                    \
            abort();                                                                               \
    } while (0)
#define MUST(call)                                                                                 \
    do {                                                                                           \
        CUresult result = call;                                                                    \
        if (result != CUDA_SUCCESS)                                                                \
            abort();                                                                               \
    } while (0)

void through_a_macro(size_t kind)
{
    char *left = malloc(4096), *right = malloc(4096), *other = malloc(4096);
    if (!left || !right || !other)
        abort();
    DRIVER(cuMemHostRegister(left, 4096, 0));
    MUST(driver_api()->cuMemHostRegister(right, 4096, 0));
    DRIVER(cuMemHostRegister(other, 4096, 0));
    if (kind == 0)
        DRIVER(cuMemHostUnregister(left));
    else
        MUST(driver_api()->cuMemHostUnregister(left));
    free(left);
    free(right); /* expect: freed-while-registered */
    DRIVER(cuMemHostUnregister(other));
    free(other);
}
