/* A function of the file unregisters what it is given: that may be what a member holds. */
#include <cuda_runtime_api.h>
#include <stdlib.h>

struct channel {
    char *ring;
};

int channel_open(struct channel *c)
{
    c->ring = malloc(4096);
    return c->ring && cudaHostRegister(c->ring, 4096, 0) == cudaSuccess ? 0 : -1;
}

char *channel_memory(struct channel *c)
{
    return c->ring;
}

void unpin(void *memory)
{
    if (cudaHostUnregister(memory) != cudaSuccess)
        abort();
}

void channel_close(struct channel *c)
{
    free(c->ring);
}

struct page {
    char bytes[4096];
    struct page *next;
};

static struct page *pages;

int page_add(void)
{
    struct page *page = malloc(sizeof *page);
    if (!page || cudaHostRegister(page, sizeof *page, 0) != cudaSuccess) {
        free(page);
        return -1;
    }
    page->next = pages;
    pages = page;
    return 0;
}

/* Where the object begins its first member does. */
void page_unpin(struct page *page)
{
    if (cudaHostUnregister(page->bytes) != cudaSuccess)
        abort();
}

void page_drop(void)
{
    struct page *page = pages;
    pages = page->next;
    free(page);
}
