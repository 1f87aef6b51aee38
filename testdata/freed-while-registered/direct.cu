// The memory goes, the registration stays: the runtime says success and the GPU reads old pages.
#include <cuda_runtime.h>

#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

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

enum { BYTES = 1 << 20 };

// "`free` [...] while the registration lives"
void freed_and_forgotten()
{
    char *block = static_cast<char *>(std::malloc(BYTES));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, BYTES, cudaHostRegisterDefault));
    std::memset(block, 1, BYTES);
    std::free(block); // expect: freed-while-registered
}

// "also when the unregister call comes after the release"
void wrong_order()
{
    char *block = static_cast<char *>(std::malloc(BYTES));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, BYTES, cudaHostRegisterDefault));
    std::free(block); // expect: freed-while-registered
    CHECK(cudaHostUnregister(block));
}

void deleted()
{
    int *values = new int[1024];

    CHECK(cudaHostRegister(values, 1024 * sizeof *values, cudaHostRegisterPortable));
    delete[] values; // expect: freed-while-registered
    CHECK(cudaHostUnregister(values));
}

struct frame {
    unsigned char pixels[4096];
};

void deleted_object()
{
    frame *current = new frame;

    CHECK(cudaHostRegister(current, sizeof *current, cudaHostRegisterPortable));
    delete current; // expect: freed-while-registered
}

void moved_by_realloc()
{
    char *block = static_cast<char *>(std::malloc(BYTES));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, BYTES, cudaHostRegisterDefault));
    char *larger = static_cast<char *>(std::realloc(block, 64 * BYTES)); // expect: freed-while-registered
    if (larger == nullptr)
        std::exit(1);
    std::free(larger);
}

void unmapped()
{
    void *region = mmap(nullptr, BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (region == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(region, BYTES, cudaHostRegisterDefault));
    std::memset(region, 0, BYTES);
    munmap(region, BYTES); // expect: freed-while-registered
    CHECK(cudaHostUnregister(region));
}

// The registration covers the middle of the block only. It lives all the same.
void part_of_the_block()
{
    char *block = static_cast<char *>(std::malloc(BYTES));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block + 4096, 4096, cudaHostRegisterDefault));
    std::free(block); // expect: freed-while-registered
}

// On one path only.
void error_path(bool strict)
{
    float *block = static_cast<float *>(std::malloc(BYTES));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, BYTES, cudaHostRegisterDefault));
    if (strict && unseen_choice()) {
        std::free(block); // expect: freed-while-registered
        return;
    }
    CHECK(cudaHostUnregister(block));
    std::free(block);
}

// "A call that fails changes nothing: a failed unregister leaves the registration alive". What is
// released here is one finding, at the call that had to fail.
void unregisters_the_wrong_address()
{
    char *block = static_cast<char *>(std::malloc(BYTES));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, BYTES, cudaHostRegisterDefault));
    if (cudaHostUnregister(block + 64) != cudaSuccess) // expect: unregister-unregistered
        std::fprintf(stderr, "still registered\n");
    std::free(block);
}

// Right: the order that it takes.
void right_order()
{
    char *block = static_cast<char *>(std::malloc(BYTES));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, BYTES, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    std::free(block);
}

void right_order_unmapped()
{
    void *region = mmap(nullptr, BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (region == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(region, BYTES, cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(region));
    munmap(region, BYTES);
}

// Right: an error path after the registration failed.
void failed_registration()
{
    void *block = std::malloc(BYTES);

    if (block == nullptr)
        return;
    cudaError_t status = cudaHostRegister(block, BYTES, cudaHostRegisterDefault);
    if (status != cudaSuccess) {
        std::fprintf(stderr, "%s\n", cudaGetErrorString(status));
        std::free(block);
        return;
    }
    status = cudaHostUnregister(block);
    if (status != cudaSuccess)
        std::fprintf(stderr, "%s\n", cudaGetErrorString(status));
    std::free(block);
}

// Right: what remembers whether it is registered.
void remembered()
{
    void *block = std::malloc(BYTES);
    bool registered = false;

    if (block == nullptr)
        return;
    if (unseen_choice())
        registered = cudaHostRegister(block, BYTES, cudaHostRegisterDefault) == cudaSuccess;
    std::memset(block, 0, BYTES);
    if (registered)
        CHECK(cudaHostUnregister(block));
    std::free(block);
}

// Right: the block that is freed is another one.
void other_block()
{
    char *kept = static_cast<char *>(std::malloc(BYTES));
    char *scratch = static_cast<char *>(std::malloc(BYTES));

    if (kept == nullptr || scratch == nullptr) {
        std::free(kept);
        std::free(scratch);
        return;
    }
    CHECK(cudaHostRegister(kept, BYTES, cudaHostRegisterDefault));
    std::memcpy(kept, scratch, BYTES);
    std::free(scratch);
    CHECK(cudaHostUnregister(kept));
    std::free(kept);
}

// Right: realloc of a block that is registered no more.
void grown_between()
{
    char *block = static_cast<char *>(std::malloc(BYTES));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, BYTES, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    char *larger = static_cast<char *>(std::realloc(block, 2 * BYTES));
    if (larger == nullptr) {
        std::free(block);
        return;
    }
    CHECK(cudaHostRegister(larger, 2 * BYTES, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(larger));
    std::free(larger);
}

// Right: nothing is freed where the pointer is null.
void null_is_free_to_free()
{
    char *block = nullptr;
    static char fallback[4096];
    char *used = block != nullptr ? block : fallback;

    CHECK(cudaHostRegister(used, 4096, cudaHostRegisterDefault));
    std::free(block);
    CHECK(cudaHostUnregister(used));
}

static void error_path_run()
{
    error_path(true);
}

static const struct run_case cases[] = {
    CASE(freed_and_forgotten), CASE(wrong_order), CASE(deleted), CASE(deleted_object),
    CASE(moved_by_realloc), CASE(unmapped), CASE(part_of_the_block), CASE(error_path_run),
    CASE(unregisters_the_wrong_address), CASE(right_order), CASE(right_order_unmapped),
    CASE(failed_registration), CASE(remembered), CASE(other_block), CASE(grown_between),
    CASE(null_is_free_to_free),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
