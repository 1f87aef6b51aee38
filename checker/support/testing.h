/* For unit tests only: cmocka, behind the headers that it needs, and folders of their own. */
#ifndef CUHOSTLINT_SUPPORT_TESTING_H
#define CUHOSTLINT_SUPPORT_TESTING_H

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "support/arena.h"

#include <stdlib.h>
#include <time.h>

/* A new folder for one test, as an absolute path without links. Fails the test where none can be
 * made. */
static inline const char *testing_folder(struct arena *arena)
{
    char name[] = "/tmp/cuhostlint-test-XXXXXX";
    assert_non_null(mkdtemp(name));
    return arena_strdup(arena, name);
}

/* Removes it with all that the test left in it; 0, or what a teardown returns for a failure. */
static inline int testing_remove(struct arena *arena, const char *folder)
{
    return system(arena_printf(arena, "rm -rf '%s'", folder));
}

/* Until the file system's clock has moved on: what was just written is not remembered. */
static inline void testing_settle(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
}

#endif
