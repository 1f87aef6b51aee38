#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

const char *fuzz_text(struct arena *arena, const uint8_t *data, size_t size)
{
    return arena_strndup(arena, size ? (const char *)data : "", size);
}

struct fuzz_file fuzz_open(struct arena *arena, const uint8_t *data, size_t size)
{
    struct fuzz_file file = {memfd_create("input", MFD_CLOEXEC), NULL};
    fuzz_check(file.descriptor >= 0 && write(file.descriptor, data, size) == (ssize_t)size,
               "a file in memory can be written");
    file.path = arena_printf(arena, "/proc/self/fd/%d", file.descriptor);
    return file;
}

void fuzz_close(struct fuzz_file *file)
{
    close(file->descriptor);
}

void fuzz_check(int holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}
