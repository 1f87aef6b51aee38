#include <cuda.h>
#include <cuda_runtime_api.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../run_case.h"

#define SIZE 65536

struct region {
    char *base;
    size_t size;
};

static int region_map(struct region *region, int flags)
{
    int descriptor = open("region.tmp", O_RDWR | O_CREAT | O_TRUNC, 0600);

    if (descriptor == -1)
        return -1;
    if (ftruncate(descriptor, SIZE) == -1) {
        close(descriptor);
        return -1;
    }
    region->size = SIZE;
    region->base = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, flags, descriptor, 0);
    close(descriptor);
    unlink("region.tmp");
    return region->base == MAP_FAILED ? -1 : 0;
}

static void region_unmap(struct region *region)
{
    munmap(region->base, region->size);
}

void driver_shared_file(void)
{
    struct region region;

    (void)cudaFree(NULL);
    if (region_map(&region, MAP_SHARED) != 0)
        return;
    if (cuMemHostRegister(region.base, SIZE, 0) == CUDA_SUCCESS) /* expect: unpinnable-mapping */
        (void)cuMemHostUnregister(region.base);
    region_unmap(&region);
}

/* Right. */
void driver_private_file(void)
{
    struct region region;

    (void)cudaFree(NULL);
    if (region_map(&region, MAP_PRIVATE) != 0)
        return;
    if (cuMemHostRegister(region.base, SIZE, 0) == CUDA_SUCCESS)
        (void)cuMemHostUnregister(region.base);
    region_unmap(&region);
}

static const struct run_case cases[] = {CASE(driver_shared_file), CASE(driver_private_file)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
