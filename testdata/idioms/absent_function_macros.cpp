// Macros of a header that is not there, in the heads of functions: the functions are what they are
// without them.
#include "not_there/export.h"

#include <cstdlib>
#include <cuda_runtime_api.h>

LIB_API void exported(void *block)
{
    (void)cudaHostRegister(block, 0, 0); // expect: zero-size
}

extern "C" {

JNIEXPORT jlong JNICALL Java_lib_Pool_pin(JNIEnv *env, jclass, jlong address)
{
    return (void)cudaHostRegister(env, 0, 0), 0; // expect: zero-size
}

JNIEXPORT void JNICALL
Java_lib_Pool_unpin(JNIEnv *env, jclass, jlong address)
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return;
    if (cudaHostRegister(block, 4096, 0) == cudaSuccess)
        std::free(block); // expect: freed-while-registered
}

LIB_API lib_status LIB_CALL lib_pin(void *block)
{
    (void)cudaHostRegister(block, 0, 0); // expect: zero-size
    return LIB_OK;
}

LIB_API STATUS LIB_CALL lib_pin_too(void *block)
{
    (void)cudaHostRegister(block, 0, 0); // expect: zero-size
    return LIB_OK;
}
}

class pool {
  public:
    LIB_INLINE void pin()
    {
        (void)cudaHostRegister(block, 0, 0); // expect: zero-size
    }

    // Right.
    LIB_INLINE bool again() const
    {
        if (cudaHostRegister(block, 4096, 0) != cudaSuccess)
            return false;
        return cudaHostUnregister(block) == cudaSuccess;
    }

  private:
    void *block = std::malloc(4096);
};
