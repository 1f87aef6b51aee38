/* All calls go through the tables. */
#include "memory.h"

int endpoint_open(size_t bytes)
{
    void *p = NULL;
    if (bytes == 0 || pinned_memory.get(bytes, &p))
        return -1;
    int status = pinned_memory.pin(p, bytes);
    if (!status)
        pinned_memory.unpin(p);
    pinned_memory.put(p);
    return status;
}

int endpoint_open_plain(size_t bytes)
{
    void *p = NULL;
    if (bytes == 0 || plain_memory.get(bytes, &p))
        return -1;
    int status = plain_memory.pin(p, bytes);
    if (!status)
        plain_memory.unpin(p);
    plain_memory.put(p);
    return status;
}
