// freed-while-registered, at rules.cu:51 in freed_while_registered:
// memory is freed while it is registered: no call fails, but once the address is used again the
// GPU reads stale data
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer freed-while-registered.rules.cu-51.cpp && ./reproducer
// Exit status: 0 the GPU does what the rule predicts, 10 it does not, 20 cannot say.
#include <cuda_runtime.h>

#include <sys/mman.h>
#include <unistd.h>

#include <malloc.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

// Prints a call and its status, and gives the status.
#define CALL(call) show(#call, call)

static int show(const char *call, cudaError_t status)
{
    std::printf("%s\n    = %d %s\n", call, static_cast<int>(status), cudaGetErrorName(status));
    return static_cast<int>(status);
}

// What the path takes for granted: without it, nothing can be said.
static void need(bool holds, const char *what)
{
    if (holds)
        return;
    std::printf("inconclusive: failed: %s\n", what);
    std::exit(20);
}

#define MUST(call) need(show(#call, call) == 0, #call)

static int conclude(bool holds, const char *prediction)
{
    std::printf("%s: %s\n", holds ? "confirmed" : "refuted", prediction);
    return holds ? 0 : 10;
}

// Allocates until memory of the block is handed out again: by mmap where its pages went back to the
// system, else by malloc.
static char *allocate_at(char *address, std::size_t size)
{
    std::size_t inside = reinterpret_cast<std::size_t>(address) % 4096;
    void *page = mmap(address - inside, inside + size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (page == address - inside)
        return address;
    for (int i = 0; i < 256; i++) { // small blocks lie behind others that were freed
        char *again = static_cast<char *>(std::malloc(size));
        if (again < address + size && address < again + size)
            return again;
    }
    return nullptr;
}

// What the device has after a copy of the block: its first byte, copied back; -1 where it cannot be
// copied.
static int seen_by_device(const char *host, std::size_t size)
{
    char *device = nullptr, back = 0;
    MUST(cudaMalloc(&device, size));
    if (CALL(cudaMemcpy(device, host, size, cudaMemcpyHostToDevice)) != 0)
        return -1;
    MUST(cudaMemcpy(&back, device, 1, cudaMemcpyDeviceToHost));
    std::printf("the host wrote %d, the device saw %d\n", *host, back);
    return back;
}

int main()
{
    // a GPU and its context
    MUST(cudaFree(nullptr));

    // glibc's own default, which its free may have raised: larger blocks have pages of their own.
    mallopt(M_MMAP_THRESHOLD, 131072);

    // rules.cu:46: char *block = static_cast<char *>(std::malloc(bytes));
    // (the source leaves the size open: this one is chosen)
    char *block = static_cast<char *>(std::malloc(1048576));
    need(block != nullptr, "memory");

    // rules.cu:50: CHECK(cudaHostRegister(block, bytes, cudaHostRegisterDefault));
    // (the source leaves the size open: this one is chosen)
    MUST(cudaHostRegister(block, 1048576, cudaHostRegisterDefault));
    std::memset(block, 1, 1048576);

    // rules.cu:51: std::free(block);
    // This is the finding.
    std::free(block);

    // The address is used again, by memory that nobody has registered.
    char *again = allocate_at(block, 1048576);
    need(again != nullptr, "the address did not come back");
    std::memset(again, 3, 1048576);
    int seen = seen_by_device(again, 1048576);
    int status = CALL(cudaHostRegister(again, 1048576, cudaHostRegisterDefault));

    return conclude(seen != 3 || status == 712,
                    "the freed block is still registered: the device reads stale data, or a "
                    "copy or a register call there fails");
}
