/* One function leaves memory registered in a member of the file's own struct, or in a static, and
 * another one frees it: nothing in the file unregisters it. */
#include <cuda_runtime_api.h>
#include <stdlib.h>

struct channel {
    char *ring;
    size_t bytes;
};

int channel_open(struct channel *c, size_t bytes)
{
    c->ring = malloc(bytes);
    c->bytes = bytes;
    if (!c->ring)
        return -1;
    if (bytes == 0 || cudaHostRegister(c->ring, bytes, cudaHostRegisterDefault) != cudaSuccess) {
        free(c->ring);
        c->ring = NULL;
        return -1;
    }
    return 0;
}

void channel_close(struct channel *c)
{
    free(c->ring); // expect: freed-while-registered
    c->ring = NULL;
}

/* The object is made by one function and ended by another. */
struct reader {
    char *text;
};

struct reader *reader_new(void)
{
    struct reader *r = malloc(sizeof *r);
    if (!r)
        return NULL;
    r->text = malloc(65536);
    if (!r->text || cudaHostRegister(r->text, 65536, 0) != cudaSuccess) {
        free(r->text);
        free(r);
        return NULL;
    }
    return r;
}

void reader_free(struct reader *r)
{
    if (!r)
        return;
    free(r->text); // expect: freed-while-registered
    free(r);
}

/* Statics, alone or in an object. */
static char *pool;
static struct {
    char *memory;
} arena;

int pool_open(void)
{
    pool = malloc(65536);
    return pool && cudaHostRegister(pool, 65536, 0) == cudaSuccess ? 0 : -1;
}

int pool_grow(void)
{
    char *larger = realloc(pool, 131072); // expect: freed-while-registered
    if (!larger)
        return -1;
    pool = larger;
    return 0;
}

int arena_open(void)
{
    arena.memory = malloc(65536);
    return arena.memory && cudaHostRegister(arena.memory, 65536, 0) == cudaSuccess ? 0 : -1;
}

void arena_close(void)
{
    free(arena.memory); // expect: freed-while-registered
}

/* Other code out of sight, that is given other things, has nothing to do with it. */
struct logged {
    char *lines;
    char *name;
};

void write_log(const char *name, void *context);

int logged_open(struct logged *l, void *context)
{
    write_log(l->name, context);
    l->lines = malloc(65536);
    return l->lines && cudaHostRegister(l->lines, 65536, 0) == cudaSuccess ? 0 : -1;
}

void logged_close(struct logged *l, void *context)
{
    free(l->lines); // expect: freed-while-registered
    write_log("closed", context);
}

/* ---- right ---- */

struct stream {
    char *unregistered_first, *by_flag, *handed_on, *before;
    int is_registered;
};

void stop_elsewhere(void *memory);

int stream_open(struct stream *s, int with_gpu)
{
    s->before = malloc(4096);
    s->unregistered_first = malloc(4096);
    s->by_flag = malloc(4096);
    s->handed_on = malloc(4096);
    if (cudaHostRegister(s->unregistered_first, 4096, 0) != cudaSuccess)
        return -1;
    if (cudaHostRegister(s->handed_on, 4096, 0) != cudaSuccess)
        return -1;
    s->is_registered = with_gpu && cudaHostRegister(s->by_flag, 4096, 0) == cudaSuccess;
    return 0;
}

void stream_stop(struct stream *s)
{
    if (cudaHostUnregister(s->unregistered_first) != cudaSuccess)
        abort();
    stop_elsewhere(s->handed_on);
}

void stream_close(struct stream *s)
{
    free(s->before);
    free(s->unregistered_first);
    free(s->handed_on);
    if (!s->is_registered)
        free(s->by_flag);
}

static char *table;

int table_open(void)
{
    table = malloc(4096);
    return table && cudaHostRegister(table, 4096, 0) == cudaSuccess ? 0 : -1;
}

void table_stop(void)
{
    if (cudaHostUnregister(table) != cudaSuccess)
        abort();
}

void table_close(void)
{
    free(table);
}

/* What is unregistered lies inside its object: no memory that a member points to begins there. */
struct queue {
    char *payload;
    char ring[4096];
};

int queue_open(struct queue *q)
{
    if (cudaHostRegister(q->ring, sizeof q->ring, 0) != cudaSuccess)
        return -1;
    q->payload = malloc(8192);
    if (!q->payload || cudaHostRegister(q->payload, 8192, 0) != cudaSuccess) {
        free(q->payload);
        q->payload = NULL;
        return -1;
    }
    return 0;
}

void queue_close(struct queue *q)
{
    if (cudaHostUnregister(q->ring) != cudaSuccess)
        abort();
    free(q->payload); // expect: freed-while-registered
}
