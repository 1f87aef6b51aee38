#include "server/server.h"

#include "server/state.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>

/* How often to see whether the client is still there, whose pipes others may hold open. */
enum { CLIENT_CHECK_MS = 5000 };

static void end(struct server *server, enum server_end how, const char *why)
{
    fprintf(stderr, "cuhostlint: error: %s\n", why);
    server->phase = PHASE_ENDED;
    server->end = how;
}

/* ---- input ----------------------------------------------------------------------------- */

static void take_messages(struct server *server)
{
    const char *text;
    size_t len;
    while (server->phase != PHASE_ENDED) {
        switch (channel_next(&server->channel, &text, &len)) {
        case CHANNEL_MESSAGE:
            dispatch(server, text, len);
            break;
        case CHANNEL_NOTHING:
            return;
        case CHANNEL_TOO_LARGE:
            rpc_fail(server, NULL, RPC_INVALID_REQUEST, "the message is larger than 64 MiB");
            break;
        case CHANNEL_BROKEN:
            end(server, SERVER_NO_PROTOCOL,
                "standard input is not the Language Server Protocol: an editor must start this "
                "command");
            break;
        }
    }
}

static void read_client(struct server *server)
{
    if (channel_fill(&server->channel))
        take_messages(server);
    else
        server->phase = PHASE_ENDED;
}

static bool is_client_gone(const struct server *server)
{
    return server->channel.cannot_write ||
           (server->client.pid > 0 && kill(server->client.pid, 0) != 0 && errno == ESRCH);
}

/* ---- the loop -------------------------------------------------------------------------- */

static int wait_time(const struct server *server)
{
    int wait = schedule_wait(server);
    return wait >= 0 && wait < CLIENT_CHECK_MS ? wait : CLIENT_CHECK_MS;
}

/* What a turn waits for: documents with a worker, and their descriptors, the client's behind them.
 * poll takes no more descriptors than a process may open: documents may be more. */
struct listening {
    struct document **documents;
    struct pollfd *polled;
    size_t count;
};

static struct listening listen_to_all(const struct server *server, struct arena *arena)
{
    size_t most = server->documents.len;
    struct listening all = {arena_new_array(arena, most + 1, struct document *),
                            arena_new_array(arena, most + 1, struct pollfd), 0};
    for (size_t i = 0; i < most; i++) {
        struct document *document = server->documents.data[i];
        const struct worker *worker = &document->worker;
        if (!worker->child.pid)
            continue;
        all.documents[all.count] = document;
        all.polled[all.count++] =
            (struct pollfd){worker->child.socket, worker->request ? POLLIN | POLLOUT : POLLIN, 0};
    }
    all.polled[all.count] = (struct pollfd){server->channel.in, POLLIN, 0};
    return all;
}

/* Documents may come and go while the client is read: workers are listened to first. */
static void turn(struct server *server)
{
    struct arena *arena = arena_new();
    struct listening all = listen_to_all(server, arena);
    int ready = poll(all.polled, all.count + 1, wait_time(server));
    for (size_t i = 0; ready > 0 && i < all.count; i++) {
        if (all.polled[i].revents & POLLOUT)
            worker_send(&all.documents[i]->worker);
        if (all.polled[i].revents & ~POLLOUT)
            schedule_receive(server, all.documents[i]);
    }
    if (ready > 0 && all.polled[all.count].revents)
        read_client(server);
    if (is_client_gone(server))
        server->phase = PHASE_ENDED;
    if (server->phase == PHASE_RUNNING)
        schedule_run(server);
    arena_free(arena);
}

static void release(struct server *server)
{
    for (size_t i = 0; i < server->documents.len; i++)
        document_free(server->documents.data[i]);
    json_decref(server->settings);
    json_decref(server->published);
    json_decref(server->warned);
    channel_free(&server->channel);
    arena_free(server->arena);
}

enum server_end server_run(const struct server_options *options)
{
    struct server server = {
        .options = options,
        .pages_uri = options->pages_uri,
        .arena = arena_new(),
        .channel = {.in = options->in, .out = options->out},
        .end = SERVER_CUT_OFF,
        .published = json_object(),
        .warned = json_object(),
    };
    signal(SIGPIPE, SIG_IGN);
    while (server.phase != PHASE_ENDED)
        turn(&server);
    release(&server);
    return server.end;
}
