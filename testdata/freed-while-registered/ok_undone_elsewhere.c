/* What one function leaves registered in a member or a static, another one undoes: by an array of
 * what members hold, by their addresses, a table of functions, atexit, a list, another member. */
#include <cuda_runtime.h>
#include <stdlib.h>
/* 1: by an array of what members hold */
struct A {
    char *a, *b;
};
int a_open(struct A *s)
{
    s->a = malloc(4096);
    s->b = malloc(4096);
    return s->a && s->b && cudaHostRegister(s->a, 4096, 0) == cudaSuccess &&
           cudaHostRegister(s->b, 4096, 0) == cudaSuccess;
}
void a_stop(struct A *s)
{
    void *all[] = {s->a, s->b};
    for (int i = 0; i < 2; i++)
        if (cudaHostUnregister(all[i]))
            abort();
}
void a_free(struct A *s)
{
    free(s->a);
    free(s->b);
}
/* 2: by a generic helper on addresses of members */
struct B {
    char *a, *b;
};
int b_open(struct B *s)
{
    s->a = malloc(4096);
    s->b = malloc(4096);
    return s->a && s->b && cudaHostRegister(s->a, 4096, 0) == cudaSuccess &&
           cudaHostRegister(s->b, 4096, 0) == cudaSuccess;
}
static void unpin(char **p)
{
    if (*p && cudaHostUnregister(*p))
        abort();
}
void b_stop(struct B *s)
{
    unpin(&s->a);
    unpin(&s->b);
}
void b_free(struct B *s)
{
    free(s->a);
    free(s->b);
}
/* 3: by a table of functions */
struct C {
    char *a;
};
static int undo(void *p)
{
    return cudaHostUnregister(p) == cudaSuccess ? 0 : -1;
}
static const struct {
    int (*undo)(void *);
} table = {undo};
int c_open(struct C *s)
{
    s->a = malloc(4096);
    return s->a && cudaHostRegister(s->a, 4096, 0) == cudaSuccess;
}
void c_stop(struct C *s)
{
    if (table.undo(s->a))
        abort();
}
void c_free(struct C *s)
{
    free(s->a);
}
/* 4: by atexit */
static char *d;
static void d_stop(void)
{
    (void)cudaHostUnregister(d);
}
int d_open(void)
{
    d = malloc(4096);
    if (!d || cudaHostRegister(d, 4096, 0) != cudaSuccess)
        return -1;
    return atexit(d_stop);
}
void d_free(void)
{
    free(d);
}
/* 5: through void * context */
struct E {
    char *a;
};
int e_open(struct E *s)
{
    s->a = malloc(4096);
    return s->a && cudaHostRegister(s->a, 4096, 0) == cudaSuccess;
}
void e_callback(void *context)
{
    struct E *s = context;
    (void)cudaHostUnregister(s->a);
}
void e_free(struct E *s)
{
    free(s->a);
}
/* 6: through a list */
struct F {
    char *a;
    struct F *next;
};
static struct F *all;
int f_open(struct F *s)
{
    s->a = malloc(4096);
    if (!s->a || cudaHostRegister(s->a, 4096, 0) != cudaSuccess)
        return -1;
    s->next = all;
    all = s;
    return 0;
}
void f_stop_all(void)
{
    for (struct F *f = all; f; f = f->next)
        (void)cudaHostUnregister(f->a);
}
void f_free(struct F *s)
{
    free(s->a);
}
/* 7: kept twice */
struct G {
    char *raw, *aligned;
};
int g_open(struct G *s)
{
    s->raw = malloc(8192);
    if (!s->raw)
        return -1;
    s->aligned = (char *)(((size_t)s->raw + 4095) & ~(size_t)4095);
    return cudaHostRegister(s->aligned, 4096, 0) == cudaSuccess ? 0 : -1;
}
void g_stop(struct G *s)
{
    (void)cudaHostUnregister(s->aligned);
}
void g_free(struct G *s)
{
    free(s->raw);
}
/* 8: moved to another struct */
struct H1 {
    char *a;
};
struct H2 {
    char *b;
};
int h_open(struct H1 *s)
{
    s->a = malloc(4096);
    return s->a && cudaHostRegister(s->a, 4096, 0) == cudaSuccess;
}
void h_move(struct H2 *t, struct H1 *s)
{
    t->b = s->a;
    s->a = NULL;
}
void h_stop(struct H2 *t)
{
    (void)cudaHostUnregister(t->b);
    free(t->b);
}
void h_free(struct H1 *s)
{
    free(s->a);
}
/* 9: unregistered by the driver with a number */
struct I {
    unsigned long long address;
    char *a;
};
int i_open(struct I *s)
{
    s->a = malloc(4096);
    s->address = (unsigned long long)s->a;
    return s->a && cudaHostRegister(s->a, 4096, 0) == cudaSuccess;
}
void i_stop(struct I *s)
{
    (void)cudaHostUnregister((void *)s->address);
}
void i_free(struct I *s)
{
    free(s->a);
}
/* 10: 2 structs share */
struct J {
    char *base;
    size_t n;
};
struct K {
    struct J *j;
};
int j_open(struct J *s)
{
    s->base = malloc(4096);
    return s->base && cudaHostRegister(s->base, 4096, 0) == cudaSuccess;
}
void k_stop(struct K *k)
{
    (void)cudaHostUnregister(k->j->base);
}
void j_free(struct J *s)
{
    free(s->base);
}
