// A guard of something else lets 0 pass: whether anybody gives it is not known.
#include <assert.h>
#include <cuda_runtime_api.h>
#include <stdlib.h>
#include <string.h>

cudaError_t checks_the_pointer(void *p, size_t n)
{
    if (p == NULL && n > 0)
        return cudaErrorInvalidValue;
    return cudaHostRegister(p, n, 0); /* expect: nonconstant-size */
}

cudaError_t leaves_by_goto(void *p, size_t n)
{
    cudaError_t status = cudaErrorInvalidValue;

    if (!p && n != 0)
        goto out;
    status = cudaHostRegister(p, n, 0); /* expect: nonconstant-size */
out:
    return status;
}

void *checks_the_allocation(size_t n)
{
    void *p = malloc(n);

    assert(p != NULL || n == 0);
    if (cudaHostRegister(p, n, 0) != cudaSuccess) /* expect: nonconstant-size */
        abort();
    return p;
}

/* Of what is computed likewise. */
void *checks_the_allocation_of_a_part(size_t room)
{
    size_t n = room / 4;
    void *p = malloc(n);

    assert(p != NULL || n == 0);
    if (cudaHostRegister(p, n, 0) != cudaSuccess) /* expect: nonconstant-size */
        abort();
    return p;
}

void *takes_a_part_for_zero(size_t room)
{
    size_t n = room / 4;
    void *p = malloc(n + 64);

    if (!p || n != 0)
        return p;
    if (cudaHostRegister(p, n, 0) != cudaSuccess) /* expect: zero-size */
        abort();
    return p;
}

struct array {
    double *items;
    size_t room;
    int is_pinned;
};

/* What was registered was not empty, whatever room the path took for 0. */
int grows(struct array *array)
{
    size_t room = array->room ? 2 * array->room : 1024;
    int was_pinned = array->is_pinned;
    if (was_pinned && cudaHostUnregister(array->items) != cudaSuccess)
        return -1;
    array->is_pinned = 0;
    double *items = realloc(array->items, room * sizeof *items);
    if (!items) {
        size_t bytes = array->room * sizeof *items;
        array->is_pinned = was_pinned && cudaHostRegister(array->items, bytes, 0) == cudaSuccess;
        return -1;
    }
    array->items = items;
    array->room = room;
    return 0;
}

/* Without a turn there is nothing to register, and what would follow from it is a guess. */
int told_by_arguments(int count, char **arguments)
{
    size_t bytes = 0;
    for (int i = 0; i + 1 < count; i++)
        if (strcmp(arguments[i], "--bytes") == 0)
            bytes = strtoul(arguments[++i], NULL, 0);
    char *p = malloc(bytes + 1);
    if (!p)
        return -1;
    if (cudaHostRegister(p, bytes, 0) != cudaSuccess) { /* expect: zero-size */
        free(p);
        return -1;
    }
    if (cudaHostUnregister(p) != cudaSuccess)
        return -1;
    free(p);
    return 0;
}
