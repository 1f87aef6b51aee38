// A state or a flag that a loop changes: what was done goes with it, however often the loop turns.
#include <cuda_runtime.h>

#include <cstdlib>

int next_event();

enum State { FIRST, SECOND, THIRD, READY, PINNED, USED, LAST, DONE };

void many_states(void *p)
{
    State state = FIRST;
    while (next_event()) {
        switch (state) {
        case FIRST:
            state = SECOND;
            break;
        case SECOND:
            state = next_event() ? THIRD : FIRST;
            break;
        case THIRD:
            state = READY;
            break;
        case READY:
            if (cudaHostRegister(p, 4096, 0) != cudaSuccess)
                return;
            state = PINNED;
            break;
        case PINNED:
            if (next_event())
                state = USED;
            break;
        case USED:
            state = LAST;
            break;
        case LAST:
            if (cudaHostUnregister(p) != cudaSuccess)
                abort();
            state = next_event() ? FIRST : DONE;
            break;
        case DONE:
            break;
        }
    }
    if (state == PINNED || state == USED || state == LAST)
        if (cudaHostUnregister(p) != cudaSuccess)
            abort();
    free(p);
}

void numbered(void *p)
{
    int phase = 0;
    for (;;) {
        if (phase == 0) {
            phase = 1;
        } else if (phase == 1) {
            phase = next_event() ? 2 : 0;
        } else if (phase == 2) {
            if (cudaHostRegister(p, 4096, 0) != cudaSuccess)
                break;
            phase = 3;
        } else if (phase == 3) {
            if (next_event())
                phase = 4;
            else if (next_event())
                break;
        } else {
            if (cudaHostUnregister(p) != cudaSuccess)
                abort();
            phase = 0;
        }
    }
    if (phase == 3 && cudaHostUnregister(p) != cudaSuccess)
        abort();
    free(p);
}

enum Kind { NONE, HEAP, PINNED_HEAP };

void by_kind(size_t n)
{
    void *p = nullptr;
    Kind kind = NONE;
    while (int event = next_event()) {
        if (kind == HEAP)
            free(p);
        else if (kind == PINNED_HEAP && cudaFreeHost(p) != cudaSuccess)
            abort();
        kind = NONE;
        if (event == 1) {
            p = malloc(n);
            if (!p)
                return;
            kind = HEAP;
        } else if (event == 2) {
            if (cudaMallocHost(&p, n) != cudaSuccess)
                abort();
            kind = PINNED_HEAP;
        }
    }
    if (kind == HEAP)
        free(p);
    else if (kind == PINNED_HEAP && cudaFreeHost(p) != cudaSuccess)
        abort();
}

void by_wrong_kind(size_t n)
{
    void *p = nullptr;
    Kind kind = NONE;
    while (int event = next_event()) {
        if (kind == PINNED_HEAP)
            free(p); // expect: mismatched-free
        else if (kind == HEAP && cudaFreeHost(p) != cudaSuccess) // expect: mismatched-free
            abort();
        kind = NONE;
        if (event == 1) {
            p = malloc(n);
            if (!p)
                return;
            kind = HEAP;
        } else if (event == 2) {
            if (cudaMallocHost(&p, n) != cudaSuccess)
                abort();
            kind = PINNED_HEAP;
        }
    }
    if (kind == HEAP)
        free(p);
    else if (kind == PINNED_HEAP && cudaFreeHost(p) != cudaSuccess)
        abort();
}

void again_too_early(void *p)
{
    State state = FIRST;
    while (state != DONE) {
        switch (state) {
        case FIRST:
            if (cudaHostRegister(p, 4096, 0) != cudaSuccess) // expect: double-register
                return;
            state = SECOND;
            break;
        case SECOND:
            state = next_event() ? FIRST : LAST;
            break;
        default:
            if (cudaHostUnregister(p) != cudaSuccess)
                abort();
            state = DONE;
            break;
        }
    }
}

// Not in each turn: nothing to move out of the loop.
void toggled(void *p)
{
    bool is_pinned = false;
    while (next_event()) {
        if (!is_pinned) {
            if (cudaHostRegister(p, 4096, 0) != cudaSuccess)
                return;
            is_pinned = true;
        } else {
            if (cudaHostUnregister(p) != cudaSuccess)
                abort();
            is_pinned = false;
        }
    }
    if (is_pinned && cudaHostUnregister(p) != cudaSuccess)
        abort();
    free(p);
}

void toggled_and_left(void *p)
{
    bool is_pinned = false;
    while (next_event()) {
        if (!is_pinned) {
            if (cudaHostRegister(p, 4096, 0) != cudaSuccess)
                return;
            is_pinned = true;
        } else {
            if (cudaHostUnregister(p) != cudaSuccess)
                abort();
            is_pinned = false;
        }
    }
    free(p); // expect: freed-while-registered
}

struct Slot {
    void *p;
    State state;
};

static void step(Slot &slot, int event)
{
    if (slot.state == FIRST && event == 1) {
        if (cudaHostRegister(slot.p, 4096, 0) != cudaSuccess)
            abort();
        slot.state = PINNED;
    } else if (slot.state == PINNED && event == 2) {
        if (cudaHostUnregister(slot.p) != cudaSuccess)
            abort();
        slot.state = FIRST;
    }
}

void in_a_struct(void *p)
{
    Slot slot = {p, FIRST};
    while (int event = next_event())
        step(slot, event);
    if (slot.state == PINNED && cudaHostUnregister(p) != cudaSuccess)
        abort();
    free(p);
}

// Counted, not chosen.
void users(void *p)
{
    int count = 0;
    while (int event = next_event()) {
        if (event == 1) {
            if (count == 0 && cudaHostRegister(p, 4096, 0) != cudaSuccess)
                abort();
            count++;
        } else if (count > 0) {
            count--;
            if (count == 0 && cudaHostUnregister(p) != cudaSuccess)
                abort();
        }
    }
    if (count > 0 && cudaHostUnregister(p) != cudaSuccess)
        abort();
    free(p);
}

struct Pump {
    State state;
    char *buffer;
    int rounds;
};

// Where it stands at the start is the caller's to say.
int in_an_object(Pump &pump)
{
    for (;;) {
        switch (pump.state) {
        case FIRST:
            pump.buffer = static_cast<char *>(std::malloc(512));
            if (pump.buffer == nullptr)
                return -1;
            pump.state = READY;
            break;
        case READY:
            if (cudaHostRegister(pump.buffer, 512, cudaHostRegisterDefault) != cudaSuccess)
                pump.state = LAST;
            else
                pump.state = PINNED;
            break;
        case PINNED:
            if (pump.rounds++ > 3)
                pump.state = USED;
            break;
        case USED:
            if (cudaHostUnregister(pump.buffer) != cudaSuccess)
                std::abort();
            pump.state = LAST;
            break;
        case LAST:
            std::free(pump.buffer);
            pump.buffer = nullptr;
            pump.state = DONE;
            break;
        default:
            return 0;
        }
    }
}

// Code out of sight runs in each turn: it is given nothing of the pump.
void trace(const char *what);

int traced(Pump &pump)
{
    pump.state = FIRST;
    pump.buffer = nullptr;
    for (;;) {
        switch (pump.state) {
        case FIRST:
            pump.buffer = static_cast<char *>(std::malloc(4096));
            pump.state = pump.buffer ? READY : DONE;
            break;
        case READY:
            pump.state = cudaHostRegister(pump.buffer, 4096, cudaHostRegisterDefault) == cudaSuccess
                             ? PINNED
                             : LAST;
            break;
        case PINNED:
            pump.state = USED;
            break;
        case USED:
            if (cudaHostUnregister(pump.buffer) != cudaSuccess)
                std::abort();
            pump.state = LAST;
            break;
        case LAST:
            std::free(pump.buffer);
            pump.buffer = nullptr;
            pump.state = DONE;
            break;
        default:
            return 0;
        }
        trace("one turn");
    }
}

int traced_and_left(Pump &pump)
{
    pump.buffer = static_cast<char *>(std::malloc(4096));
    if (!pump.buffer)
        return -1;
    if (cudaHostRegister(pump.buffer, 4096, cudaHostRegisterDefault) != cudaSuccess) {
        pump.state = LAST;
        return -1;
    }
    pump.state = PINNED;
    trace("pinned");
    if (pump.state == PINNED)
        std::free(pump.buffer); // expect: freed-while-registered
    return 0;
}
