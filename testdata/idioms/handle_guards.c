// Objects of C that one function registers and another one undoes, whoever calls them: whether they
// agree on when that is.
#include <cuda_runtime.h>
#include <stdlib.h>

// The test is the wrong way round.
struct inverted {
    void *p;
    int pinned;
};

int inverted_init(struct inverted *b, int pin)
{
    b->pinned = 0;
    b->p = malloc(8192);
    if (!b->p)
        return -1;
    if (pin) {
        if (cudaHostRegister(b->p, 8192, 0) != cudaSuccess) {
            free(b->p);
            return -1;
        }
        b->pinned = 1;
    }
    return 0;
}

void inverted_fini(struct inverted *b)
{
    if (!b->pinned)
        (void)cudaHostUnregister(b->p); // expect: unregister-unregistered
    free(b->p);                         // expect: freed-while-registered
}

// Registered from one size on, unregistered from another.
struct sized {
    void *p;
    size_t n;
};

struct sized *sized_new(size_t n)
{
    struct sized *b = calloc(1, sizeof *b);
    if (!b)
        return NULL;
    b->p = malloc(n);
    b->n = n;
    if (!b->p) {
        free(b);
        return NULL;
    }
    if (n >= 4096 && cudaHostRegister(b->p, n, 0) != cudaSuccess) {
        free(b->p);
        free(b);
        return NULL;
    }
    return b;
}

void sized_free(struct sized *b)
{
    if (b->n >= 65536)
        (void)cudaHostUnregister(b->p);
    free(b->p); // expect: freed-while-registered
    free(b);
}

// Always unregistered, registered on demand.
struct demanded {
    void *p;
};

int demanded_create(struct demanded **out, int pin)
{
    struct demanded *b = calloc(1, sizeof *b);
    if (!b)
        return -1;
    b->p = malloc(8192);
    if (!b->p) {
        free(b);
        return -1;
    }
    if (pin && cudaHostRegister(b->p, 8192, 0) != cudaSuccess) {
        free(b->p);
        free(b);
        return -1;
    }
    *out = b;
    return 0;
}

void demanded_destroy(struct demanded **b)
{
    (void)cudaHostUnregister((*b)->p); // expect: unregister-unregistered
    free((*b)->p);
    free(*b);
    *b = NULL;
}

// Right: where it failed, nobody ends it.
struct buf {
    void *p;
    int pinned;
};

int buf_init(struct buf *b, int pin)
{
    b->p = malloc(8192);
    b->pinned = pin;
    if (!b->p)
        return -1;
    if (pin && cudaHostRegister(b->p, 8192, 0) != cudaSuccess) {
        free(b->p);
        return -1;
    }
    return 0;
}

void buf_fini(struct buf *b)
{
    if (b->pinned)
        (void)cudaHostUnregister(b->p);
    free(b->p);
}

struct wrap {
    void *p;
    size_t n;
};

// The caller's memory: registered for the time of the wrap
struct wrap *wrap_new(void *p, size_t n)
{
    struct wrap *w = n == 0 ? NULL : malloc(sizeof *w);
    if (!w)
        return NULL;
    if (cudaHostRegister(p, n, 0) != cudaSuccess) {
        free(w);
        return NULL;
    }
    w->p = p;
    w->n = n;
    return w;
}

void wrap_free(struct wrap *w)
{
    if (!w)
        return;
    (void)cudaHostUnregister(w->p);
    free(w);
}

// Shared: the last one ends it.
struct ref {
    void *p;
    int count;
};

struct ref *ref_new(void)
{
    struct ref *r = malloc(sizeof *r);
    if (!r)
        return NULL;
    r->count = 1;
    r->p = malloc(65536);
    if (!r->p || cudaHostRegister(r->p, 65536, 0) != cudaSuccess) {
        free(r->p);
        free(r);
        return NULL;
    }
    return r;
}

void ref_get(struct ref *r)
{
    r->count++;
}

void ref_release(struct ref *r)
{
    if (--r->count)
        return;
    (void)cudaHostUnregister(r->p);
    free(r->p);
    free(r);
}

// Two phases: the client has to stop before it destroys
struct dev {
    void *ring;
    int up;
};

struct dev *dev_create(void)
{
    return calloc(1, sizeof(struct dev));
}

int dev_start(struct dev *d)
{
    d->ring = malloc(65536);
    if (!d->ring)
        return -1;
    if (cudaHostRegister(d->ring, 65536, 0) != cudaSuccess) {
        free(d->ring);
        d->ring = NULL;
        return -1;
    }
    d->up = 1;
    return 0;
}

void dev_stop(struct dev *d)
{
    if (!d->up)
        return;
    (void)cudaHostUnregister(d->ring);
    free(d->ring);
    d->ring = NULL;
    d->up = 0;
}

void dev_destroy(struct dev *d)
{
    free(d);
}

// In place, with an answer of yes or no.
struct pair {
    char *a, *b;
};

_Bool pair_init(struct pair *q)
{
    q->a = malloc(4096);
    q->b = malloc(4096);
    if (!q->a || !q->b)
        goto no;
    if (cudaHostRegister(q->a, 4096, 0) != cudaSuccess)
        goto no;
    if (cudaHostRegister(q->b, 4096, 0) != cudaSuccess)
        goto undo;
    return 1;
undo:
    (void)cudaHostUnregister(q->a);
no:
    free(q->a);
    free(q->b);
    return 0;
}

void pair_cleanup(struct pair *q)
{
    (void)cudaHostUnregister(q->a);
    (void)cudaHostUnregister(q->b);
    free(q->a);
    free(q->b);
}

// In a table of functions.
struct ops {
    struct dev2 *(*open)(size_t);
    void (*close)(struct dev2 *);
};

struct dev2 {
    void *m;
    size_t n;
};

static struct dev2 *o_open(size_t n)
{
    struct dev2 *d = malloc(sizeof *d);
    if (!d)
        return NULL;
    d->n = n < 4096 ? 4096 : n;
    d->m = aligned_alloc(4096, d->n);
    if (!d->m) {
        free(d);
        return NULL;
    }
    cudaError_t e = cudaHostRegister(d->m, d->n, cudaHostRegisterMapped);
    if (e != cudaSuccess && e != cudaErrorHostMemoryAlreadyRegistered) {
        free(d->m);
        free(d);
        return NULL;
    }
    return d;
}

static void o_close(struct dev2 *d)
{
    if (!d)
        return;
    (void)cudaHostUnregister(d->m);
    free(d->m);
    free(d);
}

const struct ops the_ops = {o_open, o_close};

// It says how much it has allocated: nothing where it failed.
struct coder {
    void *data;
};

size_t coder_init_image(struct coder *c, size_t bytes)
{
    if (bytes < 4096)
        return 0;
    c->data = malloc(bytes);
    if (!c->data)
        return 0;
    if (cudaHostRegister(c->data, bytes, 0) != cudaSuccess)
        return 0;
    return bytes;
}

void coder_deinit(struct coder *c)
{
    if (!c->data)
        return;
    (void)cudaHostUnregister(c->data);
    free(c->data);
}
