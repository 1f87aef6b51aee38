#include "validate/recorder/recorder.h"

#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

enum { PAGE = 4096, SHARDS = 64, MALLOC_ALIGNMENT = 16 };

/* Storage that does not come from the heap; grows by moving. */
static void *bigger(void *old, size_t old_size, size_t new_size)
{
    void *new = mmap(NULL, new_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (new == MAP_FAILED)
        return NULL;
    if (old_size) {
        memcpy(new, old, old_size);
        munmap(old, old_size);
    }
    return new;
}

/* ---- page-locked ranges: sorted, none overlaps another ---------------------------------- */

struct range {
    uintptr_t start, end;
    enum live_kind kind;
};

static struct {
    pthread_rwlock_t lock;
    struct range *ranges;
    size_t count, room;
    uintptr_t low, high; /* no range lies outside; read without the lock */
} live = {.lock = PTHREAD_RWLOCK_INITIALIZER, .low = UINTPTR_MAX};

/* The first range that ends behind the address. */
static size_t first_behind(uintptr_t address)
{
    size_t low = 0, high = live.count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (live.ranges[middle].end > address)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static bool make_room(void)
{
    size_t room = live.room ? 2 * live.room : 4 * PAGE / sizeof(struct range);

    if (live.count < live.room)
        return true;
    struct range *ranges = bigger(live.ranges, live.room * sizeof *ranges, room * sizeof *ranges);
    if (!ranges)
        return false;
    live.ranges = ranges;
    live.room = room;
    return true;
}

void live_add(uintptr_t start, size_t size, enum live_kind kind)
{
    pthread_rwlock_wrlock(&live.lock);
    if (size && make_room()) {
        size_t at = first_behind(start);
        memmove(&live.ranges[at + 1], &live.ranges[at], (live.count - at) * sizeof *live.ranges);
        live.ranges[at] = (struct range){start, start + size, kind};
        live.count++;
        if (start < live.low)
            __atomic_store_n(&live.low, start, __ATOMIC_RELEASE);
        if (start + size > live.high)
            __atomic_store_n(&live.high, start + size, __ATOMIC_RELEASE);
    }
    pthread_rwlock_unlock(&live.lock);
}

void live_remove(uintptr_t start)
{
    pthread_rwlock_wrlock(&live.lock);
    size_t at = first_behind(start);
    if (at < live.count && live.ranges[at].start == start) {
        live.count--;
        memmove(&live.ranges[at], &live.ranges[at + 1], (live.count - at) * sizeof *live.ranges);
    }
    pthread_rwlock_unlock(&live.lock);
}

void live_clear(void)
{
    pthread_rwlock_wrlock(&live.lock);
    live.count = 0;
    pthread_rwlock_unlock(&live.lock);
}

bool live_touches(uintptr_t start, size_t size)
{
    if (start >= __atomic_load_n(&live.high, __ATOMIC_ACQUIRE) ||
        start + size <= __atomic_load_n(&live.low, __ATOMIC_ACQUIRE))
        return false;
    pthread_rwlock_rdlock(&live.lock);
    size_t at = first_behind(start);
    bool touches = at < live.count && live.ranges[at].start < start + size;
    pthread_rwlock_unlock(&live.lock);
    return touches;
}

bool live_is_pinned(uintptr_t address)
{
    if (address >= __atomic_load_n(&live.high, __ATOMIC_ACQUIRE) ||
        address < __atomic_load_n(&live.low, __ATOMIC_ACQUIRE))
        return false;
    pthread_rwlock_rdlock(&live.lock);
    size_t at = first_behind(address);
    bool is_pinned =
        at < live.count && live.ranges[at].start <= address && live.ranges[at].kind == LIVE_PINNED;
    pthread_rwlock_unlock(&live.lock);
    return is_pinned;
}

/* ---- blocks: a hash table in shards ------------------------------------------------------ */

struct block {
    uintptr_t start; /* 0: free */
    size_t size;
};

static struct shard {
    pthread_mutex_t mutex; /* glibc's start as zeros */
    struct block *blocks;
    size_t count, room; /* a power of two */
} shards[SHARDS];

static uint64_t hash_of(uintptr_t start)
{
    return ((uint64_t)start / MALLOC_ALIGNMENT) * 0x9e3779b97f4a7c15U;
}

static struct shard *shard_of(uintptr_t start)
{
    return &shards[hash_of(start) >> 58];
}

static size_t home_of(const struct shard *shard, uintptr_t start)
{
    return (size_t)(hash_of(start) >> 16) & (shard->room - 1);
}

/* The block's slot, or the free one where it would be. */
static size_t slot_of(const struct shard *shard, uintptr_t start)
{
    size_t slot = home_of(shard, start);

    while (shard->blocks[slot].start && shard->blocks[slot].start != start)
        slot = (slot + 1) & (shard->room - 1);
    return slot;
}

static bool grow(struct shard *shard)
{
    struct shard old = *shard;
    size_t room = old.room ? 2 * old.room : PAGE / sizeof(struct block);
    struct block *blocks = bigger(NULL, 0, room * sizeof *blocks);

    if (!blocks)
        return false;
    shard->blocks = blocks;
    shard->room = room;
    for (size_t i = 0; i < old.room; i++)
        if (old.blocks[i].start)
            shard->blocks[slot_of(shard, old.blocks[i].start)] = old.blocks[i];
    if (old.room)
        munmap(old.blocks, old.room * sizeof *old.blocks);
    return true;
}

void block_add(uintptr_t start, size_t size)
{
    struct shard *shard = shard_of(start);

    pthread_mutex_lock(&shard->mutex);
    if (2 * (shard->count + 1) <= shard->room || grow(shard)) {
        size_t slot = slot_of(shard, start);
        shard->count += !shard->blocks[slot].start;
        shard->blocks[slot] = (struct block){start, size};
    }
    pthread_mutex_unlock(&shard->mutex);
}

/* Those behind a removed block move up, so that a search never stops short of them. */
static void close_gap(struct shard *shard, size_t gap)
{
    size_t mask = shard->room - 1;

    for (size_t next = (gap + 1) & mask; shard->blocks[next].start; next = (next + 1) & mask) {
        size_t home = home_of(shard, shard->blocks[next].start);
        if (((next - home) & mask) < ((next - gap) & mask))
            continue;
        shard->blocks[gap] = shard->blocks[next];
        gap = next;
    }
    shard->blocks[gap].start = 0;
}

void block_remove(uintptr_t start)
{
    struct shard *shard = shard_of(start);

    pthread_mutex_lock(&shard->mutex);
    if (shard->room) {
        size_t slot = slot_of(shard, start);
        if (shard->blocks[slot].start) {
            shard->count--;
            close_gap(shard, slot);
        }
    }
    pthread_mutex_unlock(&shard->mutex);
}

static size_t size_at(uintptr_t start)
{
    struct shard *shard = shard_of(start);
    size_t size = 0;

    pthread_mutex_lock(&shard->mutex);
    if (shard->room) {
        const struct block *block = &shard->blocks[slot_of(shard, start)];
        size = block->start ? block->size : 0;
    }
    pthread_mutex_unlock(&shard->mutex);
    return size;
}

bool block_find(uintptr_t address, uintptr_t *start, size_t *size)
{
    uintptr_t at = address - address % MALLOC_ALIGNMENT;

    for (uintptr_t back = 0; back < PAGE && back < at; back += MALLOC_ALIGNMENT) {
        *start = at - back;
        *size = size_at(*start);
        if (*size)
            return address < *start + *size;
    }
    return false;
}

/* ---- fork: a child must not inherit what another thread holds ---------------------------- */

void live_before_fork(void)
{
    pthread_rwlock_wrlock(&live.lock);
    for (size_t i = 0; i < SHARDS; i++)
        pthread_mutex_lock(&shards[i].mutex);
}

/* A lock for readers and writers knows its thread by a number that is another one in the child. */
void live_after_fork(bool is_child)
{
    for (size_t i = 0; i < SHARDS; i++)
        pthread_mutex_unlock(&shards[i].mutex);
    if (is_child)
        pthread_rwlock_init(&live.lock, NULL);
    else
        pthread_rwlock_unlock(&live.lock);
}
