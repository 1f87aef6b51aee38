/* What a map holds by a key that is a number: nothing where it is new or cleared, nothing at a key
 * that was erased, by the key or by what find() gave. */
#include <cstddef>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <utility>

#include <cuda_runtime.h>

class registry {
    struct entry {
        std::size_t bytes;
        int references;
    };
    std::map<std::uintptr_t, entry> live;

public:
    bool pin(void *memory, std::size_t bytes)
    {
        auto key = reinterpret_cast<std::uintptr_t>(memory);
        auto at = live.find(key);
        if (at != live.end()) {
            ++at->second.references;
            return true;
        }
        if (bytes == 0 || cudaHostRegister(memory, bytes, cudaHostRegisterDefault) != cudaSuccess)
            return false;
        live.emplace(key, entry{bytes, 1});
        return true;
    }
    void unpin(void *memory)
    {
        auto at = live.find(reinterpret_cast<std::uintptr_t>(memory));
        if (at == live.end() || --at->second.references > 0)
            return;
        if (cudaHostUnregister(memory) != cudaSuccess)
            (void)cudaGetLastError();
        live.erase(at);
    }
};

void both_know(registry &known, void *memory)
{
    if (!known.pin(memory, 4096))
        return;
    if (!known.pin(memory, 4096))
        return;
    known.unpin(memory);
    known.unpin(memory);
}

void unpinned_twice(void *memory)
{
    registry known;
    if (!known.pin(memory, 4096))
        return;
    known.unpin(memory);
    known.unpin(memory);
}

void cleared(void *memory, unsigned long key)
{
    std::map<unsigned long, int> live;
    if (cudaHostRegister(memory, 4096, 0) != cudaSuccess)
        return;
    live.emplace(key, 1);
    if (live.count(key))
        (void)cudaHostUnregister(memory);
    live.clear();
    if (live.count(key))
        (void)cudaHostUnregister(memory);
}

void begins_empty(void *memory, unsigned long key)
{
    std::unordered_map<unsigned long, int> live;
    if (live.count(key))
        (void)cudaHostUnregister(memory);
    if (cudaHostRegister(memory, 4096, 0) != cudaSuccess)
        return;
    live[key] = 2;
    live.erase(key);
    if (live.count(key) || live.erase(key))
        return;
    (void)cudaHostUnregister(memory);
}

void swapped(void *memory, unsigned long key)
{
    std::map<unsigned long, int> one, other;
    if (cudaHostRegister(memory, 4096, 0) != cudaSuccess)
        return;
    one.emplace(key, 1);
    one.swap(other);
    if (one.count(key))
        (void)cudaHostUnregister(memory);
    if (other.find(key) != other.end()) {
        (void)cudaHostUnregister(memory);
        other.erase(key);
    }
    one = std::move(other);
    if (one.find(key) != one.end())
        (void)cudaHostUnregister(memory);
}

void there_again(void *memory, unsigned long key)
{
    std::map<unsigned long, int> live;
    if (cudaHostRegister(memory, 4096, 0) != cudaSuccess)
        return;
    live.emplace(key, 1);
    live.erase(key);
    live.emplace(key, 2);
    if (live.count(key))
        (void)cudaHostUnregister(memory);
    if (live.count(key))
        (void)cudaHostUnregister(memory); // expect: unregister-unregistered
}

void not_erased(void *memory, unsigned long key)
{
    std::map<unsigned long, int> live;
    if (cudaHostRegister(memory, 4096, 0) != cudaSuccess)
        return;
    live.emplace(key, 1);
    auto at = live.find(key);
    if (at == live.end())
        return;
    (void)cudaHostUnregister(memory);
    at = live.find(key);
    if (at != live.end())
        (void)cudaHostUnregister(memory); // expect: unregister-unregistered
}
