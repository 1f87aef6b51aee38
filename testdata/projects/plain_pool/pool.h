#pragma once
#include <cstddef>
void *pool_get(std::size_t len);
void pool_put(void *);
