/* Registries: maps whose keys are the registered pointers. */
#include <cuda_runtime.h>
#include <map>
#include <mutex>
#include <stdlib.h>
#include <unordered_map>
#include <utility>
#include <vector>

void trace(const char *text);

class Registry {
    std::unordered_map<void *, size_t> live_;
    std::mutex mutex_;

public:
    bool pin(void *p, size_t n)
    {
        std::lock_guard<std::mutex> lock(mutex_);
        if (live_.count(p))
            return true;
        if (cudaHostRegister(p, n, 0) != cudaSuccess) // expect: nonconstant-size
            return false;
        live_[p] = n;
        return true;
    }
    void unpin(void *p)
    {
        std::lock_guard<std::mutex> lock(mutex_);
        auto it = live_.find(p);
        if (it == live_.end())
            return;
        (void)cudaHostUnregister(it->first);
        live_.erase(it);
    }
    void clear()
    {
        for (auto &entry : live_)
            (void)cudaHostUnregister(entry.first);
        live_.clear();
    }
    ~Registry() { clear(); }
};

int freed_first()
{
    char *p = (char *)malloc(8192);
    Registry registry;
    if (!p)
        return -1;
    if (!registry.pin(p, 8192)) {
        free(p);
        return -1;
    }
    free(p); // expect: freed-while-registered
    return 0;
}

int grown(size_t n)
{
    std::vector<char> v(n + 4096);
    Registry registry;
    if (!registry.pin(v.data(), v.size()))
        return -1;
    v.push_back(1); // expect: freed-while-registered
    registry.unpin(v.data());
    return 0;
}

int emplaced()
{
    std::map<void *, int> live;
    char *p = (char *)malloc(8192);
    if (!p)
        return -1;
    if (cudaHostRegister(p, 8192, 0) == cudaSuccess)
        live.emplace(p, 1);
    free(p); // expect: freed-while-registered
    return 0;
}

int in_order()
{
    char *p = (char *)malloc(8192);
    Registry registry;
    if (!p)
        return -1;
    if (!registry.pin(p, 8192)) {
        free(p);
        return -1;
    }
    registry.unpin(p);
    free(p);
    return 0;
}

int by_the_destructor()
{
    char *p = (char *)malloc(8192);
    if (!p)
        return -1;
    {
        Registry registry;
        if (!registry.pin(p, 8192)) {
            free(p);
            return -1;
        }
    }
    free(p);
    return 0;
}

int of_the_caller(Registry &registry)
{
    char *p = (char *)malloc(8192);
    if (!p)
        return -1;
    if (!registry.pin(p, 8192)) {
        free(p);
        return -1;
    }
    trace("pinned");
    registry.unpin(p);
    free(p);
    return 0;
}

/* A key of several parts. */
class OfDevices {
    std::map<std::pair<void *, int>, size_t> live_;

public:
    bool pin(void *p, int device, size_t n)
    {
        if (live_.count({p, device}))
            return true;
        if (cudaHostRegister(p, n, 0) != cudaSuccess) // expect: nonconstant-size
            return false;
        live_[{p, device}] = n;
        return true;
    }
    void unpin(void *p, int device)
    {
        auto it = live_.find({p, device});
        if (it == live_.end())
            return;
        (void)cudaHostUnregister(p);
        live_.erase(it);
    }
};

int of_one_device()
{
    char *p = (char *)malloc(8192);
    OfDevices devices;
    if (!p)
        return -1;
    if (!devices.pin(p, 0, 8192)) {
        free(p);
        return -1;
    }
    devices.unpin(p, 0);
    free(p);
    return 0;
}

/* The address as a number. */
class Numbered {
    std::map<unsigned long, size_t> live_;

public:
    bool pin(void *p, size_t n)
    {
        if (!n || cudaHostRegister(p, n, 0) != cudaSuccess)
            return false;
        live_.emplace(reinterpret_cast<unsigned long>(p), n);
        return true;
    }
    ~Numbered()
    {
        for (auto entry : live_)
            (void)cudaHostUnregister(reinterpret_cast<void *>(entry.first));
    }
};

int numbered()
{
    std::vector<char> v(8192);
    Numbered registry;
    return registry.pin(v.data(), v.size()) ? 0 : -1;
}

/* What is found in a map is undone under its name. */
static std::unordered_map<void *, int> owners;

bool pin_owned(void *p)
{
    if (cudaHostRegister(p, 8192, 0) != cudaSuccess)
        return false;
    owners.emplace(p, 1);
    return true;
}

bool unpin_owned(void *p)
{
    auto it = owners.find(p);
    if (it == owners.end())
        return false;
    bool is_done = cudaHostUnregister(p) == cudaSuccess;
    owners.erase(it);
    return is_done;
}

/* How often it was pinned. */
class Counted {
    std::map<void *, int> pins_;

public:
    bool pin(void *p, size_t n)
    {
        if (pins_[p] == 0 && cudaHostRegister(p, n, 0) != cudaSuccess) { // expect: nonconstant-size
            pins_.erase(p);
            return false;
        }
        ++pins_[p];
        return true;
    }
    void unpin(void *p)
    {
        if (--pins_[p] > 0)
            return;
        (void)cudaHostUnregister(p);
        pins_.erase(p);
    }
};

int counted()
{
    char *p = (char *)malloc(8192);
    Counted pins;
    if (!p)
        return -1;
    if (!pins.pin(p, 8192)) {
        free(p);
        return -1;
    }
    pins.unpin(p);
    free(p);
    return 0;
}

int main()
{
    Registry registry;
    return freed_first() + grown(1) + emplaced() + in_order() + by_the_destructor() +
           of_the_caller(registry) + of_one_device() + counted();
}
