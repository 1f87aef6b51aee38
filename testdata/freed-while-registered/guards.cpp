// Guards made of the library's own parts: a shared_ptr that owns nothing and runs its deleter all
// the same, with what the deleter captured; a std::function in a class between braces.
#include <cuda_runtime.h>
#include <cstdlib>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

enum { BYTES = 4096 };

int of_null()
{
    std::vector<char> data(BYTES);
    if (cudaHostRegister(data.data(), BYTES, 0) != cudaSuccess)
        return 1;
    std::shared_ptr<void> guard(nullptr, [&](void *) { (void)cudaHostUnregister(data.data()); });
    return data[0];
}

int grows_under_the_guard()
{
    std::vector<char> data(BYTES);
    if (cudaHostRegister(data.data(), BYTES, 0) != cudaSuccess)
        return 1;
    std::shared_ptr<void> guard(nullptr, [&](void *) { (void)cudaHostUnregister(data.data()); });
    data.resize(2 * BYTES); // expect: freed-while-registered
    return data[0];
}

int shared_guard()
{
    std::vector<char> data(BYTES);
    std::shared_ptr<void> last;
    if (cudaHostRegister(data.data(), BYTES, 0) != cudaSuccess)
        return 1;
    std::shared_ptr<void> guard(nullptr,
                                [p = data.data()](void *) { (void)cudaHostUnregister(p); });
    last = guard;
    guard.reset();
    return data[0];
}

int guard_outlives_the_data()
{
    std::shared_ptr<void> last;
    std::vector<char> data(BYTES);
    if (cudaHostRegister(data.data(), BYTES, 0) != cudaSuccess)
        return 1;
    std::shared_ptr<void> guard(nullptr,
                                [p = data.data()](void *) { (void)cudaHostUnregister(p); });
    last = std::move(guard);
    return data[0]; // expect: freed-while-registered
}

int gone_with_reset()
{
    std::vector<char> data(BYTES);
    if (cudaHostRegister(data.data(), BYTES, 0) != cudaSuccess)
        return 1;
    std::shared_ptr<void> guard(data.data(),
                                [p = data.data()](void *) { (void)cudaHostUnregister(p); });
    guard.reset();
    data.resize(2 * BYTES);
    return data[0];
}

int next_buffer()
{
    std::vector<char> a(BYTES), b(BYTES);
    if (cudaHostRegister(a.data(), BYTES, 0) != cudaSuccess)
        return 1;
    std::shared_ptr<void> guard(a.data(), [p = a.data()](void *) { (void)cudaHostUnregister(p); });
    if (cudaHostRegister(b.data(), BYTES, 0) != cudaSuccess)
        return 1;
    guard = std::shared_ptr<void>(b.data(), [p = b.data()](void *) { (void)cudaHostUnregister(p); });
    a.resize(2 * BYTES);
    b.resize(2 * BYTES); // expect: freed-while-registered
    return a[0] + b[0];
}

struct deferred {
    std::function<void()> run;
    ~deferred() { run(); }
};

int in_order()
{
    char *p = static_cast<char *>(std::malloc(BYTES));
    if (!p)
        return 1;
    deferred free_it{[&] { std::free(p); }};
    if (cudaHostRegister(p, BYTES, 0) != cudaSuccess)
        return 1;
    deferred unpin_it{[&] { (void)cudaHostUnregister(p); }};
    return p[0];
}

int out_of_order()
{
    char *p = static_cast<char *>(std::malloc(BYTES));
    if (!p || cudaHostRegister(p, BYTES, 0) != cudaSuccess) {
        std::free(p);
        return 1;
    }
    deferred unpin_it{[&] { (void)cudaHostUnregister(p); }};
    deferred free_it{[&] { std::free(p); }}; // expect: freed-while-registered
    return p[0];
}
