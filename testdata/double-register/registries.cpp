// A registry that remembers what it registered, and one that does not look first. That a map or a
// vector has one element more is no choice of the path's.
#include <cuda_runtime_api.h>

#include <cstdlib>
#include <mutex>
#include <unordered_map>
#include <vector>

class Remembers {
  public:
    static Remembers &get()
    {
        static Remembers one;
        return one;
    }
    bool add(void *memory, std::size_t bytes)
    {
        std::lock_guard<std::mutex> guard(mutex_);
        if (bytes == 0)
            return false;
        auto it = users_.find(memory);
        if (it != users_.end()) {
            ++it->second;
            return true;
        }
        if (cudaHostRegister(memory, bytes, cudaHostRegisterDefault) != cudaSuccess)
            return false;
        users_.emplace(memory, 1);
        return true;
    }
    void remove(void *memory)
    {
        std::lock_guard<std::mutex> guard(mutex_);
        auto it = users_.find(memory);
        if (it == users_.end() || --it->second > 0)
            return;
        (void)cudaHostUnregister(memory);
        users_.erase(it);
    }

  private:
    std::mutex mutex_;
    std::unordered_map<void *, int> users_;
};

class Forgets {
  public:
    static Forgets &get()
    {
        static Forgets one;
        return one;
    }
    bool add(void *memory, std::size_t bytes)
    {
        std::lock_guard<std::mutex> guard(mutex_);
        if (bytes == 0)
            return false;
        if (cudaHostRegister(memory, bytes, cudaHostRegisterDefault) != cudaSuccess) // expect: double-register
            return false;
        sizes_.emplace(memory, bytes);
        order_.push_back(memory);
        return true;
    }
    void remove(void *memory)
    {
        std::lock_guard<std::mutex> guard(mutex_);
        if (sizes_.erase(memory))
            (void)cudaHostUnregister(memory);
    }

  private:
    std::mutex mutex_;
    std::unordered_map<void *, std::size_t> sizes_;
    std::vector<void *> order_;
};

int main()
{
    void *memory = std::malloc(8192), *other = std::malloc(8192);
    if (memory && Remembers::get().add(memory, 8192)) {
        if (Remembers::get().add(memory, 4096))
            Remembers::get().remove(memory);
        Remembers::get().remove(memory);
    }
    if (other && Forgets::get().add(other, 8192)) {
        (void)Forgets::get().add(other, 8192);
        Forgets::get().remove(other);
    }
    std::free(memory);
    std::free(other);
    return 0;
}
