// More paths than any budget is enough for: numbers and lists that say nothing of memory.
#include <cstdlib>
#include <cuda_runtime.h>
#include <vector>

int next();

static bool upload(const int *sizes, size_t count);

static void collect(std::vector<int> &sizes)
{
    if (next())
        sizes.push_back(next());
    for (int step = 0; step < next(); step++)
        if (next() > step)
            sizes.push_back(step);
        else if (!sizes.empty())
            sizes.back() += step;
}

int leaks_at_the_end(size_t bytes)
{
    std::vector<int> a, b, c, d, e;
    collect(a);
    collect(b);
    collect(c);
    collect(d);
    collect(e);
    void *data = std::malloc(bytes);
    if (!data || bytes == 0)
        return 1;
    if (cudaHostRegister(data, bytes, 0) != cudaSuccess) { // expect: register-leak
        std::free(data);
        return 1;
    }
    bool done = upload(a.data(), a.size()) && upload(b.data(), b.size()) &&
                upload(c.data(), c.size()) && upload(d.data(), d.size());
    if (!done)
        return 1;
    if (cudaHostUnregister(data) != cudaSuccess)
        return 1;
    std::free(data);
    return 0;
}

int right(size_t bytes)
{
    std::vector<int> a, b, c, d, e;
    void *data = std::malloc(bytes);
    if (!data || bytes == 0)
        return 1;
    if (cudaHostRegister(data, bytes, 0) != cudaSuccess) {
        std::free(data);
        return 1;
    }
    collect(a);
    collect(b);
    collect(c);
    collect(d);
    collect(e);
    bool done = upload(a.data(), a.size()) && upload(b.data(), b.size()) &&
                upload(c.data(), c.size()) && upload(d.data(), d.size());
    if (cudaHostUnregister(data) != cudaSuccess)
        return 1;
    std::free(data);
    return done ? 0 : 1;
}

int next()
{
    return std::rand();
}

static bool upload(const int *sizes, size_t count)
{
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += static_cast<size_t>(sizes[i]);
    return sum > count;
}
