/* The file system's word that a file is as it was. */
#ifndef CUHOSTLINT_SUPPORT_STAMP_H
#define CUHOSTLINT_SUPPORT_STAMP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

/* All zero: no file. */
struct stamp {
    int64_t modified_ns, changed_ns;
    uint64_t size, inode, device;
};

struct stamp stamp_of(const struct stat *status);

bool stamp_equals(const struct stamp *a, const struct stamp *b);

/* The time by the clock that the kernel stamps files with. */
struct timespec stamp_clock(void);

/* True when the file was left alone from `time` on: a later change cannot hide behind an equal
 * stamp. */
bool stamp_is_before(const struct stamp *stamp, struct timespec time);

#endif
