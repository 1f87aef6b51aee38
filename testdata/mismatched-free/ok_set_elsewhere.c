/* Members and statics that are not of one kind, or of which not all that sets them is known. */
#include <cuda_runtime_api.h>
#include <stdlib.h>

struct buffers {
    char *either, *given, *by_others, *through, *swapped, *right;
    size_t bytes;
    int is_pinned;
};

/* One flag decides at both ends. */
int either_init(struct buffers *b, size_t bytes)
{
    b->bytes = bytes;
    b->is_pinned = cudaMallocHost((void **)&b->either, bytes) == cudaSuccess;
    if (!b->is_pinned)
        b->either = malloc(bytes);
    return b->either ? 0 : -1;
}

void either_end(struct buffers *b)
{
    if (b->is_pinned) {
        if (cudaFreeHost(b->either) != cudaSuccess)
            abort();
    } else {
        free(b->either);
    }
}

/* A setter that anybody may call. */
int given_init(struct buffers *b)
{
    return cudaMallocHost((void **)&b->given, 4096) == cudaSuccess;
}

void given_set(struct buffers *b, char *p)
{
    b->given = p;
}

void given_end(struct buffers *b)
{
    free(b->given);
}

/* Code out of sight allocates. */
void allocate(char **p, size_t bytes);

int by_others_init(struct buffers *b)
{
    return cudaMallocHost((void **)&b->by_others, 4096) == cudaSuccess;
}

void by_others_init_again(struct buffers *b)
{
    allocate(&b->by_others, b->bytes);
}

void by_others_end(struct buffers *b)
{
    free(b->by_others);
}

/* The store goes through a pointer. */
static void put(char **where, char *p)
{
    *where = p;
}

int through_init(struct buffers *b)
{
    return cudaMallocHost((void **)&b->through, 4096) == cudaSuccess;
}

void through_init_again(struct buffers *b)
{
    put(&b->through, malloc(b->bytes));
}

void through_end(struct buffers *b)
{
    free(b->through);
}

/* What another member held. */
int swapped_init(struct buffers *b)
{
    b->swapped = malloc(4096);
    return b->swapped && cudaMallocHost((void **)&b->right, 4096) == cudaSuccess;
}

void swap(struct buffers *b)
{
    char *kept = b->right;
    b->right = b->swapped;
    b->swapped = kept;
}

void swapped_end(struct buffers *b)
{
    free(b->swapped);
}

/* A static that begins as an address. */
static char text[4096];
static char *buffer = text;

int buffer_grow(void)
{
    return cudaMallocHost((void **)&buffer, 65536) == cudaSuccess;
}

int buffer_pin(void)
{
    if (cudaHostRegister(buffer, 4096, 0) != cudaSuccess)
        return -1;
    return cudaHostUnregister(buffer) == cudaSuccess ? 0 : -1;
}

/* So does a member. */
struct named {
    const char *name;
    char *data;
};

static struct named first = {"first", text};

int named_grow(struct named *n)
{
    return cudaMallocHost((void **)&n->data, 65536) == cudaSuccess;
}

int named_pin(struct named *n)
{
    if (n == &first)
        return 0;
    if (cudaHostRegister(n->data, 4096, 0) != cudaSuccess)
        return -1;
    return cudaHostUnregister(n->data) == cudaSuccess ? 0 : -1;
}

/* A list whose nodes are freed as they should be. */
struct node {
    char *data;
    struct node *next;
};

static struct node *list;

int list_add(size_t bytes)
{
    struct node *added = malloc(sizeof *added);
    if (!added)
        return -1;
    if (cudaMallocHost((void **)&added->data, bytes) != cudaSuccess) {
        free(added);
        return -1;
    }
    added->next = list;
    list = added;
    return 0;
}

void list_clear(void)
{
    while (list) {
        struct node *gone = list;
        list = gone->next;
        if (cudaFreeHost(gone->data) != cudaSuccess)
            abort();
        free(gone);
    }
}

/* What is kept is the payload behind a header, with which the block begins. */
struct header {
    size_t bytes;
    char label[56];
};

struct payload {
    double *data;
};

int payload_open(struct payload *payload, size_t count)
{
    size_t bytes = count * sizeof *payload->data;
    struct header *header = NULL;
    if (cudaMallocHost((void **)&header, sizeof *header + bytes) != cudaSuccess)
        return -1;
    header->bytes = bytes;
    payload->data = (double *)(header + 1);
    return 0;
}

void payload_close(struct payload *payload)
{
    if (cudaFreeHost((struct header *)payload->data - 1) != cudaSuccess)
        abort();
}
