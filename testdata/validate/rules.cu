// One finding of each rule, as short as it goes: programs/ holds the reproducers.
#include <cuda_runtime.h>

#include <sys/mman.h>

#include <cstdlib>
#include <vector>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            std::abort();                                                                          \
    } while (0)

__global__ void scale(float *values);

void already_pinned(size_t count)
{
    float *values;

    CHECK(cudaHostAlloc(&values, count * sizeof(float), cudaHostAllocPortable));
    CHECK(cudaHostRegister(values, count * sizeof(float), cudaHostRegisterMapped));
    CHECK(cudaFreeHost(values));
}

void zero_size(char *block)
{
    CHECK(cudaHostRegister(block, 0, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
}

void nonconstant_size(char *block, size_t bytes)
{
    CHECK(cudaHostRegister(block, bytes, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
}

void unchecked_call(char *block)
{
    cudaHostRegister(block, 4096, cudaHostRegisterDefault);
    CHECK(cudaHostUnregister(block));
}

void freed_while_registered(size_t bytes)
{
    char *block = static_cast<char *>(std::malloc(bytes));

    if (bytes < 4096 || block == nullptr)
        return;
    CHECK(cudaHostRegister(block, bytes, cudaHostRegisterDefault));
    std::free(block);
    CHECK(cudaHostUnregister(block));
}

void grown_while_registered(std::vector<int> &values)
{
    values.resize(1000);
    CHECK(cudaHostRegister(values.data(), 1000 * sizeof(int), cudaHostRegisterDefault));
    values.push_back(1);
    CHECK(cudaHostUnregister(values.data()));
}

void gone_while_registered()
{
    int values[1024];

    CHECK(cudaHostRegister(values, sizeof values, cudaHostRegisterDefault));
}

void register_leak(size_t bytes)
{
    void *block = std::malloc(bytes);

    if (bytes == 0 || block == nullptr)
        return;
    CHECK(cudaHostRegister(block, bytes, cudaHostRegisterDefault));
}

void double_register()
{
    char *block = new char[65536];

    CHECK(cudaHostRegister(block, 65536, cudaHostRegisterPortable));
    CHECK(cudaHostRegister(block + 4096, 4096, cudaHostRegisterPortable));
    CHECK(cudaHostUnregister(block));
    delete[] block;
}

void unregister_unregistered(char *block)
{
    CHECK(cudaHostUnregister(block));
    CHECK(cudaHostUnregister(block));
}

void mismatched_free()
{
    void *block;

    CHECK(cudaMallocHost(&block, 4096));
    std::free(block);
}

void invalid_flags(char *block)
{
    CHECK(cudaHostRegister(block, 4096, 0x10));
    CHECK(cudaHostUnregister(block));
}

void not_host_memory()
{
    void *device;

    CHECK(cudaMalloc(&device, 4096));
    CHECK(cudaHostRegister(device, 4096, cudaHostRegisterDefault));
    CHECK(cudaFree(device));
}

void readonly_memory()
{
    static const char text[] = "constant";

    CHECK(cudaHostRegister(const_cast<char *>(text), sizeof text, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(const_cast<char *>(text)));
}

void unpinnable_mapping()
{
    void *block = mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (block == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    munmap(block, 4096);
}

void size_mismatch(size_t count)
{
    double *values = new double[count];

    if (count == 0)
        return;
    CHECK(cudaHostRegister(values, count, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(values));
    delete[] values;
}

void address_of_pointer(char *block)
{
    CHECK(cudaHostRegister(&block, 65536, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(&block));
}

void use_after_unregister(float *values)
{
    CHECK(cudaHostUnregister(values));
    scale<<<1, 1>>>(values);
}

void register_in_loop(char *block)
{
    for (int i = 0; i < 10; i++) {
        CHECK(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
        CHECK(cudaHostUnregister(block));
    }
}

void register_in_capture(cudaStream_t stream, char *block)
{
    cudaGraph_t graph;

    CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
    CHECK(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    CHECK(cudaStreamEndCapture(stream, &graph));
}
