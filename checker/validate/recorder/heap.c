/* The allocators, in front of the C library's. What they release is looked at only while something
 * is page-locked. */
#include "validate/recorder/recorder.h"

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>

#define PUBLIC __attribute__((visibility("default")))

/* While this looks for the real functions the loader may allocate: from here. */
static _Alignas(16) char early[1 << 16];
static size_t early_used;

static struct {
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void (*free)(void *);
    int (*posix_memalign)(void **, size_t, size_t);
    void *(*aligned_alloc)(size_t, size_t);
    void *(*memalign)(size_t, size_t);
    void *(*valloc)(size_t);
    size_t (*usable_size)(void *);
    int (*munmap)(void *, size_t);
    void *(*mremap)(void *, size_t, size_t, int, ...);
    void *(*shmat)(int, const void *, int);
    int (*shmdt)(const void *);
} real;

static _Thread_local bool is_finding, is_busy;

static void find_real(void)
{
    is_finding = true;
    *(void **)&real.calloc = dlsym(RTLD_NEXT, "calloc");
    *(void **)&real.realloc = dlsym(RTLD_NEXT, "realloc");
    *(void **)&real.free = dlsym(RTLD_NEXT, "free");
    *(void **)&real.posix_memalign = dlsym(RTLD_NEXT, "posix_memalign");
    *(void **)&real.aligned_alloc = dlsym(RTLD_NEXT, "aligned_alloc");
    *(void **)&real.memalign = dlsym(RTLD_NEXT, "memalign");
    *(void **)&real.valloc = dlsym(RTLD_NEXT, "valloc");
    *(void **)&real.usable_size = dlsym(RTLD_NEXT, "malloc_usable_size");
    *(void **)&real.munmap = dlsym(RTLD_NEXT, "munmap");
    *(void **)&real.mremap = dlsym(RTLD_NEXT, "mremap");
    *(void **)&real.shmat = dlsym(RTLD_NEXT, "shmat");
    *(void **)&real.shmdt = dlsym(RTLD_NEXT, "shmdt");
    *(void **)&real.malloc = dlsym(RTLD_NEXT, "malloc"); /* last: it says that all are there */
    is_finding = false;
}

/* True where the real functions can be called. */
static bool is_ready(void)
{
    if (!real.malloc && !is_finding)
        find_real();
    return real.malloc != NULL;
}

static void *early_alloc(size_t size)
{
    size_t rounded = (size + 15) / 16 * 16;

    if (early_used + rounded > sizeof early)
        return NULL;
    early_used += rounded;
    return early + early_used - rounded;
}

static bool is_early(const void *pointer)
{
    return (const char *)pointer >= early && (const char *)pointer < early + sizeof early;
}

/* ---- what is written down --------------------------------------------------------------- */

static void *kept(void *pointer, size_t size)
{
    if (pointer && size >= BLOCK_MINIMUM)
        block_add((uintptr_t)pointer, size);
    return pointer;
}

/* A release of bytes that hold page-locked memory; not the driver's own. Keeps errno. */
static void look_at_release(const char *function, const void *pointer, size_t size,
                            const void *caller)
{
    int error = errno;

    if (!is_busy && !calls_is_inside()) {
        is_busy = true;
        frames_look();
        is_busy = false;
    }
    if (!is_busy && !calls_is_inside() && live_touches((uintptr_t)pointer, size)) {
        is_busy = true;
        if (!log_is_vendor_code(caller))
            log_line("release %s %u %u %lx %zu", function, log_stack(), log_thread(),
                     (unsigned long)(uintptr_t)pointer, size);
        is_busy = false;
    }
    errno = error;
}

/* The heap knows the size of its own blocks only. */
static size_t size_of(void *pointer)
{
    if (live_is_pinned((uintptr_t)pointer))
        return 1;
    return real.usable_size(pointer);
}

#define CALLER __builtin_return_address(0)

/* ---- the heap --------------------------------------------------------------------------- */

PUBLIC void *malloc(size_t size)
{
    if (!is_ready())
        return early_alloc(size);
    return kept(real.malloc(size), size);
}

PUBLIC void *calloc(size_t count, size_t size)
{
    if (!is_ready())
        return early_alloc(count * size); /* zeros already */
    return kept(real.calloc(count, size), count * size);
}

PUBLIC void free(void *pointer)
{
    if (!pointer || is_early(pointer) || !is_ready())
        return;
    size_t size = size_of(pointer);
    look_at_release("free", pointer, size, CALLER);
    if (size >= BLOCK_MINIMUM)
        block_remove((uintptr_t)pointer);
    real.free(pointer);
}

PUBLIC void *realloc(void *pointer, size_t size)
{
    if (is_early(pointer)) {
        void *moved = malloc(size);
        size_t room = (size_t)(early + sizeof early - (char *)pointer);
        return moved ? memcpy(moved, pointer, size < room ? size : room) : NULL;
    }
    if (!is_ready())
        return early_alloc(size);
    size_t old = pointer ? size_of(pointer) : 0;
    bool is_locked = pointer && live_touches((uintptr_t)pointer, old);
    uintptr_t before = (uintptr_t)pointer;
    if (is_locked && live_is_pinned(before)) /* the heap does not survive it */
        look_at_release("realloc", pointer, old, CALLER);
    if (old >= BLOCK_MINIMUM)
        block_remove(before);
    void *moved = real.realloc(pointer, size);
    if (is_locked && moved && (uintptr_t)moved != before)
        look_at_release("realloc", (const void *)before, old, CALLER);
    if (!moved && size)
        return kept((void *)before, old), NULL; /* it stays as it was */
    return kept(moved, size);
}

PUBLIC int posix_memalign(void **place, size_t alignment, size_t size)
{
    if (!is_ready())
        return ENOMEM;
    int status = real.posix_memalign(place, alignment, size);
    if (status == 0)
        kept(*place, size);
    return status;
}

PUBLIC void *aligned_alloc(size_t alignment, size_t size)
{
    return is_ready() ? kept(real.aligned_alloc(alignment, size), size) : NULL;
}

PUBLIC void *memalign(size_t alignment, size_t size)
{
    return is_ready() ? kept(real.memalign(alignment, size), size) : NULL;
}

PUBLIC void *valloc(size_t size)
{
    return is_ready() ? kept(real.valloc(size), size) : NULL;
}

/* ---- mappings --------------------------------------------------------------------------- */

PUBLIC int munmap(void *pointer, size_t size)
{
    if (!is_ready())
        return -1;
    look_at_release("munmap", pointer, size, CALLER);
    return real.munmap(pointer, size);
}

PUBLIC void *mremap(void *pointer, size_t size, size_t wanted, int flags, ...)
{
    va_list args;
    void *target = NULL;

    if (flags & MREMAP_FIXED) {
        va_start(args, flags);
        target = va_arg(args, void *);
        va_end(args);
    }
    if (!is_ready())
        return MAP_FAILED;
    void *moved = real.mremap(pointer, size, wanted, flags, target);
    if (moved != MAP_FAILED && moved != pointer)
        look_at_release("mremap", pointer, size, CALLER);
    return moved;
}

PUBLIC void *shmat(int segment, const void *wanted, int flags)
{
    struct shmid_ds info;

    if (!is_ready())
        return (void *)-1;
    void *pointer = real.shmat(segment, wanted, flags);
    if (pointer != (void *)-1 && shmctl(segment, IPC_STAT, &info) == 0)
        kept(pointer, info.shm_segsz);
    return pointer;
}

PUBLIC int shmdt(const void *pointer)
{
    uintptr_t start;
    size_t size;

    if (!is_ready())
        return -1;
    if (block_find((uintptr_t)pointer, &start, &size) && start == (uintptr_t)pointer) {
        look_at_release("shmdt", pointer, size, CALLER);
        block_remove(start);
    }
    return real.shmdt(pointer);
}
