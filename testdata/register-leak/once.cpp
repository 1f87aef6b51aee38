// A static that a closure registers is the file's, not the closure's.
#include <cstdlib>
#include <cuda_runtime.h>
#include <mutex>

static float window[16384];
static float table[16384];
static std::once_flag once, once_more;

static bool pin(float *values)
{
    return cudaHostRegister(values, 65536, cudaHostRegisterMapped) == cudaSuccess;
}

const float *never_undone()
{
    std::call_once(once, [] {
        window[0] = 1;
        if (cudaHostRegister(window, sizeof window, 0) != cudaSuccess) // expect: register-leak
            window[0] = 0;
    });
    return window;
}

const float *undone_at_exit()
{
    std::call_once(once_more, [] {
        if (pin(table))
            std::atexit([] { (void)cudaHostUnregister(table); });
    });
    return table;
}
