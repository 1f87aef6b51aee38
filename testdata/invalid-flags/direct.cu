// Flags that the call does not take, and flags of the other family.
#include <cuda_runtime.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

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

enum { SIZE = 4096 };

static char area[SIZE];

// "bits outside Portable 1, Mapped 2, IoMemory 4, ReadOnly 8 in a register call"
void unknown_bit()
{
    CHECK(cudaHostRegister(area, SIZE, 0x10)); // expect: invalid-flags
    CHECK(cudaHostUnregister(area));
}

void unknown_bit_beside_a_good_one()
{
    unsigned int flags = cudaHostRegisterMapped;

    flags |= 1u << 5;
    CHECK(cudaHostRegister(area, SIZE, flags)); // expect: invalid-flags
    CHECK(cudaHostUnregister(area));
}

void all_bits()
{
    CHECK(cudaHostRegister(area, SIZE, ~0u)); // expect: invalid-flags
    CHECK(cudaHostUnregister(area));
}

// The flags of a device or of an event are no flags of this call.
void flags_of_something_else()
{
    CHECK(cudaHostRegister(area, SIZE, cudaDeviceLmemResizeToMax)); // expect: invalid-flags
    CHECK(cudaHostUnregister(area));
}

void on_one_path()
{
    unsigned int flags = cudaHostRegisterDefault;

    if (unseen_choice())
        flags = 0x40;
    CHECK(cudaHostRegister(area, SIZE, flags)); // expect: invalid-flags
    CHECK(cudaHostUnregister(area));
}

// "IoMemory [...] on memory that is known not to be a device mapping (heap, stack, static,
// anonymous `mmap`)"
void io_memory_of_the_heap()
{
    void *block = std::malloc(SIZE);

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterIoMemory)); // expect: invalid-flags
    CHECK(cudaHostUnregister(block));
    std::free(block);
}

void io_memory_of_a_static_array()
{
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterMapped | cudaHostRegisterIoMemory)); // expect: invalid-flags
    CHECK(cudaHostUnregister(area));
}

void io_memory_of_the_stack()
{
    char block[SIZE];

    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterIoMemory)); // expect: invalid-flags
    CHECK(cudaHostUnregister(block));
}

void io_memory_of_an_anonymous_mapping()
{
    void *region = mmap(nullptr, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (region == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(region, SIZE, cudaHostRegisterIoMemory)); // expect: invalid-flags
    CHECK(cudaHostUnregister(region));
    munmap(region, SIZE);
}

// "(or `cudaHostAllocWriteCombined`, also 4)": one finding, an error.
void write_combined()
{
    CHECK(cudaHostRegister(area, SIZE, cudaHostAllocWriteCombined)); // expect: invalid-flags
    CHECK(cudaHostUnregister(area));
}

// "bits outside 1, 2, 4 in `cudaHostAlloc`, `cuMemHostAlloc` or `cudaMallocHost` with flags"
void allocation_with_read_only()
{
    void *block = nullptr;

    CHECK(cudaHostAlloc(&block, SIZE, cudaHostRegisterReadOnly)); // expect: invalid-flags
    CHECK(cudaFreeHost(block));
}

void allocation_with_an_unknown_bit()
{
    float *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE, 0x100)); // expect: invalid-flags
    CHECK(cudaFreeHost(block));
}

// "An enumerator of the other family with equal meaning [...]: `warning`"
void alloc_flag_in_a_register_call()
{
    CHECK(cudaHostRegister(area, SIZE, cudaHostAllocMapped)); // expect: invalid-flags
    CHECK(cudaHostUnregister(area));
}

void register_flag_in_an_allocation()
{
    void *block = nullptr;

    CHECK(cudaHostAlloc(&block, SIZE, cudaHostRegisterPortable | cudaHostAllocMapped)); // expect: invalid-flags
    CHECK(cudaFreeHost(block));
}

// Right: "the two Defaults (0): silent"
void defaults()
{
    void *block = nullptr;

    CHECK(cudaHostRegister(area, SIZE, cudaHostAllocDefault));
    CHECK(cudaHostUnregister(area));
    CHECK(cudaHostAlloc(&block, SIZE, cudaHostRegisterDefault));
    CHECK(cudaFreeHost(block));
}

// Right: each family's own.
void own_flags()
{
    void *block = nullptr;

    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterPortable | cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(area));
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterReadOnly | cudaHostRegisterPortable));
    CHECK(cudaHostUnregister(area));
    CHECK(cudaHostAlloc(&block, SIZE,
                        cudaHostAllocPortable | cudaHostAllocMapped | cudaHostAllocWriteCombined));
    CHECK(cudaFreeHost(block));
    CHECK(cudaHostRegister(area, SIZE, 3));
    CHECK(cudaHostUnregister(area));
}

// Right: a condition chooses.
void chosen_by_a_condition(bool mapped)
{
    CHECK(cudaHostRegister(area, SIZE, mapped ? cudaHostRegisterMapped : cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(area));
}

// Right: nobody knows.
void flags_of_the_caller(void *block, unsigned int flags)
{
    CHECK(cudaHostRegister(block, SIZE, flags));
}

// Right: the bits that this code does not know are masked out.
void masked(void *block, unsigned int flags)
{
    CHECK(cudaHostRegister(block, SIZE, flags & (cudaHostRegisterPortable | cudaHostRegisterMapped)));
}

// Right: a device's registers, by a mapping or by an address that came from elsewhere.
void device_registers()
{
    int descriptor = open("/dev/uio0", O_RDWR);

    if (descriptor < 0)
        return;
    void *window = mmap(nullptr, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (window == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(window, SIZE, cudaHostRegisterIoMemory));
    CHECK(cudaHostUnregister(window));
    munmap(window, SIZE);
}

void doorbell(volatile unsigned int *address)
{
    CHECK(cudaHostRegister(const_cast<unsigned int *>(address), sizeof *address,
                           cudaHostRegisterMapped | cudaHostRegisterIoMemory));
}

// Right: translated from one family to the other.
static unsigned int translated(unsigned int alloc_flags)
{
    unsigned int flags = 0;

    if (alloc_flags & cudaHostAllocPortable)
        flags |= cudaHostRegisterPortable;
    if (alloc_flags & cudaHostAllocMapped)
        flags |= cudaHostRegisterMapped;
    return flags;
}

void translates(void *block)
{
    CHECK(cudaHostRegister(block, SIZE, translated(cudaHostAllocPortable | cudaHostAllocWriteCombined)));
}

static const struct run_case cases[] = {
    CASE(unknown_bit), CASE(unknown_bit_beside_a_good_one), CASE(all_bits),
    CASE(flags_of_something_else), CASE(on_one_path), CASE(io_memory_of_the_heap),
    CASE(io_memory_of_a_static_array), CASE(io_memory_of_the_stack),
    CASE(io_memory_of_an_anonymous_mapping), CASE(write_combined),
    CASE(allocation_with_read_only), CASE(allocation_with_an_unknown_bit),
    CASE(alloc_flag_in_a_register_call), CASE(register_flag_in_an_allocation), CASE(defaults),
    CASE(own_flags), CASE(device_registers),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
