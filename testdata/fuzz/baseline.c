/* A baseline: what is read can be applied. */
#include "findings/baseline.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *text = fuzz_text(arena, data, size);
    struct baseline baseline;
    if (!baseline_parse(arena, "baseline.json", text, size, &baseline)) {
        static const char *const files[] = {"/a/b.cu"};
        struct finding finding = {.rule = "zero-size", .at.file = files[0], .fingerprint = "f"};
        struct findings findings = {.arena = arena, .root = "/a"};
        vec_push(arena, &findings.list, finding);
        (void)baseline_apply(&baseline, &findings);
        for (size_t i = 0; i < baseline.entries.len; i++)
            (void)baseline_is_stale(&baseline.entries.data[i], findings.root, files, 1);
    }
    arena_free(arena);
    return 0;
}
