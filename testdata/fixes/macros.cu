// Which statements the file's own macro can wrap, and which not.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <new>

static char area[1 << 14];

// Before the macro is defined there is nothing to check with.
void too_early()
{
    cudaHostRegister(area, 4096, 0); // expect: unchecked-call
    cudaHostUnregister(area);        // expect: unchecked-call
}

#define CHECK(call)                                                                                \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_ != cudaSuccess) {                                                              \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(status_));  \
            std::exit(1);                                                                          \
        }                                                                                          \
    } while (0)

// Looks at nothing: no check to learn.
#define QUIETLY(call) (void)(call)

void shows_how()
{
    CHECK(cudaHostRegister(area, 4096, 0));
    CHECK(cudaHostUnregister(area));
    QUIETLY(cudaHostRegister(area, 4096, 0));
    QUIETLY(cudaHostUnregister(area));
    QUIETLY(cudaFreeHost(nullptr));
}

void plain_statements(bool both)
{
    float *block = nullptr;

    cudaMallocHost(&block, 4096); // expect: unchecked-call
    block[0] = 1;
    if (both) {
        cudaHostRegister(area, // expect: unchecked-call
                         sizeof area, cudaHostRegisterDefault);
        cudaHostUnregister(area); // expect: unchecked-call
    }
    ::cudaFreeHost(block); // expect: unchecked-call
}

// A controlled statement without braces, a label, an expression in a for: left to people.
void no_plain_statements(bool both, int turns)
{
    if (both)
        cudaHostRegister(area, sizeof area, 0); // expect: unchecked-call
    else
        cudaHostRegister(area, 4096, 0); // expect: unchecked-call
    for (; turns > 0; cudaHostUnregister(area)) // expect: unchecked-call
        turns = 0;
    switch (turns) {
    case 0:
        cudaFreeHost(nullptr); // expect: unchecked-call
    }
}

#define UNREGISTER(block) cudaHostUnregister(block)

void in_a_macro()
{
    CHECK(cudaHostRegister(area, 4096, 0));
    UNREGISTER(area); // expect: unchecked-call
}

// A comma that no parentheses protect would end the macro's argument.
template <typename A, typename B>
cudaError_t pin_pair(A *block)
{
    return cudaHostRegister(block, sizeof(A) + sizeof(B), 0);
}

void with_a_comma()
{
    pin_pair<char, int>(area); // expect: unchecked-call
    CHECK(cudaHostUnregister(area));
}

// A destructor may use what does not throw.
struct owner {
    owner()
    {
        CHECK(cudaHostRegister(area, 4096, 0));
    }
    owner(const owner &) = delete;
    ~owner()
    {
        cudaHostUnregister(area); // expect: unchecked-call
    }
};
