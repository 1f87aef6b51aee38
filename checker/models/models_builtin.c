#include "models/builtin.h"

#define TAKE(set, vec, rows, count)                                                                \
    ((set)->vec.data = arena_copy((set)->arena, (rows), (count) * sizeof *(rows)),                 \
     (set)->vec.len = (set)->vec.cap = (count))

void models_take_builtin(struct model_set *set)
{
    const struct models_builtin *builtin = &models_builtin;
    TAKE(set, functions, builtin->functions, builtin->function_count);
    TAKE(set, containers, builtin->containers, builtin->container_count);
    TAKE(set, allocators, builtin->allocators, builtin->allocator_count);
    TAKE(set, constants, builtin->constants, builtin->constant_count);
}
