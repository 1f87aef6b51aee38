// Where main begins, variables hold what they were defined with, unless code may have run before.
#include <cuda_runtime_api.h>
#include <signal.h>
#include <stdlib.h>

struct listener {
    void (*closed)(void *memory);
};
static struct listener listeners[8];
static int count;
static int level = 2;
static int asked_to_stop;
static int set_before_main;

static void add(struct listener listener)
{
    if (count < 8)
        listeners[count++] = listener;
}

static void tell_closed(void *memory)
{
    for (int i = 0; i < count; i++)
        listeners[i].closed(memory);
}

static void unpin(void *memory)
{
    (void)cudaHostUnregister(memory);
}

static void on_signal(int number)
{
    (void)number;
    asked_to_stop = 1;
}

__attribute__((constructor)) static void begin(void)
{
    set_before_main = 1;
}

static void *pin(void)
{
    void *memory = malloc(8192);
    if (!memory)
        exit(1);
    if (cudaHostRegister(memory, 8192, 0) != cudaSuccess)
        exit(1);
    return memory;
}

int main(void)
{
    struct listener listener = {unpin};
    void *memory = pin();
    tell_closed(memory); /* nobody listens yet */
    free(memory);        // expect: freed-while-registered
    add(listener);
    memory = pin();
    tell_closed(memory);
    free(memory);
    memory = pin();
    if (level == 2)
        (void)cudaHostUnregister(memory);
    free(memory);
    memory = pin();
    level--;
    if (level == 2)
        (void)cudaHostUnregister(memory);
    free(memory); // expect: freed-while-registered
    signal(SIGINT, on_signal);
    memory = pin();
    if (asked_to_stop)
        free(memory); // expect: freed-while-registered
    else
        unpin(memory);
    memory = pin();
    if (set_before_main)
        free(memory); // expect: freed-while-registered
    else
        unpin(memory);
    return 0;
}
