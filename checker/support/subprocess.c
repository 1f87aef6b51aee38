#include "support/subprocess.h"

#include "support/clock.h"
#include "support/strbuf.h"
#include "support/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { READ_SIZE = 1 << 16, MOST_WORDS = 1 << 16 };

/* ---- what is run, with which environment ------------------------------------------------- */

/* The program in the absolute folders of PATH, or as the name says where it has a slash; NULL:
 * there is none. */
static const char *find_program(struct arena *arena, const char *name)
{
    const char *path = getenv("PATH");

    if (strchr(name, '/') != NULL)
        return name;
    if (path == NULL)
        path = "/usr/local/bin:/usr/bin:/bin";
    for (;;) {
        size_t len = strcspn(path, ":");
        const char *program = arena_printf(arena, "%.*s/%s", (int)len, path, name);

        if (program[0] == '/' && access(program, X_OK) == 0)
            return program;
        if (path[len] == '\0')
            return NULL;
        path += len + 1;
    }
}

static bool is_replaced(const char *variable, const char *const *variables)
{
    size_t len = strcspn(variable, "=") + 1;

    for (; variables != NULL && *variables != NULL; variables++)
        if (strncmp(variable, *variables, len) == 0)
            return true;
    return false;
}

static const char *const *environment_with(struct arena *arena, const char *const *variables)
{
    VEC(const char *) all = {0};

    for (char **at = environ; *at != NULL; at++)
        if (!is_replaced(*at, variables))
            vec_push(arena, &all, *at);
    for (; variables != NULL && *variables != NULL; variables++)
        vec_push(arena, &all, *variables);
    vec_push(arena, &all, NULL);
    return all.data;
}

static int start(const char *program, const char *const *argv, const char *const *environment,
                 int output, int errors, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t signals; /* that we may ignore, and the program shall not */
    int failure;

    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    sigaddset(&signals, SIGXFSZ);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
    /* posix_spawn does not write to the words; its types only look as if it did. */
    failure = posix_spawn(pid, program, &actions, &attributes, (char *const *)(uintptr_t)argv,
                          (char *const *)(uintptr_t)environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return failure;
}

/* ---- what it says ------------------------------------------------------------------------ */

/* The last line of what the program said on standard error: where programs say why. */
static const char *last_words(struct arena *arena, int descriptor)
{
    char *text = arena_alloc(arena, MOST_WORDS + 1);
    off_t end = lseek(descriptor, 0, SEEK_END);
    ssize_t len = pread(descriptor, text, MOST_WORDS, end > MOST_WORDS ? end - MOST_WORDS : 0);
    const char *line;

    while (len > 0 && text[len - 1] == '\n')
        len--;
    text[len > 0 ? len : 0] = '\0';
    line = strrchr(text, '\n');
    return line != NULL ? line + 1 : text;
}

/* Waits until there is something to read, or the end. False: the time is over. */
static bool wait_for_output(int descriptor, double deadline)
{
    struct pollfd from = {.fd = descriptor, .events = POLLIN};
    double left = 0;

    do {
        if (deadline > 0 && (left = deadline - clock_seconds()) <= 0)
            return false;
    } while (poll(&from, 1, deadline > 0 ? (int)(left * 1e3) + 1 : -1) <= 0);
    return true;
}

static const char *too_late(struct arena *arena, unsigned most_seconds)
{
    return arena_printf(arena, "it was not done after %u s", most_seconds);
}

/* All that the program prints. NULL, or why it must not go on. */
static const char *read_output(struct arena *arena, int descriptor, unsigned most_seconds,
                               double deadline, const char **output, size_t *len)
{
    struct strbuf text;
    char *chunk = arena_alloc(arena, READ_SIZE);
    const char *problem = NULL;
    ssize_t got = 1;

    strbuf_init(&text, arena);
    while (problem == NULL && got != 0) {
        if (!wait_for_output(descriptor, deadline)) {
            problem = too_late(arena, most_seconds);
            break;
        }
        got = read(descriptor, chunk, READ_SIZE);
        if (got > 0)
            strbuf_add(&text, chunk, (size_t)got);
        if (text.len > SUBPROCESS_MOST_OUTPUT)
            problem =
                arena_printf(arena, "it printed more than %d MiB", SUBPROCESS_MOST_OUTPUT >> 20);
        if (got < 0 && errno != EINTR)
            problem = strerror(errno);
    }
    *output = text.text;
    *len = text.len;
    return problem;
}

/* ---- its end ----------------------------------------------------------------------------- */

/* A program may close its output and stay. False: the time is over. */
static bool wait_for_end(pid_t pid, double deadline, int *status)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    pid_t ended;

    while ((ended = waitpid(pid, status, deadline > 0 ? WNOHANG : 0)) <= 0) {
        if (ended < 0 && errno != EINTR)
            return true; /* it is not there to be waited for */
        if (deadline > 0 && clock_seconds() >= deadline)
            return false;
        if (ended == 0)
            nanosleep(&moment, NULL);
    }
    return true;
}

static void end(pid_t pid, int *status)
{
    kill(pid, SIGKILL);
    wait_for_end(pid, 0, status);
}

/* ---- all of it --------------------------------------------------------------------------- */

static const struct error *run(struct arena *arena, const struct subprocess *program,
                               int pipe_ends[2], int errors, const char **output, size_t *len)
{
    const double deadline = program->most_seconds > 0 ? clock_seconds() + program->most_seconds : 0;
    const char *name = program->argv[0], *path = find_program(arena, name), *problem;
    pid_t pid = 0;
    int status = 0;
    int failure = path == NULL
                      ? ENOENT
                      : start(path, program->argv, environment_with(arena, program->variables),
                              pipe_ends[1], errors, &pid);

    close(pipe_ends[1]);
    if (failure != 0)
        return error_new(arena, ERROR_USAGE, "cannot run %s: %s", name, strerror(failure));
    problem = read_output(arena, pipe_ends[0], program->most_seconds, deadline, output, len);
    if (problem == NULL && !wait_for_end(pid, deadline, &status))
        problem = too_late(arena, program->most_seconds);
    if (problem != NULL)
        end(pid, &status);
    else if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return NULL;
    else
        problem = last_words(arena, errors);
    return error_new(arena, ERROR_USAGE, "%s failed: %s", name,
                     problem[0] != '\0' ? problem : "it did not say why");
}

const struct error *subprocess_read(struct arena *arena, const struct subprocess *program,
                                    const char **output, size_t *len)
{
    int pipe_ends[2], errors = memfd_create("standard error", MFD_CLOEXEC);
    const struct error *error;

    if (errors < 0 || pipe2(pipe_ends, O_CLOEXEC) != 0) {
        error =
            error_new(arena, ERROR_USAGE, "cannot run %s: %s", program->argv[0], strerror(errno));
    } else {
        error = run(arena, program, pipe_ends, errors, output, len);
        close(pipe_ends[0]);
    }
    if (errors >= 0)
        close(errors);
    return error;
}
