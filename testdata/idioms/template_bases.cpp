// Bases that are a class template's parameters: what the instance was given is the base.
#include <cstdlib>
#include <cuda_runtime.h>
#include <utility>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

struct heap {
    void *get(size_t bytes)
    {
        return std::malloc(bytes);
    }
    void put(void *data)
    {
        std::free(data);
    }
};

struct pinning {
    bool pinned = false;
    void pin(void *data)
    {
        check(cudaHostRegister(data, 8192, 0));
        pinned = true;
    }
    void unpin(void *data)
    {
        if (pinned)
            check(cudaHostUnregister(data));
        pinned = false;
    }
};

struct forgetting {
    void pin(void *data)
    {
        check(cudaHostRegister(data, 8192, 0));
    }
    void unpin(void *)
    {
    }
};

template <class Alloc, class Pin> class named : Alloc, Pin
{
    void *data_;

  public:
    named() : data_(Alloc::get(8192))
    {
        if (!data_)
            std::abort();
        Pin::pin(data_);
    }
    named(named &&other)
        : Alloc(std::move(other)), Pin(std::move(other)), data_(std::exchange(other.data_, nullptr))
    {
    }
    ~named()
    {
        if (!data_)
            return;
        Pin::unpin(data_);
        Alloc::put(data_);
    }
};

template <class Alloc, class Pin> class through_this : Alloc, Pin
{
    void *data_;

  public:
    through_this() : data_(this->get(8192))
    {
        if (!data_)
            std::abort();
        this->pin(data_);
    }
    ~through_this()
    {
        this->unpin(data_);
        this->put(data_);
    }
};

template <class... Policies> class pack : Policies...
{
    void *data_;

  public:
    pack() : data_(this->get(8192))
    {
        if (!data_)
            std::abort();
        this->pin(data_);
    }
    ~pack()
    {
        this->unpin(data_);
        this->put(data_);
    }
};

void right()
{
    named<heap, pinning> first, second(std::move(first));
    through_this<heap, pinning> third;
    pack<heap, pinning> fourth;
}

struct first_heap : heap {
    void put(void *data)
    {
        std::free(data); // expect: freed-while-registered
    }
};

struct second_heap : heap {
    void put(void *data)
    {
        std::free(data); // expect: freed-while-registered
    }
};

struct third_heap : heap {
    void put(void *data)
    {
        std::free(data); // expect: freed-while-registered
    }
};

void wrong()
{
    named<first_heap, forgetting> first;
    through_this<second_heap, forgetting> second;
    pack<third_heap, forgetting> third;
}

// Two bases that are instances of one template are two objects.
template <class Tag> struct Part {
    void *data = nullptr;
    bool open()
    {
        data = std::malloc(8192);
        if (!data)
            return false;
        if (cudaHostRegister(data, 8192, cudaHostRegisterDefault) != cudaSuccess) {
            std::free(data);
            data = nullptr;
        }
        return data != nullptr;
    }
    void close()
    {
        if (data && cudaHostUnregister(data) != cudaSuccess)
            std::abort();
        std::free(data);
        data = nullptr;
    }
};

struct Input {};
struct Output {};

struct Both : Part<Input>, Part<Output> {
    bool start()
    {
        if (!Part<Input>::open())
            return false;
        if (Part<Output>::open())
            return true;
        Part<Input>::close();
        return false;
    }
    void stop()
    {
        Part<Output>::close();
        Part<Input>::close();
    }
};

void both_are_closed()
{
    Both both;
    if (both.start())
        both.stop();
}

void the_other_is_freed()
{
    Both both;
    if (!both.start())
        return;
    if (cudaHostUnregister(both.Part<Input>::data) != cudaSuccess)
        std::abort();
    std::free(both.Part<Output>::data); // expect: freed-while-registered
    std::free(both.Part<Input>::data);
}
