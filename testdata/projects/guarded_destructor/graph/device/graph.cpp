#include "graph/graph.h"

#include <cuda_runtime_api.h>

#include <stdexcept>

static void pin_rows(void *rows, std::size_t size)
{
    if (cudaHostRegister(rows, size, cudaHostRegisterMapped) != cudaSuccess) // expect: register-leak
        throw std::runtime_error("not registered");
}

graph::~graph()
{
    for (void *rows : pinned_)
        (void)cudaHostUnregister(rows);
}

void graph::pin(const long *rows, std::size_t count)
{
    if (count == 0)
        return;
    pin_rows((void *)rows, count * sizeof *rows);
    pinned_.push_back((void *)rows);
}

/* Where nobody counts on it, ... */
forgetful_graph::~forgetful_graph()
{
    pinned_.clear();
}

void forgetful_graph::pin(const long *rows, std::size_t count)
{
    if (count == 0)
        return;
    pin_rows((void *)rows, count * sizeof *rows);
    pinned_.push_back((void *)rows);
}
