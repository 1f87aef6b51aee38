/* What registers in a loop and leaves in the middle; what a handler at the end of the process
 * undoes. */
#include <cuda_runtime.h>
#include <stdbool.h>
#include <stdlib.h>

struct feeder {
    bool stop;
    unsigned char *ring;
    unsigned long fed;
};

void stopped_in_the_middle(struct feeder *f)
{
    if (cudaHostRegister(f->ring, 64, 0) != cudaSuccess) // expect: register-leak
        return;
    while (f->fed < 10) {
        if (f->stop)
            return;
        f->fed++;
    }
    if (cudaHostUnregister(f->ring) != cudaSuccess)
        abort();
}

void broken_off_in_the_middle(struct feeder *f)
{
    if (cudaHostRegister(f->ring, 64, 0) != cudaSuccess)
        return;
    while (f->fed < 10) {
        if (f->stop)
            break;
        f->fed++;
    }
    if (cudaHostUnregister(f->ring) != cudaSuccess)
        abort();
}

static unsigned char arena[4096];
static bool is_up, is_hooked;

static void stop(void)
{
    if (!is_up)
        return;
    is_up = false;
    if (cudaHostUnregister(arena) != cudaSuccess)
        abort();
}

/* Right: the handler stops it. */
static bool start(void)
{
    if (is_up)
        return true;
    if (cudaHostRegister(arena, sizeof arena, cudaHostRegisterPortable) != cudaSuccess)
        return false;
    is_up = true;
    if (!is_hooked)
        atexit(stop);
    is_hooked = true;
    return true;
}

bool run(void)
{
    if (!start())
        return false;
    if (getenv("KEEP") == NULL)
        stop();
    return true;
}
