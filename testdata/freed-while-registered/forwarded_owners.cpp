// An owner that make_unique, make_shared or emplace_back hand on to a parameter by value goes there
// whole: what it was handed on from owns nothing any more.
#include <cuda_runtime.h>

#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

static void pin(void *block)
{
    if (cudaHostRegister(block, 64, cudaHostRegisterDefault) != cudaSuccess)
        std::abort();
}

static void unpin(void *block)
{
    if (cudaHostUnregister(block) != cudaSuccess)
        std::abort();
}

struct Source {
    virtual ~Source() = default;
    virtual void *data() = 0;
};

struct Heap : Source {
    std::vector<char> bytes;
    Heap() : bytes(64) {}
    void *data() override { return bytes.data(); }
};

struct Registered : Source {
    std::unique_ptr<Source> inner;
    explicit Registered(std::unique_ptr<Source> source) : inner(std::move(source))
    {
        pin(inner->data());
    }
    ~Registered() override { unpin(inner->data()); }
    void *data() override { return inner->data(); }
};

struct Holder {
    std::unique_ptr<Heap> heap;
    explicit Holder(std::unique_ptr<Heap> given) : heap(std::move(given))
    {
        pin(heap->bytes.data());
    }
    ~Holder() { unpin(heap->bytes.data()); }
};

struct Forgetful { // expect: freed-while-registered
    std::unique_ptr<Heap> heap;
    explicit Forgetful(std::unique_ptr<Heap> given) : heap(std::move(given))
    {
        pin(heap->bytes.data());
    }
};

std::unique_ptr<Source> decorated()
{
    return std::make_unique<Registered>(std::make_unique<Heap>());
}

void temporary()
{
    auto holder = std::make_unique<Holder>(std::make_unique<Heap>());
}

void moved()
{
    auto heap = std::make_unique<Heap>();
    auto holder = std::make_shared<Holder>(std::move(heap));
    heap.reset(); // owns nothing
}

void in_a_vector()
{
    std::vector<Holder> holders;
    holders.reserve(1);
    holders.emplace_back(std::make_unique<Heap>());
}

void forgotten()
{
    auto holder = std::make_unique<Forgetful>(std::make_unique<Heap>());
    holder.reset(); // expect: freed-while-registered
}
