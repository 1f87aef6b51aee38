/* A unified diff, of whatever tool. */
#include "findings/changed.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct changed changed = {0};
    if (!changed_read(arena, fuzz_text(arena, data, size), size, "/top", &changed)) {
        for (size_t i = 0; i < changed.files.len; i++) {
            const struct changed_file *file = &changed.files.data[i];
            fuzz_check(file->path && file->path[0] == '/', "paths are absolute");
            for (size_t j = 0; j < file->ranges.len; j++)
                fuzz_check(file->ranges.data[j].first <= file->ranges.data[j].last,
                           "ranges are in order");
        }
        (void)changed_holds(&changed, &(struct position){.file = "/top/a.cu", .line = 1});
    }
    arena_free(arena);
    return 0;
}
