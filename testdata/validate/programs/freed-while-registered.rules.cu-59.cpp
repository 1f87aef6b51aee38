// freed-while-registered, at rules.cu:59 in grown_while_registered:
// memory is given up by a container that may grow while it is registered: no call fails, but
// once the address is used again the GPU reads stale data
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer freed-while-registered.rules.cu-59.cpp && ./reproducer
// Exit status: 0 the GPU does what the rule predicts, 10 it does not, 20 cannot say.
#include <cuda_runtime.h>

#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

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

    // the container's buffer
    std::vector<char> owner(4000);
    char *block = owner.data();

    // rules.cu:58:
    //     CHECK(cudaHostRegister(values.data(), 1000 * sizeof(int), cudaHostRegisterDefault));
    MUST(cudaHostRegister(block, 4000, cudaHostRegisterDefault));
    std::memset(block, 1, 4000);

    // rules.cu:59: values.push_back(1);
    // This is the finding.
    owner.reserve(owner.capacity() + 1);

    // The address is used again, by memory that nobody has registered.
    char *again = allocate_at(block, 4000);
    need(again != nullptr, "the address did not come back");
    std::memset(again, 3, 4000);
    int seen = seen_by_device(again, 4000);
    int status = CALL(cudaHostRegister(again, 4000, cudaHostRegisterDefault));

    return conclude(seen != 3 || status == 712,
                    "the freed block is still registered: the device reads stale data, or a "
                    "copy or a register call there fails");
}
