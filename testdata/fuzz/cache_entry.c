/* What stands in the cache's folder: entries, and the manifests in them. */
#include "cache/entry.h"
#include "cache/manifest.h"
#include "fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct fuzz_file file = fuzz_open(arena, data, size);
    const unsigned char *bytes;
    size_t len;
    input_list inputs = {0};
    (void)entry_read(arena, file.path, &bytes, &len);
    if (manifest_read(arena, arena_copy(arena, data, size), size, &inputs)) {
        bytes = manifest_write(arena, &inputs, &len);
        fuzz_check(len == size, "a manifest is written as it was read");
    }
    fuzz_close(&file);
    arena_free(arena);
    return 0;
}
