// "this != &other" holds of two objects, also where one of them is a member.
#include <cuda_runtime.h>
#include <new>
#include <utility>
#include <vector>

class pin
{
    void *data = nullptr;

  public:
    pin(void *memory, size_t size) : data(memory)
    {
        if (size == 0 || cudaHostRegister(memory, size, 0) != cudaSuccess)
            throw std::bad_alloc();
    }
    pin(pin &&other) noexcept : data(std::exchange(other.data, nullptr))
    {
    }
    pin &operator=(pin &&other) noexcept
    {
        if (this != &other) {
            drop();
            data = std::exchange(other.data, nullptr);
        }
        return *this;
    }
    ~pin()
    {
        drop();
    }
    void drop() noexcept
    {
        if (data)
            (void)cudaHostUnregister(data);
        data = nullptr;
    }
};

class frame
{
    std::vector<char> samples;
    pin pinned;

  public:
    explicit frame(size_t count) : samples(count + 4096), pinned(samples.data(), samples.size())
    {
    }
    void replace(size_t count)
    {
        std::vector<char> next(count + 4096);
        pin other(next.data(), next.size());
        pinned = std::move(other);
        samples = std::move(next);
    }
    void replace_too_early(size_t count)
    {
        std::vector<char> next(count + 4096);
        pin other(next.data(), next.size());
        samples = std::move(next); // expect: freed-while-registered
        pinned = std::move(other);
    }
};

void replace_both(frame *shown)
{
    frame next(8192);
    shown->replace(16384);
    next.replace(16384);
}

void replace_one_too_early()
{
    frame next(8192);
    next.replace_too_early(16384);
}

// Nobody knows whether two pointers of a caller's lead to one object.
void drop_once(pin &a, pin &b)
{
    a.drop();
    if (&a != &b)
        b.drop();
}
