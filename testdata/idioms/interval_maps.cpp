// A map of the pages that are registered, looked into for the interval that holds an address: what it
// finds, no path knows.
#include <cstdint>
#include <cstdlib>
#include <cuda_runtime.h>
#include <iterator>
#include <map>
#include <stdexcept>

class page_map
{
    struct range {
        std::uintptr_t end;
        int users;
    };
    std::map<std::uintptr_t, range> ranges_;

    range *holder(std::uintptr_t begin, std::uintptr_t end)
    {
        auto at = ranges_.upper_bound(begin);
        if (at == ranges_.begin())
            return nullptr;
        at = std::prev(at);
        return end <= at->second.end ? &at->second : nullptr;
    }

  public:
    page_map() = default;
    page_map(const page_map &) = delete;
    ~page_map()
    {
        for (auto &each : ranges_)
            (void)cudaHostUnregister(reinterpret_cast<void *>(each.first));
    }

    void acquire(void *at, std::size_t size)
    {
        const std::uintptr_t page = 4096, address = reinterpret_cast<std::uintptr_t>(at);
        const std::uintptr_t begin = address & ~(page - 1);
        const std::uintptr_t end = (address + size + page - 1) & ~(page - 1);
        if (range *known = holder(begin, end)) {
            known->users++;
            return;
        }
        void *pages = reinterpret_cast<void *>(begin);
        if (begin == end)
            return;
        cudaError_t status = cudaHostRegister(pages, end - begin, cudaHostRegisterPortable);
        for (int turn = 0; status == cudaErrorMemoryAllocation && turn < 3; turn++) {
            (void)cudaGetLastError();
            status = cudaHostRegister(pages, end - begin, cudaHostRegisterPortable);
        }
        if (status != cudaSuccess)
            throw std::runtime_error(cudaGetErrorString(status));
        ranges_.emplace(begin, range{end, 1});
    }
};

static page_map map;

void whole_and_part()
{
    void *block = std::aligned_alloc(4096, 1 << 20);
    if (!block)
        return;
    map.acquire(block, 1 << 20);
    map.acquire(static_cast<char *>(block) + 8192, 4096);
}

// Nobody looks.
void part_registered_again()
{
    char *block = static_cast<char *>(std::malloc(1 << 20));
    if (!block)
        return;
    const std::uintptr_t begin = (reinterpret_cast<std::uintptr_t>(block) + 4095) & ~std::uintptr_t(4095);
    if (cudaHostRegister(block, 1 << 20, cudaHostRegisterDefault) == cudaSuccess) {
        void *page = reinterpret_cast<void *>(begin);
        if (cudaHostRegister(page, 4096, 0) == cudaSuccess) // expect: double-register
            (void)cudaHostUnregister(page);
        (void)cudaHostUnregister(block);
    }
    std::free(block);
}

void ended_by_the_map()
{
    void *block = std::aligned_alloc(4096, 1 << 20);
    if (!block)
        return;
    {
        page_map own;
        own.acquire(block, 1 << 20);
        own.acquire(static_cast<char *>(block) + 8192, 4096);
        own.acquire(block, 1 << 20);
    }
    std::free(block);
}
