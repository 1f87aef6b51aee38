/* Stands for a libclang that a source has taken over: it answers in the worker's place, and lies
 * about the answer's length, which is -1 - LIE of the environment. */
#include "driver/worker.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_DESCRIPTORS = 256 };

__attribute__((constructor)) static void lie(void)
{
    const char *by = getenv("LIE");
    struct frame frame = {.kind = FRAME_ERROR,
                          .len = UINT64_MAX - (by ? strtoull(by, NULL, 10) : 0)};

    memset(frame.reparsed, 'x', sizeof frame.reparsed);
    for (int file = 3; file < MOST_DESCRIPTORS; file++)
        (void)send(file, &frame, sizeof frame, MSG_NOSIGNAL); /* to those that are sockets */
    pause();
}
