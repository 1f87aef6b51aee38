// Code out of sight that was given a local's address finds there what is stored later.
#include <cuda_runtime.h>
#include <stdlib.h>

void elsewhere(void);
void keep(void *address);

struct slot {
    void *data;
    cudaError_t status;
};

int emptied_perhaps(void)
{
    struct slot one;
    keep(&one);
    one.data = malloc(4096);
    if (!one.data)
        return 1;
    if (cudaHostRegister(one.data, 4096, 0) != cudaSuccess) {
        free(one.data);
        return 1;
    }
    elsewhere();
    if (!one.data)
        return 0;
    if (cudaHostUnregister(one.data) != cudaSuccess)
        abort();
    free(one.data);
    return 0;
}

void looked_at_perhaps(void *data)
{
    struct slot one;
    keep(&one.status);
    one.status = cudaHostRegister(data, 4096, 0);
    elsewhere();
}

int nobody_has_it(void)
{
    struct slot one;
    one.data = malloc(4096);
    if (!one.data)
        return 1;
    one.status = cudaHostRegister(one.data, 4096, 0); // expect: unchecked-call, register-leak
    elsewhere();
    return 0;
}

struct node {
    struct node *next, *previous;
    void *block;
    int is_pinned;
};
static struct node all = {&all, &all, NULL, 0};

static int add(void)
{
    struct node *node = calloc(1, sizeof *node);
    if (!node)
        return -1;
    node->block = malloc(4096);
    node->is_pinned = node->block && cudaHostRegister(node->block, 4096, 0) == cudaSuccess;
    node->next = all.next;
    node->previous = &all;
    all.next->previous = node;
    all.next = node;
    return 0;
}

static void empty(void)
{
    for (struct node *node = all.next, *next = node->next; node != &all;
         node = next, next = node->next) {
        node->previous->next = node->next;
        node->next->previous = node->previous;
        if (node->is_pinned)
            (void)cudaHostUnregister(node->block);
        free(node->block);
        free(node);
    }
}

int full_before_it_was_linked(void)
{
    for (int i = 0; i < 3; i++)
        if (add() != 0)
            break;
    elsewhere();
    empty();
    return 0;
}
