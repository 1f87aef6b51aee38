/* A count of users lets only the first register. */
#include <cuda_runtime_api.h>
static char ring[1 << 16];
static int users = 0;
static int attach(void)
{
    if (users++ > 0)
        return 1;
    return cudaHostRegister(ring, sizeof ring, cudaHostRegisterPortable) == cudaSuccess;
}
static void detach(void)
{
    if (--users == 0)
        cudaHostUnregister(ring); // expect: unchecked-call
}
int main(void)
{
    if (!attach())
        return 1;
    if (!attach())
        return 1;
    detach();
    detach();
    return 0;
}
