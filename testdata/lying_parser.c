/* Stands for a libclang that a source has taken over: it answers in the worker's place, of the kind
 * and the length that LIE of the environment says ("KIND LENGTH"), sends more than that, closes its
 * socket where LIE_AND_CLOSE is set, and does not end. */
#include "driver/worker.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_DESCRIPTORS = 256 };

__attribute__((constructor)) static void lie(void)
{
    static const char nonsense[8] = "nonsense";
    const char *wanted = getenv("LIE");
    int kind = 0;
    struct frame frame = {0};

    if (!wanted || sscanf(wanted, "%d %" SCNu64, &kind, &frame.len) != 2)
        abort();
    frame.kind = (enum frame_kind)kind;
    memset(frame.reparsed, 'x', sizeof frame.reparsed);
    for (int file = 3; file < MOST_DESCRIPTORS; file++) { /* to those that are sockets */
        (void)send(file, &frame, sizeof frame, MSG_NOSIGNAL);
        (void)send(file, nonsense, sizeof nonsense, MSG_NOSIGNAL);
        if (getenv("LIE_AND_CLOSE"))
            close(file);
    }
    for (;;)
        pause();
}
