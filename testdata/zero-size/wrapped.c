/* Zero that arrives through calls, structs and both APIs. */
#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../run_case.h"
#include "../unseen.h"

#define CHECK(call)                                                                                \
    do {                                                                                           \
        int status_ = (int)(call);                                                                 \
        if (status_ != 0) {                                                                        \
            fprintf(stderr, "%s:%d: status %d\n", __FILE__, __LINE__, status_);                    \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static char area[8192];

static size_t payload(int header_only)
{
    return header_only ? 0 : 4096;
}

static int pin(void *block, size_t size)
{
    return cudaHostRegister(block, size, cudaHostRegisterDefault) == cudaSuccess; /* expect: zero-size */
}

void through_a_wrapper(void)
{
    if (!pin(area, payload(1)))
        fprintf(stderr, "not pinned\n");
}

/* Right: the same size function with another argument. */
void through_the_size_function(void)
{
    CHECK(cudaHostRegister(area, payload(0), cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(area));
}

void driver_spelling(void)
{
    CHECK(cudaFree(NULL)); /* makes the context */
    CHECK(cuMemHostRegister(area, sizeof "" - 1, CU_MEMHOSTREGISTER_PORTABLE)); /* expect: zero-size */
}

void ternary(void)
{
    int have_data = unseen_choice();

    CHECK(cudaHostRegister(area, have_data ? sizeof area : 0, 0)); /* expect: zero-size */
    CHECK(cudaHostUnregister(area));
}

/* Right: the condition that gives 0 is the one that returns. */
void correlated(void)
{
    int have_data = unseen_choice();
    size_t size = 0;

    if (have_data)
        size = sizeof area;
    if (!have_data)
        return;
    CHECK(cudaHostRegister(area, size, 0));
    CHECK(cudaHostUnregister(area));
}

/* Right: each state that has no size leaves. */
void by_state(int state)
{
    size_t size = 0;

    switch (state) {
    case 1:
        size = 1024;
        break;
    case 2:
        size = 2048;
        break;
    default:
        return;
    }
    CHECK(cudaHostRegister(area, size, 0));
    CHECK(cudaHostUnregister(area));
}

void by_state_with_a_hole(int state)
{
    size_t size = 0;

    switch (state) {
    case 1:
        size = 1024;
        break;
    case 2:
        size = 2048;
        break;
    default:
        break;
    }
    CHECK(cudaHostRegister(area, size, 0)); /* expect: zero-size */
    CHECK(cudaHostUnregister(area));
}

struct request {
    void *data;
    size_t size;
};

static void reset(struct request *request)
{
    request->size = 0;
}

void reset_by_a_callee(void)
{
    struct request request = {area, sizeof area};

    reset(&request);
    CHECK(cudaHostRegister(request.data, request.size, 0)); /* expect: zero-size */
    CHECK(cudaHostUnregister(request.data));
}

/* Right: set again after the reset. */
void set_again(void)
{
    struct request request = {area, sizeof area};

    reset(&request);
    request.size = 4096;
    CHECK(cudaHostRegister(request.data, request.size, 0));
    CHECK(cudaHostUnregister(request.data));
}

/* Right: the size of the rest is 0 only where the loop ends. */
void until_nothing_is_left(void)
{
    size_t left = sizeof area;
    char *at = area;

    while (left > 0) {
        size_t part = left < 3000 ? left : 3000;

        CHECK(cudaHostRegister(at, part, 0));
        CHECK(cudaHostUnregister(at));
        at += part;
        left -= part;
    }
}

static void hole_run(void)
{
    by_state_with_a_hole(3);
}

static const struct run_case cases[] = {
    CASE(through_a_wrapper), CASE(through_the_size_function), CASE(driver_spelling),
    CASE(ternary), CASE(correlated), CASE(hole_run), CASE(reset_by_a_callee), CASE(set_again),
    CASE(until_nothing_is_left),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}

struct array {
    int *items;
    size_t count;
};

/* Right: 0 elements is what the program asks about, but where there are items it is not 0. */
cudaError_t repin(struct array *array, size_t wanted)
{
    size_t count = array->count ? array->count * 2 : wanted;

    if (array->items && cudaHostUnregister(array->items) != cudaSuccess)
        return cudaErrorUnknown;
    int *larger = realloc(array->items, count * sizeof *larger);
    if (larger == NULL && array->items == NULL)
        return cudaErrorMemoryAllocation;
    if (larger == NULL)
        return cudaHostRegister(array->items, array->count * sizeof *array->items, 0);
    array->items = larger;
    return cudaSuccess;
}
