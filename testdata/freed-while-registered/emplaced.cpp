// What is there already is not made anew.
#include <cuda_runtime.h>
#include <map>
#include <string>
#include <vector>

struct item {
    std::vector<char> bytes;
    bool is_locked = false;
    void lock()
    {
        if (!is_locked && !bytes.empty())
            is_locked = cudaHostRegister(bytes.data(), bytes.size(), 0) == cudaSuccess;
    }
    void unlock()
    {
        if (is_locked)
            (void)cudaHostUnregister(bytes.data());
        is_locked = false;
    }
};

static item &add(std::map<std::string, item> &items, const std::string &name)
{
    auto [at, is_new] = items.try_emplace(name);
    if (!is_new)
        at->second.unlock();
    at->second.bytes.assign(8192, 0);
    return at->second;
}

static item &add_too_early(std::map<std::string, item> &items, const std::string &name)
{
    auto [at, is_new] = items.try_emplace(name);
    at->second.bytes.assign(100000, 0); // expect: freed-while-registered
    if (!is_new)
        at->second.unlock();
    return at->second;
}

void add_twice()
{
    std::map<std::string, item> items;
    add(items, "a").lock();
    add(items, "b").lock();
    add(items, "a").unlock();
    add(items, "b").unlock();
}

void add_once_more()
{
    std::map<std::string, item> items;
    add(items, "a").lock();
    add_too_early(items, "a").unlock();
}
