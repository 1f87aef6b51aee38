// Functions that answer in a number, 1 for success and 0 after a failure: what success leaves
// registered is the caller's.
#include <cstdlib>
#include <cuda_runtime.h>

struct range {
    void *p;
    std::size_t n;
};

// All or none
int pin_all(const range *begin, const range *end)
{
    const range *it = begin;
    for (; it != end; ++it)
        if (cudaHostRegister(it->p, it->n + 4096, cudaHostRegisterPortable) != cudaSuccess)
            break;
    if (it == end)
        return true;
    while (it != begin)
        (void)cudaHostUnregister((--it)->p);
    return false;
}

int pin_one(void *p, bool (*upload)(void *))
{
    if (cudaHostRegister(p, 8192, cudaHostRegisterDefault) != cudaSuccess)
        return 0;
    if (!upload(p)) {
        (void)cudaHostUnregister(p);
        return 0;
    }
    return 1;
}

enum answer { answer_no, answer_yes };

answer pin_named(void *p, bool (*upload)(void *))
{
    if (cudaHostRegister(p, 8192, cudaHostRegisterDefault) != cudaSuccess)
        return answer_no;
    if (upload(p))
        return answer_yes;
    (void)cudaHostUnregister(p);
    return answer_no;
}

// Two addresses that were found to differ differ still.
int last_is_free(const range *it, const range *end, std::size_t n)
{
    void *p = std::malloc(8192);
    it += n;
    if (!p)
        return 0;
    if (it != end && cudaHostRegister(p, 8192, cudaHostRegisterDefault) != cudaSuccess) {
        std::free(p);
        return 0;
    }
    if (it != end && cudaHostUnregister(p) != cudaSuccess)
        return 0;
    std::free(p);
    return 1;
}
