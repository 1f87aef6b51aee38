/* Who counts users in one loop and leaves off counting in another undoes it with the last one. */
#include <cuda_runtime.h>
#include <stdlib.h>

struct shared {
    char *block;
    int *users;
};

int step(void);

static struct shared begin(size_t bytes)
{
    struct shared shared = {malloc(bytes), malloc(sizeof(int))};
    if (shared.block && shared.users && cudaHostRegister(shared.block, 4096, 0) == cudaSuccess) {
        *shared.users = 1;
        return shared;
    }
    free(shared.block);
    free(shared.users);
    return (struct shared){0};
}

static struct shared one_more(struct shared of)
{
    ++*of.users;
    return of;
}

static void one_less(struct shared shared)
{
    if (--*shared.users != 0)
        return;
    (void)cudaHostUnregister(shared.block);
    free(shared.block);
    free(shared.users);
}

int several(size_t bytes, int count)
{
    if (count > 8)
        return -1;
    struct shared first = begin(bytes), others[8];
    if (!first.block)
        return -1;
    for (int i = 0; i < count; i++)
        others[i] = one_more(first);
    int result = step();
    for (int i = 0; i < count; i++)
        one_less(others[i]);
    one_less(first);
    return result;
}

int returns_early(int count)
{
    int sum = 0;
    char *block = malloc(4096);
    if (!block || cudaHostRegister(block, 4096, 0) != cudaSuccess) { // expect: register-leak
        free(block);
        return -1;
    }
    for (int i = 0; i < count; i++)
        sum += step();
    if (sum > 8)
        return -1;
    (void)cudaHostUnregister(block);
    free(block);
    return 0;
}
