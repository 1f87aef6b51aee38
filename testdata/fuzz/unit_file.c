/* A file that `cuhostlint link` is given. */
#include "cli/unit_file.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct fuzz_file file = fuzz_open(arena, data, size);
    struct source_unit source;
    struct driver_result result;
    if (!unit_file_read(arena, file.path, &source, &result))
        fuzz_check(source.path[0] == '/' && source.root[0] == '/', "paths are absolute");
    fuzz_close(&file);
    arena_free(arena);
    return 0;
}
