/* A check that reports through code out of sight and goes on: its failure is not followed. */
#include <cuda_runtime.h>
#include <string>

void report(const std::string &what, cudaError_t status, int *counter);

#define EXPECT_OK(call)                                                                            \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_ != cudaSuccess) {                                                              \
            std::string text_ = #call;                                                             \
            report(text_ + " failed", status_, &failures);                                         \
        }                                                                                          \
    } while (0)

int checks_and_goes_on()
{
    int failures = 0;
    char *block = new char[4096];
    EXPECT_OK(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    block[0] = 1;
    EXPECT_OK(cudaHostUnregister(block));
    delete[] block;
    return failures;
}
