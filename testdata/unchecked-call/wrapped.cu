// Wrappers, classes, deleters, lambdas.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <stdexcept>
#include <tuple>
#include <vector>

#include "../run_case.h"
#include "../unseen.h"

static char area[1 << 14];

// "A wrapper that returns the runtime's own status type passes the duty on"
static cudaError_t pin(void *block, size_t size)
{
    return cudaHostRegister(block, size, cudaHostRegisterPortable);
}

static cudaError_t unpin(void *block)
{
    return cudaHostUnregister(block);
}

void drops_the_wrappers_result()
{
    pin(area, sizeof area); // expect: unchecked-call
    unpin(area);            // expect: unchecked-call
}

void looks_at_the_wrappers_result()
{
    if (pin(area, sizeof area) == cudaSuccess)
        (void)unpin(area);
}

// "`std::ignore = ...` and `(void)e` are explicit"
void ignores_on_purpose()
{
    std::ignore = pin(area, sizeof area);
    std::ignore = cudaHostUnregister(area);
    cudaError_t again = cudaHostRegister(area, 4096, 0);
    (void)again;
    (void)unpin(area);
}

// A wrapper that drops the status itself: the finding stands there, once.
static void pin_quietly(void *block)
{
    cudaHostRegister(block, 4096, cudaHostRegisterPortable); // expect: unchecked-call
}

void two_callers()
{
    pin_quietly(area);
    pin_quietly(area + 4096);
    if (unpin(area) != cudaSuccess || unpin(area + 4096) != cudaSuccess)
        std::abort();
}

// Right: the wrapper deals with it.
static bool try_to_pin(void *block)
{
    return cudaHostRegister(block, 4096, cudaHostRegisterPortable) == cudaSuccess;
}

void does_not_care_whether_it_worked()
{
    try_to_pin(area);
    (void)unpin(area);
}

template <typename T>
T *pinned_array(size_t count)
{
    T *block = nullptr;

    cudaMallocHost(&block, count * sizeof(T)); // expect: unchecked-call
    return block;
}

template <typename T>
T *checked_pinned_array(size_t count)
{
    T *block = nullptr;

    if (cudaMallocHost(&block, count * sizeof(T)) != cudaSuccess)
        throw std::bad_alloc();
    return block;
}

void arrays()
{
    float *first = pinned_array<float>(100);
    double *second = checked_pinned_array<double>(100);

    (void)cudaFreeHost(first);
    (void)cudaFreeHost(second);
}

// A destructor: a note, as for every free.
class pinned_bytes
{
  public:
    explicit pinned_bytes(size_t size)
    {
        if (cudaHostAlloc(&data_, size, cudaHostAllocDefault) != cudaSuccess)
            throw std::bad_alloc();
    }
    pinned_bytes(const pinned_bytes &) = delete;
    pinned_bytes &operator=(const pinned_bytes &) = delete;
    ~pinned_bytes()
    {
        cudaFreeHost(data_); // expect: unchecked-call
    }

  private:
    void *data_ = nullptr;
};

// Right: the same, on purpose.
class quiet_registration
{
  public:
    explicit quiet_registration(void *block) : block_(block)
    {
        status_ = cudaHostRegister(block, 4096, cudaHostRegisterDefault);
    }
    quiet_registration(const quiet_registration &) = delete;
    quiet_registration &operator=(const quiet_registration &) = delete;
    ~quiet_registration()
    {
        if (good())
            (void)cudaHostUnregister(block_);
    }
    bool good() const
    {
        return status_ == cudaSuccess;
    }

  private:
    void *block_;
    cudaError_t status_;
};

void classes()
{
    pinned_bytes bytes(4096);
    quiet_registration registration(area);

    if (!registration.good())
        std::fprintf(stderr, "not registered\n");
}

// Right: the runtime's function as a deleter; no call is written.
void function_as_deleter()
{
    std::unique_ptr<float, decltype(&cudaFreeHost)> owner(checked_pinned_array<float>(16), cudaFreeHost);
    std::shared_ptr<float> shared(checked_pinned_array<float>(16), cudaFreeHost);

    owner.get()[0] = 1;
    shared.get()[0] = 1;
}

void lambda_as_deleter()
{
    auto release = [](float *block) {
        cudaFreeHost(block); // expect: unchecked-call
    };
    std::unique_ptr<float, decltype(release)> owner(checked_pinned_array<float>(16), release);

    owner.get()[0] = 1;
}

// Right: an expression lambda returns the status.
void lambda_that_returns()
{
    auto register_part = [](char *block) { return cudaHostRegister(block, 4096, 0); };

    if (register_part(area) == cudaSuccess)
        (void)cudaHostUnregister(area);
}

// Right: somebody else gets the status.
struct session {
    cudaError_t last;
    std::vector<cudaError_t> history;
};

void kept_for_later(session &current, cudaError_t *out)
{
    current.last = cudaHostRegister(area, 4096, 0);
    current.history.push_back(cudaHostUnregister(area));
    *out = cudaHostRegister(area, 4096, 0);
    current.history.emplace_back(cudaHostUnregister(area));
}

cudaError_t last_status;

void kept_globally()
{
    last_status = cudaHostRegister(area, 4096, 0);
    last_status = cudaHostUnregister(area);
}

void address_taken(void (*look)(const cudaError_t *))
{
    cudaError_t status;
    const cudaError_t *view = &status;

    status = cudaHostRegister(area, 4096, 0);
    look(view);
    status = cudaHostUnregister(area);
    look(view);
}

void captured()
{
    cudaError_t status = cudaSuccess;
    auto fail = [&status](const char *what) {
        if (status != cudaSuccess)
            throw std::runtime_error(what);
    };

    status = cudaHostRegister(area, 4096, 0);
    fail("register");
    status = cudaHostUnregister(area);
    fail("unregister");
}

// Right: "Statement expressions, `do {} while (0)` macros, templates and lambdas that take the
// status: they check it."
#define SUCCEEDS(call)                                                                             \
    ({                                                                                             \
        cudaError_t inner = (call);                                                                \
        if (inner != cudaSuccess)                                                                  \
            std::fprintf(stderr, "%s: %s\n", #call, cudaGetErrorName(inner));                      \
        inner == cudaSuccess;                                                                      \
    })

#define WARN_UNLESS_OK(call)                                                                       \
    do {                                                                                           \
        cudaError_t warned = (call);                                                               \
        if (warned != cudaSuccess)                                                                 \
            std::fprintf(stderr, "warning: %s\n", cudaGetErrorName(warned));                       \
    } while (0)

template <typename Function, typename... Arguments>
void call_cuda(Function function, Arguments... arguments)
{
    cudaError_t status = function(arguments...);
    if (status != cudaSuccess)
        throw std::runtime_error(cudaGetErrorString(status));
}

void macros_and_templates()
{
    if (SUCCEEDS(cudaHostRegister(area, 4096, 0)))
        WARN_UNLESS_OK(cudaHostUnregister(area));
    SUCCEEDS(cudaHostRegister(area, 4096, 0));
    WARN_UNLESS_OK(cudaHostUnregister(area));
    call_cuda(cudaHostRegister, static_cast<void *>(area), size_t(4096), cudaHostRegisterDefault);
    call_cuda(cudaHostUnregister, static_cast<void *>(area));
}

void lambda_that_checks()
{
    auto must = [](cudaError_t status) {
        if (status)
            throw std::runtime_error(cudaGetErrorString(status));
    };

    must(cudaHostRegister(area, 4096, 0));
    must(cudaHostUnregister(area));
}

static const struct run_case cases[] = {
    CASE(drops_the_wrappers_result), CASE(looks_at_the_wrappers_result), CASE(ignores_on_purpose),
    CASE(two_callers), CASE(does_not_care_whether_it_worked), CASE(arrays), CASE(classes),
    CASE(function_as_deleter), CASE(lambda_as_deleter), CASE(lambda_that_returns),
    CASE(kept_globally), CASE(captured), CASE(macros_and_templates), CASE(lambda_that_checks),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
