// A buffer that has room for one more is larger than it was known to be.
#include <cuda_runtime.h>
#include <vector>

static int pin(std::vector<int> &numbers)
{
    if (cudaHostRegister(numbers.data(), numbers.size() * sizeof(int), 0) != cudaSuccess)
        return -1;
    return cudaHostUnregister(numbers.data()) == cudaSuccess ? 0 : -1;
}

int push_where_there_is_room()
{
    std::vector<int> numbers(4096);
    if (numbers.size() < numbers.capacity()) {
        numbers.push_back(1);
        return pin(numbers);
    }
    return pin(numbers);
}

int push_one_too_few()
{
    std::vector<int> numbers(4096);
    int *data = numbers.data();
    if (cudaHostRegister(data, (numbers.size() + 1) * sizeof(int), 0) != // expect: size-mismatch
        cudaSuccess)
        return -1;
    return cudaHostUnregister(data) == cudaSuccess ? 0 : -1;
}
