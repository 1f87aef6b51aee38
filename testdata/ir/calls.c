/* Calls: discarded, cast to void, through pointers and tables, variadic, in macros, not returning. */
typedef int (*release_fn)(void *);
int reserve(void **, unsigned long);
int release(void *);
int report(const char *, ...);
_Noreturn void die(int);
void exit(int);

#define CHECK(call)                                                                                \
    do {                                                                                           \
        int status = (call);                                                                       \
        if (status != 0)                                                                           \
            die(status);                                                                           \
    } while (0)
#define RELEASE(p) release(p)
#define FOREVER for (;;)

struct api {
    release_fn release;
    release_fn others[2];
};
static struct api table = {release, {release, 0}};

void calls(struct api *api, release_fn fn, int n)
{
    void *p;
    CHECK(reserve(&p, 8));
    release(p);
    (void)release(p);
    RELEASE(p);
    release(p), release(0);
    for (int i = 0; i < n; release(p))
        i++;
    fn(p);
    (*fn)(p);
    api->release(p);
    api->others[1](p);
    table.release(p);
    if (__builtin_expect(release(p) != 0, 0))
        exit(report("%d %s", n, "x"));
    unknown(p);
    FOREVER
    {
        release(p);
    }
}
