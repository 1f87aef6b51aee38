// Pinned memory given to an object whose own allocation is then skipped: it is not NULL any more.
#include <cuda_runtime.h>
#include <cstdio>
#include <cstdlib>

#define CALL(call)                                                                                \
    do {                                                                                           \
        cudaError_t status = call;                                                                 \
        if (cudaSuccess != status) {                                                               \
            fprintf(stderr, "%s\n", cudaGetErrorString(status));                                   \
            exit(EXIT_FAILURE);                                                                    \
        }                                                                                          \
    } while (0)

class table {
public:
    unsigned **rows_place()
    {
        return &rows_;
    }
    void make(unsigned n)
    {
        if (rows_ == nullptr) {
            owns_ = true;
            rows_ = new unsigned[n + 1];
        }
        rows_[0] = n;
    }
    ~table()
    {
        if (owns_)
            delete[] rows_;
    }

private:
    unsigned *rows_ = nullptr;
    bool owns_ = false;
};

void run(unsigned n)
{
    table t;
    unsigned **place = t.rows_place();
    CALL(cudaMallocHost(place, sizeof(unsigned) * (n + 1)));
    t.make(n);
    CALL(cudaFreeHost(*place));
}

void redundant()
{
    void *p = nullptr;
    CALL(cudaHostAlloc(&p, 4096, cudaHostAllocDefault));
    if (p == nullptr)
        p = malloc(4096);
    CALL(cudaFreeHost(p));
}
