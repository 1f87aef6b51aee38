/* Right: blocks that an array or a list keeps, each registered as it comes, all of them undone by a
 * loop, after success and after a failure half way. */
#include <cuda_runtime_api.h>
#include <stdarg.h>
#include <stdlib.h>

enum { MOST = 16, BYTES = 4096 };

struct slot {
    int used;
    void *block;
};

struct node {
    struct node *next;
    void *block;
};

struct frames {
    unsigned count;
    void *block[MOST];
};

static void *pinned(void)
{
    void *block = malloc(BYTES);

    if (block == NULL)
        return NULL;
    if (cudaHostRegister(block, BYTES, cudaHostRegisterDefault) != cudaSuccess) {
        free(block);
        return NULL;
    }
    return block;
}

static void unpin(void *block)
{
    (void)cudaHostUnregister(block);
    free(block);
}

int array_undone_from_its_end(unsigned wanted)
{
    void *blocks[MOST];
    unsigned count = 0;

    while (count < wanted && count < MOST) {
        void *block = malloc(BYTES);
        if (cudaHostRegister(block, BYTES, cudaHostRegisterDefault) != cudaSuccess) {
            free(block);
            while (count--)
                unpin(blocks[count]);
            return -1;
        }
        blocks[count++] = block;
    }
    while (count > 0) {
        unpin(blocks[count - 1]);
        count--;
    }
    return 0;
}

int zeroed_array_undone_from_its_end(unsigned wanted)
{
    void *blocks[MOST] = {NULL};
    unsigned count = 0;

    for (; count < wanted && count < MOST; count++) {
        blocks[count] = pinned();
        if (blocks[count] == NULL)
            break;
    }
    int failed = count < wanted;
    while (count--)
        unpin(blocks[count]);
    return failed ? -1 : 0;
}

int zeroed_array_asked_for_what_is_there(unsigned wanted)
{
    void *blocks[MOST] = {NULL};
    int failed = 0;

    for (unsigned i = 0; i < wanted && i < MOST && !failed; i++) {
        blocks[i] = pinned();
        failed = blocks[i] == NULL;
    }
    for (unsigned i = 0; i < MOST; i++)
        if (blocks[i] != NULL)
            unpin(blocks[i]);
    return failed ? -1 : 0;
}

int slots(unsigned count)
{
    struct slot *slot = calloc(count, sizeof *slot);
    int failed = 0;

    if (slot == NULL)
        return -1;
    for (unsigned i = 0; i < count; i++) {
        struct slot *one = &slot[i];
        one->block = malloc(BYTES);
        if (one->block == NULL ||
            cudaHostRegister(one->block, BYTES, cudaHostRegisterDefault) != cudaSuccess) {
            failed = 1;
            break;
        }
        one->used = 1;
    }
    for (unsigned i = 0; i < count; i++) {
        if (slot[i].used)
            (void)cudaHostUnregister(slot[i].block);
        free(slot[i].block);
    }
    free(slot);
    return failed ? -1 : 0;
}

static void frames_drop(struct frames *frames)
{
    if (frames == NULL)
        return;
    while (frames->count--)
        unpin(frames->block[frames->count]);
    free(frames);
}

struct frames *frames_make(unsigned count)
{
    if (count > MOST)
        return NULL;
    struct frames *frames = calloc(1, sizeof *frames);
    if (frames == NULL)
        return NULL;
    for (frames->count = 0; frames->count < count; frames->count++) {
        void *block = pinned();
        if (block == NULL) {
            frames_drop(frames);
            return NULL;
        }
        frames->block[frames->count] = block;
    }
    return frames;
}

static void list_drop(struct node *head)
{
    while (head != NULL) {
        struct node *next = head->next;
        unpin(head->block);
        free(head);
        head = next;
    }
}

int list_grown_at_its_head(int count)
{
    struct node *head = NULL;
    int failed = 0;

    for (int i = 0; i < count; i++) {
        struct node *node = malloc(sizeof *node);
        if (node == NULL) {
            failed = 1;
            break;
        }
        node->block = malloc(BYTES);
        if (node->block == NULL ||
            cudaHostRegister(node->block, BYTES, cudaHostRegisterDefault) != cudaSuccess) {
            free(node->block);
            free(node);
            failed = 1;
            break;
        }
        node->next = head;
        head = node;
    }
    list_drop(head);
    return failed ? -1 : 0;
}

int list_grown_at_its_end(int count)
{
    struct node *head = NULL, **end = &head;
    int failed = 0;

    for (int i = 0; i < count; i++) {
        struct node *node = calloc(1, sizeof *node);
        if (node == NULL || (node->block = pinned()) == NULL) {
            free(node);
            failed = 1;
            break;
        }
        *end = node;
        end = &node->next;
    }
    list_drop(head);
    return failed ? -1 : 0;
}

int table_that_grows(int wanted)
{
    void **table = NULL;
    int count = 0, room = 0;

    while (count < wanted) {
        if (count == room) {
            int more = room ? room * 2 : 4;
            void **moved = realloc(table, more * sizeof *table);
            if (moved == NULL)
                break;
            table = moved;
            room = more;
        }
        void *block = malloc(BYTES);
        if (block == NULL)
            break;
        if (cudaHostRegister(block, BYTES, cudaHostRegisterDefault) != cudaSuccess) {
            free(block);
            break;
        }
        table[count++] = block;
    }
    int failed = count < wanted;
    while (count)
        unpin(table[--count]);
    free(table);
    return failed ? -1 : 0;
}

/* The test is a choice, and the first thing of a turn. */
int table_with_its_test_inside(int wanted, int may)
{
    void **table = malloc(wanted * sizeof *table);
    int count = 0;

    if (table == NULL)
        return -1;
    while (1) {
        if (!(may ? count < wanted : 0))
            break;
        void *block = malloc(BYTES);
        if (block == NULL)
            break;
        if (cudaHostRegister(block, BYTES, cudaHostRegisterDefault) != cudaSuccess) {
            free(block);
            break;
        }
        table[count++] = block;
    }
    while (count > 0 ? 1 : 0)
        unpin(table[--count]);
    free(table);
    return 0;
}

/* Rows that point into one block: the caller gets them, and the block with the first. */
float **rows_of_one_block(int rows, int columns)
{
    float **row = malloc(rows * sizeof *row);
    float *block = malloc(BYTES);

    if (row == NULL || block == NULL ||
        cudaHostRegister(block, BYTES, cudaHostRegisterDefault) != cudaSuccess) {
        free(row);
        free(block);
        return NULL;
    }
    for (int i = 0; i < rows; i++)
        row[i] = block + i * columns;
    return row;
}

void rows_drop(float **row)
{
    unpin(row[0]);
    free(row);
}

/* One argument after the other: each is another block. */
int listed(int count, ...)
{
    va_list list;
    int done = 0;

    va_start(list, count);
    while (done < count &&
           cudaHostRegister(va_arg(list, void *), BYTES, cudaHostRegisterDefault) == cudaSuccess)
        done++;
    va_end(list);
    if (done == count)
        return 0;
    va_start(list, count);
    while (done-- > 0)
        (void)cudaHostUnregister(va_arg(list, void *));
    va_end(list);
    return -1;
}
