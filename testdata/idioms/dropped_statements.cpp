// Statements that clang drops for want of a header: a path must not run on where one may have ended
// it, nor go by what it may have changed.
#include "plan_errors.h"

#include <cuda_runtime.h>

#include <cstdlib>

struct Plan;

static bool is_power_of_two(size_t n)
{
    return n && (n & (n - 1)) == 0;
}

// calloc(0, n) has no byte: nobody comes there.
plan_status aligned(size_t alignment, size_t n, Plan **plan)
{
    if (n == 0)
        return PLAN_NO_SIZE;
    if (is_power_of_two(alignment) == false) {
        return PLAN_NO_ALIGNMENT;
    }
    void *p = calloc(alignment, n);
    if (cudaHostRegister(p, n, cudaHostRegisterDefault) != cudaSuccess) {
        free(p);
        return PLAN_FAILED;
    }
    return plan_keep(plan, p);
}

extern void *kept[2];

// The call of interest is in the tree, with or without declarations of the names.
int page_aligned(size_t alignment, size_t n)
{
    if (n == 0)
        return PLAN_NO_SIZE;
    if (is_power_of_two(alignment) == false)
        return PLAN_NO_ALIGNMENT;
    void *p = calloc(alignment, 4096), *q = malloc(n);
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess ||
        cudaHostRegister(q, n, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    kept[0] = p;
    kept[1] = q;
    return 0;
}

// The same with an error that no declaration of a name would mend: the type is not complete.
Plan incomplete(size_t alignment, size_t n)
{
    Plan none;
    if (is_power_of_two(alignment) == false)
        return none.failed();
    if (n == 0)
        throw none.failed();
    void *p = calloc(alignment, n);
    if (cudaHostRegister(p, n, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    return none.with(p);
}

// The name may be a macro that leaves.
void given_up(char *p, bool is_pinned)
{
    if (is_pinned && cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    if (is_pinned) {
        PLAN_LOG("twice");
        PLAN_END << "twice";
    }
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess)
        abort();
}

void given_up_else(char *p, bool is_pinned)
{
    if (is_pinned && cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    if (!is_pinned)
        *p = 0;
    else
        PLAN_END("twice");
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess)
        abort();
}

// p may be another block by now.
void replaced(size_t n)
{
    void *p = nullptr;
    if (cudaMallocHost(&p, 4096) != cudaSuccess)
        abort();
    p = Plan::table[n];
    free(p);
}

// A label that is not known may be the one.
void by_kind(int kind, size_t n)
{
    void *p = malloc(4096);
    if (!p)
        abort();
    switch (kind) {
    case Plan::pinned:
        free(p);
        if (cudaMallocHost(&p, 4096) != cudaSuccess)
            abort();
        free(p); // expect: mismatched-free
        break;
    default:
        free(p);
        break;
    }
}

// What has nothing to do with it is found.
plan_status twice(void *p)
{
    if (!p)
        return PLAN_NO_BLOCK;
    PLAN_LOG("registering");
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess)
        return PLAN_FAILED;
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess) // expect: double-register
        return PLAN_FAILED;
    return PLAN_DONE;
}

void run();

// The same question has the same answer, whoever runs in between.
void as_asked(int kind)
{
    void *p = malloc(4096);
    if (!p)
        abort();
    if (kind == PLAN_PINNED && cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    run();
    if (kind == PLAN_PINNED && cudaHostUnregister(p) != cudaSuccess)
        abort();
    free(p);
}
