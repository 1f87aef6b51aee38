// Elements of arrays that are written by one name and read by another: slot[i] and slot[0].
#include <cuda_runtime.h>
#include <stdlib.h>
#include <string.h>

struct slot {
    char *block;
    int is_pinned;
};

int step(void);

int in_some_order(const int *order, size_t bytes)
{
    char *blocks[4] = {0};
    char pinned[4] = {0};
    int result = -1;
    for (int i = 0; i < 4; i++)
        if ((blocks[i] = malloc(bytes)) == NULL)
            goto out;
    for (int i = 0; i < 4; i++) {
        int at = order[i] & 3;
        if (!pinned[at])
            pinned[at] = cudaHostRegister(blocks[at], 4096, 0) == cudaSuccess;
    }
    result = step();
out:
    for (int i = 0; i < 4; i++) {
        if (pinned[i])
            (void)cudaHostUnregister(blocks[i]);
        free(blocks[i]);
    }
    return result;
}

int one_of_them(unsigned at, size_t bytes)
{
    struct slot slots[4] = {{0}};
    at &= 3;
    slots[at].block = malloc(bytes);
    if (slots[at].block == NULL)
        return -1;
    slots[at].is_pinned = cudaHostRegister(slots[at].block, 4096, 0) == cudaSuccess;
    step();
    for (int i = 0; i < 4; i++) {
        if (slots[i].is_pinned)
            (void)cudaHostUnregister(slots[i].block);
        free(slots[i].block);
    }
    return 0;
}

int by_the_same_name(unsigned at, size_t bytes)
{
    struct slot slots[4] = {{0}};
    at &= 3;
    slots[at].block = malloc(bytes);
    if (slots[at].block == NULL)
        return -1;
    if (cudaHostRegister(slots[at].block, 4096, 0) == cudaSuccess)
        slots[at].is_pinned = 1;
    step();
    free(slots[at].block); // expect: freed-while-registered
    return 0;
}

int nothing_there(unsigned at)
{
    struct slot slots[4] = {{0}};
    slots[1].is_pinned = 1;
    return cudaHostRegister(slots[at & 3].block, 4096, 0) == cudaSuccess; // expect: not-host-memory
}

struct held_frame {
    unsigned name, flags;
    void *data;
};

struct held_frames {
    struct held_frame frames[16];
    unsigned hand;
};

static int make_ready(struct held_frame *frame)
{
    if (!frame->data && !(frame->data = malloc(65536)))
        return -1;
    if (!(frame->flags & 8)) {
        if (cudaHostRegister(frame->data, 65536, 0) != cudaSuccess)
            return 0;
        frame->flags |= 8;
    }
    return 0;
}

static int hold(struct held_frames *of, unsigned name)
{
    for (unsigned i = 0; i < 16; i++)
        if ((of->frames[i].flags & 1) && of->frames[i].name == name) {
            of->frames[i].flags |= 4;
            return 0;
        }
    struct held_frame *frame = &of->frames[of->hand];
    of->hand = (of->hand + 1) % 16;
    if (make_ready(frame))
        return -1;
    frame->name = name;
    frame->flags |= 5;
    return 0;
}

int frames_by_a_hand(void)
{
    struct held_frames held;
    memset(&held, 0, sizeof held);
    for (unsigned i = 0; i < 40; i++)
        if (hold(&held, i * 7 % 23))
            break;
    for (struct held_frame *frame = held.frames; frame < held.frames + 16; frame++) {
        if (frame->flags & 8)
            (void)cudaHostUnregister(frame->data);
        free(frame->data);
    }
    return 0;
}

// One element is set to zeros; the others stay as they are, at which index ever.
static int slot_open(struct slot *slot)
{
    memset(slot, 0, sizeof *slot);
    slot->block = malloc(8192);
    if (!slot->block)
        return -1;
    slot->is_pinned = cudaHostRegister(slot->block, 8192, cudaHostRegisterDefault) == cudaSuccess;
    return 0;
}

static void slot_close(struct slot *slot)
{
    if (slot->is_pinned)
        (void)cudaHostUnregister(slot->block);
    free(slot->block);
    memset(slot, 0, sizeof *slot);
}

int slots_in_any_order(void)
{
    struct slot slots[2];
    int failed = slot_open(&slots[1]);
    if (failed)
        return failed;
    failed = slot_open(&slots[0]);
    if (!failed)
        slot_close(&slots[0]);
    slot_close(&slots[1]);
    return failed;
}

int second_slot_freed_too_soon(void)
{
    struct slot slots[2];
    if (slot_open(&slots[1]))
        return -1;
    if (slot_open(&slots[0]) == 0)
        slot_close(&slots[0]);
    free(slots[1].block); // expect: freed-while-registered
    return 0;
}

// All of them are.
int slots_cleared(void)
{
    struct slot slots[2];
    slots[1].is_pinned = 1;
    memset(slots, 0, sizeof slots);
    return slots[1].is_pinned ? (int)cudaHostRegister(NULL, 4096, 0) : 0;
}

// Parts of one block, each with a flag of its own, which no turn but the third may find set.
static char *arena;
static int part_is_pinned[64];

void unpin_parts(void)
{
    for (int i = 0; i < 64; i++)
        if (part_is_pinned[i]) {
            (void)cudaHostUnregister(arena + (size_t)i * 4096);
            part_is_pinned[i] = 0;
        }
}

void unpin_parts_of_map(unsigned long long map, int count)
{
    for (int i = 0; i < count; i++)
        if (map >> i & 1)
            (void)cudaHostUnregister(arena + (size_t)i * 4096);
}

void unpin_each_part_twice(int count)
{
    for (int i = 0; i < count; i++)
        if (part_is_pinned[i]) {
            (void)cudaHostUnregister(arena + (size_t)i * 4096);
            (void)cudaHostUnregister(arena + (size_t)i * 4096); // expect: unregister-unregistered
        }
}
