// What one instance of a class template registers is no matter of another one.
#include <cstdlib>
#include <cuda_runtime.h>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

struct pinning {
    static void pin(void *data)
    {
        check(cudaHostRegister(data, 8192, 0));
    }
    static void drop(void *data)
    {
        std::free(data); // expect: freed-while-registered
    }
};

struct pageable {
    static void pin(void *)
    {
    }
    static void drop(void *data)
    {
        std::free(data);
    }
};

template <class Policy> class slot
{
    void *data_ = nullptr;

  public:
    void open()
    {
        data_ = std::malloc(8192);
    }
    void pin()
    {
        Policy::pin(data_);
    }
    void close()
    {
        Policy::drop(data_);
        data_ = nullptr;
    }
};

slot<pinning> first;
slot<pageable> second;

void open_all()
{
    first.open();
    second.open();
}

void pin_all()
{
    first.pin();
    second.pin();
}

void close_first()
{
    first.close();
}

void close_second()
{
    second.close();
}

// Nor what it undoes.
struct tidy {
    static void undo(void *data)
    {
        check(cudaHostUnregister(data));
    }
};

struct forgetful {
    static void undo(void *)
    {
    }
};

template <class Policy> class lane
{
    void *samples_ = nullptr;

  public:
    void open()
    {
        samples_ = std::malloc(8192);
    }
    void pin()
    {
        check(cudaHostRegister(samples_, 8192, 0));
    }
    void unpin()
    {
        Policy::undo(samples_);
    }
    void close()
    {
        std::free(samples_); // expect: freed-while-registered
        samples_ = nullptr;
    }
};

lane<tidy> third;
lane<forgetful> fourth;

void open_lanes()
{
    third.open();
    fourth.open();
}

void pin_lanes()
{
    third.pin();
    fourth.pin();
}

void close_lanes()
{
    third.unpin();
    third.close();
    fourth.unpin();
    fourth.close();
}

template <class T> class special
{
    T *words_ = nullptr;

  public:
    void set(T *words)
    {
        words_ = words;
    }
    void pin();
    void drop();
};

template <> void special<int>::pin()
{
    check(cudaHostRegister(words_, 8192, 0));
}

template <> void special<int>::drop()
{
    delete[] words_; // expect: freed-while-registered
    words_ = nullptr;
}

template <> void special<char>::pin()
{
    check(cudaHostRegister(words_, 8192, 0));
}

template <> void special<char>::drop()
{
    check(cudaHostUnregister(words_));
    delete[] words_;
    words_ = nullptr;
}

// A derived class undoes for whichever instance it is derived from.
template <class T> class base
{
  protected:
    T *bytes_ = nullptr;

  public:
    void set(T *bytes)
    {
        bytes_ = bytes;
    }
    void pin();
    void drop();
};

template <> void base<int>::pin()
{
    check(cudaHostRegister(bytes_, 8192, 0));
}

template <> void base<int>::drop()
{
    delete[] bytes_;
    bytes_ = nullptr;
}

struct derived : base<int> {
    void stop()
    {
        check(cudaHostUnregister(bytes_));
        drop();
    }
};
