// The size is a number by the time of the call: it is followed to where it was written.
#include <cstdlib>
#include <cuda_runtime_api.h>

namespace wrapper
{
static cudaError_t pin(void *p, size_t bytes)
{
    return cudaHostRegister(p, bytes, 0); // expect: size-mismatch
}
int of_a_pointer(size_t n)
{
    float *p = static_cast<float *>(malloc(n * sizeof *p));
    if (n == 0 || pin(p, sizeof p) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    free(p);
    return 0;
}
} // namespace wrapper

namespace two_wrappers
{
static cudaError_t inner(void *p, size_t bytes, unsigned flags)
{
    return cudaHostRegister(p, bytes, flags); // expect: size-mismatch
}
static cudaError_t outer(void *p, size_t bytes)
{
    return inner(p, bytes, cudaHostRegisterPortable);
}
int of_a_parameter(float *samples)
{
    if (outer(samples, sizeof(samples)) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(samples);
    return 0;
}
} // namespace two_wrappers

namespace wrapper_template
{
template <class T> cudaError_t pin_elements(T *p, size_t count)
{
    return cudaHostRegister(p, count * sizeof(T), 0); // expect: nonconstant-size, size-mismatch
}
int bytes_for_a_count(size_t n)
{
    double *p = new double[n + 1];
    if (pin_elements(p, (n + 1) * sizeof(double)) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    delete[] p;
    return 0;
}
} // namespace wrapper_template

namespace other_type
{
static bool pin(void *p, size_t bytes)
{
    return cudaHostRegister(p, bytes, 0) == cudaSuccess; // expect: size-mismatch
}
int floats_for_doubles(size_t n)
{
    double *p = new double[n + 1];
    if (!pin(p, (n + 1) * sizeof(float)))
        return 1;
    (void)cudaHostUnregister(p);
    delete[] p;
    return 0;
}
} // namespace other_type

namespace in_a_class
{
class pinned
{
  public:
    pinned(void *p, size_t bytes)
    {
        if (cudaHostRegister(p, bytes, 0) == cudaSuccess) // expect: nonconstant-size, size-mismatch
            block = p;
    }
    pinned(const pinned &) = delete;
    pinned &operator=(const pinned &) = delete;
    ~pinned()
    {
        if (block)
            (void)cudaHostUnregister(block);
    }

  private:
    void *block = nullptr;
};
void of_a_pointer(size_t n)
{
    int *p = new int[n];
    {
        pinned guard(p, sizeof(p));
    }
    delete[] p;
}
} // namespace in_a_class

namespace variables
{
size_t same(size_t n)
{
    return n;
}
template <class T> constexpr size_t bytes_of(const T &)
{
    return sizeof(T);
}
int once(size_t n)
{
    float *p = static_cast<float *>(malloc(n * sizeof *p));
    size_t bytes = sizeof(p);
    if (cudaHostRegister(p, bytes, 0) != cudaSuccess) // expect: size-mismatch
        return 1;
    (void)cudaHostUnregister(p);
    free(p);
    return 0;
}
int constant(size_t n)
{
    float *p = static_cast<float *>(malloc(n * sizeof *p));
    const auto bytes = sizeof p;
    if (cudaHostRegister(p, bytes, 0) != cudaSuccess) // expect: size-mismatch
        return 1;
    (void)cudaHostUnregister(p);
    free(p);
    return 0;
}
int identity(size_t n)
{
    float *p = static_cast<float *>(malloc(n * sizeof *p));
    if (cudaHostRegister(p, same(sizeof(p)), 0) != cudaSuccess) // expect: size-mismatch
        return 1;
    (void)cudaHostUnregister(p);
    free(p);
    return 0;
}
int measured(size_t n)
{
    float *p = static_cast<float *>(malloc(n * sizeof *p));
    if (cudaHostRegister(p, bytes_of(p), 0) != cudaSuccess) // expect: size-mismatch
        return 1;
    (void)cudaHostUnregister(p);
    free(p);
    return 0;
}
int array_parameter(float samples[1024])
{
    const size_t bytes = sizeof(samples);
    if (cudaHostRegister(samples, bytes, 0) != cudaSuccess) // expect: size-mismatch
        return 1;
    (void)cudaHostUnregister(samples);
    return 0;
}
int twice(size_t n)
{
    double *p = new double[n + 1];
    size_t bytes = (n + 1) * sizeof *p;
    if (cudaHostRegister(p, bytes * sizeof *p, 0) != cudaSuccess) // expect: size-mismatch
        return 1;
    (void)cudaHostUnregister(p);
    delete[] p;
    return 0;
}
} // namespace variables

namespace right
{
static cudaError_t pin(void *p, size_t bytes)
{
    return cudaHostRegister(p, bytes, 0);
}
template <class T> cudaError_t pin_object(T &object)
{
    return pin(&object, sizeof(object));
}
int whole_array()
{
    float samples[100];
    if (pin(samples, sizeof samples) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(samples);
    return 0;
}
int block_for_one_pointer()
{
    void *slot = malloc(sizeof(void *));
    if (pin(slot, sizeof(void *)) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(slot);
    free(slot);
    return 0;
}
int pointer_itself()
{
    float *p = nullptr;
    if (pin(&p, sizeof p) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(&p);
    return 0;
}
int pointer_as_object()
{
    static float *shared;
    if (pin_object(shared) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(&shared);
    return 0;
}
int one_row(size_t n)
{
    float **rows = new float *[n + 1];
    const size_t bytes = sizeof *rows;
    if (pin(rows, bytes) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(rows);
    delete[] rows;
    return 0;
}
int all_rows(size_t n)
{
    float **rows = new float *[n + 1];
    if (pin(rows, (n + 1) * sizeof *rows) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(rows);
    delete[] rows;
    return 0;
}
int set_later(size_t n)
{
    float *p = new float[n + 1];
    size_t bytes = sizeof p;
    bytes = (n + 1) * sizeof *p;
    if (pin(p, bytes) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    delete[] p;
    return 0;
}
int eight_bytes(size_t n)
{
    char *p = new char[n + 8];
    if (pin(p, 8) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    delete[] p;
    return 0;
}
} // namespace right
