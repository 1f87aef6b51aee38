// As dropped_statements.cpp, in C.
#include "plan_errors.h"

#include <cuda_runtime.h>

#include <stdlib.h>

struct plan;

static int is_power_of_two(size_t n)
{
    return n && (n & (n - 1)) == 0;
}

plan_status aligned(size_t alignment, size_t n)
{
    if (n == 0)
        return PLAN_NO_SIZE;
    if (!is_power_of_two(alignment)) {
        return PLAN_NO_ALIGNMENT;
    }
    void *p = calloc(alignment, 4096);
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess) {
        free(p);
        return PLAN_FAILED;
    }
    return plan_keep(p);
}

int incomplete(struct plan *plan, size_t alignment, size_t n)
{
    if (!is_power_of_two(alignment))
        return plan->failed;
    if (n == 0)
        return plan->failed;
    else
        plan->size = n;
    void *p = calloc(alignment, n);
    if (cudaHostRegister(p, n, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    return plan_keep(p);
}

void given_up(char *p, int is_pinned)
{
    if (is_pinned && cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    if (is_pinned) {
        PLAN_LOG("twice");
        PLAN_END("twice");
    }
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess)
        abort();
}

void replaced(struct plan *plan)
{
    void *p = NULL;
    if (cudaMallocHost(&p, 4096) != cudaSuccess)
        abort();
    p = plan->block;
    free(p);
}

int twice(struct plan *plan, void *p)
{
    if (!p)
        return plan->failed;
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess)
        return plan->failed;
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess) // expect: double-register
        return plan->failed;
    return 0;
}

/* What the toolkit declares does not leave. */
int pinned_where_wanted(struct plan *plan, char *p, int is_wanted)
{
    if (is_wanted)
        cudaHostRegister(p, 4096, cudaHostRegisterDefault); // expect: unchecked-call
    p[0] = plan->first;
    if (is_wanted)
        cudaHostUnregister(p); // expect: unchecked-call
    return plan->done;
}

void run(void);

/* The same question has the same answer, whoever runs in between. */
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

extern const int wants_pinned;

void as_declared(int kind)
{
    void *p = malloc(4096);
    if (!p)
        abort();
    if (kind == wants_pinned && cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    run();
    if (kind == wants_pinned && cudaHostUnregister(p) != cudaSuccess)
        abort();
    free(p);
}

extern int wants_it_now;

void as_it_is_now(int kind)
{
    void *p = malloc(4096);
    if (!p)
        abort();
    if (kind == wants_it_now && cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    wants_it_now = 0;
    if (kind == wants_it_now && cudaHostUnregister(p) != cudaSuccess) // expect: unregister-unregistered
        abort();
    free(p); // expect: freed-while-registered
}
