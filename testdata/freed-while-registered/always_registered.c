/* What lies in a member or a static when a function begins is what the last one left there: always
 * registered memory, where it is anything, in what follows. Others unregister it, and free it. */
#include <cuda_runtime_api.h>
#include <stdlib.h>

struct stage {
    char *memory;
    size_t capacity;
};

void stage_init(struct stage *s)
{
    s->memory = NULL;
    s->capacity = 0;
}

/* Called for more, it frees what it has registered the time before. */
char *stage_ensure(struct stage *s, size_t bytes)
{
    if (bytes > s->capacity) {
        free(s->memory); // expect: freed-while-registered
        s->memory = malloc(bytes);
        s->capacity = 0;
        if (!s->memory || cudaHostRegister(s->memory, bytes, 0) != cudaSuccess)
            return NULL;
        s->capacity = bytes;
    }
    return s->memory;
}

void stage_fini(struct stage *s)
{
    if (!s->memory)
        return;
    if (cudaHostUnregister(s->memory) != cudaSuccess)
        abort();
    free(s->memory);
    s->memory = NULL;
}

/* A static, and one that forgets where another one does not. */
static char *pool;

void pool_open(size_t pages)
{
    if (pool)
        return;
    pool = malloc(4096 * (pages + 1));
    if (!pool || cudaHostRegister(pool, 4096 * (pages + 1), 0) != cudaSuccess)
        abort();
}

void pool_drop(void)
{
    free(pool); // expect: freed-while-registered
    pool = NULL;
}

void pool_close(void)
{
    if (pool && cudaHostUnregister(pool) != cudaSuccess)
        abort();
    free(pool);
    pool = NULL;
}

/* The helper unregisters for the one that frees. */
struct ring {
    char *slots;
    size_t bytes;
};

static void ring_give_up(struct ring *r)
{
    if (r->slots && cudaHostUnregister(r->slots) != cudaSuccess)
        abort();
    free(r->slots);
    r->slots = NULL;
}

static void ring_take(struct ring *r, size_t bytes)
{
    r->slots = malloc(bytes);
    if (!r->slots || cudaHostRegister(r->slots, bytes, 0) != cudaSuccess)
        abort();
    r->bytes = bytes;
}

void ring_resize(struct ring *r, size_t bytes)
{
    ring_give_up(r);
    ring_take(r, bytes ? bytes : 4096);
}

void ring_larger(struct ring *r)
{
    char *larger = realloc(r->slots, 2 * r->bytes); // expect: freed-while-registered
    if (!larger || cudaHostRegister(larger, 2 * r->bytes, 0) != cudaSuccess) // expect: nonconstant-size
        abort();
    r->slots = larger;
    r->bytes *= 2;
}

/* A flag that says whether there is anything says nothing of its registration. */
struct slot {
    char *memory;
    int is_used;
};

static struct slot slots[16];

char *slot_take(int i)
{
    struct slot *s = &slots[i];
    if (s->is_used)
        free(s->memory); // expect: freed-while-registered
    s->is_used = 0;
    s->memory = malloc(65536);
    if (!s->memory)
        return NULL;
    if (cudaHostRegister(s->memory, 65536, 0) != cudaSuccess) {
        free(s->memory);
        return NULL;
    }
    s->is_used = 1;
    return s->memory;
}

void slots_clear(void)
{
    for (int i = 0; i < 16; i++) {
        if (!slots[i].is_used)
            continue;
        if (cudaHostUnregister(slots[i].memory) != cudaSuccess)
            abort();
        free(slots[i].memory);
        slots[i].is_used = 0;
    }
}

/* An element of a list goes alone, or with all others. */
struct node {
    struct node *next;
    int key;
    char *memory;
};

int node_add(struct node **head, int key)
{
    struct node *n = malloc(sizeof *n);
    if (!n)
        return -1;
    n->key = key;
    n->memory = malloc(65536);
    if (!n->memory || cudaHostRegister(n->memory, 65536, 0) != cudaSuccess) {
        free(n->memory);
        free(n);
        return -1;
    }
    n->next = *head;
    *head = n;
    return 0;
}

void node_remove(struct node **head, int key)
{
    for (struct node **at = head; *at; at = &(*at)->next) {
        struct node *n = *at;
        if (n->key != key)
            continue;
        *at = n->next;
        free(n->memory); // expect: freed-while-registered
        free(n);
        return;
    }
}

void node_clear(struct node **head)
{
    while (*head) {
        struct node *n = *head;
        *head = n->next;
        if (cudaHostUnregister(n->memory) != cudaSuccess)
            abort();
        free(n->memory);
        free(n);
    }
}

/* ---- right ---- */

/* Not registered before somebody asks for it. */
struct late {
    char *memory;
    size_t bytes;
};

void late_resize(struct late *l, size_t bytes)
{
    free(l->memory);
    l->memory = malloc(bytes);
    l->bytes = bytes;
}

int late_pin(struct late *l)
{
    return l->bytes && cudaHostRegister(l->memory, l->bytes, 0) == cudaSuccess ? 0 : -1;
}

void late_close(struct late *l)
{
    if (cudaHostUnregister(l->memory) != cudaSuccess)
        abort();
    free(l->memory);
    l->memory = NULL;
}

/* One function unregisters, and another one frees. */
struct parts {
    char *memory;
};

void parts_open(struct parts *p)
{
    p->memory = malloc(4096);
    if (!p->memory || cudaHostRegister(p->memory, 4096, 0) != cudaSuccess)
        abort();
}

void parts_unpin(struct parts *p)
{
    if (cudaHostUnregister(p->memory) != cudaSuccess)
        abort();
}

void parts_free(struct parts *p)
{
    free(p->memory);
    p->memory = NULL;
}

/* ... which calls it. */
struct nested {
    char *memory;
};

void nested_open(struct nested *n)
{
    n->memory = malloc(4096);
    if (!n->memory || cudaHostRegister(n->memory, 4096, 0) != cudaSuccess)
        abort();
}

void nested_free(struct nested *n)
{
    free(n->memory);
    n->memory = NULL;
}

void nested_close(struct nested *n)
{
    if (cudaHostUnregister(n->memory) != cudaSuccess)
        abort();
    nested_free(n);
}

/* A flag says whether it is. */
struct flagged {
    char *memory;
    int is_pinned;
};

void flagged_open(struct flagged *f)
{
    f->memory = malloc(4096);
    f->is_pinned = f->memory && cudaHostRegister(f->memory, 4096, 0) == cudaSuccess;
}

void flagged_unpin(struct flagged *f)
{
    if (f->is_pinned && cudaHostUnregister(f->memory) != cudaSuccess)
        abort();
    f->is_pinned = 0;
}

void flagged_close(struct flagged *f)
{
    if (f->is_pinned)
        return;
    free(f->memory);
    f->memory = NULL;
}

/* One function ends what could not be registered, another one what could. */
struct tried {
    char *memory;
};

int tried_open(struct tried *t)
{
    t->memory = malloc(4096);
    if (!t->memory)
        return -1;
    return cudaHostRegister(t->memory, 4096, 0) == cudaSuccess ? 0 : -1;
}

void tried_abandon(struct tried *t)
{
    free(t->memory);
    t->memory = NULL;
}

void tried_close(struct tried *t)
{
    if (cudaHostUnregister(t->memory) != cudaSuccess)
        abort();
    free(t->memory);
    t->memory = NULL;
}

/* Others are shown it, and may undo it. */
struct shown {
    char *memory;
};

void unpin_elsewhere(void *memory);

void shown_open(struct shown *s)
{
    s->memory = malloc(4096);
    if (!s->memory || cudaHostRegister(s->memory, 4096, 0) != cudaSuccess)
        abort();
}

void shown_stop(struct shown *s)
{
    unpin_elsewhere(s->memory);
}

void shown_drop(struct shown *s)
{
    free(s->memory);
    s->memory = NULL;
}

void shown_close(struct shown *s)
{
    if (cudaHostUnregister(s->memory) != cudaSuccess)
        abort();
    free(s->memory);
    s->memory = NULL;
}

/* A node holds it, too, and by that name it is undone; the table frees. */
struct named {
    struct named *next;
    void *memory;
};
struct named_table {
    void *slots[8];
    int used;
    struct named *live;
};

int named_add(struct named_table *t)
{
    struct named *n = malloc(sizeof *n);
    if (!n)
        return -1;
    n->memory = malloc(65536);
    if (!n->memory || cudaHostRegister(n->memory, 65536, 0) != cudaSuccess) {
        free(n->memory);
        free(n);
        return -1;
    }
    n->next = t->live;
    t->live = n;
    t->slots[t->used++] = n->memory;
    return 0;
}

void named_stop(struct named_table *t)
{
    while (t->live) {
        struct named *n = t->live;
        t->live = n->next;
        if (cudaHostUnregister(n->memory) != cudaSuccess)
            abort();
        free(n);
    }
}

void named_free(struct named_table *t)
{
    named_stop(t);
    while (t->used > 0)
        free(t->slots[--t->used]);
}
