// A member function that is called once more makes room for what comes: what it lets go of then,
// the call before has registered.
#include <cstdlib>
#include <cuda_runtime.h>
#include <deque>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

static void *registered()
{
    void *data = std::malloc(8192);
    if (!data)
        std::abort();
    check(cudaHostRegister(data, 8192, 0));
    return data;
}

static void undo(void *data)
{
    check(cudaHostUnregister(data));
    std::free(data);
}

class pool
{
    std::deque<void *> all_;
    size_t limit_;

    void evict()
    {
        undo(all_.front());
        all_.pop_front();
    }

  public:
    explicit pool(size_t limit) : limit_(limit)
    {
    }
    void add()
    {
        if (all_.size() == limit_)
            evict();
        all_.push_back(registered());
    }
    ~pool()
    {
        for (void *data : all_)
            undo(data);
    }
};

class forgetful_pool
{
    std::deque<void *> all_;
    size_t limit_;

    void evict()
    {
        std::free(all_.front()); // expect: freed-while-registered
        all_.pop_front();
    }

  public:
    explicit forgetful_pool(size_t limit) : limit_(limit)
    {
    }
    void add()
    {
        if (all_.size() == limit_)
            evict();
        all_.push_back(registered());
    }
    ~forgetful_pool()
    {
        for (void *data : all_)
            undo(data);
    }
};

class buffer
{
    void *data_ = nullptr;
    size_t bytes_ = 0;

    void drop()
    {
        if (data_)
            undo(data_);
        data_ = nullptr;
    }

  public:
    void reserve(size_t bytes)
    {
        if (bytes <= bytes_)
            return;
        drop();
        data_ = registered();
        bytes_ = bytes;
    }
    ~buffer()
    {
        drop();
    }
};

class forgetful_buffer
{
    void *data_ = nullptr;
    size_t bytes_ = 0;

  public:
    void reserve(size_t bytes)
    {
        if (bytes <= bytes_)
            return;
        if (data_)
            std::free(data_); // expect: freed-while-registered
        data_ = registered();
        bytes_ = bytes;
    }
    ~forgetful_buffer()
    {
        if (data_)
            undo(data_);
    }
};

class toggled
{
    void *data_ = nullptr;
    bool on_ = false;

  public:
    void toggle()
    {
        if (!data_)
            data_ = std::malloc(8192);
        if (!data_)
            std::abort();
        if (on_)
            check(cudaHostUnregister(data_));
        else
            check(cudaHostRegister(data_, 8192, 0));
        on_ = !on_;
    }
    ~toggled()
    {
        if (on_)
            check(cudaHostUnregister(data_));
        std::free(data_);
    }
};

// Once is enough: who calls it twice has to know better.
class pinned_once
{
    std::vector<char> data_;

  public:
    pinned_once() : data_(8192)
    {
    }
    void pin()
    {
        check(cudaHostRegister(data_.data(), 8192, 0));
    }
    ~pinned_once()
    {
        check(cudaHostUnregister(data_.data()));
    }
};

// What the constructor does by a member function is done: a client has no reason to do it again.
class set_up
{
    float *data_;

  public:
    set_up() : data_(new float[2048])
    {
        init();
    }
    void init()
    {
        check(cudaHostRegister(data_, 8192, cudaHostRegisterDefault));
    }
    ~set_up()
    {
        check(cudaHostUnregister(data_));
        delete[] data_;
    }
};

class set_up_twice
{
    float *data_;

  public:
    set_up_twice() : data_(new float[2048])
    {
        check(cudaHostRegister(data_, 8192, cudaHostRegisterDefault));
    }
    void init()
    {
        check(cudaHostRegister(data_, 8192, 0)); // expect: double-register
    }
    ~set_up_twice()
    {
        check(cudaHostUnregister(data_));
        delete[] data_;
    }
};

// What makes room for more is for clients too.
class forgetful_resize
{
    float *data_ = nullptr;

  public:
    forgetful_resize()
    {
        resize(2048);
    }
    void resize(size_t count)
    {
        delete[] data_; // expect: freed-while-registered
        data_ = new float[count + 2048];
        check(cudaHostRegister(data_, 8192, cudaHostRegisterDefault));
    }
    ~forgetful_resize()
    {
        check(cudaHostUnregister(data_));
        delete[] data_;
    }
};

// Whatever the limit is, clients come to it.
class small_pool
{
    std::deque<void *> all_;

  public:
    void add()
    {
        if (all_.size() == 16) {
            undo(all_.front());
            all_.pop_front();
        }
        all_.push_back(registered());
    }
    ~small_pool()
    {
        for (void *data : all_)
            undo(data);
    }
};

class forgetful_small_pool
{
    std::vector<void *> all_;
    size_t limit_ = 16;

    void evict()
    {
        std::free(all_.front()); // expect: freed-while-registered
        all_.erase(all_.begin());
    }

  public:
    void add()
    {
        all_.push_back(registered());
        while (all_.size() > limit_)
            evict();
    }
    ~forgetful_small_pool()
    {
        for (void *data : all_)
            undo(data);
    }
};

// What a lambda does that a member function is given, its maker wants done; no client asks for it.
class visited_pool
{
    std::vector<void *> all_;

  public:
    void add() { all_.push_back(registered()); }
    template <class visitor> void each(visitor &&visit)
    {
        for (void *data : all_)
            visit(data);
    }
    ~visited_pool()
    {
        each([](void *data) { check(cudaHostUnregister(data)); });
        each([](void *data) { std::free(data); });
    }
};

class twice_stopped_pool
{
    std::vector<void *> all_;

  public:
    void add() { all_.push_back(registered()); }
    void stop()
    {
        for (void *data : all_)
            check(cudaHostUnregister(data)); // expect: unregister-unregistered
    }
    ~twice_stopped_pool()
    {
        stop();
        for (void *data : all_)
            std::free(data);
    }
};
