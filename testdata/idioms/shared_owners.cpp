/* shared_ptr with copies, views as parameters, and containers of templates. */
#include <cstdlib>
#include <cuda_runtime.h>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

/* Right: the deleter runs once, for the last owner. */
static std::shared_ptr<std::vector<double>> make_pinned()
{
    auto *numbers = new std::vector<double>(512, 0.0);

    if (cudaHostRegister(numbers->data(), numbers->size() * sizeof(double), 0) != cudaSuccess) {
        delete numbers;
        throw std::runtime_error("no pinned memory");
    }
    return std::shared_ptr<std::vector<double>>(numbers, [](std::vector<double> *last) {
        (void)cudaHostUnregister(last->data());
        delete last;
    });
}

double by_copies()
{
    auto first = make_pinned();
    auto second = first;
    std::shared_ptr<std::vector<double>> third;

    third = second;
    second.reset();
    return (*third)[0] + (*first)[1];
}

enum class Outcome { Done, NotPinned };

/* A view is memory of the caller's, which the one path unregisters and the other forgets. */
Outcome exchange(std::span<double> send, std::span<double> receive)
{
    if (send.empty() || receive.empty())
        return Outcome::Done;
    auto status = cudaHostRegister(send.data(), send.size_bytes(), 0); // expect: register-leak
    if (status != cudaSuccess)
        return Outcome::NotPinned;
    status = cudaHostRegister(receive.data(), receive.size_bytes(), 0);
    if (status != cudaSuccess)
        return Outcome::NotPinned;
    (void)cudaHostUnregister(receive.data());
    (void)cudaHostUnregister(send.data());
    return Outcome::Done;
}

/* Right: what the instance's destructor calls is seen as the template's pattern only. */
template <class T> class pinnable
{
    std::vector<T> elements_;
    bool pinned_ = false;

  public:
    explicit pinnable(std::size_t count) : elements_(count)
    {
    }
    ~pinnable()
    {
        unpin();
    }
    pinnable(const pinnable &) = delete;
    pinnable &operator=(const pinnable &) = delete;
    cudaError_t pin()
    {
        if (pinned_ || elements_.empty())
            return cudaSuccess;
        cudaError_t status = cudaHostRegister(elements_.data(), elements_.size() * sizeof(T), 0);
        pinned_ = status == cudaSuccess;
        return status;
    }
    void unpin()
    {
        if (!pinned_)
            return;
        (void)cudaHostUnregister(elements_.data());
        pinned_ = false;
    }
};

bool pin_some()
{
    pinnable<float> samples(4096);

    return samples.pin() == cudaSuccess;
}

int main()
{
    static double a[8], b[8];
    bool right = by_copies() == 0 && pin_some();

    (void)exchange(a, b);
    return !right;
}
