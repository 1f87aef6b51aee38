/* One turn of a loop registers nothing; that the others register one block again and again is
 * another matter. */
#include <cuda_runtime.h>

static char block[8192];

int main(void)
{
    size_t sizes[3] = {4096, 0, 8192};

    for (int i = 0; i < 3; i++) {
        if (cudaHostRegister(block, sizes[i], 0) != cudaSuccess) // expect: zero-size, register-in-loop
            return 1;
        if (cudaHostUnregister(block) != cudaSuccess)
            return 2;
    }
    return 0;
}
