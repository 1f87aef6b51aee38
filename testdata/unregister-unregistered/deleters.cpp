// A deleter unregisters what nobody registered: it stands for a call of the owner's scope.
#include <cuda_runtime.h>
#include <cstdlib>
#include <memory>

struct unpin_and_free {
    void operator()(char *p) const
    {
        (void)cudaHostUnregister(p); // expect: unregister-unregistered
        std::free(p);
    }
};

int never_registered(size_t bytes)
{
    std::unique_ptr<char, unpin_and_free> buffer(static_cast<char *>(std::malloc(bytes)));
    return buffer ? buffer.get()[0] : 1;
}

struct unpin_if_pinned {
    bool pinned = false;
    void operator()(char *p) const
    {
        if (pinned)
            (void)cudaHostUnregister(p);
        std::free(p);
    }
};

int state_of_the_deleter()
{
    std::unique_ptr<char, unpin_if_pinned> buffer(static_cast<char *>(std::malloc(64)));
    if (!buffer)
        return 1;
    if (cudaHostRegister(buffer.get(), 64, 0) == cudaSuccess)
        buffer.get_deleter().pinned = true;
    return buffer.get()[0];
}
