// Mappings that the kernel does not pin.
#include <cuda_runtime.h>

#include <fcntl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "../run_case.h"
#include "../unseen.h"

#define CHECK(call)                                                                                \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_ != cudaSuccess) {                                                              \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(status_));  \
            std::exit(1);                                                                          \
        }                                                                                          \
    } while (0)

enum { SIZE = 65536 };

static const char path[] = "unpinnable-mapping.tmp";

// "a writable `MAP_SHARED` mapping of a regular file (descriptor from `open` [...])"
void shared_file()
{
    int descriptor = open("unpinnable-mapping.tmp", O_RDWR | O_CREAT, 0600);

    if (descriptor < 0)
        return;
    if (ftruncate(descriptor, SIZE) != 0) {
        close(descriptor);
        return;
    }
    void *file = mmap(nullptr, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (file == MAP_FAILED)
        return;
    if (cudaHostRegister(file, SIZE, cudaHostRegisterDefault) == cudaSuccess) // expect: unpinnable-mapping
        CHECK(cudaHostUnregister(file));
    munmap(file, SIZE);
    unlink("unpinnable-mapping.tmp");
}

static int open_file()
{
    int descriptor = open(path, O_RDWR | O_CREAT, 0600);

    if (descriptor >= 0 && ftruncate(descriptor, SIZE) != 0) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}

struct store {
    int descriptor;
    char *bytes;
};

void shared_file_through_a_helper()
{
    store used = {open_file(), nullptr};

    if (used.descriptor < 0)
        return;
    used.bytes = static_cast<char *>(
        mmap(nullptr, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, used.descriptor, 0));
    if (used.bytes == MAP_FAILED)
        std::exit(1);
    cudaError_t status = cudaHostRegister(used.bytes, SIZE, cudaHostRegisterPortable); // expect: unpinnable-mapping
    if (status == cudaSuccess)
        CHECK(cudaHostUnregister(used.bytes));
    munmap(used.bytes, SIZE);
    close(used.descriptor);
    unlink(path);
}

// "or a PROT_NONE mapping"
void reserved_addresses()
{
    void *region = mmap(nullptr, SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (region == MAP_FAILED)
        return;
    if (cudaHostRegister(region, SIZE, cudaHostRegisterDefault) == cudaSuccess) // expect: unpinnable-mapping
        CHECK(cudaHostUnregister(region));
    munmap(region, SIZE);
}

// Right: reserved, then opened for writing.
void reserved_and_opened()
{
    void *region = mmap(nullptr, SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (region == MAP_FAILED)
        return;
    if (mprotect(region, SIZE, PROT_READ | PROT_WRITE) != 0) {
        munmap(region, SIZE);
        return;
    }
    CHECK(cudaHostRegister(region, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(region));
    munmap(region, SIZE);
}

// Right: only the guard page behind it has no access.
int guard_page()
{
    char *region = static_cast<char *>(mmap(nullptr, 2 * SIZE, PROT_READ | PROT_WRITE,
                                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    if (region == MAP_FAILED)
        return -1;
    if (mprotect(region + SIZE, SIZE, PROT_NONE) == 0 &&
        cudaHostRegister(region, SIZE, cudaHostRegisterDefault) == cudaSuccess)
        (void)cudaHostUnregister(region);
    munmap(region, 2 * SIZE);
    return 0;
}

// Right: reserved, then mapped over.
void reserved_and_mapped_over()
{
    void *region = mmap(nullptr, 2 * SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (region == MAP_FAILED)
        return;
    void *used = mmap(region, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    if (used == MAP_FAILED) {
        munmap(region, 2 * SIZE);
        return;
    }
    CHECK(cudaHostRegister(used, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(used));
    munmap(region, 2 * SIZE);
}

// Right: "Private file mappings, POSIX and System V shared memory and memfd are fine."
void private_file()
{
    int descriptor = open_file();

    if (descriptor < 0)
        return;
    void *file = mmap(nullptr, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptor, 0);
    close(descriptor);
    if (file == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(file, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(file));
    munmap(file, SIZE);
    unlink(path);
}

void posix_shared_memory()
{
    int descriptor = shm_open("/cuhostlint-unpinnable", O_RDWR | O_CREAT, 0600);

    if (descriptor < 0)
        return;
    if (ftruncate(descriptor, SIZE) != 0)
        std::exit(1);
    void *shared = mmap(nullptr, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (shared == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(shared, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(shared));
    munmap(shared, SIZE);
    shm_unlink("/cuhostlint-unpinnable");
}

void system_v_shared_memory()
{
    int segment = shmget(IPC_PRIVATE, SIZE, IPC_CREAT | 0600);

    if (segment < 0)
        return;
    void *shared = shmat(segment, nullptr, 0);
    shmctl(segment, IPC_RMID, nullptr);
    if (shared == reinterpret_cast<void *>(-1))
        return;
    CHECK(cudaHostRegister(shared, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(shared));
    shmdt(shared);
}

void memory_file()
{
    int descriptor = memfd_create("frames", 0);

    if (descriptor < 0)
        return;
    if (ftruncate(descriptor, SIZE) != 0)
        std::exit(1);
    void *frames = mmap(nullptr, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (frames == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(frames, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(frames));
    munmap(frames, SIZE);
}

void shared_and_anonymous()
{
    void *shared = mmap(nullptr, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (shared == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(shared, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(shared));
    munmap(shared, SIZE);
}

// Right: "not under /dev"
void under_dev()
{
    int descriptor = open("/dev/shm/cuhostlint-unpinnable", O_RDWR | O_CREAT, 0600);

    if (descriptor < 0)
        return;
    if (ftruncate(descriptor, SIZE) != 0)
        std::exit(1);
    void *shared = mmap(nullptr, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (shared == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(shared, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(shared));
    munmap(shared, SIZE);
    unlink("/dev/shm/cuhostlint-unpinnable");
}

// Right: the descriptor comes from somewhere else.
void descriptor_of_the_caller(int descriptor)
{
    void *shared = mmap(nullptr, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);

    if (shared == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(shared, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(shared));
    munmap(shared, SIZE);
}

// Right: one descriptor or the other, and the flags go with it.
void file_or_memory(bool on_disk)
{
    int descriptor = on_disk ? open_file() : memfd_create("frames", 0);

    if (descriptor < 0)
        return;
    if (!on_disk && ftruncate(descriptor, SIZE) != 0)
        std::exit(1);
    void *frames = mmap(nullptr, SIZE, PROT_READ | PROT_WRITE, on_disk ? MAP_PRIVATE : MAP_SHARED,
                        descriptor, 0);
    close(descriptor);
    if (frames == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(frames, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(frames));
    munmap(frames, SIZE);
}

// Right: the file's contents are read into memory of its own.
void read_into_memory()
{
    int descriptor = open(path, O_RDONLY);
    char *block = static_cast<char *>(std::malloc(SIZE));

    if (descriptor >= 0) {
        if (block != nullptr && read(descriptor, block, SIZE) < 0)
            block[0] = 0;
        close(descriptor);
    }
    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    std::free(block);
}

static void either_run()
{
    file_or_memory(false);
    file_or_memory(true);
}

static const struct run_case cases[] = {
    CASE(shared_file), CASE(shared_file_through_a_helper), CASE(reserved_addresses),
    CASE(reserved_and_opened), CASE(reserved_and_mapped_over), CASE(private_file),
    CASE(posix_shared_memory), CASE(system_v_shared_memory), CASE(memory_file),
    CASE(shared_and_anonymous), CASE(under_dev), CASE(either_run), CASE(read_into_memory),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
