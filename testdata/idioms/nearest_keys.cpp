// A table by address, kept as a number, answers by the nearest key whether memory is registered.
#include <cuda_runtime.h>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>

class ranges {
    std::map<uintptr_t, size_t> map_;

    std::map<uintptr_t, size_t>::iterator covering(uintptr_t p)
    {
        auto it = map_.upper_bound(p);
        if (it == map_.begin())
            return map_.end();
        --it;
        return p < it->first + it->second ? it : map_.end();
    }

  public:
    bool enter(void *block, size_t n)
    {
        const uintptr_t p = reinterpret_cast<uintptr_t>(block);
        if (n == 0 || covering(p) != map_.end())
            return false;
        if (cudaHostRegister(block, n, cudaHostRegisterDefault) != cudaSuccess)
            return false;
        map_.emplace(p, n);
        return true;
    }
    void leave(void *block)
    {
        auto it = covering(reinterpret_cast<uintptr_t>(block));
        if (it == map_.end())
            return;
        (void)cudaHostUnregister(block);
        map_.erase(it);
    }
};

static ranges table;

int by_table()
{
    char *p = new char[8192];
    if (table.enter(p, 8192))
        table.leave(p);
    delete[] p;
    return 0;
}

static std::set<unsigned long> known;

int by_set()
{
    void *p = std::malloc(8192);
    if (!p)
        return 1;
    if (cudaHostRegister(p, 8192, cudaHostRegisterDefault) == cudaSuccess)
        known.insert((unsigned long)p);
    auto nearest = known.lower_bound((unsigned long)p);
    if (nearest != known.end() && *nearest == (unsigned long)p) {
        (void)cudaHostUnregister(p);
        known.erase(nearest);
    }
    std::free(p);
    return 0;
}

int never_left()
{
    char *p = new char[8192];
    if (table.enter(p, 8192))
        p[0] = 1;
    delete[] p; // expect: freed-while-registered
    return 0;
}

int of_another(uintptr_t other)
{
    std::set<uintptr_t> own;
    void *p = std::malloc(8192);
    if (!p)
        return 1;
    if (cudaHostRegister(p, 8192, cudaHostRegisterDefault) != cudaSuccess) {
        std::free(p);
        return 1;
    }
    if (own.lower_bound(other) != own.end())
        (void)cudaHostUnregister(p);
    std::free(p); // expect: freed-while-registered
    return 0;
}
