// Declared here, defined in a library that is not linted: `.cuhostlint` says what they do.
#ifndef POOL_H
#define POOL_H

#include <cstddef>

void *arena_pinned(std::size_t size);
void report_failure(int status);

namespace pool
{
int lock(void *block, std::size_t size);
int unlock(void *block);
} // namespace pool

#endif
