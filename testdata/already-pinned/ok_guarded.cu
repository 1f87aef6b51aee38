// Right code that asks, remembers or branches before it registers.
#include <cuda.h>
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "../run_case.h"
#include "../unseen.h"

#define CUDA_CALL(call)                                                                            \
    if (cudaError_t e = (call); e != cudaSuccess) {                                                \
        fprintf(stderr, "%s failed: %s\n", #call, cudaGetErrorString(e));                          \
        abort();                                                                                   \
    }

static constexpr size_t bytes = 1 << 16;

// "A query before the register call [...] whose answer guards it: on the guarded path nothing is
// known to be pinned."
static bool is_page_locked(const void *pointer)
{
    cudaPointerAttributes attributes;

    if (cudaPointerGetAttributes(&attributes, pointer) != cudaSuccess) {
        (void)cudaGetLastError();
        return false;
    }
    return attributes.type == cudaMemoryTypeHost;
}

void asks_a_helper()
{
    void *block = nullptr;

    CUDA_CALL(cudaMallocHost(&block, bytes));
    bool mine = false;
    if (!is_page_locked(block)) {
        CUDA_CALL(cudaHostRegister(block, bytes, cudaHostRegisterDefault));
        mine = true;
    }
    memset(block, 0, bytes);
    if (mine) {
        CUDA_CALL(cudaHostUnregister(block));
    }
    CUDA_CALL(cudaFreeHost(block));
}

void asks_in_place()
{
    float *block = nullptr;
    cudaPointerAttributes attributes{};

    CUDA_CALL(cudaHostAlloc(&block, bytes, cudaHostAllocDefault));
    CUDA_CALL(cudaPointerGetAttributes(&attributes, block));
    if (attributes.type == cudaMemoryTypeUnregistered) {
        CUDA_CALL(cudaHostRegister(block, bytes, cudaHostRegisterDefault));
        CUDA_CALL(cudaHostUnregister(block));
    }
    CUDA_CALL(cudaFreeHost(block));
}

// The flags call fails for memory that is not page-locked; projects use it as a question.
void asks_for_the_flags()
{
    void *block = nullptr;
    unsigned int flags = 0;

    CUDA_CALL(cudaMallocHost(&block, bytes));
    if (cudaHostGetFlags(&flags, block) == cudaErrorInvalidValue) {
        (void)cudaGetLastError();
        CUDA_CALL(cudaHostRegister(block, bytes, cudaHostRegisterDefault));
        CUDA_CALL(cudaHostUnregister(block));
    }
    CUDA_CALL(cudaFreeHost(block));
}

void asks_the_driver()
{
    void *block = nullptr;
    CUmemorytype kind = (CUmemorytype)0;

    CUDA_CALL(cudaMallocHost(&block, bytes));
    CUresult answer = cuPointerGetAttribute(&kind, CU_POINTER_ATTRIBUTE_MEMORY_TYPE, (CUdeviceptr)block);
    if (answer == CUDA_SUCCESS && kind == CU_MEMORYTYPE_HOST) {
        CUDA_CALL(cudaFreeHost(block));
        return;
    }
    CUDA_CALL(cudaHostRegister(block, bytes, cudaHostRegisterDefault));
    CUDA_CALL(cudaHostUnregister(block));
    CUDA_CALL(cudaFreeHost(block));
}

// Correlated branches: the flag decides at both places.
static void allocate_either_way(bool pinned)
{
    void *block = nullptr;

    if (pinned) {
        CUDA_CALL(cudaMallocHost(&block, bytes));
    } else {
        block = malloc(bytes);
        if (!block)
            return;
        CUDA_CALL(cudaHostRegister(block, bytes, cudaHostRegisterMapped));
    }
    memset(block, 0, bytes);
    if (pinned) {
        CUDA_CALL(cudaFreeHost(block));
    } else {
        CUDA_CALL(cudaHostUnregister(block));
        free(block);
    }
}

void either_way()
{
    allocate_either_way(unseen_choice() != 0);
}

void register_is_the_second_half_of_the_choice()
{
    const bool pinned = unseen_choice() != 0;
    char *block;

    if (pinned) {
        CUDA_CALL(cudaMallocHost(&block, bytes));
    } else {
        block = static_cast<char *>(malloc(bytes));
    }
    if (block == nullptr)
        return;
    if (!pinned)
        CUDA_CALL(cudaHostRegister(block, bytes, 0));
    memset(block, 0, bytes);
    if (!pinned) {
        CUDA_CALL(cudaHostUnregister(block));
        free(block);
        return;
    }
    CUDA_CALL(cudaFreeHost(block));
}

enum class storage { pageable, locked, registered };

static void by_kind(storage kind)
{
    void *block = nullptr;

    switch (kind) {
    case storage::locked:
        CUDA_CALL(cudaMallocHost(&block, bytes));
        break;
    case storage::pageable:
    case storage::registered:
        block = malloc(bytes);
        break;
    }
    if (block == nullptr)
        return;
    if (kind == storage::registered)
        CUDA_CALL(cudaHostRegister(block, bytes, cudaHostRegisterDefault));
    memset(block, 0, bytes);
    if (kind == storage::registered)
        CUDA_CALL(cudaHostUnregister(block));
    if (kind == storage::locked) {
        CUDA_CALL(cudaFreeHost(block));
    } else {
        free(block);
    }
}

void all_kinds()
{
    by_kind(storage::pageable);
    by_kind(storage::locked);
    by_kind(storage::registered);
}

// Nothing is known of this memory: silent.
void unknown_memory()
{
    void *block = unseen_get(bytes);

    CUDA_CALL(cudaHostRegister(block, bytes, cudaHostRegisterDefault));
    CUDA_CALL(cudaHostUnregister(block));
}

// A pinned block and an ordinary one take turns; which one is which is told by the index.
void alternates()
{
    void *blocks[2] = {nullptr, malloc(bytes)};

    if (blocks[1] == nullptr)
        return;
    CUDA_CALL(cudaMallocHost(&blocks[0], bytes));
    CUDA_CALL(cudaHostRegister(blocks[1], bytes, 0));
    CUDA_CALL(cudaHostUnregister(blocks[1]));
    CUDA_CALL(cudaFreeHost(blocks[0]));
    free(blocks[1]);
}

static const struct run_case cases[] = {
    CASE(asks_a_helper), CASE(asks_in_place), CASE(asks_for_the_flags),
    CASE(asks_the_driver), CASE(either_way), CASE(register_is_the_second_half_of_the_choice),
    CASE(all_kinds), CASE(unknown_memory), CASE(alternates),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
