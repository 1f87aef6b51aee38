/* A file of models. */
#include "fuzz.h"
#include "models/model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct model_set models = {.arena = arena};
    if (!models_read(&models, fuzz_text(arena, data, size), size, "models.yaml", true)) {
        models_index(&models);
        for (size_t i = 0; i < models.functions.len; i++)
            (void)models_function_is_watched(&models.functions.data[i]);
        (void)models_is_watched(&models, "cudaHostRegister", 16);
    }
    arena_free(arena);
    return 0;
}
