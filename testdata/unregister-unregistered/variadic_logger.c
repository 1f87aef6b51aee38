/* A logger of the project's own, with "...": a failure that it reports falls through, and what it
 * prints stays known. */
#include <cuda_runtime.h>
#include <stdarg.h>
#include <stdio.h>

static void log_line(int level, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "[%d] ", level);
    vfprintf(stderr, format, args);
    va_end(args);
}

static char once[4096], twice[4096];

static void reported(void)
{
    cudaError_t e = cudaHostRegister(once, sizeof once, cudaHostRegisterDefault);
    if (e != cudaSuccess)
        log_line(2, "register: %s\n", cudaGetErrorString(e));
    e = cudaHostUnregister(once);
    if (e != cudaSuccess)
        log_line(2, "unregister: %s\n", cudaGetErrorString(e));
}

static void printed(void)
{
    if (cudaHostRegister(twice, sizeof twice, cudaHostRegisterDefault) != cudaSuccess)
        return;
    log_line(1, "registered %p\n", (void *)twice);
    if (cudaHostUnregister(twice) != cudaSuccess)
        return;
    if (cudaHostUnregister(twice) != cudaSuccess) // expect: unregister-unregistered
        log_line(2, "again\n");
}

int main(void)
{
    reported();
    printed();
    return 0;
}
