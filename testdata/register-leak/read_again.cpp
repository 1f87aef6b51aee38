// The pointer is read again from where it lies, behind code out of sight that could have changed it:
// what is unregistered is what was registered, as far as anybody knows.
#include <cuda_runtime.h>

int elsewhere();

struct feeder {
    feeder *next;
    char *ring;
    unsigned fed;
};

void in_a_loop(feeder *f)
{
    if (cudaHostRegister(f->ring, 4096, 0) != cudaSuccess)
        return;
    while (f->fed < 10) {
        elsewhere();
        f->fed++;
    }
    (void)cudaHostUnregister(f->ring);
}

void on_one_way(feeder *f, int tries)
{
    if (cudaHostRegister(f->next->ring, 4096, 0) != cudaSuccess)
        return;
    if (tries > 0) {
        elsewhere();
        tries = 0;
    }
    (void)cudaHostUnregister(f->next->ring);
}

void of_an_array(char **blocks, int i, int tries)
{
    if (cudaHostRegister(blocks[i], 4096, 0) != cudaSuccess)
        return;
    if (tries > 0) {
        elsewhere();
        tries = 0;
    }
    (void)cudaHostUnregister(blocks[i]);
}

char *shared;

void of_everybody(int tries)
{
    if (cudaHostRegister(shared, 4096, 0) != cudaSuccess)
        return;
    if (tries > 0) {
        elsewhere();
        tries = 0;
    }
    (void)cudaHostUnregister(shared);
}

void give(char **block);

void filled_by_address(int tries)
{
    char *block;
    give(&block);
    if (cudaHostRegister(block, 4096, 0) != cudaSuccess)
        return;
    if (tries > 0) {
        elsewhere();
        tries = 0;
    }
    (void)cudaHostUnregister(block);
}

// ---- wrong all the same ----

void another_one(feeder *f, int tries)
{
    if (cudaHostRegister(f->ring, 4096, 0) != cudaSuccess) // expect: register-leak
        return;
    if (tries > 0) {
        elsewhere();
        f->ring = nullptr;
        return;
    }
    (void)cudaHostUnregister(f->ring);
}
