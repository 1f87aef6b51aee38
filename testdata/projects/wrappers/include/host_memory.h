/* Host memory for transfers. The bodies are in another file. */
#ifndef HOST_MEMORY_H
#define HOST_MEMORY_H

#include <cuda_runtime.h>

#include <cstddef>

void *transfer_alloc(std::size_t size);           // page-locked
void transfer_free(void *block);                  // of transfer_alloc
void *plain_alloc(std::size_t size);              // ordinary
void plain_free(void *block);                     // of plain_alloc
cudaError_t pin(void *block, std::size_t size);   // page-locks an ordinary block
cudaError_t unpin(void *block);
void must(cudaError_t status);                    // ends the process where it is a failure
std::size_t padded(std::size_t size);             // never 0

#endif
