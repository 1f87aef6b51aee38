/* Rows of one array, each registered by itself: what was done to one says nothing of the next, and
 * is not forgotten for it. */
#include <cuda_runtime.h>

enum { ROWS = 3, BYTES = 4096 };

static unsigned char rows[ROWS][BYTES];
static unsigned short samples[ROWS][BYTES];

static int pin(void)
{
    for (int i = 0; i < ROWS; i++)
        if (cudaHostRegister(rows[i], BYTES, 0) != cudaSuccess) {
            while (i-- > 0)
                (void)cudaHostUnregister(rows[i]);
            return -1;
        }
    return 0;
}

static void unpin(void)
{
    for (int i = 0; i < ROWS; i++)
        (void)cudaHostUnregister(rows[i]); // expect: unregister-unregistered
}

/* Right: each time what is registered. */
int in_turns(void)
{
    for (int turn = 0; turn < 2; turn++) {
        if (pin())
            return -1;
        for (int i = ROWS; i-- > 0;)
            (void)cudaHostUnregister(rows[i]);
    }
    return 0;
}

/* Wrong: twice. */
int twice(void)
{
    if (pin())
        return -1;
    unpin();
    unpin();
    return 0;
}

/* Wrong: the first one again, after the second. */
int first_again(void)
{
    if (pin())
        return -1;
    (void)cudaHostUnregister(rows[0]);
    (void)cudaHostUnregister(rows[1]);
    (void)cudaHostUnregister(rows[0]); // expect: unregister-unregistered
    (void)cudaHostUnregister(rows[2]);
    return 0;
}

/* Right: the first one is registered again. */
int first_anew(void)
{
    if (pin())
        return -1;
    (void)cudaHostUnregister(rows[0]);
    (void)cudaHostUnregister(rows[1]);
    if (cudaHostRegister(rows[0], BYTES, 0) == cudaSuccess)
        (void)cudaHostUnregister(rows[0]);
    (void)cudaHostUnregister(rows[2]);
    return 0;
}

/* Wrong: a row has so many elements, not bytes. */
int counts_row(int i)
{
    if (cudaHostRegister(samples[i], BYTES, 0) != cudaSuccess) // expect: size-mismatch
        return -1;
    return cudaHostUnregister(samples[i]) == cudaSuccess ? 0 : -1;
}

/* Right: all of a row, all rows, and so many bytes of one on purpose. */
int whole_rows(int i)
{
    if (cudaHostRegister(samples[i], sizeof samples[i], 0) != cudaSuccess)
        return -1;
    (void)cudaHostUnregister(samples[i]);
    if (cudaHostRegister(samples[0], sizeof samples, 0) != cudaSuccess)
        return -1;
    (void)cudaHostUnregister(samples[0]);
    if (cudaHostRegister(samples[i], BYTES / 2, 0) != cudaSuccess)
        return -1;
    return cudaHostUnregister(samples[i]) == cudaSuccess ? 0 : -1;
}

int main(void)
{
    return in_turns() || twice() || first_again() || first_anew() || counts_row(1) || whole_rows(1);
}
