// Device memory, managed memory, and no memory at all.
#include <cuda_runtime.h>

#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>

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

// "device memory (`cudaMalloc`, `cudaMallocPitch`, `cudaMallocAsync`, `cuMemAlloc`...)"
void device_memory()
{
    float *device_values = nullptr;

    CHECK(cudaMalloc(&device_values, SIZE));
    CHECK(cudaHostRegister(device_values, SIZE, cudaHostRegisterDefault)); // expect: not-host-memory
    CHECK(cudaHostUnregister(device_values));
    CHECK(cudaFree(device_values));
}

void device_interior()
{
    char *device_bytes;

    CHECK(cudaMalloc((void **)&device_bytes, SIZE));
    CHECK(cudaHostRegister(device_bytes + 256, 256, cudaHostRegisterMapped)); // expect: not-host-memory
    CHECK(cudaFree(device_bytes));
}

void pitched()
{
    float *rows = nullptr;
    size_t pitch = 0;

    CHECK(cudaMallocPitch(&rows, &pitch, 640, 480));
    CHECK(cudaHostRegister(rows, 640, cudaHostRegisterDefault)); // expect: not-host-memory
    CHECK(cudaFree(rows));
}

void stream_ordered(cudaStream_t stream)
{
    void *scratch = nullptr;

    CHECK(cudaMallocAsync(&scratch, SIZE, stream));
    CHECK(cudaHostRegister(scratch, SIZE, cudaHostRegisterDefault)); // expect: not-host-memory
    CHECK(cudaFreeAsync(scratch, stream));
}

// "managed memory"
void managed()
{
    float *values = nullptr;

    CHECK(cudaMallocManaged(&values, SIZE));
    values[0] = 1;
    CHECK(cudaHostRegister(values, SIZE, cudaHostRegisterDefault)); // expect: not-host-memory
    CHECK(cudaFree(values));
}

// The names of the two pointers were exchanged.
void exchanged()
{
    float *host = static_cast<float *>(std::malloc(SIZE));
    float *device = nullptr;

    if (host == nullptr)
        return;
    CHECK(cudaMalloc(&device, SIZE));
    CHECK(cudaHostRegister(device, SIZE, cudaHostRegisterDefault)); // expect: not-host-memory
    CHECK(cudaMemcpy(device, host, SIZE, cudaMemcpyHostToDevice));
    CHECK(cudaFree(device));
    std::free(host);
}

// "a pointer that is NULL or `MAP_FAILED` on the path (set so, or tested so [...])"
void set_to_null()
{
    char *block = nullptr;

    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault)); // expect: not-host-memory
}

void set_on_one_branch()
{
    char *block = unseen_choice() ? new char[SIZE] : nullptr;

    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault)); // expect: not-host-memory
    CHECK(cudaHostUnregister(block));
    delete[] block;
}

// The test is the wrong way round.
void tested_so(char *block)
{
    if (block == nullptr)
        CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault)); // expect: not-host-memory
}

void map_failed()
{
    void *region = mmap(nullptr, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (region == MAP_FAILED) {
        CHECK(cudaHostRegister(region, SIZE, cudaHostRegisterDefault)); // expect: not-host-memory
        return;
    }
    munmap(region, SIZE);
}

// Freed, set to NULL, and registered all the same.
void freed_and_cleared()
{
    char *block = static_cast<char *>(std::malloc(SIZE));

    std::free(block);
    block = nullptr;
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault)); // expect: not-host-memory
}

// Right: "an unchecked `malloc` alone is not enough"
void unchecked_malloc()
{
    char *block = static_cast<char *>(std::malloc(SIZE));

    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    std::free(block);
}

// Right: the host's half is registered.
void both_halves()
{
    float *host = static_cast<float *>(std::malloc(SIZE));
    float *device = nullptr;

    if (host == nullptr)
        return;
    CHECK(cudaMalloc(&device, SIZE));
    CHECK(cudaHostRegister(host, SIZE, cudaHostRegisterDefault));
    CHECK(cudaMemcpy(device, host, SIZE, cudaMemcpyHostToDevice));
    CHECK(cudaHostUnregister(host));
    CHECK(cudaFree(device));
    std::free(host);
}

// Right: the question is asked before.
void asked_before()
{
    void *block = nullptr;
    cudaPointerAttributes attributes{};

    CHECK(cudaMallocManaged(&block, SIZE));
    CHECK(cudaPointerGetAttributes(&attributes, block));
    if (attributes.type == cudaMemoryTypeUnregistered) {
        CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault));
        CHECK(cudaHostUnregister(block));
    }
    CHECK(cudaFree(block));
}

// Right: the test that leaves.
void tested(char *block)
{
    if (!block)
        return;
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault));
}

void mapping_tested()
{
    void *region = mmap(nullptr, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (region == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(region, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(region));
    munmap(region, SIZE);
}

// Right: null to begin with, and filled before it counts.
void filled_later()
{
    char *block = nullptr;

    for (int tries = 0; tries < 3 && block == nullptr; tries++)
        block = static_cast<char *>(std::malloc(SIZE));
    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    std::free(block);
}

// Right: one variable, first for the device, then for the host.
void used_again()
{
    void *block = nullptr;

    CHECK(cudaMalloc(&block, SIZE));
    CHECK(cudaFree(block));
    block = std::malloc(SIZE);
    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    std::free(block);
}

// Right: the kind decides.
enum memory_kind { ON_HOST, ON_DEVICE };

struct tensor {
    memory_kind kind;
    void *data;
};

static tensor make_tensor(memory_kind kind)
{
    tensor made = {kind, nullptr};

    if (kind == ON_DEVICE)
        CHECK(cudaMalloc(&made.data, SIZE));
    else
        made.data = std::malloc(SIZE);
    return made;
}

static void pin(tensor *values)
{
    if (values->kind != ON_HOST || values->data == nullptr)
        return;
    CHECK(cudaHostRegister(values->data, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(values->data));
}

void tensors()
{
    tensor host = make_tensor(ON_HOST), device = make_tensor(ON_DEVICE);

    pin(&host);
    pin(&device);
    std::free(host.data);
    CHECK(cudaFree(device.data));
}

static void null_run()
{
    tested_so(nullptr);
}

static void stream_run()
{
    stream_ordered(nullptr);
}

static const struct run_case cases[] = {
    CASE(device_memory), CASE(device_interior), CASE(pitched), CASE(stream_run), CASE(managed),
    CASE(exchanged), CASE(set_to_null), CASE(set_on_one_branch), CASE(null_run),
    CASE(freed_and_cleared), CASE(unchecked_malloc), CASE(both_halves), CASE(asked_before),
    CASE(mapping_tested), CASE(filled_later), CASE(used_again), CASE(tensors),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
