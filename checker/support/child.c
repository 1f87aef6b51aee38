#include "support/child.h"

#include "support/mem.h"
#include "support/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* ---- in the child ---------------------------------------------------------------------- */

/* GCC says by a macro, clang by a feature, that a sanitizer is on, which reserves terabytes. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const bool limits_memory = false;
#elif defined(__has_feature)
static const bool limits_memory =
    !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer);
#else
static const bool limits_memory = true;
#endif

static void limit_resources(unsigned memory_mib)
{
    rlim_t bytes = (rlim_t)memory_mib << 20;
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    if (limits_memory)
        setrlimit(RLIMIT_AS, &(struct rlimit){bytes, bytes});
}

/* libclang parses in a thread, whose own heap the C library would grow page by page, a system call
 * and a fault for each: one heap, in large steps and of large pages, is a tenth of a short parse.
 */
static void prepare_heap(void)
{
#ifdef __GLIBC__
    enum { STEP = 64 << 20, PAGE = 2 << 20 };
    uintptr_t begin = (uintptr_t)sbrk(0);
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TOP_PAD, STEP);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    mallopt(M_MMAP_THRESHOLD, 2 * PAGE);
    void *volatile block = malloc(PAGE); /* the first step */
    free(block);
    begin = (begin + PAGE - 1) / PAGE * PAGE;
    uintptr_t end = (uintptr_t)sbrk(0) / PAGE * PAGE;
    if (begin < end)
        madvise((void *)begin, end - begin, MADV_HUGEPAGE); /* where the kernel has them */
#endif
}

static void detach_streams(int output)
{
    int null = open("/dev/null", O_RDWR);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(output >= 0 ? output : null, STDERR_FILENO);
}

static void restore_signals(void)
{
    static const int signals[] = {SIGINT,  SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGCHLD,
                                  SIGALRM, SIGSEGV, SIGBUS, SIGILL,  SIGFPE,  SIGABRT};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void settle(pid_t parent, unsigned memory_mib, int output)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    restore_signals();
    detach_streams(output);
    limit_resources(memory_mib);
    prepare_heap();
}

void child_hold(struct child_hold *hold)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, &hold->signals);
    hold->parent = getppid();
    prctl(PR_GET_PDEATHSIG, &hold->death_signal);
    prctl(PR_SET_PDEATHSIG, 0);
}

void child_let_go(const struct child_hold *hold)
{
    prctl(PR_SET_PDEATHSIG, hold->death_signal);
    if (hold->death_signal && getppid() != hold->parent)
        raise(hold->death_signal);
    sigprocmask(SIG_SETMASK, &hold->signals, NULL);
}

/* ---- in both --------------------------------------------------------------------------- */

const struct error *child_fork(struct arena *arena, unsigned memory_mib,
                               struct child_process *child)
{
    int sockets[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
        return error_new(arena, ERROR_ANALYSIS, "cannot start a worker process: %s",
                         strerror(errno));
    int output = memfd_create("cuhostlint-worker", MFD_CLOEXEC);
    const char *name = scratch_name(arena);
    char *folder = strcpy(mem_alloc(strlen(name) + 1), name);
    pid_t parent = getpid();
    pid_t pid = fork();
    int problem = errno;
    close(sockets[pid == 0 ? 0 : 1]);
    if (pid == 0)
        settle(parent, memory_mib, output);
    if (pid < 0) {
        close(sockets[0]);
        close(output);
        free(folder);
        return error_new(arena, ERROR_ANALYSIS, "cannot start a worker process: %s",
                         strerror(problem));
    }
    *child = (struct child_process){pid, sockets[pid == 0 ? 1 : 0], output, folder};
    return NULL;
}

bool child_send(int socket, const void *bytes, size_t len)
{
    const char *next = bytes;
    while (len) {
        ssize_t sent = send(socket, next, len, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        next += sent;
        len -= (size_t)sent;
    }
    return true;
}

bool child_receive(int socket, void *bytes, size_t len)
{
    char *next = bytes;
    while (len) {
        ssize_t got = recv(socket, next, len, MSG_WAITALL);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        next += got;
        len -= (size_t)got;
    }
    return true;
}

const char *child_output(const struct child_process *child, struct arena *arena)
{
    char text[4096];
    ssize_t len = pread(child->output, text, sizeof text, 0);
    return len > 0 ? arena_strndup(arena, text, (size_t)len) : NULL;
}

double child_cpu_seconds(const struct child_process *child)
{
    clockid_t clock;
    struct timespec used;
    if (clock_getcpuclockid(child->pid, &clock) != 0 || clock_gettime(clock, &used) != 0)
        return 0;
    return (double)used.tv_sec + (double)used.tv_nsec * 1e-9;
}

int child_bury(struct child_process *child)
{
    int status = 0;
    kill(child->pid, SIGKILL); /* one that ends has its status already */
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        ;
    close(child->socket);
    close(child->output);
    scratch_remove(child->folder);
    free(child->folder);
    child->pid = 0;
    return status;
}
