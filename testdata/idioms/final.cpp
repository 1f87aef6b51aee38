// Which function a virtual call reaches is known where nothing can override it.
#include <cstdlib>
#include <cuda_runtime.h>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

struct pinner {
    virtual ~pinner();
    virtual void pin(void *data)
    {
        check(cudaHostRegister(data, 4096, 0));
    }
    virtual void unpin(void *data)
    {
        check(cudaHostUnregister(data));
    }
};

struct cache {
    pinner by;
    void wrong()
    {
        void *data = std::malloc(4096);
        if (!data)
            return;
        by.pin(data);
        std::free(data); // expect: freed-while-registered
    }
    void right()
    {
        void *data = std::malloc(4096);
        if (!data)
            return;
        by.pin(data);
        by.unpin(data);
        std::free(data);
    }
};

struct last final : pinner {
    void unpin(void *data) override
    {
        check(cudaHostUnregister(data));
    }
};

void of_a_final_class(last *by)
{
    char *data = new char[4096];
    check(cudaHostRegister(data, 4096, 0));
    by->unpin(data);
    delete[] data;
}

// The one that is called may be another class's.
void of_any_class(pinner *by)
{
    char *data = new char[4096];
    by->pin(data);
    delete[] data;
}
