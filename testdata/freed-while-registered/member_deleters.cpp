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

/* What a deleter holds of its own changes nothing where none of it undoes the registration. */
struct frees_sized {
    size_t size;
    int users;
    void operator()(header *h);
};

class Attached // expect: freed-while-registered
{
    std::unique_ptr<header, frees_sized> first;

  public:
    Attached();
    void pin();
};

Attached::Attached()
{
    first = std::unique_ptr<header, frees_sized>(make(), frees_sized{sizeof(header), 1});
}

void Attached::pin()
{
    OK(cudaHostRegister(first.get(), sizeof(header), 0));
}

void frees_sized::operator()(header *h)
{
    users = 0;
    free(h);
}

struct knows {
    bool pinned;
    void operator()(header *h)
    {
        if (pinned)
            OK(cudaHostUnregister(h));
        free(h);
    }
};

class Knowing
{
    std::unique_ptr<header, knows> first;

  public:
    Knowing()
    {
        first = std::unique_ptr<header, knows>(make(), knows{false});
    }
    void pin()
    {
        if (first.get_deleter().pinned)
            return;
        OK(cudaHostRegister(first.get(), sizeof(header), 0));
        first.get_deleter().pinned = true;
    }
};

struct gives_back {
    bool is_pinned;
    void operator()(char *block) const
    {
        if (is_pinned)
            OK(cudaFreeHost(block));
        else
            free(block);
    }
};

class Either
{
    std::unique_ptr<char, gives_back> block;

  public:
    explicit Either(bool wants)
    {
        void *p = nullptr;
        if (wants && cudaMallocHost(&p, 8192) == cudaSuccess)
            block = std::unique_ptr<char, gives_back>(static_cast<char *>(p), gives_back{true});
        else
            block = std::unique_ptr<char, gives_back>(static_cast<char *>(malloc(8192)),
                                                      gives_back{false});
    }
    Either(Either &&) = default;
    Either &operator=(Either &&) = default;
};

void exchange()
{
    Either first(true), second(false);
    first = std::move(second);
}

void replace(std::unique_ptr<char, gives_back> &block, void (*told)(void *))
{
    void *p = nullptr;
    OK(cudaMallocHost(&p, 8192));
    told(&block); // block's deleter may be told
    block.reset(static_cast<char *>(p));
    block.reset();
}
