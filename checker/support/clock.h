/* Time for --stats, progress and limits. */
#ifndef CUHOSTLINT_SUPPORT_CLOCK_H
#define CUHOSTLINT_SUPPORT_CLOCK_H

#include <time.h>

/* Seconds since some fixed moment; never goes backwards. */
static inline double clock_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

#endif
