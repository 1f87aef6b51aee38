/* setjmp and longjmp: what is behind the jump sees what was registered before it. */
#include <cuda_runtime.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

static jmp_buf env;

#define TRY(call)                                                                                  \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_ != cudaSuccess) {                                                              \
            fprintf(stderr, "%s\n", cudaGetErrorString(status_));                                  \
            longjmp(env, (int)status_);                                                            \
        }                                                                                          \
    } while (0)

int only_the_register_call_jumps(void)
{
    char *volatile data = malloc(4096);
    if (!data)
        return -1;
    if (setjmp(env)) {
        free(data);
        return -1;
    }
    TRY(cudaHostRegister(data, 4096, cudaHostRegisterDefault));
    if (cudaHostUnregister(data) != cudaSuccess)
        abort();
    free(data);
    return 0;
}

int a_later_call_jumps(void)
{
    char *volatile data = malloc(4096);
    if (!data)
        return -1;
    if (setjmp(env)) {
        free(data); // expect: freed-while-registered
        return -1;
    }
    TRY(cudaHostRegister(data, 4096, cudaHostRegisterDefault));
    TRY(cudaDeviceSynchronize());
    if (cudaHostUnregister(data) != cudaSuccess)
        abort();
    free(data);
    return 0;
}

static void work(char *data, int *is_pinned)
{
    TRY(cudaHostRegister(data, 4096, cudaHostRegisterDefault));
    *is_pinned = 1;
    TRY(cudaDeviceSynchronize());
}

int the_jump_comes_from_a_callee(void)
{
    int volatile is_pinned = 0;
    char *data = malloc(4096);
    if (!data)
        return -1;
    int code = setjmp(env);
    if (code == 0)
        work(data, (int *)&is_pinned);
    if (is_pinned && cudaHostUnregister(data) != cudaSuccess)
        abort();
    free(data);
    return code;
}

int the_flag_is_forgotten(void)
{
    int is_pinned = 0;
    char *data = malloc(4096);
    if (!data)
        return -1;
    switch (setjmp(env)) {
    case 0:
        work(data, &is_pinned);
        if (cudaHostUnregister(data) != cudaSuccess)
            abort();
        break;
    default:
        fprintf(stderr, "no luck\n");
    }
    free(data); // expect: freed-while-registered
    return 0;
}

/* Written with a pair of macros, as databases and interpreters do. */
#define ATTEMPT                                                                                    \
    do {                                                                                           \
        if (setjmp(env) == 0) {
#define RESCUE                                                                                     \
    }                                                                                              \
    else                                                                                           \
    {
#define DONE                                                                                       \
    }                                                                                              \
    }                                                                                              \
    while (0)

int rescued(char *data)
{
    ATTEMPT
    {
        TRY(cudaHostRegister(data, 4096, cudaHostRegisterDefault));
        TRY(cudaHostRegister(data, 4096, cudaHostRegisterDefault)); // expect: double-register
    }
    RESCUE
    {
        return -1;
    }
    DONE;
    if (cudaHostUnregister(data) != cudaSuccess)
        abort();
    return 0;
}

/* The second way out of setjmp is taken once: no end without a jump. */
int try_again(void)
{
    char *volatile data = malloc(4096);
    int volatile tries = 0;
    if (!data)
        return -1;
    setjmp(env);
    if (tries++ < 3)
        TRY(cudaHostRegister(data, 4096, cudaHostRegisterDefault));
    else
        goto out;
    if (cudaHostUnregister(data) != cudaSuccess)
        abort();
out:
    free(data);
    return 0;
}
