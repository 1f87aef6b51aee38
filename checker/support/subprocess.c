#include "support/subprocess.h"

#include "support/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { READ_SIZE = 1 << 16 };

/* Everything that can be read from a descriptor. */
static const char *read_all(struct arena *arena, int descriptor, size_t *len)
{
    struct strbuf text;
    char *chunk = arena_alloc(arena, READ_SIZE);
    ssize_t got;

    strbuf_init(&text, arena);
    while ((got = read(descriptor, chunk, READ_SIZE)) > 0 || (got < 0 && errno == EINTR))
        if (got > 0)
            strbuf_add(&text, chunk, (size_t)got);
    *len = text.len;
    return text.text;
}

/* The last line of what the program said on standard error: where programs say why. */
static const char *last_words(struct arena *arena, int descriptor)
{
    size_t len;
    const char *text, *line;

    lseek(descriptor, 0, SEEK_SET);
    text = read_all(arena, descriptor, &len);
    while (len > 0 && text[len - 1] == '\n')
        len--;
    text = arena_strndup(arena, text, len);
    line = strrchr(text, '\n');
    return line != NULL ? line + 1 : text;
}

static int start(const char *const *argv, int output, int errors, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t signals; /* that we may ignore, and the program shall not */
    int failure;

    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
    /* posix_spawnp does not write to the words; its type only looks as if it did. */
    failure =
        posix_spawnp(pid, argv[0], &actions, &attributes, (char *const *)(uintptr_t)argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return failure;
}

static const struct error *run(struct arena *arena, const char *const *argv, int pipe_ends[2],
                               int errors, const char **output, size_t *len)
{
    pid_t pid;
    int failure = start(argv, pipe_ends[1], errors, &pid), status = 0;
    const char *words;

    close(pipe_ends[1]);
    if (failure != 0)
        return error_new(arena, ERROR_USAGE, "cannot run %s: %s", argv[0], strerror(failure));
    *output = read_all(arena, pipe_ends[0], len);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return NULL;
    words = last_words(arena, errors);
    return error_new(arena, ERROR_USAGE, "%s failed: %s", argv[0],
                     words[0] != '\0' ? words : "it did not say why");
}

const struct error *subprocess_read(struct arena *arena, const char *const *argv,
                                    const char **output, size_t *len)
{
    int pipe_ends[2], errors = memfd_create("standard error", MFD_CLOEXEC);
    const struct error *error;

    if (errors < 0 || pipe2(pipe_ends, O_CLOEXEC) != 0) {
        error = error_new(arena, ERROR_USAGE, "cannot run %s: %s", argv[0], strerror(errno));
    } else {
        error = run(arena, argv, pipe_ends, errors, output, len);
        close(pipe_ends[0]);
    }
    if (errors >= 0)
        close(errors);
    return error;
}
