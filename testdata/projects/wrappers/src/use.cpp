// Every wrapper's body is in host_memory.cpp.
#include "host_memory.h"

#include <cstring>

// Right.
void in_order(std::size_t size)
{
    void *block = plain_alloc(padded(size));

    if (block == nullptr)
        return;
    must(pin(block, padded(size)));
    std::memset(block, 0, size);
    must(unpin(block));
    plain_free(block);
}

// Right.
void page_locked()
{
    void *block = transfer_alloc(4096);

    std::memset(block, 0, 4096);
    transfer_free(block);
}

// The finding stands at the register call in host_memory.cpp.
void pins_what_is_pinned()
{
    void *block = transfer_alloc(4096);

    must(pin(block, 4096));
    must(unpin(block));
    transfer_free(block);
}

// At the free in host_memory.cpp.
void frees_too_early()
{
    void *block = plain_alloc(4096);

    if (block == nullptr)
        return;
    must(pin(block, 4096));
    plain_free(block);
}

// At the free in host_memory.cpp.
void frees_with_the_wrong_function()
{
    void *block = plain_alloc(4096);

    transfer_free(block);
}

// Here: the wrapper passed the duty on.
void drops_the_status(void *block)
{
    pin(block, 4096); // expect: unchecked-call
}

void leaks(bool early)
{
    void *block = plain_alloc(4096);

    if (block == nullptr)
        return;
    must(cudaHostRegister(block, 4096, cudaHostRegisterDefault)); // expect: register-leak
    if (early)
        return;
    must(unpin(block));
    plain_free(block);
}

// Nothing is known of this size.
void any_size(void *block, std::size_t size)
{
    must(pin(block, size));
}
