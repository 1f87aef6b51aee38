// Memory that is pinned already, and memory that goes the wrong way back.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_ != cudaSuccess)                                                                \
            std::exit(1);                                                                          \
    } while (0)

enum { SIZE = 4096 };
void use(void *block);

void registered_in_vain()
{
    char *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterMapped)); // expect: already-pinned
    block[0] = 1;
    CHECK(cudaHostUnregister(block));
    CHECK(cudaFreeHost(block));
}

// The status decides about more than the registration.
void status_is_used()
{
    char *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    if (cudaHostRegister(block, SIZE, cudaHostRegisterMapped) != cudaSuccess) // expect: already-pinned
        std::puts("not registered");
    CHECK(cudaFreeHost(block));
}

// Another path may give it ordinary memory.
void either(bool pinned)
{
    char *block = nullptr;

    if (pinned)
        CHECK(cudaMallocHost(&block, SIZE));
    else
        block = static_cast<char *>(std::malloc(SIZE));
    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterMapped)); // expect: already-pinned
    CHECK(cudaHostUnregister(block));
    if (pinned)
        CHECK(cudaFreeHost(block));
    else
        std::free(block);
}

static void undo(void *block)
{
    CHECK(cudaHostUnregister(block));
}

// Somebody else unregisters it.
void undone_elsewhere()
{
    char *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterMapped)); // expect: already-pinned
    undo(block);
    CHECK(cudaFreeHost(block));
}

void freed_by_free()
{
    float *block = nullptr;

    CHECK(cudaHostAlloc(&block, SIZE, cudaHostAllocMapped));
    std::free(block); // expect: mismatched-free
}

void freed_by_delete()
{
    float *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    delete[] block; // expect: mismatched-free
}

struct counted {
    ~counted();
    int count;
};

// Nobody else runs the destructors.
void freed_by_delete_of_objects()
{
    counted *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    delete[] block; // expect: mismatched-free
}

void freed_as_device_memory()
{
    float *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    CHECK(cudaFree(block)); // expect: mismatched-free
}

void freed_as_device_memory_unchecked()
{
    float *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    cudaFree(block); // expect: mismatched-free
}

void heap_memory_freed_as_pinned()
{
    void *block = std::malloc(SIZE);

    CHECK(cudaFreeHost(block)); // expect: mismatched-free
}

// On one of the paths only.
void sometimes_heap(bool pinned)
{
    void *block = nullptr;

    if (pinned)
        CHECK(cudaMallocHost(&block, SIZE));
    else
        block = std::malloc(SIZE);
    std::free(block); // expect: mismatched-free
}

// And once more behind it.
void freed_twice()
{
    void *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    std::free(block); // expect: mismatched-free
    CHECK(cudaFreeHost(block));
}
