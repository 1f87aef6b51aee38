#include "validate/recorder/recorder.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MAX_LINE = 8192,
    MAX_LOG = 256 << 20,
    MAX_FRAMES = 48,  /* looked at */
    KEPT_FRAMES = 16, /* written */
    MAX_STACKS = 1 << 14,
    MAX_MODULES = 1 << 10
};

struct module {
    const void *map; /* the loader's record of it */
    uintptr_t base;
    bool is_vendor;
};

static struct {
    pthread_mutex_t mutex;
    int file; /* -1: none yet, -2: there is none */
    size_t written;
    bool is_full;
    unsigned threads;
    struct module modules[MAX_MODULES];
    unsigned module_count;
    uint64_t stacks[MAX_STACKS]; /* hashes of stacks; the index is the number. 0: free */
} log_state = {.mutex = PTHREAD_MUTEX_INITIALIZER, .file = -1};

static _Thread_local unsigned thread_number;

/* ---- the file -------------------------------------------------------------------------- */

static void write_all(const char *text, size_t len)
{
    while (len > 0) {
        ssize_t done = write(log_state.file, text, len);
        if (done <= 0)
            return;
        text += done;
        len -= (size_t)done;
    }
}

static void put_line(const char *line, size_t len)
{
    if (log_state.file < 0 || log_state.is_full)
        return;
    if (log_state.written + len > MAX_LOG) {
        static const char full[] = "full\n";
        write_all(full, sizeof full - 1);
        log_state.is_full = true;
        return;
    }
    write_all(line, len);
    log_state.written += len;
}

static void vput(const char *format, va_list args)
{
    char line[MAX_LINE];
    int len = vsnprintf(line, sizeof line - 1, format, args);

    if (len < 0)
        return;
    if ((size_t)len > sizeof line - 2)
        len = (int)sizeof line - 2;
    line[len] = '\n';
    put_line(line, (size_t)len + 1);
}

__attribute__((format(printf, 1, 2))) static void put(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vput(format, args);
    va_end(args);
}

/* Opened when there is something to say: most processes of a script have nothing. */
static void need_file(void)
{
    char path[4096], program[4096];
    const char *folder = getenv("CUHOSTLINT_RUN");
    ssize_t len;

    if (log_state.file != -1)
        return;
    log_state.file = -2;
    if (!folder || snprintf(path, sizeof path, "%s/%ld.log", folder, (long)getpid()) < 0)
        return;
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0)
        return;
    log_state.file = file;
    len = readlink("/proc/self/exe", program, sizeof program - 1);
    program[len > 0 ? len : 0] = '\0';
    put("process 1 %ld %s", (long)getpid(), program);
}

void log_line(const char *format, ...)
{
    va_list args;

    pthread_mutex_lock(&log_state.mutex);
    need_file();
    va_start(args, format);
    vput(format, args);
    va_end(args);
    pthread_mutex_unlock(&log_state.mutex);
}

unsigned log_thread(void)
{
    if (!thread_number)
        thread_number = __atomic_add_fetch(&log_state.threads, 1, __ATOMIC_RELAXED);
    return thread_number;
}

/* ---- stacks ---------------------------------------------------------------------------- */

static bool is_vendor_name(const char *path)
{
    static const char *const names[] = {"libcuda.so", "libcupti.so", "libnvidia-", "libcudart.so",
                                        "libcuhostlint-recorder.so"};
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(name, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

static bool find_map(const void *address, const struct link_map **map)
{
    Dl_info info;
    void *found = NULL;

    if (!dladdr1(address, &info, &found, RTLD_DL_LINKMAP) || !found)
        return false;
    *map = found;
    return true;
}

bool log_is_vendor_code(const void *address)
{
    const struct link_map *map;
    return find_map(address, &map) && is_vendor_name(map->l_name);
}

bool log_is_c_library(const void *address)
{
    const struct link_map *map;
    const char *slash;

    if (!find_map(address, &map) || !(slash = strrchr(map->l_name, '/')))
        return false;
    return strncmp(slash, "/libc.so", 8) == 0 || strncmp(slash, "/libc-", 6) == 0;
}

/* The number of the module that holds the address; described in the log when it is new. -1: code of
 * no file. */
static int module_of(const void *address)
{
    const struct link_map *map;
    char program[4096];
    const char *name;

    if (!find_map(address, &map))
        return -1;
    for (unsigned i = 0; i < log_state.module_count; i++)
        if (log_state.modules[i].map == map && log_state.modules[i].base == map->l_addr)
            return (int)i;
    if (log_state.module_count == MAX_MODULES)
        return -1;
    name = map->l_name;
    if (!*name) {
        ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
        program[len > 0 ? len : 0] = '\0';
        name = program;
    }
    log_state.modules[log_state.module_count] =
        (struct module){map, map->l_addr, is_vendor_name(map->l_name)};
    put("module %u %s", log_state.module_count, name);
    return (int)log_state.module_count++;
}

static void describe_stack(unsigned number, void *const *frames, int count)
{
    char line[MAX_LINE];
    size_t len = (size_t)snprintf(line, sizeof line, "stack %u", number);
    int kept = 0;

    for (int i = 0; i < count && kept < KEPT_FRAMES && len < sizeof line - 64; i++) {
        const char *call = (const char *)frames[i] - 1; /* what is kept is where it returns to */
        int module = module_of(call);
        if (module < 0 || (log_state.modules[module].is_vendor && kept == 0))
            continue;
        uintptr_t inside = (uintptr_t)call - log_state.modules[module].base;
        len += (size_t)snprintf(line + len, sizeof line - len, " %d+%lx", module,
                                (unsigned long)inside);
        kept++;
    }
    put("%s", line);
}

static uint64_t hash_frames(void *const *frames, int count)
{
    uint64_t hash = 1469598103934665603U;

    for (int i = 0; i < count; i++)
        hash = (hash ^ (uint64_t)(uintptr_t)frames[i]) * 1099511628211U;
    return hash ? hash : 1;
}

unsigned log_stack(void)
{
    void *frames[MAX_FRAMES];
    int count = backtrace(frames, MAX_FRAMES);
    uint64_t hash = hash_frames(frames, count);
    unsigned slot = (unsigned)(hash >> 32) % MAX_STACKS, tried = 0;

    pthread_mutex_lock(&log_state.mutex);
    need_file();
    while (log_state.stacks[slot] && log_state.stacks[slot] != hash && tried++ < MAX_STACKS)
        slot = (slot + 1) % MAX_STACKS;
    if (tried >= MAX_STACKS) {
        slot = MAX_STACKS; /* one that nothing is known of */
    } else if (!log_state.stacks[slot]) {
        log_state.stacks[slot] = hash;
        describe_stack(slot, frames, count);
    }
    pthread_mutex_unlock(&log_state.mutex);
    return slot;
}

/* ---- the process ----------------------------------------------------------------------- */

static void before_fork(void)
{
    pthread_mutex_lock(&log_state.mutex);
    live_before_fork();
}

static void after_fork(void)
{
    live_after_fork(false);
    pthread_mutex_unlock(&log_state.mutex);
}

/* The child writes a file of its own, in which no stack has been described. */
static void in_child(void)
{
    if (log_state.file >= 0)
        close(log_state.file);
    log_state.file = -1;
    log_state.written = 0;
    log_state.is_full = false;
    log_state.module_count = 0;
    memset(log_state.stacks, 0, sizeof log_state.stacks);
    live_after_fork(true);
    frames_after_fork();
    pthread_mutex_unlock(&log_state.mutex);
}

__attribute__((constructor)) static void prepare(void)
{
    void *frames[4];

    backtrace(frames, 4); /* loads the unwinder, which allocates */
    pthread_atfork(before_fork, after_fork, in_child);
}

__attribute__((destructor)) static void finish(void)
{
    frames_look();
    if (log_state.file >= 0)
        log_line("end");
}
