/* Tokens, from the two kinds of servers that make starts. */
#include "support/jobserver.h"
#include "support/testing.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Two tokens, which both come and both go back as what they were. */
static void assert_two_tokens(struct jobserver *server, int in)
{
    char back[3];
    assert_non_null(server);
    assert_true(jobserver_take(server));
    assert_true(jobserver_take(server));
    assert_false(jobserver_take(server));
    assert_int_equal(jobserver_held(server), 2);
    jobserver_give(server);
    assert_int_equal(jobserver_held(server), 1);
    assert_true(jobserver_take(server));
    jobserver_close(server);
    assert_int_equal(read(in, back, sizeof back), 2);
    assert_true((back[0] == 'a' && back[1] == 'b') || (back[0] == 'b' && back[1] == 'a'));
}

static void pipes(void **state)
{
    struct arena *arena = arena_new();
    int ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "ab", 2), 2);
    const char *flags = arena_printf(arena, " -j3 --jobserver-auth=98,99 --jobserver-auth=%d,%d -k",
                                     ends[0], ends[1]);
    assert_two_tokens(jobserver_open(arena, flags), ends[0]);
    assert_int_equal(fcntl(ends[0], F_GETFL) & O_NONBLOCK, 0); /* others may wait on it */
    assert_int_equal(write(ends[1], "ab", 2), 2);
    flags = arena_printf(arena, "--jobserver-fds=%d,%d", ends[0], ends[1]); /* before make 4.2 */
    assert_two_tokens(jobserver_open(arena, flags), ends[0]);
    close(ends[0]);
    close(ends[1]);
    arena_free(arena);
}

static void fifos(void **state)
{
    struct arena *arena = arena_new();
    const char *folder = testing_folder(arena);
    (void)state;
    const char *path = arena_printf(arena, "%s/fifo", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    int file = open(path, O_RDWR);
    assert_int_equal(write(file, "ab", 2), 2);
    const char *flags = arena_printf(arena, "-j3 --jobserver-auth=fifo:%s", path);
    assert_two_tokens(jobserver_open(arena, flags), file);
    close(file);
    unlink(path);
    rmdir(folder);
    arena_free(arena);
}

static void without_a_server_nobody_limits(void **state)
{
    struct arena *arena = arena_new();
    (void)state;
    assert_null(jobserver_open(arena, NULL));
    assert_null(jobserver_open(arena, ""));
    assert_null(jobserver_open(arena, "rR -j1"));
    arena_free(arena);
}

static void servers_out_of_reach_give_nothing(void **state)
{
    static const char *const flags[] = {
        "--jobserver-auth=997,998",
        "--jobserver-auth=-2,-2",
        "--jobserver-auth=x",
        "--jobserver-auth=0",
        "--jobserver-auth=fifo:/nowhere",
        "--jobserver-auth=fifo:/dev/zero",
    };
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        struct jobserver *server = jobserver_open(arena, flags[i]);
        assert_non_null(server);
        assert_false(jobserver_take(server));
        jobserver_close(server);
    }
    arena_free(arena);
}

/* Who is told to end gives back what it has first. */
static void signals(void **state)
{
    struct arena *arena = arena_new();
    int ends[2], status = 0;
    char back[3];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "ab", 2), 2);
    pid_t pid = fork();
    if (pid == 0) {
        const char *flags = arena_printf(arena, "--jobserver-auth=%d,%d", ends[0], ends[1]);
        struct jobserver *server = jobserver_open(arena, flags);
        if (!jobserver_take(server) || !jobserver_take(server))
            _exit(1);
        raise(SIGTERM);
        struct pollfd asked = {jobserver_signals(server), POLLIN, 0};
        if (poll(&asked, 1, 10000) == 1)
            jobserver_obey(server);
        _exit(2);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGTERM);
    assert_int_equal(read(ends[0], back, sizeof back), 2);
    close(ends[0]);
    close(ends[1]);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pipes),
        cmocka_unit_test(fifos),
        cmocka_unit_test(signals),
        cmocka_unit_test(without_a_server_nobody_limits),
        cmocka_unit_test(servers_out_of_reach_give_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
