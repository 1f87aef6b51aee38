/* Stands for the CUDA runtime, its driver and CUPTI, as far as the recorder sees them: statuses as
 * an H200 gives them, callbacks around each call, the driver's inside of the runtime's, and the
 * library of CUDA_INJECTION64_PATH loaded by the first call. */
#include "validate/recorder/cupti.h"

#include <cuda_runtime.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { MAX_RANGES = 64 };

static struct range {
    char *start;
    size_t size;
    bool is_pinned;
} ranges[MAX_RANGES];

static cupti_callback *callback;

/* Numbers are the index. */
static const char *const names[][5] = {
    [CUPTI_DRIVER] = {"", "cuMemHostRegister_v2", "cuMemHostUnregister"},
    [CUPTI_RUNTIME] = {"", "cudaHostRegister_v4000", "cudaHostUnregister_v4000",
                       "cudaHostAlloc_v3020", "cudaFreeHost_v3020"},
};
static bool is_enabled[3][5];

int cuptiSubscribe(void **subscriber, cupti_callback *function, void *data);
int cuptiEnableCallback(uint32_t enable, void *subscriber, int domain, uint32_t id);
int cuptiGetCallbackName(int domain, uint32_t id, const char **name);

int cuptiSubscribe(void **subscriber, cupti_callback *function, void *data)
{
    (void)data;
    callback = function;
    *subscriber = (void *)ranges;
    return 0;
}

int cuptiEnableCallback(uint32_t enable, void *subscriber, int domain, uint32_t id)
{
    (void)subscriber;
    is_enabled[domain][id] = enable;
    return 0;
}

int cuptiGetCallbackName(int domain, uint32_t id, const char **name)
{
    if (id >= 5 || !names[domain][id])
        return 1;
    *name = names[domain][id];
    return 0;
}

static void inject(void)
{
    const char *path = getenv("CUDA_INJECTION64_PATH");
    void *library = path ? dlopen(path, RTLD_NOW) : NULL;
    int (*start)(void) = library ? (int (*)(void))dlsym(library, "InitializeInjection") : NULL;

    if (start)
        start();
}

static void tell(int site, int domain, uint32_t id, const void *parameters, const int *status,
                 uint64_t *own)
{
    struct cupti_call call = {.site = site,
                              .function = names[domain][id],
                              .parameters = parameters,
                              .result = status,
                              .own = own};

    if (callback && is_enabled[domain][id])
        callback(NULL, domain, id, &call);
}

/* ---- memory ----------------------------------------------------------------------------- */

static struct range *range_over(const char *start, size_t size)
{
    for (size_t i = 0; i < MAX_RANGES; i++)
        if (ranges[i].start && start < ranges[i].start + ranges[i].size &&
            start + size > ranges[i].start)
            return &ranges[i];
    return NULL;
}

static void keep(char *start, size_t size, bool is_pinned)
{
    for (size_t i = 0; i < MAX_RANGES; i++)
        if (!ranges[i].start) {
            ranges[i] = (struct range){start, size, is_pinned};
            return;
        }
}

static int register_memory(char *start, size_t size)
{
    const struct range *range = range_over(start, size);

    if (!size || !start || (range && range->is_pinned))
        return cudaErrorInvalidValue;
    if (range)
        return cudaErrorHostMemoryAlreadyRegistered;
    keep(start, size, false);
    return cudaSuccess;
}

static int drop(const char *start, bool is_pinned)
{
    struct range *range = range_over(start, 1);

    if (!range || range->is_pinned != is_pinned)
        return is_pinned ? cudaErrorInvalidValue : cudaErrorHostMemoryNotRegistered;
    if (range->start != start)
        return cudaErrorInvalidValue;
    if (is_pinned)
        munmap(range->start, range->size);
    range->start = NULL;
    return cudaSuccess;
}

/* ---- the calls -------------------------------------------------------------------------- */

static pthread_once_t once = PTHREAD_ONCE_INIT;

cudaError_t cudaHostRegister(void *pointer, size_t size, unsigned flags)
{
    const struct {
        void *pointer;
        size_t size;
        unsigned flags;
    } parameters = {pointer, size, flags};
    uint64_t own = 0, inner = 0;
    int status = 0;

    pthread_once(&once, inject);
    tell(CUPTI_ENTER, CUPTI_RUNTIME, 1, &parameters, &status, &own);
    tell(CUPTI_ENTER, CUPTI_DRIVER, 1, &parameters, &status, &inner);
    status = register_memory(pointer, size);
    tell(CUPTI_EXIT, CUPTI_DRIVER, 1, &parameters, &status, &inner);
    tell(CUPTI_EXIT, CUPTI_RUNTIME, 1, &parameters, &status, &own);
    return (cudaError_t)status;
}

cudaError_t cudaHostUnregister(void *pointer)
{
    uint64_t own = 0;
    int status = 0;

    pthread_once(&once, inject);
    tell(CUPTI_ENTER, CUPTI_RUNTIME, 2, &pointer, &status, &own);
    status = drop(pointer, false);
    tell(CUPTI_EXIT, CUPTI_RUNTIME, 2, &pointer, &status, &own);
    return (cudaError_t)status;
}

cudaError_t cudaHostAlloc(void **pointer, size_t size, unsigned flags)
{
    const struct {
        void **pointer;
        size_t size;
        unsigned flags;
    } parameters = {pointer, size, flags};
    uint64_t own = 0;
    int status = 0;

    pthread_once(&once, inject);
    tell(CUPTI_ENTER, CUPTI_RUNTIME, 3, &parameters, &status, &own);
    *pointer = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    keep(*pointer, size, true);
    tell(CUPTI_EXIT, CUPTI_RUNTIME, 3, &parameters, &status, &own);
    return cudaSuccess;
}

cudaError_t cudaFreeHost(void *pointer)
{
    uint64_t own = 0;
    int status = 0;

    pthread_once(&once, inject);
    tell(CUPTI_ENTER, CUPTI_RUNTIME, 4, &pointer, &status, &own);
    status = drop(pointer, true);
    tell(CUPTI_EXIT, CUPTI_RUNTIME, 4, &pointer, &status, &own);
    return (cudaError_t)status;
}
