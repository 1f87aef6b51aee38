/* What an editor sends: the whole input is a stream of messages. No worker is started; each open
 * document gets findings made up for it, so that requests about them have something to answer. */
#include "fuzz.h"
#include "server/diagnostics.h"
#include "server/state.h"

#include <fcntl.h>
#include <unistd.h>

static void configure(void *context, const struct server_settings *settings)
{
    (void)context;
    (void)settings;
}

static void invent_findings(struct server *server)
{
    for (size_t i = 0; i < server->documents.len; i++) {
        struct document *document = server->documents.data[i];
        if (document->files || !document->file_uri)
            continue;
        json_t *finding = diagnostics_of_failure("invented");
        json_object_set_new(
            finding, "data",
            json_pack("{s:s, s:[{s:s, s:{s:[{s:{s:{s:i, s:i}, s:{s:i, s:i}}, s:s}]}}]}",
                      "fingerprint", "0", "fixes", "title", "fix", "edits", document->file_uri,
                      "range", "start", "line", 0, "character", 0, "end", "line", 0, "character", 1,
                      "newText", "x"));
        json_object_set_new(finding, "code", json_string("zero-size"));
        document->checked_version = document->version;
        publish_files(server, document, json_pack("{s:[o]}", document->file_uri, finding));
    }
}

static void serve(struct server *server)
{
    const char *text;
    size_t len;
    while (channel_fill(&server->channel)) {
        for (;;) {
            enum channel_event event = channel_next(&server->channel, &text, &len);
            if (event == CHANNEL_MESSAGE)
                dispatch(server, text, len);
            else if (event == CHANNEL_BROKEN)
                return;
            else if (event == CHANNEL_NOTHING)
                break;
            if (server->phase == PHASE_ENDED)
                return;
            invent_findings(server);
            (void)schedule_wait(server);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct rule_info rule = {.name = "zero-size", .summary = "summary"};
    struct arena *arena = arena_new();
    struct fuzz_file file = fuzz_open(arena, data, size);
    const struct server_options options = {
        .version = "1", .rules = {&rule, 1}, .checker = {.configure = configure}};
    struct server server = {
        .options = &options,
        .arena = arena,
        .channel = {.in = open(file.path, O_RDONLY), .out = open("/dev/null", O_WRONLY)},
        .published = json_object(),
        .warned = json_object(),
    };
    serve(&server);
    for (size_t i = 0; i < server.documents.len; i++)
        document_free(server.documents.data[i]);
    json_decref(server.settings);
    json_decref(server.published);
    json_decref(server.warned);
    close(server.channel.in);
    close(server.channel.out);
    channel_free(&server.channel);
    fuzz_close(&file);
    arena_free(arena);
    return 0;
}
