/* Right: who chose the address of a mapping needs no pointer to find it again. */
#include "../unseen.h"

#include <cuda.h>
#include <stdint.h>
#include <sys/mman.h>

enum { SIZE = 1 << 20 };

static int map_at(uintptr_t address)
{
    void *storage = mmap((void *)address, SIZE, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (storage == MAP_FAILED)
        return -1;
    if (cuMemHostRegister(storage, SIZE, CU_MEMHOSTREGISTER_DEVICEMAP) != CUDA_SUCCESS) {
        munmap(storage, SIZE);
        return -1;
    }
    return 0;
}

int reserve(void)
{
    return map_at((uintptr_t)unseen_choice() << 32);
}
