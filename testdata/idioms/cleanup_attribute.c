/* Variables that a function of the program undoes where their scope ends. */
#include <cuda_runtime_api.h>
#include <stdlib.h>

#define auto_pinned __attribute__((cleanup(unpin)))
#define cleaned_by(function) __attribute__((cleanup(function)))
#define _cleanup_(f) __attribute__((cleanup(f)))
#define _cleanup_forget_ _cleanup_(forget)
#define _cleanup_drop_ _cleanup_(drop)
#define _cleanup_unpin_ _cleanup_(unpin)

static void unpin(void *variable)
{
    void *p = *(void **)variable;
    if (p != NULL) {
        (void)cudaHostUnregister(p);
        free(p);
    }
}

static void forget(char **variable)
{
    free(*variable); // expect: freed-while-registered
}

/* What leads here is a macro alone. */
static void drop(char **variable)
{
    free(*variable); // expect: freed-while-registered
}

static void end_registration(char **variable)
{
    if (*variable)
        (void)cudaHostUnregister(*variable);
}

int every_way_out(size_t n)
{
    if (n == 0)
        return -1;
    auto_pinned char *buffer = malloc(n);
    if (!buffer)
        return -1;
    if (cudaHostRegister(buffer, n, cudaHostRegisterDefault) != cudaSuccess) {
        free(buffer);
        buffer = NULL;
        return -1;
    }
    for (size_t i = 0; i < n; i++)
        if (buffer[i] == 'x')
            return 1;
    return 0;
}

int freed_by_it(void)
{
    __attribute__((cleanup(forget))) char *buffer = malloc(64);
    if (!buffer || cudaHostRegister(buffer, 64, cudaHostRegisterDefault) != cudaSuccess)
        return -1;
    return buffer[0];
}

int only_unregistered(char *memory)
{
    cleaned_by(end_registration) char *pinned = NULL;
    if (cudaHostRegister(memory, 4096, cudaHostRegisterDefault) != cudaSuccess)
        return -1;
    pinned = memory;
    return pinned[0];
}

/* The handler is what the macro is given, where it is used or in another macro's body. */
int freed_by_what_is_given(void)
{
    _cleanup_(forget) char *buffer = malloc(4096);
    if (!buffer || cudaHostRegister(buffer, 4096, cudaHostRegisterDefault) != cudaSuccess)
        return -1;
    return buffer[0];
}

int freed_by_what_another_gives(void)
{
    _cleanup_forget_ char *buffer = malloc(4096);
    if (!buffer || cudaHostRegister(buffer, 4096, cudaHostRegisterDefault) != cudaSuccess)
        return -1;
    return buffer[0];
}

int dropped_by_what_another_gives(void)
{
    _cleanup_drop_ char *buffer = malloc(4096);
    if (!buffer || cudaHostRegister(buffer, 4096, cudaHostRegisterDefault) != cudaSuccess)
        return -1;
    return buffer[0];
}

int undone_by_what_another_gives(void)
{
    _cleanup_unpin_ char *buffer = malloc(4096);
    if (!buffer)
        return -1;
    if (cudaHostRegister(buffer, 4096, cudaHostRegisterDefault) != cudaSuccess) {
        free(buffer);
        buffer = NULL;
        return -1;
    }
    return buffer[0];
}

int undone_by_what_is_given(size_t n)
{
    if (n == 0)
        return -1;
    _cleanup_(unpin) char *buffer = malloc(n);
    if (!buffer)
        return -1;
    if (cudaHostRegister(buffer, n, cudaHostRegisterDefault) != cudaSuccess) {
        free(buffer);
        buffer = NULL;
        return -1;
    }
    return buffer[0];
}

int unused_is_no_cleanup(void)
{
    __attribute__((unused)) char *buffer = malloc(64);
    if (!buffer)
        return -1;
    if (cudaHostRegister(buffer, 64, 0) != cudaSuccess) { // expect: register-leak
        free(buffer);
        return -1;
    }
    return 0;
}
