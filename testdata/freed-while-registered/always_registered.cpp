// Private members that hold registered memory whenever they hold anything: what a member function
// frees when it begins, another one registered. The destructor unregisters it.
#include <cuda_runtime_api.h>

#include <cstdlib>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        throw status;
}

class Stage {
  public:
    Stage() = default;
    Stage(const Stage &) = delete;
    ~Stage() { release(); }

    char *ensure(std::size_t bytes)
    {
        if (bytes > capacity_) {
            std::free(memory_); // expect: freed-while-registered
            memory_ = static_cast<char *>(std::malloc(bytes));
            if (!memory_)
                throw bytes;
            check(cudaHostRegister(memory_, bytes, 0));
            capacity_ = bytes;
        }
        return memory_;
    }

  private:
    void release() noexcept
    {
        if (memory_ && cudaHostUnregister(memory_) != cudaSuccess)
            std::abort();
        std::free(memory_);
        memory_ = nullptr;
        capacity_ = 0;
    }

    char *memory_ = nullptr;
    std::size_t capacity_ = 0;
};

// A member function that frees, and that the destructor calls when it has unregistered, may be called
// by others before.
class Steps {
  public:
    void open()
    {
        memory_ = new char[8192];
        check(cudaHostRegister(memory_, 8192, 0));
    }
    void drop()
    {
        delete[] memory_; // expect: freed-while-registered
        memory_ = nullptr;
    }
    ~Steps()
    {
        if (memory_ && cudaHostUnregister(memory_) != cudaSuccess)
            std::abort();
        drop();
    }

  private:
    char *memory_ = nullptr;
};

class Moved {
  public:
    explicit Moved(std::size_t pages) : memory_(new char[4096 * (pages + 1)])
    {
        if (cudaHostRegister(memory_, 4096 * (pages + 1), 0) != cudaSuccess) {
            delete[] memory_;
            throw pages;
        }
    }
    Moved(Moved &&other) noexcept : memory_(std::exchange(other.memory_, nullptr)) {}
    Moved &operator=(Moved &&other) noexcept
    {
        if (this != &other) {
            delete[] memory_; // expect: freed-while-registered
            memory_ = std::exchange(other.memory_, nullptr);
        }
        return *this;
    }
    ~Moved()
    {
        if (memory_ && cudaHostUnregister(memory_) != cudaSuccess)
            std::abort();
        delete[] memory_;
    }

  private:
    char *memory_;
};

// The elements of a container: whoever lets some of them go forgets what the destructor does.
static void *pin_new()
{
    void *memory = std::malloc(65536);
    if (memory && cudaHostRegister(memory, 65536, 0) != cudaSuccess) {
        std::free(memory);
        memory = nullptr;
    }
    return memory;
}

static void unpin_free(void *memory)
{
    if (cudaHostUnregister(memory) != cudaSuccess)
        std::abort();
    std::free(memory);
}

class Pool {
  public:
    void *take()
    {
        void *memory = pin_new();
        if (memory)
            blocks_.push_back(memory);
        return memory;
    }
    void shrink(std::size_t limit)
    {
        while (blocks_.size() > limit) {
            std::free(blocks_.back()); // expect: freed-while-registered
            blocks_.pop_back();
        }
    }
    void drop_first()
    {
        if (blocks_.empty())
            return;
        void *memory = blocks_.front();
        blocks_.erase(blocks_.begin());
        std::free(memory); // expect: freed-while-registered
    }
    std::size_t size() const { return blocks_.size(); }
    ~Pool()
    {
        for (void *memory : blocks_)
            unpin_free(memory);
    }

  private:
    std::vector<void *> blocks_;
};

class Cache {
  public:
    void *find(int key)
    {
        auto at = blocks_.find(key);
        if (at != blocks_.end())
            return at->second;
        void *memory = pin_new();
        if (memory)
            blocks_[key] = memory;
        return memory;
    }
    void evict()
    {
        while (blocks_.size() > 16) {
            auto at = blocks_.begin();
            std::free(at->second); // expect: freed-while-registered
            blocks_.erase(at);
        }
    }
    void clear()
    {
        for (auto &each : blocks_)
            unpin_free(each.second);
        blocks_.clear();
    }
    ~Cache() { clear(); }

  private:
    std::unordered_map<int, void *> blocks_;
};

// ---- right ----

class Assigned {
  public:
    explicit Assigned(std::size_t pages) : memory_(new char[4096 * (pages + 1)])
    {
        if (cudaHostRegister(memory_, 4096 * (pages + 1), 0) != cudaSuccess) {
            delete[] memory_;
            throw pages;
        }
    }
    Assigned &operator=(Assigned &&other) noexcept
    {
        std::swap(memory_, other.memory_);
        return *this;
    }
    Assigned(Assigned &&other) noexcept : memory_(std::exchange(other.memory_, nullptr)) {}
    ~Assigned()
    {
        if (memory_ && cudaHostUnregister(memory_) != cudaSuccess)
            std::abort();
        delete[] memory_;
    }

  private:
    char *memory_;
};

// What may be there before it was registered is not told of.
class Filled {
  public:
    Filled() : memory_(new char[8192]) {}
    void open() { check(cudaHostRegister(memory_, 8192, 0)); }
    void replace()
    {
        delete[] memory_;
        memory_ = new char[8192];
    }
    ~Filled()
    {
        if (cudaHostUnregister(memory_) != cudaSuccess)
            std::abort();
        delete[] memory_;
    }

  private:
    char *memory_;
};

// Elements that are unregistered by one function and freed by another.
class Stopped {
  public:
    void add()
    {
        void *memory = pin_new();
        if (memory)
            blocks_.push_back(memory);
    }
    void stop()
    {
        for (void *memory : blocks_)
            if (cudaHostUnregister(memory) != cudaSuccess)
                std::abort();
    }
    void clear()
    {
        for (void *memory : blocks_)
            std::free(memory);
        blocks_.clear();
    }
    ~Stopped() { clear(); }

  private:
    std::vector<void *> blocks_;
};

// ... by the name of another container that holds them.
class Twice {
  public:
    void add()
    {
        void *memory = pin_new();
        if (!memory)
            return;
        all_.push_back(memory);
        pinned_.push_back(memory);
    }
    void stop()
    {
        for (void *memory : pinned_)
            if (cudaHostUnregister(memory) != cudaSuccess)
                std::abort();
        pinned_.clear();
    }
    void clear()
    {
        for (void *memory : all_)
            std::free(memory);
        all_.clear();
    }
    ~Twice()
    {
        stop();
        clear();
    }

  private:
    std::vector<void *> all_, pinned_;
};

// ... of a copy.
class Copied {
  public:
    void add()
    {
        void *memory = pin_new();
        if (memory)
            blocks_.push_back(memory);
    }
    void stop()
    {
        std::vector<void *> copy = blocks_;
        for (void *memory : copy)
            if (cudaHostUnregister(memory) != cudaSuccess)
                std::abort();
    }
    void clear()
    {
        while (!blocks_.empty()) {
            std::free(blocks_.back());
            blocks_.pop_back();
        }
    }
    ~Copied() { clear(); }

  private:
    std::vector<void *> blocks_;
};

// Elements that are registered later.
class Late {
  public:
    void fill(int count)
    {
        for (int i = 0; i < count; i++)
            blocks_[i] = std::malloc(65536);
    }
    void shrink()
    {
        auto last = blocks_.begin();
        if (last == blocks_.end())
            return;
        std::free(last->second);
        blocks_.erase(last);
    }
    void pin()
    {
        for (auto &each : blocks_)
            check(cudaHostRegister(each.second, 65536, 0));
    }
    ~Late()
    {
        for (auto &each : blocks_)
            unpin_free(each.second);
    }

  private:
    std::map<int, void *> blocks_;
};

// What has not been taken is on another list.
class Moving {
  public:
    void *take()
    {
        if (free_.empty())
            return pin_new();
        void *memory = free_.back();
        free_.pop_back();
        return memory;
    }
    void give(void *memory) { free_.push_back(memory); }
    ~Moving()
    {
        std::vector<void *> last;
        last.swap(free_);
        for (void *memory : last)
            unpin_free(memory);
    }

  private:
    std::vector<void *> free_;
};

// Who calls a member function that frees finds there what that does.
class Growing {
  public:
    Growing() = default;
    Growing(const Growing &) = delete;
    ~Growing() { release(); }
    char *reserve(std::size_t bytes)
    {
        if (bytes <= size_)
            return memory_;
        char *more = static_cast<char *>(std::realloc(memory_, bytes)); // expect: freed-while-registered
        if (!more)
            throw bytes;
        check(cudaHostRegister(more, bytes, 0));
        memory_ = more;
        size_ = bytes;
        return memory_;
    }
    void release() noexcept
    {
        if (memory_)
            unpin_free(memory_);
        memory_ = nullptr;
        size_ = 0;
    }

  private:
    char *memory_ = nullptr;
    std::size_t size_ = 0;
};

class Sender {
  public:
    void send(std::size_t bytes) { (void)buffer_.reserve(bytes); }

  private:
    Growing buffer_;
};

// ... which may be what it has unregistered before.
class Held {
  public:
    Held() = default;
    Held(const Held &) = delete;
    ~Held()
    {
        if (memory_)
            unpin_free(memory_);
    }
    void pin()
    {
        if (memory_)
            check(cudaHostUnregister(memory_));
        renew();
        check(cudaHostRegister(memory_, 65536, 0));
    }

  private:
    void renew()
    {
        std::free(memory_);
        memory_ = std::malloc(65536);
        if (!memory_)
            std::abort();
    }

    void *memory_ = nullptr;
};
