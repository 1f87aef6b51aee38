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
