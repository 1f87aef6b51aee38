#include "validate/process.h"

#include "support/clock.h"
#include "validate/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    POLL_MILLISECONDS = 2,
    CANNOT_START = 127,
    MAX_OUTPUT_MIB = 64, /* files that it may write: its output, its temporary files */
    MAX_MEMORY_GIB = 64, /* private writable memory; address space is no measure, CUDA reserves
                            terabytes of it */
    MAX_CPU_SECONDS = 600
};

/* ---- the child ------------------------------------------------------------------------- */

static void limit(int resource, rlim_t value)
{
    setrlimit((__rlimit_resource_t)resource, &(struct rlimit){value, value});
}

/* A network of its own, with nothing in it. Without the right to that, a user namespace gives it;
 * where neither is offered, the program runs with the network. */
static void leave_network(void)
{
    if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
        return;
}

static void keep_environment(void)
{
    static const char *const kept[] = {"PATH", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES",
                                       "NVIDIA_VISIBLE_DEVICES"};
    enum { COUNT = sizeof kept / sizeof *kept };
    const char *values[COUNT];

    for (size_t i = 0; i < COUNT; i++)
        values[i] = getenv(kept[i]);
    char *copies[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        copies[i] = values[i] ? strdup(values[i]) : NULL;
    clearenv();
    for (size_t i = 0; i < COUNT; i++)
        if (copies[i])
            setenv(kept[i], copies[i], 1);
}

/* The last thing before the program begins: under these limits our own process might get no memory
 * (a sanitizer's terabytes count as data). */
static void limit_resources(void)
{
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, (rlim_t)MAX_OUTPUT_MIB << 20);
    limit(RLIMIT_DATA, (rlim_t)MAX_MEMORY_GIB << 30);
    limit(RLIMIT_CPU, MAX_CPU_SECONDS);
}

static bool redirect(const struct process *process)
{
    int null = open("/dev/null", O_RDONLY);
    int output = open(process->output, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    if (null < 0 || output < 0 || chdir(process->folder) != 0)
        return false;
    dup2(null, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    return true;
}

static void extend_environment(const char *const *environment)
{
    for (; environment && *environment; environment++)
        putenv((char *)(uintptr_t)*environment);
}

static _Noreturn void become(const struct process *process)
{
    signal(SIGPIPE, SIG_DFL); /* which we ignore */
    signal(SIGXFSZ, SIG_DFL);
    if (process->kind == PROCESS_OF_USER) {
        signal(SIGINT, SIG_DFL);
        dup2(STDERR_FILENO, STDOUT_FILENO);
    } else {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (!redirect(process))
            _exit(CANNOT_START);
    }
    if (process->kind == PROCESS_CONFINED) {
        leave_network();
        keep_environment();
    }
    extend_environment(process->environment);
    if (process->kind == PROCESS_CONFINED)
        limit_resources();
    /* execvp does not write to the words; its type only looks as if it did. */
    execvp(process->argv[0], (char *const *)(uintptr_t)process->argv);
    _exit(CANNOT_START);
}

/* ---- the parent ------------------------------------------------------------------------ */

static void start(struct process *process)
{
    process->start = clock_seconds();
    process->pid = fork();
    if (process->pid == 0)
        become(process);
    process->started = process->pid > 0;
    if (process->started && process->kind != PROCESS_OF_USER)
        setpgid(process->pid, process->pid);
}

/* With all that it has started; a user's program may have wanted that to stay. */
static void end(const struct process *process)
{
    kill(process->kind == PROCESS_OF_USER ? process->pid : -process->pid, SIGKILL);
}

/* True when it has ended; an interrupt ends it too. */
static bool look_at(struct process *process, unsigned timeout)
{
    double age = clock_seconds() - process->start;
    pid_t ended = waitpid(process->pid, &process->status, WNOHANG);
    bool is_late = timeout != 0 && age >= timeout;

    if (ended == 0 && !is_late && !interrupt_came())
        return false;
    if (ended == 0) {
        process->timed_out = is_late;
        end(process);
        while (waitpid(process->pid, &process->status, 0) < 0 && errno == EINTR)
            continue;
    } else if (process->kind != PROCESS_OF_USER) {
        end(process); /* what it left behind */
    }
    process->seconds = age;
    return true;
}

bool process_cannot_start(const struct process *process)
{
    return !process->started ||
           (WIFEXITED(process->status) && WEXITSTATUS(process->status) == CANNOT_START);
}

void processes_run(struct process *processes, size_t count, unsigned parallel, unsigned timeout)
{
    size_t next = 0, running = 0;
    bool *is_running = calloc(count + 1, sizeof *is_running);

    if (parallel == 0) {
        long online = sysconf(_SC_NPROCESSORS_ONLN);
        parallel = online > 0 ? (unsigned)online : 1;
    }
    while (is_running && ((next < count && !interrupt_came()) || running > 0)) {
        while (next < count && running < parallel && !interrupt_came()) {
            start(&processes[next]);
            is_running[next] = processes[next].started;
            running += processes[next].started;
            next++;
        }
        nanosleep(&(struct timespec){.tv_nsec = POLL_MILLISECONDS * 1000000L}, NULL);
        for (size_t i = 0; i < next; i++)
            if (is_running[i] && look_at(&processes[i], timeout)) {
                is_running[i] = false;
                running--;
            }
    }
    free(is_running);
}
