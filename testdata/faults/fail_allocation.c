/* Preloaded (LD_PRELOAD) into the program: one allocation of it fails, or is counted.
 *
 *     FAIL_ALLOCATION=N   the N-th of a process fails (1 is the first); 0: none
 *     FAIL_IN=workers     in the processes that the program forks, else in the program itself
 *     COUNT_FILE=PATH     the program writes there how many it asked for */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned long wanted, seen;
static pid_t first;
static bool in_workers, ready;

__attribute__((constructor)) static void begin(void)
{
    const char *number = getenv("FAIL_ALLOCATION"), *where = getenv("FAIL_IN");
    wanted = number ? strtoul(number, NULL, 10) : 0;
    in_workers = where && strcmp(where, "workers") == 0;
    first = getpid();
    ready = true;
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("COUNT_FILE");
    FILE *out = path && getpid() == first ? fopen(path, "w") : NULL;
    if (!out)
        return;
    fprintf(out, "%lu\n", seen);
    fclose(out);
}

/* Whether this allocation is the one. */
static bool fails(void)
{
    if (!ready || (getpid() != first) != in_workers || ++seen != wanted)
        return false;
    errno = ENOMEM;
    return true;
}

/* glibc's own, which dlsym would have to allocate for. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *block, size_t size);

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return fails() ? NULL : __libc_realloc(block, size);
}
