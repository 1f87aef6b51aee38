// A member whose deleter is the program's own, and releases what another member function
// registered.
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <memory>

#define OK(call)                                                                                   \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            abort();                                                                               \
    } while (0)

struct header {
    int users;
    int items[1023];
};

struct frees {
    void operator()(header *h) const
    {
        if (h)
            h->users = 0;
        free(h);
    }
};

struct undoes {
    void operator()(header *h) const
    {
        OK(cudaHostUnregister(h));
        free(h);
    }
};

void unseen(header *h);

struct hands_on {
    void operator()(header *h) const
    {
        unseen(h); // may unregister it
        free(h);
    }
};

static header *make()
{
    header *h = static_cast<header *>(calloc(1, sizeof(header)));
    if (!h)
        abort();
    return h;
}

class Queue // expect: freed-while-registered
{
    std::unique_ptr<header, frees> first;

  public:
    Queue() : first(make())
    {
    }
    void pin()
    {
        OK(cudaHostRegister(first.get(), sizeof(header), 0));
    }
};

class Undone
{
    std::unique_ptr<header, undoes> first;

  public:
    Undone() : first(make())
    {
    }
    void pin()
    {
        OK(cudaHostRegister(first.get(), sizeof(header), 0));
    }
};

class Handed
{
    std::unique_ptr<header, hands_on> first;

  public:
    Handed() : first(make())
    {
    }
    void pin()
    {
        OK(cudaHostRegister(first.get(), sizeof(header), 0));
    }
};
