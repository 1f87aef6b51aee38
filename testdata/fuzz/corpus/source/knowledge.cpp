/* The program knows more than the checker: what it asks its own tables, which file it maps, what
 * goes with what in an object. */
#include <cuda_runtime_api.h>

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <map>
#include <sys/mman.h>
#include <unordered_set>

static std::unordered_set<void *> ours;
static std::map<void *, size_t> sizes;

static bool unpin(void *p)
{
    return !ours.erase(p) || cudaHostUnregister(p) == cudaSuccess;
}

static bool unpin_known(void *p)
{
    auto found = sizes.find(p);
    return found == sizes.end() || cudaHostUnregister(p) == cudaSuccess;
}

static bool unpin_sized(void *p)
{
    return !sizes[p] || cudaHostUnregister(p) == cudaSuccess;
}

bool stage(size_t n)
{
    void *pinned;
    if (cudaMallocHost(&pinned, n) != cudaSuccess)
        return false;
    bool ok = unpin(pinned) && unpin_known(pinned) && unpin_sized(pinned);
    return cudaFreeHost(pinned) == cudaSuccess && ok;
}

void *map_bar(const char *device)
{
    char path[128];
    snprintf(path, sizeof path, "/sys/bus/pci/devices/%s/resource0", device);
    int file = open(path, O_RDWR | O_SYNC);
    if (file < 0)
        return nullptr;
    void *bar = mmap(nullptr, 65536, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (bar == MAP_FAILED)
        return nullptr;
    if (cudaHostRegister(bar, 65536, cudaHostRegisterIoMemory) != cudaSuccess) {
        munmap(bar, 65536);
        return nullptr;
    }
    return bar;
}

void *map_file(const char *path)
{
    int file = open(path, O_RDWR);
    if (file < 0)
        return nullptr;
    void *page = mmap(nullptr, 65536, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (page == MAP_FAILED)
        return nullptr;
    if (cudaHostRegister(page, 65536, 0) != cudaSuccess) { // expect: unpinnable-mapping
        munmap(page, 65536);
        return nullptr;
    }
    return page;
}

struct output {
    char *data;
    size_t capacity;
};

bool grow(output *o)
{
    size_t capacity = o->capacity ? o->capacity * 2 : 4096;
    if (o->data && cudaHostUnregister(o->data) != cudaSuccess)
        return false;
    char *larger = static_cast<char *>(realloc(o->data, capacity));
    if (!larger)
        return o->data && cudaHostRegister(o->data, o->capacity, 0) == cudaSuccess;
    o->data = larger;
    o->capacity = capacity;
    return cudaHostRegister(larger, capacity, 0) == cudaSuccess;
}

bool pin(output *o)
{
    if (o->capacity == 0)
        puts("nothing there");
    return cudaHostRegister(o->data, o->capacity, 0) == cudaSuccess; // expect: zero-size
}
