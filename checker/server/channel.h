/* The base protocol: headers, a blank line, JSON. Private to checker/server/. */
#ifndef CUHOSTLINT_SERVER_CHANNEL_H
#define CUHOSTLINT_SERVER_CHANNEL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CHANNEL_LARGEST = 64 << 20, CHANNEL_LARGEST_HEADER = 1 << 12 };

struct channel {
    int in, out;
    char *bytes; /* what has come and was not handed out yet: [start, len) */
    size_t start, len, cap;
    uint64_t to_skip;  /* of a message that is too large */
    bool cannot_write; /* the client is gone */
};

enum channel_event {
    CHANNEL_MESSAGE,
    CHANNEL_NOTHING,   /* not a whole message yet */
    CHANNEL_TOO_LARGE, /* a message of more than CHANNEL_LARGEST bytes begins: it is skipped */
    CHANNEL_BROKEN     /* no header where one must be: the rest of the input makes no sense */
};

/* Reads what there is, once. False at the end of the input. */
bool channel_fill(struct channel *channel);

/* The next message; *text is valid until the next channel_fill. */
enum channel_event channel_next(struct channel *channel, const char **text, size_t *len);

/* Sends one message; it is released. */
void channel_send(struct channel *channel, json_t *message);

void channel_free(struct channel *channel);

#endif
