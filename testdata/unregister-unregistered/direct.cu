// "the pointer is not the base of a live registration"
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

enum { SIZE = 65536 };

static char area[SIZE];

// "never registered"
void never_registered()
{
    char *block = static_cast<char *>(std::malloc(SIZE));

    if (block == nullptr)
        return;
    std::memset(block, 0, SIZE);
    (void)cudaHostUnregister(block); // expect: unregister-unregistered
    std::free(block);
}

// "unregistered twice"
void twice()
{
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(area));
    CHECK(cudaHostUnregister(area)); // expect: unregister-unregistered
}

// "interior of a registered range"
void interior()
{
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    cudaError_t status = cudaHostUnregister(&area[1]); // expect: unregister-unregistered
    if (status != cudaSuccess)
        std::fprintf(stderr, "%s\n", cudaGetErrorString(status));
    CHECK(cudaHostUnregister(area));
}

// The pointer walked through the block, and the call gets where it ended.
void walked()
{
    char *block = static_cast<char *>(std::malloc(SIZE));

    if (block == nullptr)
        return;
    char *at = block;
    CHECK(cudaHostRegister(at, SIZE, cudaHostRegisterDefault));
    for (int i = 0; i < 16; i++)
        *at++ = 1;
    (void)cudaHostUnregister(at); // expect: unregister-unregistered
    (void)cudaHostUnregister(block);
    std::free(block);
}

// The base of the block is not the base of the registration.
void base_of_the_block()
{
    char *block = static_cast<char *>(std::malloc(SIZE));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block + 4096, 4096, cudaHostRegisterDefault));
    (void)cudaHostUnregister(block); // expect: unregister-unregistered
    (void)cudaHostUnregister(block + 4096);
    std::free(block);
}

// "memory of a pinned allocator"
void pinned_memory()
{
    char *block = nullptr;

    CHECK(cudaMallocHost(&block, SIZE));
    (void)cudaHostUnregister(block); // expect: unregister-unregistered
    CHECK(cudaFreeHost(block));
}

// "NULL"
void null_pointer()
{
    char *block = nullptr;

    (void)cudaHostUnregister(block); // expect: unregister-unregistered
}

// "after `cudaDeviceReset`"
void after_a_reset()
{
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    CHECK(cudaDeviceReset());
    (void)cudaHostUnregister(area); // expect: unregister-unregistered
}

// "unregister on both branches where only one registered"
void only_one_branch_registered()
{
    const bool pin = unseen_choice() != 0;
    char *block = new char[SIZE];

    if (pin)
        CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault));
    block[0] = 1;
    (void)cudaHostUnregister(block); // expect: unregister-unregistered
    delete[] block;
}

// The error path undoes what did not happen.
int undoes_what_failed()
{
    char *block = static_cast<char *>(std::malloc(SIZE));
    int result = -1;

    if (block == nullptr)
        return result;
    if (cudaHostRegister(block, SIZE, cudaHostRegisterDefault) != cudaSuccess)
        goto undo;
    result = 0;
undo:
    (void)cudaHostUnregister(block); // expect: unregister-unregistered
    std::free(block);
    return result;
}

// The same where the failure is made a number that is asked about at once.
int undoes_what_failed_by_a_choice()
{
    char *block = static_cast<char *>(std::malloc(SIZE));

    if (block == nullptr)
        return -1;
    int failed = cudaHostRegister(block, SIZE, cudaHostRegisterDefault) != cudaSuccess ? 1 : 0;
    if (failed) {
        (void)cudaHostUnregister(block); // expect: unregister-unregistered
        std::free(block);
        return -1;
    }
    (void)cudaHostUnregister(block);
    std::free(block);
    return 0;
}

// Right: a choice that only counts falls through to the common code.
int counts_failures_by_a_choice()
{
    int failures = 0;

    failures += cudaHostRegister(area, SIZE, cudaHostRegisterDefault) != cudaSuccess ? 1 : 0;
    failures += cudaHostUnregister(area) != cudaSuccess ? 1 : 0;
    if (failures > 0)
        std::abort();
    return failures;
}

// Two loops, of which the second is one turn longer.
void one_turn_too_many()
{
    char *block = new char[SIZE];

    for (int i = 0; i < 4; i++)
        CHECK(cudaHostRegister(block + i * 4096, 4096, cudaHostRegisterDefault));
    for (int i = 0; i <= 4; i++)
        (void)cudaHostUnregister(block + i * 4096); // expect: unregister-unregistered
    delete[] block;
}

// A chunk that was left out.
void a_chunk_between()
{
    char *block = new char[SIZE];

    CHECK(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    CHECK(cudaHostRegister(block + 8192, 4096, cudaHostRegisterDefault));
    (void)cudaHostUnregister(block + 4096); // expect: unregister-unregistered
    (void)cudaHostUnregister(block + 8192);
    (void)cudaHostUnregister(block);
    delete[] block;
}

// Right: what other functions of the file did to a static array is not known here.
void static_array()
{
    CHECK(cudaHostUnregister(area));
}

// Right.
void in_order()
{
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(area));
}

void registered_at_an_offset()
{
    char *middle = area + 4096;

    CHECK(cudaHostRegister(middle, 4096, cudaHostRegisterDefault));
    middle -= 4096;
    middle[0] = 1;
    CHECK(cudaHostUnregister(middle + 4096));
}

void same_address_by_another_way()
{
    struct {
        char header[64];
        char body[4096];
    } static record;

    CHECK(cudaHostRegister(record.body, sizeof record.body, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(reinterpret_cast<char *>(&record) + 64));
}

// Right: the pointer may come from anywhere.
void of_a_parameter(void *block)
{
    CHECK(cudaHostUnregister(block));
}

void of_unseen_code()
{
    void *block = unseen_get(SIZE);

    (void)cudaHostUnregister(block);
}

// Right: code that the checker does not see may have registered it.
void registered_elsewhere()
{
    char *block = static_cast<char *>(std::malloc(SIZE));

    if (block == nullptr)
        return;
    unseen_keep(block);
    (void)cudaHostUnregister(block);
    std::free(block);
}

// Right: the branch that failed does not come here.
int undoes_what_succeeded()
{
    char *block = static_cast<char *>(std::malloc(SIZE));
    int result = -1;

    if (block == nullptr)
        return result;
    if (cudaHostRegister(block, SIZE, cudaHostRegisterDefault) != cudaSuccess)
        goto release;
    result = 0;
    (void)cudaHostUnregister(block);
release:
    std::free(block);
    return result;
}

// Right: "A failure branch that only reports and falls through to the common code [...] is not
// followed as a failure"
void reports_and_goes_on()
{
    cudaError_t status = cudaHostRegister(area, SIZE, cudaHostRegisterDefault);

    if (status != cudaSuccess)
        std::fprintf(stderr, "register: %s\n", cudaGetErrorString(status));
    std::memset(area, 0, SIZE);
    status = cudaHostUnregister(area);
    if (status != cudaSuccess)
        std::fprintf(stderr, "unregister: %s\n", cudaGetErrorString(status));
}

#define REPORT(call)                                                                               \
    do {                                                                                           \
        cudaError_t reported = (call);                                                             \
        if (reported != cudaSuccess)                                                               \
            std::printf("%s at %d\n", cudaGetErrorName(reported), __LINE__);                       \
    } while (0)

void reports_by_a_macro()
{
    REPORT(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    REPORT(cudaHostUnregister(area));
}

// Right: correlated conditions.
void correlated()
{
    const bool pin = unseen_choice() != 0;

    if (pin)
        CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    area[0] = 1;
    if (pin)
        CHECK(cudaHostUnregister(area));
}

void correlated_by_the_status()
{
    cudaError_t status = cudaHostRegister(area, SIZE, cudaHostRegisterDefault);

    area[0] = 1;
    if (status == cudaSuccess)
        CHECK(cudaHostUnregister(area));
    else
        (void)cudaGetLastError();
}

void correlated_by_the_pointer()
{
    char *registered = nullptr;

    if (unseen_choice() && cudaHostRegister(area, SIZE, cudaHostRegisterDefault) == cudaSuccess)
        registered = area;
    area[0] = 1;
    if (registered != nullptr)
        CHECK(cudaHostUnregister(registered));
}

// Right: NotRegistered is what this code expects.
void tolerated()
{
    cudaError_t status = cudaHostUnregister(area);

    if (status != cudaSuccess && status != cudaErrorHostMemoryNotRegistered)
        std::exit(1);
    (void)cudaGetLastError();
}

static void goto_run()
{
    (void)undoes_what_succeeded();
}

static const struct run_case cases[] = {
    CASE(never_registered), CASE(twice), CASE(interior), CASE(walked), CASE(base_of_the_block),
    CASE(pinned_memory), CASE(null_pointer), CASE(after_a_reset), CASE(only_one_branch_registered),
    CASE(one_turn_too_many), CASE(a_chunk_between), CASE(in_order),
    CASE(registered_at_an_offset), CASE(same_address_by_another_way), CASE(goto_run),
    CASE(reports_and_goes_on), CASE(reports_by_a_macro), CASE(correlated),
    CASE(correlated_by_the_status), CASE(correlated_by_the_pointer), CASE(tolerated),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
