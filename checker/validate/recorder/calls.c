#include "validate/recorder/cupti.h"
#include "validate/recorder/recorder.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NAME_ROOM = 64, MAX_CALLBACKS = 4096 };

/* What a call does with its arguments. CUPTI gives them as members of a struct, in order: a
 * pointer, then a size, then flags. */
enum effect { REGISTERS, UNREGISTERS, ALLOCATES, RELEASES, RESETS, FREES_DEVICE };

static const struct watched {
    const char *name; /* without the version behind it: cudaHostRegister_v4000 */
    enum effect effect;
    bool has_flags;
} watched_calls[] = {
    {"cudaHostRegister", REGISTERS, true},   {"cudaHostUnregister", UNREGISTERS, false},
    {"cudaHostAlloc", ALLOCATES, true},      {"cudaMallocHost", ALLOCATES, false},
    {"cudaFreeHost", RELEASES, false},       {"cudaFree", FREES_DEVICE, false},
    {"cudaFreeAsync", FREES_DEVICE, false},  {"cudaDeviceReset", RESETS, false},
    {"cuMemHostRegister", REGISTERS, true},  {"cuMemHostUnregister", UNREGISTERS, false},
    {"cuMemHostAlloc", ALLOCATES, true},     {"cuMemAllocHost", ALLOCATES, false},
    {"cuMemFreeHost", RELEASES, false},      {"cuMemFree", FREES_DEVICE, false},
    {"cuMemFreeAsync", FREES_DEVICE, false}, {"cuDevicePrimaryCtxReset", RESETS, false},
    {"cuCtxDestroy", RESETS, false},
};

struct arguments {
    uintptr_t pointer; /* for allocators, where the pointer goes */
    size_t size;
    unsigned flags;
};

static cupti_callback on_call;

/* The runtime's calls make the driver's: only the outermost one is the program's. */
static _Thread_local unsigned depth;

bool calls_is_inside(void)
{
    return depth > 0;
}

/* ---- one call -------------------------------------------------------------------------- */

static uint64_t nanoseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

/* "cudaHostRegister" for "cudaHostRegister_v4000_ptsz". */
static size_t length_of_name(const char *name)
{
    const char *version = strstr(name, "_v");
    const char *stream = strstr(name, "_ptsz");

    if (!version || (stream && stream < version))
        version = stream;
    return version ? (size_t)(version - name) : strlen(name);
}

static const struct watched *find_watched(const char *name)
{
    size_t len = length_of_name(name);

    for (size_t i = 0; i < sizeof watched_calls / sizeof *watched_calls; i++)
        if (strncmp(watched_calls[i].name, name, len) == 0 && !watched_calls[i].name[len])
            return &watched_calls[i];
    return NULL;
}

static struct arguments arguments_of(const struct watched *watched, const void *parameters)
{
    struct arguments arguments = {0};

    if (watched->effect == RESETS)
        return arguments;
    memcpy(&arguments.pointer, parameters, sizeof arguments.pointer);
    if (watched->effect == REGISTERS || watched->effect == ALLOCATES) {
        const char *next = (const char *)parameters + sizeof arguments.pointer;
        memcpy(&arguments.size, next, sizeof arguments.size);
        if (watched->has_flags)
            memcpy(&arguments.flags, next + sizeof arguments.size, sizeof arguments.flags);
    }
    return arguments;
}

static void follow(const struct watched *watched, const struct arguments *arguments)
{
    switch (watched->effect) {
    case REGISTERS:
        live_add(arguments->pointer, arguments->size, LIVE_REGISTERED);
        frames_registered(arguments->pointer, arguments->size);
        break;
    case ALLOCATES:
        live_add(arguments->pointer, arguments->size, LIVE_PINNED);
        break;
    case UNREGISTERS:
        live_remove(arguments->pointer);
        frames_unregistered(arguments->pointer);
        break;
    case RELEASES:
        live_remove(arguments->pointer);
        break;
    case RESETS:
        live_clear();
        frames_clear();
        break;
    case FREES_DEVICE:
        break;
    }
}

/* "device" or "managed", by the driver; NULL: it is neither. */
static const char *vendor_memory(uintptr_t address)
{
    enum {
        MEMORY_TYPE = 2,
        IS_MANAGED = 8,
        TYPE_DEVICE = 2
    }; /* CUpointer_attribute, CUmemorytype */
    typedef int get_attribute(void *data, int attribute, uint64_t pointer);
    unsigned type = 0, is_managed = 0;
    void *driver = dlopen("libcuda.so.1", RTLD_NOW | RTLD_NOLOAD);
    get_attribute *get = driver ? (get_attribute *)dlsym(driver, "cuPointerGetAttribute") : NULL;

    if (get && get(&is_managed, IS_MANAGED, address) == 0 && is_managed)
        return "managed";
    return get && get(&type, MEMORY_TYPE, address) == 0 && type == TYPE_DEVICE ? "device" : NULL;
}

/* The access that the kernel grants at the address, "r--p"; "none": nothing is there. */
static void mapping_at(uintptr_t address, char access[8])
{
    char line[512];
    FILE *maps = fopen("/proc/self/maps", "re");

    strcpy(access, "none");
    while (maps && fgets(line, sizeof line, maps)) {
        unsigned long start, end;
        char found[8];
        if (sscanf(line, "%lx-%lx %7s", &start, &end, found) == 3 && start <= address &&
            address < end) {
            strcpy(access, found);
            break;
        }
    }
    if (maps)
        fclose(maps);
}

static void describe_mapping(uintptr_t address, char *text, size_t room)
{
    const char *memory = vendor_memory(address);
    char access[8];

    if (!memory)
        mapping_at(address, access);
    snprintf(text, room, " map=%s", memory ? memory : access);
}

static void write_call(const struct watched *watched, const struct arguments *arguments, int status,
                       uint64_t duration)
{
    uintptr_t start;
    size_t size;
    char block[64] = "", mapping[32] = "";

    if (watched->effect == REGISTERS && block_find(arguments->pointer, &start, &size))
        snprintf(block, sizeof block, " block=%lx,%zu", (unsigned long)start, size);
    if (watched->effect == REGISTERS && status != 0)
        describe_mapping(arguments->pointer, mapping, sizeof mapping);
    log_line("call %s %u %u %d %lu %lx %zu %x%s%s", watched->name, log_stack(), log_thread(),
             status, (unsigned long)duration, (unsigned long)arguments->pointer, arguments->size,
             arguments->flags, block, mapping);
}

static void end_call(const struct watched *watched, const struct cupti_call *call)
{
    uint64_t duration = nanoseconds() - *call->own;
    struct arguments arguments = arguments_of(watched, call->parameters);
    int status;

    memcpy(&status, call->result, sizeof status);
    if (watched->effect == ALLOCATES && arguments.pointer) {
        const uintptr_t *place = (const uintptr_t *)arguments.pointer;
        arguments.pointer = status == 0 ? *place : 0;
    }
    if (watched->effect == FREES_DEVICE && status == 0)
        return; /* the host's memory has no part in it */
    write_call(watched, &arguments, status, duration);
    if (status == 0)
        follow(watched, &arguments);
}

static void on_call(void *data, int domain, uint32_t id, const struct cupti_call *call)
{
    const struct watched *watched = find_watched(call->function);

    (void)data, (void)domain, (void)id;
    if (!watched)
        return;
    if (call->site == CUPTI_ENTER) {
        if (depth++ == 0)
            frames_look();
        *call->own = nanoseconds();
    } else {
        if (depth == 1)
            end_call(watched, call);
        depth -= depth > 0;
    }
}

/* ---- CUPTI ----------------------------------------------------------------------------- */

static void *open_cupti(void)
{
    static const char *const names[] = {"libcupti.so.14", "libcupti.so.13", "libcupti.so.12",
                                        "libcupti.so.11", "libcupti.so"};
    const char *given = getenv("CUHOSTLINT_CUPTI");
    void *library = given && *given ? dlopen(given, RTLD_NOW | RTLD_LOCAL) : NULL;

    for (size_t i = 0; !library && i < sizeof names / sizeof *names; i++)
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    return library;
}

static unsigned watch_domain(void *subscriber, int domain, cupti_enable_callback *enable,
                             cupti_get_callback_name *name_of)
{
    unsigned count = 0;

    for (uint32_t id = 1; id < MAX_CALLBACKS; id++) {
        const char *name = NULL;
        if (name_of(domain, id, &name) != 0 || !name)
            continue;
        if (find_watched(name) && enable(1, subscriber, domain, id) == 0)
            count++;
    }
    return count;
}

static void watch(void)
{
    void *library = open_cupti(), *subscriber = NULL;

    if (!library) {
        log_line("cupti not found");
        return;
    }
    cupti_subscribe *subscribe = (cupti_subscribe *)dlsym(library, "cuptiSubscribe");
    cupti_enable_callback *enable = (cupti_enable_callback *)dlsym(library, "cuptiEnableCallback");
    cupti_get_callback_name *name_of =
        (cupti_get_callback_name *)dlsym(library, "cuptiGetCallbackName");
    int status = subscribe && enable && name_of ? subscribe(&subscriber, on_call, NULL) : -1;
    if (status != 0) {
        log_line("cupti refuses %d", status);
        return;
    }
    unsigned count = watch_domain(subscriber, CUPTI_RUNTIME, enable, name_of) +
                     watch_domain(subscriber, CUPTI_DRIVER, enable, name_of);
    log_line("cupti watches %u", count);
}

void calls_watch(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, watch);
}

/* What the driver calls in a library of CUDA_INJECTION64_PATH, at cuInit. */
__attribute__((visibility("default"))) int InitializeInjection(void);
int InitializeInjection(void)
{
    calls_watch();
    return 1;
}
