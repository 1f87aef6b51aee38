/* Lists as the kernel has them, and errors as it returns them. */
#include <cuda_runtime.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>

#define container_of(ptr, type, member) ((type *)((char *)(ptr) - offsetof(type, member)))

struct list {
    struct list *next, *prev;
};

struct node {
    size_t bytes;
    int pinned;
    struct list link;
    char payload[];
};

static struct list all = {&all, &all};

void *node_new(size_t n)
{
    struct node *node = malloc(sizeof *node + n);
    if (!node)
        return NULL;
    node->bytes = sizeof *node + n;
    node->pinned = cudaHostRegister(node, node->bytes, cudaHostRegisterDefault) == cudaSuccess;
    node->link.next = all.next;
    node->link.prev = &all;
    all.next->prev = &node->link;
    all.next = &node->link;
    return node->payload;
}

void node_delete(void *payload)
{
    struct node *node = container_of(payload, struct node, payload);
    node->link.prev->next = node->link.next;
    node->link.next->prev = node->link.prev;
    if (node->pinned)
        (void)cudaHostUnregister(node);
    free(node);
}

void node_delete_all(void)
{
    while (all.next != &all)
        node_delete(container_of(all.next, struct node, link)->payload);
}

/* A node that names the place which leads to it, the head's or its neighbour's. */
struct back {
    struct back *next, **link;
    void *ptr;
};

static struct back *backs;

int back_add(void *ptr)
{
    struct back *back = malloc(sizeof *back);
    if (!back)
        return -1;
    if (cudaHostRegister(ptr, 4096, cudaHostRegisterDefault) != cudaSuccess) {
        free(back);
        return -1;
    }
    back->ptr = ptr;
    back->link = &backs;
    back->next = backs;
    if (backs)
        backs->link = &back->next;
    backs = back;
    return 0;
}

static void back_unlink(struct back *back)
{
    *back->link = back->next;
    if (back->next)
        back->next->link = back->link;
}

void back_delete_all(void)
{
    while (backs) {
        struct back *back = backs;
        back_unlink(back);
        (void)cudaHostUnregister(back->ptr);
        free(back);
    }
}

/* None is taken out: the head leads to the same one again. */
void back_undo_first(void)
{
    for (int turn = 0; backs && turn < 2; turn++) {
        *backs->next->link = backs->next;
        (void)cudaHostUnregister(backs->ptr); /* expect: unregister-unregistered */
    }
}

struct tree {
    struct tree *parent, *left, *right;
};

void tree_delete_least(struct tree *tree)
{
    struct tree *least = tree;
    while (least->left)
        least = least->left;
    least->parent->left = least->right;
    (void)cudaHostUnregister(least);
    free(least);
}

/* The payload is in the middle of what is registered. */
int payload_alone(void)
{
    struct node *node = malloc(sizeof *node + 4096);
    char *payload;
    if (!node)
        return -1;
    if (cudaHostRegister(node, sizeof *node + 4096, cudaHostRegisterDefault) != cudaSuccess) {
        free(node);
        return -1;
    }
    payload = node->payload;
    (void)cudaHostUnregister(container_of(payload, struct node, payload));
    free(node);
    return 0;
}

int freed_by_link(void)
{
    struct node *node = malloc(sizeof *node + 4096);
    struct list *link;
    if (!node)
        return -1;
    if (cudaHostRegister(node, sizeof *node + 4096, cudaHostRegisterDefault) != cudaSuccess) {
        free(node);
        return -1;
    }
    link = &node->link;
    free(container_of(link, struct node, link)); /* expect: freed-while-registered */
    return 0;
}

/* No failure leaves errno 0: -errno is one. */
struct area {
    void *start;
    size_t length;
};

static int area_map(struct area *area, size_t length)
{
    area->length = length;
    area->start = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (area->start == MAP_FAILED) {
        area->start = NULL;
        return -errno;
    }
    return 0;
}

int area_open(struct area *area)
{
    int failed = area_map(area, 65536);
    if (failed)
        return failed;
    return cudaHostRegister(area->start, area->length, 0) == cudaSuccess ? 0 : -EIO;
}

static int area_map_saved(struct area *area)
{
    int saved = 0;
    area->start = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (area->start == MAP_FAILED) {
        saved = errno;
        area->start = NULL;
    }
    return saved;
}

int area_open_saved(struct area *area)
{
    if (area_map_saved(area) != 0)
        return -1;
    return cudaHostRegister(area->start, 4096, 0) == cudaSuccess ? 0 : -EIO;
}

/* Here it may be 0: the program set it, to see whether it changes. */
int read_size(const char *text, struct area *area)
{
    errno = 0;
    area->length = strtoul(text, NULL, 0);
    if (errno)
        return -errno;
    area->start = NULL;
    return cudaHostRegister(area->start, 4096, 0) == cudaSuccess; /* expect: not-host-memory */
}
