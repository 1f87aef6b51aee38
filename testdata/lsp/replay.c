/* Plays one side of a language server session: replay PROGRAM SESSION.json
 *
 * A session is {"about", "files": {"name": "text"}, "steps": [...]}. The files are written to a new
 * folder, whose path stands for $DIR in every string. Steps, in order:
 *
 *     {"send": {...}}         one message; "jsonrpc" is added
 *     {"send": [...]}         several in one write: the server has read all of them before it does
 *                             anything else
 *     {"raw": "..."}          bytes as they are
 *     {"padding": 1000}       that many spaces
 *     {"expect": {...}}       the next message of the server: it has all of this
 *     {"silence": 0.5}        the server says nothing for that many seconds
 *     {"write": {"name": "text"}}, {"remove": "name"}
 *     {"kill-worker": true}   the process that checks is killed, as by a crash, and is dead
 *     {"stop-worker": true}   it goes on no more, but stays
 *     {"end-input": true}     the client dies
 *     {"status": 0}           the server ends by itself, with that status
 *
 * With {"times": 300} beside it a step is played so often; $N in its strings is the number of the
 * turn, from 1.
 *
 * Of what is expected, objects may lack keys that the message has, "~text" stands for any string
 * that holds the text, and "absent" for a key that must not be there. */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000, MOST_FILES = 256 };

struct player {
    const char *session;
    char folder[64];
    pid_t server;
    int to_server, from_server;
    size_t step; /* for messages */
    size_t turn; /* of that step */
    char *text;  /* what has come: [0, len) */
    size_t len;
};

_Noreturn static void fail(const struct player *player, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

_Noreturn static void fail(const struct player *player, const char *format, ...)
{
    va_list args;
    printf("FAILED: %s, step %zu: ", player->session, player->step);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    puts("");
    kill(player->server, SIGKILL);
    exit(1);
}

/* ---- the folder ------------------------------------------------------------------------ */

static void path_of(const struct player *player, const char *name, char *path, size_t size)
{
    snprintf(path, size, "%s/%s", player->folder, name);
}

static void write_files(const struct player *player, const json_t *files)
{
    const char *name;
    json_t *text;
    json_object_foreach((json_t *)files, name, text)
    {
        char path[256];
        path_of(player, name, path, sizeof path);
        for (char *slash = strchr(path + strlen(player->folder) + 1, '/'); slash;
             slash = strchr(slash + 1, '/')) {
            *slash = '\0';
            mkdir(path, 0777);
            *slash = '/';
        }
        FILE *file = fopen(path, "w");
        if (!file || fputs(json_string_value(text), file) < 0 || fclose(file) != 0)
            fail(player, "cannot write %s", path);
    }
}

static void remove_file(const struct player *player, const char *name)
{
    char path[256];
    path_of(player, name, path, sizeof path);
    if (unlink(path) != 0)
        fail(player, "cannot remove %s", path);
}

/* ---- the session ----------------------------------------------------------------------- */

/* $DIR becomes the folder, $N the number of the turn. */
static json_t *filled_in(const struct player *player, const json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY), *filled = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&filled, &len);
    for (const char *at = text; *at; at++) {
        if (strncmp(at, "$DIR", 4) == 0) {
            fputs(player->folder, out);
            at += 3;
        } else if (strncmp(at, "$N", 2) == 0) {
            fprintf(out, "%zu", player->turn);
            at++;
        } else {
            fputc(*at, out);
        }
    }
    fclose(out);
    json_t *result = json_loadb(filled, len, JSON_DECODE_ANY, NULL);
    free(text);
    free(filled);
    return result;
}

static void start_server(struct player *player, const char *program)
{
    int in[2], out[2];
    if (pipe(in) != 0 || pipe(out) != 0)
        exit(2);
    fcntl(in[1], F_SETFD, FD_CLOEXEC);
    fcntl(out[0], F_SETFD, FD_CLOEXEC);
    player->server = fork();
    if (player->server == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        close(in[0]);
        close(out[1]);
        struct rlimit files = {MOST_FILES, MOST_FILES}; /* as editors give it on some systems */
        setrlimit(RLIMIT_NOFILE, &files);
        execl(program, program, "lsp", (char *)NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    player->to_server = in[1];
    player->from_server = out[0];
}

/* ---- to the server --------------------------------------------------------------------- */

/* A server that has gone is the business of a later step. */
static void write_bytes(const struct player *player, const char *bytes, size_t len)
{
    while (len) {
        ssize_t written = write(player->to_server, bytes, len);
        if (written <= 0)
            return;
        bytes += written;
        len -= (size_t)written;
    }
}

static void print_message(FILE *out, const json_t *message)
{
    json_t *whole = json_copy((json_t *)message);
    json_object_set_new(whole, "jsonrpc", json_string("2.0"));
    char *text = json_dumps(whole, 0);
    fprintf(out, "Content-Length: %zu\r\n\r\n%s", strlen(text), text);
    free(text);
    json_decref(whole);
}

static void send_messages(const struct player *player, const json_t *value)
{
    char *bytes = NULL;
    size_t len = 0, i;
    FILE *out = open_memstream(&bytes, &len);
    const json_t *message;
    if (json_is_object(value))
        print_message(out, value);
    json_array_foreach((json_t *)value, i, message) print_message(out, message);
    fclose(out);
    write_bytes(player, bytes, len);
    free(bytes);
}

static void send_padding(const struct player *player, json_int_t count)
{
    char spaces[1 << 14];
    memset(spaces, ' ', sizeof spaces);
    while (count > 0) {
        size_t len = count < (json_int_t)sizeof spaces ? (size_t)count : sizeof spaces;
        write_bytes(player, spaces, len);
        count -= (json_int_t)len;
    }
}

/* ---- from the server ------------------------------------------------------------------- */

/* False: nothing came in time, or nothing will ever come. */
static bool read_more(struct player *player, int wait_ms)
{
    struct pollfd polled = {player->from_server, POLLIN, 0};
    if (poll(&polled, 1, wait_ms) <= 0)
        return false;
    player->text = realloc(player->text, player->len + 65536 + 1);
    ssize_t got = read(player->from_server, player->text + player->len, 65536);
    if (got <= 0)
        return false;
    player->len += (size_t)got;
    player->text[player->len] = '\0';
    return true;
}

/* The next whole message, or NULL: it has not come yet. Whatever is no message is a failure. */
static json_t *take_message(struct player *player)
{
    static const char name[] = "Content-Length: ";
    size_t compared = player->len < sizeof name - 1 ? player->len : sizeof name - 1;
    if (compared && memcmp(player->text, name, compared) != 0)
        fail(player, "this is no message: %.80s", player->text);
    char *body = player->len ? strstr(player->text, "\r\n\r\n") : NULL;
    if (!body)
        return NULL;
    body += 4;
    size_t length = strtoul(player->text + sizeof name - 1, NULL, 10);
    size_t here = player->len - (size_t)(body - player->text);
    if (here < length)
        return NULL;
    json_t *message = json_loadb(body, length, 0, NULL);
    if (!message)
        fail(player, "this is no JSON: %.80s", body);
    player->len = here - length;
    memmove(player->text, body + length, player->len + 1);
    return message;
}

static json_t *next_message(struct player *player, int wait_ms)
{
    json_t *message;
    while (!(message = take_message(player)))
        if (!read_more(player, wait_ms))
            return NULL;
    return message;
}

/* ---- expectations ---------------------------------------------------------------------- */

static bool matches(const json_t *expected, const json_t *got);

static bool matches_string(const char *expected, const json_t *got)
{
    const char *text = json_string_value(got);
    if (strcmp(expected, "absent") == 0)
        return !got;
    if (!text)
        return false;
    return expected[0] == '~' ? strstr(text, expected + 1) != NULL : strcmp(text, expected) == 0;
}

static bool matches_array(const json_t *expected, const json_t *got)
{
    if (!json_is_array(got) || json_array_size(expected) != json_array_size(got))
        return false;
    for (size_t i = 0; i < json_array_size(expected); i++)
        if (!matches(json_array_get(expected, i), json_array_get(got, i)))
            return false;
    return true;
}

static bool matches(const json_t *expected, const json_t *got)
{
    if (json_is_string(expected))
        return matches_string(json_string_value(expected), got);
    if (json_is_array(expected))
        return matches_array(expected, got);
    if (!json_is_object(expected))
        return json_equal(expected, got);
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)expected, key,
                        value) if (!matches(value, json_object_get(got, key))) return false;
    return json_is_object(got);
}

static void expect(struct player *player, const json_t *expected)
{
    json_t *message = next_message(player, PATIENCE_MS);
    if (!message)
        fail(player, "no message came");
    if (!matches(expected, message))
        fail(player, "expected\n%s\nbut got\n%s", json_dumps(expected, JSON_INDENT(1)),
             json_dumps(message, JSON_INDENT(1)));
    json_decref(message);
}

static void expect_silence(struct player *player, double seconds)
{
    json_t *message = next_message(player, (int)(seconds * 1e3));
    if (message)
        fail(player, "expected nothing, but got\n%s", json_dumps(message, JSON_INDENT(1)));
}

static void expect_status(struct player *player, int expected)
{
    json_t *message = next_message(player, PATIENCE_MS);
    if (message)
        fail(player, "expected the end, but got\n%s", json_dumps(message, JSON_INDENT(1)));
    if (player->len)
        fail(player, "the last message is not whole: %.80s", player->text);
    int status = 0;
    waitpid(player->server, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != expected)
        fail(player, "expected status %d, but the wait status is %#x", expected, (unsigned)status);
}

/* ---- workers --------------------------------------------------------------------------- */

/* The parent of a process that runs; 0: it is dead. */
static pid_t parent_of(pid_t process)
{
    char path[64], line[512];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)process);
    FILE *file = fopen(path, "r");
    const char *after_name = NULL;
    if (file && fgets(line, sizeof line, file))
        after_name = strrchr(line, ')');
    if (file)
        fclose(file);
    return after_name && after_name[2] != 'Z' ? (pid_t)atoi(after_name + 4) : 0;
}

/* A parser that crashes takes its time: what is sent before it is dead would be lost with it. */
static void wait_for_death(const struct player *player, pid_t process)
{
    enum { TURN_MS = 10 };
    for (int waited = 0; parent_of(process) == player->server; waited += TURN_MS) {
        if (waited > PATIENCE_MS)
            fail(player, "the worker does not die");
        poll(NULL, 0, TURN_MS);
    }
}

static void signal_workers(struct player *player, int signal)
{
    DIR *processes = opendir("/proc");
    bool found = false;
    for (struct dirent *entry; processes && (entry = readdir(processes));) {
        pid_t process = isdigit((unsigned char)entry->d_name[0]) ? (pid_t)atoi(entry->d_name) : 0;
        if (!process || parent_of(process) != player->server)
            continue;
        kill(process, signal);
        if (signal != SIGSTOP)
            wait_for_death(player, process);
        found = true;
    }
    if (processes)
        closedir(processes);
    if (!found)
        fail(player, "there is no worker");
}

/* ---- steps ----------------------------------------------------------------------------- */

static void play_action(struct player *player, const char *action, const json_t *value)
{
    if (strcmp(action, "send") == 0)
        send_messages(player, value);
    else if (strcmp(action, "raw") == 0)
        write_bytes(player, json_string_value(value), json_string_length(value));
    else if (strcmp(action, "padding") == 0)
        send_padding(player, json_integer_value(value));
    else if (strcmp(action, "expect") == 0)
        expect(player, value);
    else if (strcmp(action, "silence") == 0)
        expect_silence(player, json_number_value(value));
    else if (strcmp(action, "write") == 0)
        write_files(player, value);
    else if (strcmp(action, "remove") == 0)
        remove_file(player, json_string_value(value));
    else if (strcmp(action, "kill-worker") == 0)
        signal_workers(player, SIGSEGV);
    else if (strcmp(action, "stop-worker") == 0)
        signal_workers(player, SIGSTOP);
    else if (strcmp(action, "end-input") == 0)
        close(player->to_server);
    else if (strcmp(action, "status") == 0)
        expect_status(player, (int)json_integer_value(value));
    else
        fail(player, "there is no step '%s'", action);
}

static void play_step(struct player *player, const json_t *step)
{
    const json_t *times = json_object_get(step, "times");
    json_int_t turns = times ? json_integer_value(times) : 1;
    const char *action;
    json_t *value;
    json_object_foreach((json_t *)step, action, value)
    {
        bool is_action = strcmp(action, "times") != 0;
        for (json_int_t turn = 1; is_action && turn <= turns; turn++) {
            player->turn = (size_t)turn;
            json_t *filled = filled_in(player, value);
            play_action(player, action, filled);
            json_decref(filled);
        }
    }
}

static void remove_folder(const struct player *player)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", player->folder);
    if (system(command) != 0)
        fail(player, "cannot remove %s", player->folder);
}

int main(int argc, char **argv)
{
    struct player player = {.session = argc == 3 ? argv[2] : "", .folder = "/tmp/lsp-XXXXXX"};
    json_error_t error;
    json_t *session = argc == 3 ? json_load_file(argv[2], 0, &error) : NULL;
    size_t i;
    const json_t *step;
    if (argc != 3 || !session || !mkdtemp(player.folder)) {
        printf("usage: replay PROGRAM SESSION.json (%s)\n", argc == 3 ? error.text : "");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    write_files(&player, json_object_get(session, "files"));
    start_server(&player, argv[1]);
    json_array_foreach(json_object_get(session, "steps"), i, step)
    {
        player.step = i + 1;
        play_step(&player, step);
    }
    remove_folder(&player);
    json_decref(session);
    free(player.text);
    return 0;
}
