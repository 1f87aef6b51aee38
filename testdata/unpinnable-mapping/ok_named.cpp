/* A path that the function makes itself, under /dev/shm where the caller names none; a driver's,
 * that is opened by a function which is told the path. */
#include <cstdio>
#include <cstdlib>
#include <cuda_runtime.h>
#include <fcntl.h>
#include <sys/ioctl.h>
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

static int open_with_patience(const char *path, int turns)
{
    int descriptor = -1;
    for (int turn = 0; turn < turns && descriptor < 0; turn++)
        descriptor = open(path, O_RDWR);
    return descriptor;
}

static void *map_queue(const char *given, size_t size)
{
    int descriptor = open_with_patience(given ? given : "/dev/queues", 5);
    if (descriptor < 0 || size == 0)
        return nullptr;
    void *queue = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (queue == MAP_FAILED)
        return nullptr;
    if (cudaHostRegister(queue, size, cudaHostRegisterMapped) != cudaSuccess) {
        munmap(queue, size);
        return nullptr;
    }
    return queue;
}

int capture(const char *camera, size_t size) // who calls it says which
{
    int descriptor = open(camera, O_RDWR);
    if (descriptor < 0 || size == 0)
        return -1;
    void *frame = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (frame == MAP_FAILED)
        return -1;
    int failed = cudaHostRegister(frame, size, cudaHostRegisterDefault) != cudaSuccess;
    if (!failed)
        (void)cudaHostUnregister(frame);
    munmap(frame, size);
    return failed;
}

struct camera {
    int descriptor;
    unsigned size;
    void *frame;
};

static void *map_frame(camera *of)
{
    if (ioctl(of->descriptor, 0xc058, &of->size) < 0 || of->size == 0)
        return MAP_FAILED;
    return mmap(nullptr, of->size, PROT_READ | PROT_WRITE, MAP_SHARED, of->descriptor, 0);
}

camera *open_camera(const char *path) // what answers commands is no regular file
{
    camera *opened = static_cast<camera *>(calloc(1, sizeof *opened));
    if (!opened)
        return nullptr;
    opened->descriptor = open(path, O_RDWR);
    opened->frame = opened->descriptor < 0 ? MAP_FAILED : map_frame(opened);
    if (opened->frame != MAP_FAILED) {
        if (cudaHostRegister(opened->frame, opened->size, cudaHostRegisterDefault) == cudaSuccess)
            return opened;
        munmap(opened->frame, opened->size);
    }
    free(opened);
    return nullptr;
}

int main(int argc, char **argv)
{
    void *queue = map_queue(argc > 1 ? argv[1] : nullptr, 4096);
    if (queue)
        (void)cudaHostUnregister(queue);
    capture(argc > 2 ? argv[2] : "/dev/video0", 1 << 20);
    char path[64];
    void *one = open_segment(path, sizeof path, 4096, true);
    void *other = open_segment(path, sizeof path, 4096, false);
    if (one)
        (void)cudaHostUnregister(one);
    if (other)
        (void)cudaHostUnregister(other);
}
