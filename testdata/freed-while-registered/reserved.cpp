/* Room that was reserved is enough for what was reserved, and no more. */
#include <cuda_runtime.h>
#include <string>
#include <vector>

int within()
{
    std::vector<char> v;
    v.reserve(8192);
    if (cudaHostRegister(v.data(), 8192, 0) != cudaSuccess)
        return -1;
    for (int i = 0; i < 8192; i++)
        v.push_back((char)i);
    v.resize(8192);
    return cudaHostUnregister(v.data()) == cudaSuccess ? 0 : -1;
}

int beyond()
{
    std::vector<char> v;
    v.reserve(8192);
    if (cudaHostRegister(v.data(), 8192, 0) != cudaSuccess)
        return -1;
    v.resize(16384); // expect: freed-while-registered
    (void)cudaHostUnregister(v.data());
    return 0;
}

int one_more(size_t n)
{
    std::vector<char> v;
    v.reserve(n + 4096);
    if (cudaHostRegister(v.data(), 4096, 0) != cudaSuccess)
        return -1;
    v.resize(n + 4097); // expect: freed-while-registered
    (void)cudaHostUnregister(v.data());
    return 0;
}

int reserved_again()
{
    std::string text;
    text.reserve(8192);
    if (cudaHostRegister(&text[0], 8192, 0) != cudaSuccess)
        return -1;
    text.reserve(16384); // expect: freed-while-registered
    (void)cudaHostUnregister(&text[0]);
    return 0;
}

/* It may have had more room before. */
int of_the_caller(std::vector<char> &v)
{
    v.reserve(8192);
    if (cudaHostRegister(v.data(), 8192, 0) != cudaSuccess)
        return -1;
    v.resize(16384);
    return cudaHostUnregister(v.data()) == cudaSuccess ? 0 : -1;
}

/* How many there are, nobody knows. */
int counted(size_t n, size_t more)
{
    std::vector<char> v;
    v.reserve(n + 4096);
    if (cudaHostRegister(v.data(), 4096, 0) != cudaSuccess)
        return -1;
    for (size_t i = 0; i < more; i++)
        v.push_back(1);
    return cudaHostUnregister(v.data()) == cudaSuccess ? 0 : -1;
}
