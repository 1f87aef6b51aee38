// What is registered is remembered in the elements of a map: written to one that was found by its
// key, and asked for when all are gone through.
#include <cstddef>
#include <cstdlib>
#include <cuda_runtime.h>
#include <map>
#include <string>

struct segment {
    std::size_t offset;
    bool is_pinned = false;
};

class weights
{
  protected:
    char *memory_;
    std::map<std::string, segment> segments_;

    void unpin(segment &one)
    {
        if (!one.is_pinned)
            return;
        if (cudaHostUnregister(memory_ + one.offset) != cudaSuccess)
            std::abort();
        one.is_pinned = false;
    }

  public:
    weights() : memory_(static_cast<char *>(std::malloc(1 << 20)))
    {
        if (!memory_)
            std::abort();
    }
    weights(const weights &) = delete;
    ~weights()
    {
        for (auto &entry : segments_)
            unpin(entry.second);
        std::free(memory_);
    }
    bool add(const std::string &name, std::size_t offset)
    {
        return segments_.emplace(name, segment{offset}).second;
    }
    const char *use(const std::string &name)
    {
        auto found = segments_.find(name);
        if (found == segments_.end())
            return nullptr;
        segment &one = found->second;
        if (!one.is_pinned &&
            cudaHostRegister(memory_ + one.offset, 4096, cudaHostRegisterDefault) == cudaSuccess)
            one.is_pinned = true;
        return memory_ + one.offset;
    }
};

bool used()
{
    weights all;
    return all.add("a", 0) && all.use("a");
}

class freed_first
{
    char *memory_;
    std::map<std::string, segment> segments_;

  public:
    freed_first() : memory_(static_cast<char *>(std::malloc(1 << 20)))
    {
        if (!memory_)
            std::abort();
    }
    freed_first(const freed_first &) = delete;
    ~freed_first()
    {
        std::free(memory_); // expect: freed-while-registered
        for (auto &entry : segments_)
            if (entry.second.is_pinned &&
                cudaHostUnregister(memory_ + entry.second.offset) != cudaSuccess)
                std::abort();
    }
    const char *use(const std::string &name, std::size_t offset)
    {
        segment &one = segments_[name];
        one.offset = offset;
        if (!one.is_pinned &&
            cudaHostRegister(memory_ + offset, 4096, cudaHostRegisterDefault) == cudaSuccess)
            one.is_pinned = true;
        return memory_ + offset;
    }
};

bool freed()
{
    freed_first all;
    return all.use("a", 0) != nullptr;
}
