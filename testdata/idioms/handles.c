// Objects of C whose clients are in other files: they remember whether they are registered, so that
// clients may call what works on them in any order.
#include <cuda_runtime.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// Made by a function that returns it.
typedef struct {
    void *data;
    size_t bytes;
    int pinned;
} buffer;

buffer *buffer_create(size_t bytes)
{
    buffer *b = calloc(1, sizeof *b);
    if (!b)
        return NULL;
    b->data = malloc(bytes);
    if (!b->data) {
        free(b);
        return NULL;
    }
    b->bytes = bytes;
    return b;
}

int buffer_pin(buffer *b)
{
    if (b->pinned || b->bytes < 4096)
        return 0;
    if (cudaHostRegister(b->data, b->bytes, cudaHostRegisterDefault) != cudaSuccess)
        return -1;
    b->pinned = 1;
    return 0;
}

int buffer_resize(buffer *b, size_t bytes)
{
    void *p = realloc(b->data, bytes); // expect: freed-while-registered
    if (!p)
        return -1;
    b->data = p;
    b->bytes = bytes;
    return 0;
}

void buffer_destroy(buffer *b)
{
    if (!b)
        return;
    if (b->pinned)
        (void)cudaHostUnregister(b->data);
    free(b->data);
    free(b);
}

// By one that writes where it is; its end sets that to NULL.
struct stage {
    float *host;
    size_t count;
    bool registered;
};

static void drop(struct stage *s)
{
    if (s->registered) {
        (void)cudaHostUnregister(s->host);
        s->registered = false;
    }
}

int stage_open(struct stage **out)
{
    struct stage *s = malloc(sizeof *s);
    if (!s)
        return -1;
    s->host = NULL;
    s->count = 0;
    s->registered = false;
    *out = s;
    return 0;
}

int stage_register(struct stage *s)
{
    if (!s->host || s->registered || s->count < 1024)
        return 0;
    if (cudaHostRegister(s->host, s->count * sizeof(float), 0) != cudaSuccess)
        return -1;
    s->registered = true;
    return 0;
}

int stage_load(struct stage *s, const float *from, size_t count)
{
    if (count < 1024)
        return -1;
    free(s->host); // expect: freed-while-registered
    s->host = malloc(count * sizeof(float));
    if (!s->host)
        return -1;
    memcpy(s->host, from, count * sizeof(float));
    s->count = count;
    return 0;
}

int stage_load_once(struct stage *s, const float *from, size_t count)
{
    if (s->host || count < 1024)
        return -1;
    free(s->host);
    s->host = malloc(count * sizeof(float));
    if (!s->host)
        return -1;
    memcpy(s->host, from, count * sizeof(float));
    s->count = count;
    return 0;
}

void stage_close(struct stage **s)
{
    if (!*s)
        return;
    drop(*s);
    free((*s)->host);
    free(*s);
    *s = NULL;
}

// Made in place. A client may undo it: whether it has to before it frees, is between the two.
struct page {
    char *bytes;
    int pinned;
};

void page_init(struct page *p)
{
    p->bytes = NULL;
    p->pinned = 0;
}

int page_fill(struct page *p)
{
    free(p->bytes);
    p->bytes = malloc(4096);
    return p->bytes ? 0 : -1;
}

int page_pin(struct page *p)
{
    if (!p->bytes || p->pinned)
        return -1;
    if (cudaHostRegister(p->bytes, 4096, 0) != cudaSuccess)
        return -1;
    p->pinned = 1;
    return 0;
}

void page_unpin(struct page *p)
{
    if (p->pinned)
        (void)cudaHostUnregister(p->bytes);
    p->pinned = 0;
}

void page_fini(struct page *p)
{
    page_unpin(p);
    free(p->bytes);
}

// Nobody can.
struct sheet {
    char *bytes;
    int pinned;
};

void sheet_init(struct sheet *p)
{
    p->bytes = NULL;
    p->pinned = 0;
}

int sheet_fill(struct sheet *p)
{
    free(p->bytes); // expect: freed-while-registered
    p->bytes = malloc(4096);
    return p->bytes ? 0 : -1;
}

int sheet_pin(struct sheet *p)
{
    if (!p->bytes || p->pinned)
        return -1;
    if (cudaHostRegister(p->bytes, 4096, 0) != cudaSuccess)
        return -1;
    p->pinned = 1;
    return 0;
}

void sheet_fini(struct sheet *p)
{
    if (p->pinned)
        (void)cudaHostUnregister(p->bytes);
    free(p->bytes);
}

// Its clients are in sight: none fills it while it is registered.
struct leaf {
    char *bytes;
    int pinned;
};

void leaf_init(struct leaf *p)
{
    p->bytes = NULL;
    p->pinned = 0;
}

int leaf_fill(struct leaf *p)
{
    free(p->bytes);
    p->bytes = malloc(4096);
    return p->bytes ? 0 : -1;
}

int leaf_pin(struct leaf *p)
{
    if (!p->bytes || p->pinned)
        return -1;
    if (cudaHostRegister(p->bytes, 4096, 0) != cudaSuccess)
        return -1;
    p->pinned = 1;
    return 0;
}

void leaf_fini(struct leaf *p)
{
    if (p->pinned)
        (void)cudaHostUnregister(p->bytes);
    free(p->bytes);
}

int main(void)
{
    struct leaf one;
    leaf_init(&one);
    if (leaf_fill(&one) == 0)
        (void)leaf_pin(&one);
    leaf_fini(&one);
    return 0;
}
