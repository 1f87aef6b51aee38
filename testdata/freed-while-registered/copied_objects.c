// A copy of an object holds the same pointers, whether it was assigned, passed by value or copied
// as bytes, and whether or not anybody looked at them before.
#include <cuda_runtime.h>

#include <stdlib.h>
#include <string.h>

#include "../unseen.h"

#define SIZE 4096

struct slab {
    char *base;
    size_t size;
};

static void pin(void *base)
{
    if (cudaHostRegister(base, SIZE, cudaHostRegisterDefault) != cudaSuccess)
        exit(1);
}

static void unpin(void *base)
{
    if (cudaHostUnregister(base) != cudaSuccess)
        exit(1);
}

static struct slab make(void)
{
    struct slab slab = {.base = malloc(SIZE), .size = SIZE};
    if (slab.base == NULL)
        exit(1);
    return slab;
}

static void drop(struct slab slab)
{
    free(slab.base); // expect: freed-while-registered
}

static void unpin_and_drop(struct slab slab)
{
    unpin(slab.base);
    free(slab.base);
}

void assigned_before_it_was_read(struct slab *slab)
{
    struct slab copy = *slab;
    pin(copy.base);
    free(slab->base); // expect: freed-while-registered
}

void copy_is_freed(const struct slab *slab)
{
    struct slab copy;
    copy = *slab;
    pin(slab->base);
    free(copy.base); // expect: freed-while-registered
}

void copy_of_a_copy(const struct slab *slab)
{
    struct slab first = *slab, second = first;
    pin(slab->base);
    free(second.base); // expect: freed-while-registered
}

void passed_by_value(const struct slab *slab)
{
    pin(slab->base);
    drop(*slab);
}

void copied_bytes(void)
{
    struct slab slab = make(), copy;
    pin(slab.base);
    memcpy(&copy, &slab, sizeof copy);
    free(copy.base); // expect: freed-while-registered
}

void copied_bytes_of_the_unknown(const struct slab *slab)
{
    struct slab copy;
    memmove(&copy, slab, sizeof *slab);
    pin(copy.base);
    free(slab->base); // expect: freed-while-registered
}

void copied_by_hand_from_behind(const struct slab *slab)
{
    struct slab copy;
    bcopy(slab, &copy, sizeof copy);
    pin(slab->base);
    free(copy.base); // expect: freed-while-registered
}

void grown_by_hand(size_t count)
{
    char **rows = malloc(count * sizeof *rows), **larger = malloc(2 * count * sizeof *rows);
    if (count == 0 || rows == NULL || larger == NULL)
        exit(1);
    rows[0] = malloc(SIZE);
    if (rows[0] == NULL)
        exit(1);
    pin(rows[0]);
    memcpy(larger, rows, count * sizeof *rows);
    free(rows);
    free(larger[0]); // expect: freed-while-registered
    free(larger);
}

// ---- right ----

void undone_through_the_copy(const struct slab *slab)
{
    pin(slab->base);
    struct slab copy = *slab;
    unpin_and_drop(copy);
}

void undone_through_copied_bytes(void)
{
    struct slab slab = make(), copy = {0};
    pin(slab.base);
    memcpy(&copy, &slab, sizeof slab);
    if (copy.base != NULL) {
        unpin(copy.base);
        free(copy.base);
    }
}

void original_was_changed_since(struct slab *slab)
{
    struct slab copy = *slab;
    slab->base = malloc(SIZE);
    if (slab->base == NULL)
        exit(1);
    pin(slab->base);
    free(copy.base);
    unpin(slab->base);
}

void copy_was_changed_since(struct slab *slab)
{
    struct slab copy = *slab;
    copy.base = malloc(SIZE);
    if (copy.base == NULL)
        exit(1);
    pin(slab->base);
    free(copy.base);
    unpin(slab->base);
}

void changed_out_of_sight_in_between(struct slab *slab)
{
    struct slab copy = *slab;
    unseen_keep(slab);
    pin(slab->base);
    free(copy.base);
    unpin(slab->base);
}

void a_part_only(const struct slab *slab)
{
    struct slab copy = make();
    memcpy(&copy.size, &slab->size, sizeof copy.size);
    pin(slab->base);
    free(copy.base);
    unpin(slab->base);
}

void moved_up(char **rows, size_t count)
{
    pin(rows[1]);
    memmove(&rows[0], &rows[1], (count - 1) * sizeof *rows);
    unpin(rows[0]);
    free(rows[0]);
}

void name_only(struct slab *slab, const char *name)
{
    char label[16] = "";
    strncpy(label, name, sizeof label - 1);
    pin(slab->base);
    if (label[0] != '\0')
        unpin(slab->base);
    if (label[0] == '\0')
        unpin(slab->base);
    free(slab->base);
}

void handed_on_as_a_copy(struct slab *slab)
{
    struct slab copy = *slab;
    pin(slab->base);
    unseen_keep(&copy);
    free(slab->base);
}
