#include "support/jobserver.h"

#include "support/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

struct jobserver {
    struct arena *arena;
    int in, out;      /* -1: cannot be reached */
    VEC(char) tokens; /* each goes back as the byte that it came as */
    int signals;      /* that wait; -1: none does */
    sigset_t before;  /* which of them were blocked */
};

/* The value of the last such option: make appends, and the later one counts. */
static const char *option_value(struct arena *arena, const char *makeflags)
{
    static const char *const options[] = {"--jobserver-auth=", "--jobserver-fds="};
    const char *value = NULL;
    for (size_t i = 0; i < sizeof options / sizeof *options && !value; i++)
        for (const char *at = makeflags; (at = strstr(at, options[i]));) {
            at += strlen(options[i]);
            value = arena_strndup(arena, at, strcspn(at, " "));
        }
    return value;
}

static bool is_pipe(int file)
{
    struct stat status;
    return fstat(file, &status) == 0 && S_ISFIFO(status.st_mode);
}

/* Opened anew, so that not to wait is our own affair: the pipe is shared with all other jobs. */
static int open_anew(struct arena *arena, int file, int mode)
{
    if (!is_pipe(file))
        return -1;
    return open(arena_printf(arena, "/proc/self/fd/%d", file), mode | O_NONBLOCK | O_CLOEXEC);
}

static void close_ends(struct jobserver *server)
{
    if (server->in >= 0)
        close(server->in);
    if (server->out >= 0)
        close(server->out);
    server->in = server->out = -1;
}

/* One that is ignored stays so: nobody is told of it. */
static void hold_signals(struct jobserver *server)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, &server->before);
    server->signals = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    if (server->signals < 0)
        sigprocmask(SIG_SETMASK, &server->before, NULL);
}

static void open_ends(struct jobserver *server, const char *value)
{
    static const char fifo[] = "fifo:";
    int in, out;
    if (strncmp(value, fifo, sizeof fifo - 1) == 0) {
        const char *path = value + sizeof fifo - 1;
        server->in = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        server->out = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
        if (server->in >= 0 && is_pipe(server->in))
            return;
    } else if (sscanf(value, "%d,%d", &in, &out) == 2 && in >= 0 && out >= 0) {
        server->in = open_anew(server->arena, in, O_RDONLY);
        server->out = open_anew(server->arena, out, O_WRONLY);
        return;
    }
    close_ends(server);
}

struct jobserver *jobserver_open(struct arena *arena, const char *makeflags)
{
    const char *value = makeflags ? option_value(arena, makeflags) : NULL;
    if (!value)
        return NULL;
    struct jobserver *server = arena_new_object(arena, struct jobserver);
    *server = (struct jobserver){.arena = arena, .in = -1, .out = -1, .signals = -1};
    open_ends(server, value);
    if (server->in >= 0)
        hold_signals(server);
    return server;
}

bool jobserver_take(struct jobserver *server)
{
    char token;
    if (server->in < 0 || server->out < 0 || read(server->in, &token, 1) != 1)
        return false;
    vec_push(server->arena, &server->tokens, token);
    return true;
}

void jobserver_give(struct jobserver *server)
{
    char token = server->tokens.data[--server->tokens.len];
    while (write(server->out, &token, 1) < 0 && errno == EINTR)
        ;
}

size_t jobserver_held(const struct jobserver *server)
{
    return server->tokens.len;
}

int jobserver_descriptor(const struct jobserver *server)
{
    return server->in;
}

int jobserver_signals(const struct jobserver *server)
{
    return server->signals;
}

static void give_all(struct jobserver *server)
{
    while (server->tokens.len)
        jobserver_give(server);
}

/* A signal that waits comes when it is no longer held. */
static void let_signals_go(struct jobserver *server)
{
    if (server->signals < 0)
        return;
    close(server->signals);
    server->signals = -1;
    sigprocmask(SIG_SETMASK, &server->before, NULL);
}

void jobserver_obey(struct jobserver *server)
{
    give_all(server);
    let_signals_go(server);
}

void jobserver_close(struct jobserver *server)
{
    give_all(server);
    close_ends(server);
    let_signals_go(server);
}
