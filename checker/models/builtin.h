/* The models built into the program: rules/models/ *.yaml as tables, made when the checker is built
 * (checker/models.cmake). */
#ifndef CUHOSTLINT_MODELS_BUILTIN_H
#define CUHOSTLINT_MODELS_BUILTIN_H

#include "models/model.h"

struct models_builtin {
    const struct model_function *functions;
    size_t function_count;
    const struct model_container *containers;
    size_t container_count;
    const struct model_allocator *allocators;
    size_t allocator_count;
    const struct model_constant *constants;
    size_t constant_count;
};

extern const struct models_builtin models_builtin;

#endif
