// While a base is constructed or destroyed, the object is the base's: virtual calls reach its own.
#include "../run_case.h"

#include <cstdlib>
#include <cuda_runtime_api.h>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            std::abort();                                                                          \
    } while (0)

class view
{
  public:
    view(void *memory, size_t bytes) : memory_(memory), bytes_(bytes)
    {
        attach();
    }
    virtual ~view()
    {
        detach();
    }
    virtual void attach()
    {
    }
    virtual void detach()
    {
    }
    virtual void *base() const
    {
        return memory_;
    }

  protected:
    void *memory_;
    size_t bytes_;
};

class pinned_view : public view
{
  public:
    pinned_view(void *memory, size_t bytes) : view(memory, bytes)
    {
    }
    void attach() override
    {
        CHECK(cudaHostRegister(memory_, bytes_ + 1, 0));
    }
    void detach() override
    {
        (void)cudaHostUnregister(base());
    }
};

// Right: the constructor of the base attaches nothing.
void attached_once()
{
    static char memory[64];
    pinned_view pinned(memory, sizeof memory - 1);
    view &plain = pinned;

    plain.attach();
    plain.detach();
}

void detached_by_nobody()
{
    char *memory = new char[64];
    {
        pinned_view pinned(memory, 63);
        pinned.attach();
    }
    delete[] memory; // expect: freed-while-registered
}

class own_end : public pinned_view
{
  public:
    using pinned_view::pinned_view;
    own_end(char *memory) : pinned_view(memory, 63)
    {
        attach();
    }
    ~own_end() override
    {
        detach();
    }
};

// Right: where the class itself ends, the object is its own still.
void detached_by_the_class()
{
    char *memory = new char[64];
    {
        own_end pinned(memory);
    }
    delete[] memory;
}

static const struct run_case cases[] = {
    CASE(attached_once),
    CASE(detached_by_nobody),
    CASE(detached_by_the_class),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
