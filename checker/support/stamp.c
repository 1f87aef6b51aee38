#include "support/stamp.h"

#include <string.h>

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

struct stamp stamp_of(const struct stat *status)
{
    return (struct stamp){nanoseconds(status->st_mtim), nanoseconds(status->st_ctim),
                          (uint64_t)status->st_size, status->st_ino, status->st_dev};
}

bool stamp_equals(const struct stamp *a, const struct stamp *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

struct timespec stamp_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return now;
}

bool stamp_is_before(const struct stamp *stamp, struct timespec time)
{
    return stamp->changed_ns < nanoseconds(time) && stamp->modified_ns < nanoseconds(time);
}
