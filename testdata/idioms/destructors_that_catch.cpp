// A destructor lets no exception out: it catches what its checks throw, reports it and goes on, as a
// check does that prints. That an earlier call fails is not followed there.
#include <cstdio>
#include <cstdlib>
#include <cuda_runtime.h>
#include <stdexcept>
#include <vector>

void log_line(const char *);

static void ok(cudaError_t status)
{
    if (status != cudaSuccess)
        throw std::runtime_error(cudaGetErrorString(status));
}

class region {
  public:
    explicit region(void *p) : p_(p) { ok(cudaHostRegister(p, 8192, 0)); }
    region(const region &) = delete;
    ~region()
    {
        try {
            log_line("end");
            ok(cudaStreamSynchronize(0));
            ok(cudaHostUnregister(p_));
        } catch (const std::exception &e) {
            std::fprintf(stderr, "%s\n", e.what());
        }
    }

  private:
    void *p_;
};

void vector_and_region()
{
    std::vector<char> v(8192);
    region r(v.data());
}

class released {
  public:
    explicit released(void *p) : p_(p) { ok(cudaHostRegister(p, 8192, 0)); }
    released(const released &) = delete;
    ~released() { release(); }
    void release() noexcept
    {
        if (!p_)
            return;
        try {
            ok(cudaDeviceSynchronize());
            ok(cudaHostUnregister(p_));
        } catch (...) {
            log_line("left registered");
        }
        p_ = nullptr;
    }

  private:
    void *p_;
};

void vector_and_released()
{
    std::vector<char> v(8192);
    released r(v.data());
    r.release();
}

struct owner {
    owner() : p(std::malloc(8192))
    {
        if (!p)
            throw std::bad_alloc();
        if (cudaHostRegister(p, 8192, 0) != cudaSuccess) {
            std::free(p);
            throw std::runtime_error("cudaHostRegister");
        }
    }
    owner(const owner &) = delete;
    ~owner()
    {
        try {
            ok(cudaDeviceSynchronize());
            ok(cudaHostUnregister(p));
        } catch (const std::exception &e) {
            log_line(e.what());
        }
        std::free(p);
    }
    void *p;
};

void one_owner()
{
    owner o;
}

// Elsewhere the failed copy skips the unregister call.
void caught_on_the_way()
{
    char *p = static_cast<char *>(std::malloc(8192));
    if (!p)
        return;
    if (cudaHostRegister(p, 8192, 0) != cudaSuccess) {
        std::free(p);
        return;
    }
    try {
        ok(cudaDeviceSynchronize());
        ok(cudaHostUnregister(p));
    } catch (const std::exception &e) {
        log_line(e.what());
    }
    std::free(p); // expect: freed-while-registered
}

// A destructor that only waits.
struct forgetful {
    forgetful() : p(std::malloc(8192))
    {
        if (!p)
            throw std::bad_alloc();
        if (cudaHostRegister(p, 8192, 0) != cudaSuccess) {
            std::free(p);
            throw std::runtime_error("cudaHostRegister");
        }
    }
    forgetful(const forgetful &) = delete;
    ~forgetful()
    {
        try {
            ok(cudaDeviceSynchronize());
        } catch (const std::exception &e) {
            log_line(e.what());
        }
        std::free(p); // expect: freed-while-registered
    }
    void *p;
};

void one_forgetful()
{
    forgetful f;
}
