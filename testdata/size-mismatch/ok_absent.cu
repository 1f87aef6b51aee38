/* Types whose headers are missing: nobody knows their sizes, nor where what they give lies. */
#include "absent/thing.h"

#include <cstdlib>
#include <cuda_runtime.h>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        abort();
}

static void local()
{
    absent::thing x;
    check(cudaHostRegister(&x, 4096, cudaHostRegisterDefault));
    check(cudaHostUnregister(&x));
}

struct part {
    thing first;
    int second;
};

static void member()
{
    part x;
    check(cudaHostRegister(&x, 4096, cudaHostRegisterDefault));
    check(cudaHostUnregister(&x));
}

static void array()
{
    thing *p = new thing[8];
    check(cudaHostRegister(p, 4096, cudaHostRegisterDefault));
    check(cudaHostUnregister(p));
    delete[] p;
}

static void heap()
{
    thing *p = (thing *)malloc(8 * sizeof(thing));
    if (!p)
        return;
    check(cudaHostRegister(p, 4096, cudaHostRegisterDefault));
    check(cudaHostUnregister(p));
    free(p);
}

/* One member's type is missing. */
struct record {
    size_t size;
    enum absent_kind kind;
    double values[512];
};

static void half_known()
{
    record x, all[4];
    check(cudaHostRegister(&x, 4096, cudaHostRegisterDefault));
    check(cudaHostUnregister(&x));
    check(cudaHostRegister(all, 4 * 4096, cudaHostRegisterDefault));
    check(cudaHostUnregister(all));
}

static void half_known_heap()
{
    record *x = (record *)malloc(sizeof(record));
    if (!x)
        return;
    check(cudaHostRegister(x, 4096, cudaHostRegisterDefault));
    check(cudaHostUnregister(x));
    free(x);
}

/* Its header comes with another one that is missing. */
static void container(unsigned n)
{
    if (n == 0)
        return;
    std::vector<double> x(n);
    check(cudaHostRegister(&x[0], n * sizeof(double), cudaHostRegisterDefault));
    check(cudaHostUnregister(&x[0]));
}

/* What it gives is registered for as long as the program runs. */
static void element(const thing &all, unsigned n)
{
    if (n == 0)
        return;
    check(cudaHostRegister(&all[0], n, cudaHostRegisterDefault));
    check(cudaHostRegister(&all.part(1), n, cudaHostRegisterDefault));
}

int main()
{
    local();
    member();
    array();
    heap();
    half_known();
    half_known_heap();
    container(4096);
    element(thing(), 4096);
}
