/* What is assigned to a vector that is registered: elements of another one, or of a list, go into the
 * buffer that is there where it has room for them; a vector that is moved brings a buffer of its own. */
#include <cstddef>
#include <cstdlib>
#include <utility>
#include <vector>

#include <cuda_runtime.h>

static void pin(std::vector<float> &numbers)
{
    if (cudaHostRegister(numbers.data(), 4096 * sizeof(float), 0) != cudaSuccess)
        std::abort();
}

void copied_from_fewer()
{
    std::vector<float> numbers(4096), others(2048, 2.0F);
    pin(numbers);
    numbers = others;
    (void)cudaHostUnregister(numbers.data());
}

void copied_from_more()
{
    std::vector<float> numbers(4096), others(8192, 2.0F);
    pin(numbers);
    numbers = others; /* expect: freed-while-registered */
    (void)cudaHostUnregister(numbers.data());
}

void copied_from_unknown(const std::vector<float> &others)
{
    std::vector<float> numbers(4096);
    pin(numbers);
    numbers = others; /* expect: freed-while-registered */
    (void)cudaHostUnregister(numbers.data());
}

/* Empty braces are a list of no elements: the buffer stays. */
void emptied()
{
    std::vector<float> numbers(4096);
    pin(numbers);
    numbers = {};
    (void)cudaHostUnregister(numbers.data());
}

void emptied_and_shrunk()
{
    std::vector<float> numbers(4096);
    pin(numbers);
    numbers = {};
    numbers.shrink_to_fit(); /* expect: freed-while-registered */
}

void listed()
{
    std::vector<float> numbers(4096);
    pin(numbers);
    numbers = {1.0F, 2.0F};
    (void)cudaHostUnregister(numbers.data());
}

void moved_from_another()
{
    std::vector<float> numbers(4096);
    pin(numbers);
    numbers = std::vector<float>(); /* expect: freed-while-registered */
}
