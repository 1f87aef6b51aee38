// Flags that a signal handler sets: a loop ends without a statement of its own that ends it.
#include <cuda_runtime.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static volatile sig_atomic_t stop;
static volatile int quit;
static volatile int is_pinned; /* no handler sets it */

static void on_signal(int number)
{
    (void)number;
    stop = 1;
    quit = 1;
}

int leaves_it_registered(void)
{
    void *p = malloc(4096);
    if (!p)
        return 1;
    stop = 0;
    signal(SIGINT, on_signal);
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess) {
        free(p);
        return 1;
    }
    while (!stop)
        puts("working");
    free(p); // expect: freed-while-registered
    return 0;
}

int leaks(void)
{
    void *p = malloc(4096);
    if (!p)
        return 1;
    quit = 0;
    signal(SIGTERM, on_signal);
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess) { // expect: register-leak
        free(p);
        return 1;
    }
    for (;;) {
        if (quit)
            break;
        puts("working");
    }
    return 0;
}

int undoes_it(void)
{
    void *p = malloc(4096);
    if (!p)
        return 1;
    stop = 0;
    signal(SIGINT, on_signal);
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess) {
        free(p);
        return 1;
    }
    while (!stop)
        puts("working");
    if (cudaHostUnregister(p) != cudaSuccess)
        abort();
    free(p);
    return 0;
}

int volatile_for_another_reason(void *p)
{
    is_pinned = 0;
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) == cudaSuccess)
        is_pinned = 1;
    puts("working");
    if (is_pinned && cudaHostUnregister(p) != cudaSuccess)
        abort();
    free(p);
    return 0;
}
