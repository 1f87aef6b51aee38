/* The last user of a block frees it, registered. */
#include <cuda_runtime_api.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct shared {
    void *data;
    int users;
};

struct shared *shared_new(void)
{
    struct shared *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->users = 1;
    s->data = malloc(4096);
    if (!s->data || cudaHostRegister(s->data, 4096, 0) != cudaSuccess) {
        free(s->data);
        free(s);
        return NULL;
    }
    return s;
}

void shared_unref(struct shared *s)
{
    if (--s->users > 0)
        return;
    free(s->data); // expect: freed-while-registered
    free(s);
}

struct atomic {
    void *data;
    atomic_int users;
};

struct atomic *atomic_new(void)
{
    struct atomic *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    atomic_init(&s->users, 1);
    s->data = malloc(4096);
    if (!s->data || cudaHostRegister(s->data, 4096, 0) != cudaSuccess) {
        free(s->data);
        free(s);
        return NULL;
    }
    return s;
}

void atomic_unref(struct atomic *s)
{
    if (atomic_fetch_sub(&s->users, 1) != 1)
        return;
    free(s->data); // expect: freed-while-registered
    free(s);
}

/* Right. */
struct undone {
    void *data;
    int users;
};

int undone_begin(struct undone *s)
{
    s->users = 1;
    s->data = malloc(4096);
    return s->data && cudaHostRegister(s->data, 4096, 0) == cudaSuccess ? 0 : -1;
}

void undone_unref(struct undone *s)
{
    if (s->users-- == 1) {
        if (cudaHostUnregister(s->data) != cudaSuccess)
            abort();
        free(s->data);
    }
}

/* Right: it is no count that is asked. */
struct asked {
    void *data;
    int kind;
};

int asked_begin(struct asked *s, int kind)
{
    s->kind = kind;
    s->data = malloc(4096);
    return s->data && (kind == 0 || cudaHostRegister(s->data, 4096, 0) == cudaSuccess) ? 0 : -1;
}

void asked_end(struct asked *s)
{
    if (s->kind == 0)
        free(s->data);
}
