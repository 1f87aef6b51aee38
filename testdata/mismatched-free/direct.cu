// Memory that is given to the wrong release function.
#include <cuda_runtime.h>

#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "../run_case.h"
#include "../unseen.h"

#define CHECK(call)                                                                                \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_ != cudaSuccess) {                                                              \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(status_));  \
            std::exit(1);                                                                          \
        }                                                                                          \
    } while (0)

enum { SIZE = 65536 };

// "`cudaFreeHost` on memory of no pinned allocator (registered or not)"
void registered_memory()
{
    char *block = static_cast<char *>(std::malloc(SIZE));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    (void)cudaFreeHost(block); // expect: mismatched-free
}

void plain_memory()
{
    int *block = new int[64];

    block[0] = 1;
    (void)cudaFreeHost(block); // expect: mismatched-free
    delete[] block;
}

void local_array()
{
    char block[64] = {0};

    (void)cudaFreeHost(block); // expect: mismatched-free
}

// "`free`/`delete`/`realloc`/`cudaFree` on memory of a pinned allocator"
void freed()
{
    char *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    std::memset(block, 0, SIZE);
    std::free(block); // expect: mismatched-free
}

void deleted()
{
    float *block = nullptr;

    CHECK(cudaHostAlloc(&block, SIZE, cudaHostAllocMapped));
    delete[] block; // expect: mismatched-free
}

void grown()
{
    void *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    void *larger = std::realloc(block, 2 * SIZE); // expect: mismatched-free
    if (larger == nullptr)
        return;
}

void freed_as_device_memory()
{
    float *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    if (cudaFree(block) != cudaSuccess) // expect: mismatched-free
        std::fprintf(stderr, "not freed\n");
    CHECK(cudaFreeHost(block));
}

// "`cudaFreeHost` twice or on an interior pointer"
void twice()
{
    float *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    CHECK(cudaFreeHost(block));
    (void)cudaFreeHost(block); // expect: mismatched-free
}

void interior()
{
    char *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    (void)cudaFreeHost(block + 4096); // expect: mismatched-free
    CHECK(cudaFreeHost(block));
}

// The pointer was moved along.
void moved_along()
{
    char *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    for (int i = 0; i < 4; i++)
        *block++ = 0;
    (void)cudaFreeHost(block); // expect: mismatched-free
}

// On one path.
void on_one_path()
{
    void *block = nullptr;

    if (cudaMallocHost(&block, SIZE) != cudaSuccess) {
        block = std::malloc(SIZE);
        if (block == nullptr)
            return;
    }
    std::memset(block, 0, SIZE);
    (void)cudaFreeHost(block); // expect: mismatched-free
}

// A smart pointer with the usual deleter.
void owned_by_the_wrong_pointer()
{
    float *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    std::unique_ptr<float[]> owner(block);
    owner[0] = 1;
} // expect: mismatched-free

// Right.
void in_order()
{
    float *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    CHECK(cudaFreeHost(block));
}

void freed_by_a_copy()
{
    char *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    char *at = block;
    while (at < block + 16)
        *at++ = 1;
    CHECK(cudaFreeHost(at - 16));
}

// Right: NULL frees nothing.
void null_pointer()
{
    char *block = nullptr;

    CHECK(cudaFreeHost(block));
    CHECK(cudaFreeHost(nullptr));
    std::free(block);
}

void null_after_free()
{
    char *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    CHECK(cudaFreeHost(block));
    block = nullptr;
    CHECK(cudaFreeHost(block));
}

// Right: "One flag [...] that decides at every site between `cudaFreeHost(p)` and
// `cudaHostUnregister(p); free(p)`."
struct buffer {
    char *data;
    bool pinned;
};

static bool buffer_open(buffer *self)
{
    self->pinned = cudaMallocHost(&self->data, SIZE) == cudaSuccess;
    if (self->pinned)
        return true;
    (void)cudaGetLastError();
    self->data = static_cast<char *>(std::malloc(SIZE));
    if (self->data == nullptr)
        return false;
    if (cudaHostRegister(self->data, SIZE, cudaHostRegisterDefault) != cudaSuccess) {
        std::free(self->data);
        self->data = nullptr;
        return false;
    }
    return true;
}

static void buffer_close(buffer *self)
{
    if (self->pinned) {
        CHECK(cudaFreeHost(self->data));
    } else if (self->data != nullptr) {
        CHECK(cudaHostUnregister(self->data));
        std::free(self->data);
    }
}

void one_flag()
{
    buffer used = {nullptr, false};

    if (!buffer_open(&used))
        return;
    used.data[0] = 1;
    buffer_close(&used);
}

void flag_decides()
{
    const bool pinned = unseen_choice() != 0;
    char *block = nullptr;

    if (pinned)
        CHECK(cudaMallocHost(&block, SIZE));
    else
        block = static_cast<char *>(std::malloc(SIZE));
    if (block != nullptr)
        block[0] = 1;
    if (pinned)
        CHECK(cudaFreeHost(block));
    else
        std::free(block);
}

// Right: unknown memory.
void of_a_parameter(void *block, void *other)
{
    CHECK(cudaFreeHost(block));
    std::free(other);
}

// Right: each pointer has its own.
void several_kinds()
{
    char *pinned = nullptr, *device = nullptr;
    char *heap = static_cast<char *>(std::malloc(64));

    CHECK(cudaMallocHost(&pinned, 64));
    CHECK(cudaMalloc(&device, 64));
    CHECK(cudaFree(device));
    CHECK(cudaFreeHost(pinned));
    std::free(heap);
}

// Right: a variable of several lives.
void several_lives()
{
    void *block = std::malloc(64);

    std::free(block);
    CHECK(cudaMallocHost(&block, 64));
    CHECK(cudaFreeHost(block));
    CHECK(cudaMalloc(&block, 64));
    CHECK(cudaFree(block));
}

// Right: a copy into ordinary memory, and that is what is freed.
void copied_out()
{
    char *pinned = nullptr;

    CHECK(cudaMallocHost(&pinned, 64));
    std::strcpy(pinned, "text");
    char *copy = strdup(pinned);
    CHECK(cudaFreeHost(pinned));
    std::free(copy);
}

static const struct run_case cases[] = {
    CASE(registered_memory), CASE(plain_memory), CASE(local_array), CASE(freed), CASE(deleted),
    CASE(grown), CASE(freed_as_device_memory), CASE(twice), CASE(interior), CASE(moved_along),
    CASE(on_one_path), CASE(owned_by_the_wrong_pointer), CASE(in_order), CASE(freed_by_a_copy),
    CASE(null_pointer), CASE(null_after_free), CASE(one_flag), CASE(flag_decides),
    CASE(several_kinds), CASE(several_lives), CASE(copied_out),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
