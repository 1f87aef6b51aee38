/* What the clients of an allocator do: they hand back what they were given. */
#ifndef CUHOSTLINT_ENGINE_CLIENTS_ALLOCATORS_H
#define CUHOSTLINT_ENGINE_CLIENTS_ALLOCATORS_H

#include "link/program.h"
#include "models/model.h"

/* Adds to the program, for each class of its own that is an allocator as containers use it (its
 * members allocate(n) and deallocate(p, n); do_allocate and do_deallocate of a memory resource)
 * or as the pools of Boost do (static malloc(n) and free(p)), and that pins in the first and only
 * frees in the second, a function that hands to the second what it got from the first. Whatever
 * containers do in between, it is no business of theirs how the memory is pinned. Each has its
 * flow, as the program's others have. */
void allocators_add(struct program *program, const struct model_set *models);

#endif
