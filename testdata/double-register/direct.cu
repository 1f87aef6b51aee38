// "the range overlaps one that is registered on that path (same, inside, around, or partly)"
#include <cuda_runtime.h>

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

enum { PAGE = 4096, SIZE = 8 * PAGE };

static char area[SIZE];

void the_same_range()
{
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterPortable)); // expect: double-register
    CHECK(cudaHostUnregister(area));
}

void inside()
{
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostRegister(area + PAGE, PAGE, cudaHostRegisterDefault)); // expect: double-register
    CHECK(cudaHostUnregister(area));
}

void around()
{
    CHECK(cudaHostRegister(area + PAGE, PAGE, cudaHostRegisterDefault));
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault)); // expect: double-register
    CHECK(cudaHostUnregister(area + PAGE));
}

void partly()
{
    CHECK(cudaHostRegister(area, 2 * PAGE, cudaHostRegisterDefault));
    CHECK(cudaHostRegister(area + PAGE, 2 * PAGE, cudaHostRegisterDefault)); // expect: double-register
    CHECK(cudaHostUnregister(area));
}

// One byte too many.
void by_one_byte()
{
    CHECK(cudaHostRegister(area, PAGE + 1, cudaHostRegisterDefault));
    CHECK(cudaHostRegister(area + PAGE, PAGE, cudaHostRegisterDefault)); // expect: double-register
    CHECK(cudaHostUnregister(area));
}

// "Aliases share the registration: `q = p`, `q = p + k`, casts, references"
void through_an_alias()
{
    int *values = static_cast<int *>(std::calloc(1024, sizeof(int)));
    void *same = values;

    if (values == nullptr)
        return;
    CHECK(cudaHostRegister(values, 1024 * sizeof(int), cudaHostRegisterDefault));
    CHECK(cudaHostRegister(same, 4096, cudaHostRegisterMapped)); // expect: double-register
    CHECK(cudaHostUnregister(values));
    std::free(values);
}

// On one path only: the first call was skipped on the other.
void on_one_path()
{
    if (unseen_choice())
        CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault)); // expect: double-register
    CHECK(cudaHostUnregister(area));
}

void in_each_turn()
{
    for (int turn = 0; turn < 3; turn++) {
        CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault)); // expect: double-register
        area[turn] = 1;
    }
    CHECK(cudaHostUnregister(area));
}

// "A call that fails changes nothing": the unregister call fails, the block is registered still.
void unregister_of_the_interior()
{
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    (void)cudaHostUnregister(area + PAGE); // expect: unregister-unregistered
    (void)cudaHostUnregister(area);
}

// The step of the chunks is smaller than their size.
void chunks_that_overlap()
{
    for (int i = 0; i < 4; i++)
        CHECK(cudaHostRegister(area + i * PAGE, PAGE + 64, cudaHostRegisterDefault)); // expect: double-register
    for (int i = 0; i < 4; i++)
        CHECK(cudaHostUnregister(area + i * PAGE));
}

// Right: "adjacent ranges and separate ranges within one page are fine"
void adjacent()
{
    CHECK(cudaHostRegister(area, 2 * PAGE, cudaHostRegisterDefault));
    CHECK(cudaHostRegister(area + 2 * PAGE, 2 * PAGE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(area + 2 * PAGE));
    CHECK(cudaHostUnregister(area));
}

void within_one_page()
{
    CHECK(cudaHostRegister(area, 64, cudaHostRegisterDefault));
    CHECK(cudaHostRegister(area + 64, 64, cudaHostRegisterDefault));
    CHECK(cudaHostRegister(area + 2048, 2048, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(area + 2048));
    CHECK(cudaHostUnregister(area + 64));
    CHECK(cudaHostUnregister(area));
}

// Right: undone between.
void undone_between()
{
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(area));
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterPortable));
    CHECK(cudaHostUnregister(area));
}

// Right: tried again with other flags after the first call failed.
void second_try()
{
    if (cudaHostRegister(area, SIZE, cudaHostRegisterMapped) != cudaSuccess) {
        (void)cudaGetLastError();
        CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    }
    CHECK(cudaHostUnregister(area));
}

void second_try_with_a_variable()
{
    cudaError_t status = cudaHostRegister(area, SIZE, cudaHostRegisterReadOnly);

    if (status == cudaErrorNotSupported || status == cudaErrorInvalidValue) {
        (void)cudaGetLastError();
        status = cudaHostRegister(area, SIZE, cudaHostRegisterDefault);
    }
    if (status != cudaSuccess)
        return;
    CHECK(cudaHostUnregister(area));
}

// Right: two branches, one call each.
void either_branch()
{
    if (unseen_choice())
        CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterPortable));
    else
        CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(area));
}

// Right: "712 accepted on purpose"
void accepted_on_purpose()
{
    cudaError_t status = cudaHostRegister(area, SIZE, cudaHostRegisterDefault);

    if (status != cudaSuccess)
        return;
    status = cudaHostRegister(area, SIZE, cudaHostRegisterDefault);
    if (status != cudaSuccess && status != cudaErrorHostMemoryAlreadyRegistered) {
        std::fprintf(stderr, "%s\n", cudaGetErrorString(status));
        std::exit(1);
    }
    (void)cudaGetLastError();
    CHECK(cudaHostUnregister(area));
}

// Right: "Registration in chunks, `base + i * step` in a loop, undone in a loop, with a rollback
// loop on failure: neither double nor leaked."
bool in_chunks(char *base, size_t chunks, size_t step)
{
    if (step == 0)
        return false;
    for (size_t i = 0; i < chunks; i++) {
        if (cudaHostRegister(base + i * step, step, cudaHostRegisterPortable) != cudaSuccess) {
            (void)cudaGetLastError();
            for (size_t j = 0; j < i; j++)
                (void)cudaHostUnregister(base + j * step);
            return false;
        }
    }
    return true;
}

void undo_chunks(char *base, size_t chunks, size_t step)
{
    for (size_t i = 0; i < chunks; i++)
        CHECK(cudaHostUnregister(base + i * step));
}

bool in_chunks_with_a_rest(char *base, size_t size)
{
    const size_t step = 1 << 20;
    size_t done = 0;

    while (done < size) {
        size_t part = size - done < step ? size - done : step;
        if (cudaHostRegister(base + done, part, cudaHostRegisterDefault) != cudaSuccess)
            break;
        done += part;
    }
    if (done == size)
        return true;
    while (done >= step) {
        done -= step;
        (void)cudaHostUnregister(base + done);
    }
    return false;
}

void chunks_by_pointer()
{
    for (char *at = area; at < area + SIZE; at += PAGE)
        CHECK(cudaHostRegister(at, PAGE, cudaHostRegisterDefault));
    for (char *at = area + SIZE - PAGE; at >= area; at -= PAGE)
        CHECK(cudaHostUnregister(at));
}

// Right: a different block each time.
void a_block_for_each_turn()
{
    for (int i = 0; i < 3; i++) {
        char *block = static_cast<char *>(std::malloc(PAGE));

        if (block == nullptr)
            continue;
        CHECK(cudaHostRegister(block, PAGE, cudaHostRegisterDefault));
        CHECK(cudaHostUnregister(block));
        std::free(block);
    }
}

// Right: only once, told by a flag.
void once()
{
    bool registered = false;

    for (int turn = 0; turn < 3; turn++) {
        if (!registered) {
            CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
            registered = true;
        }
        area[turn] = 1;
    }
    if (registered)
        CHECK(cudaHostUnregister(area));
}

static bool is_registered;

void once_in_the_process()
{
    if (is_registered)
        return;
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    is_registered = true;
}

// Right: what runs between the calls does not change a flag that only this function knows.
static void pin_once()
{
    static bool registered;

    if (registered)
        return;
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    registered = true;
}

void flag_of_the_function()
{
    for (int turn = 0; turn < 3; turn++) {
        unseen_keep(nullptr);
        pin_once();
    }
}

// Right: two parameters may be the same block, or not.
void two_parameters(char *first, char *second)
{
    CHECK(cudaHostRegister(first, PAGE, cudaHostRegisterDefault));
    CHECK(cudaHostRegister(second, PAGE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(second));
    CHECK(cudaHostUnregister(first));
}

// Right: an offset nobody knows.
void unknown_offset(char *base, size_t offset)
{
    CHECK(cudaHostRegister(base, 64, cudaHostRegisterDefault));
    CHECK(cudaHostRegister(base + offset, 64, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(base + offset));
    CHECK(cudaHostUnregister(base));
}

static void chunks_run()
{
    if (in_chunks(area, 8, PAGE))
        undo_chunks(area, 8, PAGE);
    if (in_chunks_with_a_rest(area, SIZE))
        CHECK(cudaHostUnregister(area));
}

static const struct run_case cases[] = {
    CASE(the_same_range), CASE(inside), CASE(around), CASE(partly), CASE(by_one_byte),
    CASE(through_an_alias), CASE(on_one_path), CASE(in_each_turn), CASE(unregister_of_the_interior),
    CASE(chunks_that_overlap), CASE(adjacent), CASE(within_one_page), CASE(undone_between),
    CASE(second_try), CASE(second_try_with_a_variable), CASE(either_branch),
    CASE(accepted_on_purpose), CASE(chunks_by_pointer), CASE(a_block_for_each_turn), CASE(once),
    CASE(once_in_the_process), CASE(flag_of_the_function), CASE(chunks_run),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
