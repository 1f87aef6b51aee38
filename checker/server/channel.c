#include "server/channel.h"

#include "support/mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { READ_SIZE = 1 << 16 };

/* ---- reading --------------------------------------------------------------------------- */

static void skip(struct channel *channel)
{
    size_t here = channel->len - channel->start;
    size_t skipped = channel->to_skip < here ? (size_t)channel->to_skip : here;
    channel->start += skipped;
    channel->to_skip -= skipped;
}

static void make_room(struct channel *channel)
{
    channel->len -= channel->start;
    if (channel->len)
        memmove(channel->bytes, channel->bytes + channel->start, channel->len);
    channel->start = 0;
    if (channel->cap - channel->len < READ_SIZE) {
        channel->cap = channel->cap * 2 + READ_SIZE;
        channel->bytes = mem_realloc(channel->bytes, channel->cap);
    }
}

bool channel_fill(struct channel *channel)
{
    make_room(channel);
    ssize_t got;
    do
        got = read(channel->in, channel->bytes + channel->len, READ_SIZE);
    while (got < 0 && errno == EINTR);
    if (got <= 0)
        return false;
    channel->len += (size_t)got;
    return true;
}

/* The length of the header with its blank line; 0: it is not complete. */
static size_t header_length(const char *bytes, size_t len)
{
    const char *end = memmem(bytes, len, "\r\n\r\n", 4);
    return end ? (size_t)(end - bytes) + 4 : 0;
}

/* The value of Content-Length. False: there is none, or it is no number. */
static bool content_length(const char *header, size_t header_len, uint64_t *length)
{
    static const char name[] = "Content-Length:";
    const char *end = header + header_len;
    for (const char *line = header; line < end;) {
        const char *line_end = memmem(line, (size_t)(end - line), "\r\n", 2);
        if (strncasecmp(line, name, sizeof name - 1) == 0) {
            const char *digits = line + sizeof name - 1;
            digits += strspn(digits, " \t");
            char *stop;
            errno = 0;
            *length = strtoull(digits, &stop, 10);
            stop += strspn(stop, " \t");
            return *digits >= '0' && *digits <= '9' && stop == line_end && errno == 0;
        }
        line = line_end + 2;
    }
    return false;
}

enum channel_event channel_next(struct channel *channel, const char **text, size_t *len)
{
    skip(channel);
    const char *bytes = channel->bytes + channel->start;
    size_t here = channel->len - channel->start;
    if (here == 0)
        return CHANNEL_NOTHING;
    size_t header =
        header_length(bytes, here < CHANNEL_LARGEST_HEADER ? here : CHANNEL_LARGEST_HEADER);
    if (header == 0)
        return here < CHANNEL_LARGEST_HEADER ? CHANNEL_NOTHING : CHANNEL_BROKEN;
    uint64_t length;
    if (!content_length(bytes, header, &length))
        return CHANNEL_BROKEN;
    if (length > CHANNEL_LARGEST) {
        channel->start += header;
        channel->to_skip = length;
        skip(channel);
        return CHANNEL_TOO_LARGE;
    }
    if (here - header < length)
        return CHANNEL_NOTHING;
    *text = bytes + header;
    *len = (size_t)length;
    channel->start += header + *len;
    return CHANNEL_MESSAGE;
}

/* ---- writing --------------------------------------------------------------------------- */

static void write_all(struct channel *channel, const char *bytes, size_t len)
{
    while (len && !channel->cannot_write) {
        ssize_t written = write(channel->out, bytes, len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            channel->cannot_write = true;
            return;
        }
        bytes += written;
        len -= (size_t)written;
    }
}

void channel_send(struct channel *channel, json_t *message)
{
    char *text = json_dumps(message, JSON_COMPACT);
    json_decref(message);
    if (!text)
        mem_exhausted();
    size_t len = strlen(text);
    char header[64];
    int header_len = snprintf(header, sizeof header, "Content-Length: %zu\r\n\r\n", len);
    write_all(channel, header, (size_t)header_len);
    write_all(channel, text, len);
    free(text);
}

void channel_free(struct channel *channel)
{
    free(channel->bytes);
}
