/* Registered objects on stacks: no call releases them, their function just returns. */
#include "validate/recorder/recorder.h"

#include <pthread.h>
#include <unwind.h>

enum { MAX_OBJECTS = 256, MAX_DEPTH = 512 };

/* A suspended call: where it goes on, and the stack pointer that it has. */
struct frame {
    uintptr_t code, stack;
};

struct chain {
    struct frame frames[MAX_DEPTH]; /* innermost first */
    size_t count;
};

struct object {
    uintptr_t start;
    size_t size;
    unsigned thread;
    struct frame caller; /* of the function whose object it is */
    uintptr_t base;      /* the thread's outermost frame: elsewhere on another stack */
    bool is_outermost;   /* of main, or of a thread's first function */
};

static struct {
    pthread_mutex_t mutex;
    struct object objects[MAX_OBJECTS];
    size_t count; /* read without the mutex: mostly 0 */
} table = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static _Unwind_Reason_Code add_frame(struct _Unwind_Context *context, void *data)
{
    struct chain *chain = data;

    if (chain->count == MAX_DEPTH)
        return _URC_END_OF_STACK;
    chain->frames[chain->count++] =
        (struct frame){(uintptr_t)_Unwind_GetIP(context), (uintptr_t)_Unwind_GetCFA(context)};
    return _URC_NO_REASON;
}

/* False: the stack was not seen to its end, or it is not one stack. */
static bool walk(struct chain *chain)
{
    chain->count = 0;
    _Unwind_Backtrace(add_frame, chain);
    if (chain->count < 2 || chain->count == MAX_DEPTH)
        return false;
    for (size_t i = 1; i < chain->count; i++)
        if (chain->frames[i].stack < chain->frames[i - 1].stack)
            return false;
    return true;
}

static uintptr_t base_of(const struct chain *chain)
{
    return chain->frames[chain->count - 1].stack;
}

/* The frame that holds the address; `count` where none does. */
static size_t owner_of(const struct chain *chain, uintptr_t address)
{
    for (size_t i = 0; i + 1 < chain->count; i++)
        if (chain->frames[i].stack <= address && address < chain->frames[i + 1].stack)
            return i;
    return chain->count;
}

void frames_registered(uintptr_t start, size_t size)
{
    struct chain chain;

    if (!walk(&chain))
        return;
    size_t owner = owner_of(&chain, start);
    if (owner == chain.count)
        return;
    const struct frame *caller = &chain.frames[owner + 1];
    struct object object = {start,           size,
                            log_thread(),    *caller,
                            base_of(&chain), log_is_c_library((const void *)caller->code)};
    pthread_mutex_lock(&table.mutex);
    if (table.count < MAX_OBJECTS) {
        table.objects[table.count] = object;
        __atomic_store_n(&table.count, table.count + 1, __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock(&table.mutex);
}

static void drop(size_t index)
{
    table.objects[index] = table.objects[table.count - 1];
    __atomic_store_n(&table.count, table.count - 1, __ATOMIC_RELEASE);
}

void frames_unregistered(uintptr_t start)
{
    if (__atomic_load_n(&table.count, __ATOMIC_ACQUIRE) == 0)
        return;
    pthread_mutex_lock(&table.mutex);
    for (size_t i = 0; i < table.count; i++)
        if (table.objects[i].start == start) {
            drop(i);
            break;
        }
    pthread_mutex_unlock(&table.mutex);
}

void frames_clear(void)
{
    pthread_mutex_lock(&table.mutex);
    __atomic_store_n(&table.count, 0, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&table.mutex);
}

/* Whether the function whose object it is has returned: nothing waits for it any more. */
static bool has_returned(const struct object *object, const struct chain *chain)
{
    for (size_t i = 0; i < chain->count; i++)
        if (chain->frames[i].stack == object->caller.stack &&
            chain->frames[i].code == object->caller.code)
            return false;
    return true;
}

void frames_look(void)
{
    struct chain chain;

    if (__atomic_load_n(&table.count, __ATOMIC_ACQUIRE) == 0 || !walk(&chain))
        return;
    pthread_mutex_lock(&table.mutex);
    for (size_t i = table.count; i-- > 0;) {
        const struct object object = table.objects[i];
        if (object.thread != log_thread() || object.base != base_of(&chain) ||
            object.is_outermost || !has_returned(&object, &chain))
            continue;
        log_line("release return %u %u %lx %zu", log_stack(), log_thread(),
                 (unsigned long)object.start, object.size);
        drop(i);
    }
    pthread_mutex_unlock(&table.mutex);
}

void frames_after_fork(void)
{
    pthread_mutex_init(&table.mutex, NULL);
}
