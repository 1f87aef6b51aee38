/* A hash table with open addressing: where a block's entry is, no path knows; that looking for it
 * comes to none is no more than a guess. */
#include <cuda_runtime_api.h>
#include <stdint.h>
#include <stdlib.h>

enum { ENTRIES = 128 };

struct entry {
    uintptr_t address;
    unsigned users;
};

static struct entry table[ENTRIES];

static struct entry *look_up(const void *block)
{
    uintptr_t address = (uintptr_t)block;
    size_t at = (address >> 12) % ENTRIES;
    for (int turn = 0; turn < ENTRIES; turn++, at = (at + 1) % ENTRIES)
        if (table[at].address == address || table[at].address == 0)
            return &table[at];
    return NULL;
}

static int acquire(void *block, size_t size)
{
    struct entry *entry = look_up(block);
    if (!entry)
        return -1;
    if (entry->address) {
        entry->users++;
        return 0;
    }
    if (cudaHostRegister(block, size, cudaHostRegisterPortable) != cudaSuccess)
        return -1;
    entry->address = (uintptr_t)block;
    entry->users = 1;
    return 0;
}

static void give_back(void *block)
{
    struct entry *entry = look_up(block);
    if (!entry || !entry->address || --entry->users > 0)
        return;
    if (cudaHostUnregister(block) != cudaSuccess)
        abort();
    entry->address = 0;
}

static int round_trip(void)
{
    char *from = malloc(65536), *to = malloc(65536);
    int failed = -1;
    if (!from || !to)
        goto end;
    if (acquire(from, 65536) != 0)
        goto end;
    if (acquire(to, 65536) == 0) {
        failed = cudaMemcpy(to, from, 65536, cudaMemcpyHostToHost) != cudaSuccess;
        give_back(to);
    }
    give_back(from);
end:
    free(to);
    free(from);
    return failed;
}

int main(void)
{
    return round_trip() | round_trip();
}

/* Nobody looks for it. */
int never_given_back(void)
{
    char *only = malloc(65536);
    if (!only)
        return -1;
    if (acquire(only, 65536) != 0) {
        free(only);
        return -1;
    }
    free(only); /* expect: freed-while-registered */
    return 0;
}
