/* A path that the function makes itself, under /dev/shm where the caller names none. */
#include <cstdio>
#include <cstdlib>
#include <cuda_runtime.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static void *open_segment(char *path, size_t length, size_t size, bool create)
{
    int descriptor = -1;
    if (create) {
        snprintf(path, length, "/dev/shm/segment-XXXXXX");
        descriptor = mkstemp(path);
    } else {
        descriptor = open(path, O_RDWR, 0600);
    }
    if (descriptor < 0 || size == 0)
        return nullptr;
    void *shared = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (shared == MAP_FAILED)
        return nullptr;
    if (cudaHostRegister(shared, size, cudaHostRegisterDefault) != cudaSuccess) {
        munmap(shared, size);
        return nullptr;
    }
    return shared;
}

int main()
{
    char path[64];
    void *one = open_segment(path, sizeof path, 4096, true);
    void *other = open_segment(path, sizeof path, 4096, false);
    if (one)
        (void)cudaHostUnregister(one);
    if (other)
        (void)cudaHostUnregister(other);
}
