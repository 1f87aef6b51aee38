/* What each of the programs has a definition of its own for. */
#pragma once
#include <cstddef>

void *get_memory(std::size_t bytes);
void put_memory(void *p);
std::size_t memory_trailer();
