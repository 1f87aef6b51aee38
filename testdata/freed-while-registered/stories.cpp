// What clients of a class may call one after the other: no text says in which order they do, but
// the destructor runs in any case.
#include <cstdlib>
#include <cuda_runtime.h>
#include <stdexcept>
#include <utility>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        throw std::runtime_error(cudaGetErrorString(status));
}

class Grows // what the constructor registered
{
    std::vector<char> memory;

    void grow(std::size_t need)
    {
        memory.resize(2 * need); // expect: freed-while-registered
        check(cudaHostRegister(memory.data(), memory.size(), 0));
    }

  public:
    Grows() : memory(4096)
    {
        check(cudaHostRegister(memory.data(), memory.size(), 0));
    }
    ~Grows()
    {
        (void)cudaHostUnregister(memory.data());
    }
    void need(std::size_t size)
    {
        if (size > memory.size())
            grow(size);
    }
};

class Closes // what is open, and nobody else can undo it before
{
    char *memory = nullptr;
    bool is_open = false;

  public:
    bool open()
    {
        memory = static_cast<char *>(malloc(4096));
        if (!memory)
            return false;
        if (cudaHostRegister(memory, 4096, 0) != cudaSuccess) {
            free(memory);
            return false;
        }
        is_open = true;
        return true;
    }
    void close()
    {
        if (!is_open)
            return;
        free(memory); // expect: freed-while-registered
        is_open = false;
    }
    ~Closes()
    {
        if (!is_open)
            return;
        (void)cudaHostUnregister(memory);
        free(memory);
    }
};

class Undoes_twice
{
    char *memory = nullptr;

  public:
    bool open()
    {
        memory = static_cast<char *>(malloc(4096));
        if (memory && cudaHostRegister(memory, 4096, 0) == cudaSuccess)
            return true;
        free(memory);
        memory = nullptr;
        return false;
    }
    void close()
    {
        if (!memory)
            return;
        (void)cudaHostUnregister(memory); // expect: unregister-unregistered
        free(memory);
    }
    ~Undoes_twice()
    {
        close();
    }
};

class Frees_twice
{
    char *memory = nullptr;

  public:
    Frees_twice()
    {
        check(cudaMallocHost(&memory, 4096));
    }
    void close()
    {
        (void)cudaFreeHost(memory);
    }
    ~Frees_twice()
    {
        (void)cudaFreeHost(memory); // expect: mismatched-free
    }
};

class Rolls_back // where it fails, and forgets what it did where it succeeds
{
    void *memory = nullptr, *device = nullptr;

  public:
    bool open()
    {
        memory = malloc(4096);
        if (!memory || cudaHostRegister(memory, 4096, cudaHostRegisterMapped) != cudaSuccess)
            return false;
        if (cudaHostGetDevicePointer(&device, memory, 0) == cudaSuccess)
            return true;
        (void)cudaHostUnregister(memory);
        return false;
    }
    ~Rolls_back()
    {
        free(memory); // expect: freed-while-registered
    }
};

/* ---- right ---- */

class Closes_once
{
    char *memory = nullptr;

  public:
    bool open()
    {
        close();
        memory = static_cast<char *>(malloc(4096));
        if (memory && cudaHostRegister(memory, 4096, 0) == cudaSuccess)
            return true;
        free(memory);
        memory = nullptr;
        return false;
    }
    void close()
    {
        if (char *old = std::exchange(memory, nullptr)) {
            (void)cudaHostUnregister(old);
            free(old);
        }
    }
    ~Closes_once()
    {
        close();
    }
};

class Fills_before // it is locked: what add() does then is the client's affair
{
    std::vector<char> memory;
    bool is_locked = false;

  public:
    void add(char one)
    {
        memory.push_back(one);
    }
    bool lock()
    {
        if (memory.empty() || is_locked)
            return false;
        is_locked = cudaHostRegister(memory.data(), memory.size(), 0) == cudaSuccess;
        return is_locked;
    }
    ~Fills_before()
    {
        if (is_locked)
            (void)cudaHostUnregister(memory.data());
    }
};

class Locked_by_clients // who unlock it before they resize and destroy it
{
    char *memory;

  public:
    Locked_by_clients() : memory(static_cast<char *>(malloc(4096)))
    {
        if (!memory)
            throw std::bad_alloc();
    }
    cudaError_t lock()
    {
        return cudaHostRegister(memory, 4096, 0);
    }
    cudaError_t unlock()
    {
        return cudaHostUnregister(memory);
    }
    void renew()
    {
        free(memory);
        memory = static_cast<char *>(malloc(4096));
    }
    ~Locked_by_clients()
    {
        free(memory);
    }
};

class Counted
{
    char *memory = nullptr;
    int users = 1;

  public:
    Counted()
    {
        check(cudaMallocHost(&memory, 4096));
    }
    void leave()
    {
        if (--users == 0)
            delete this;
    }
    ~Counted()
    {
        (void)cudaFreeHost(memory);
    }
};

class Shares
{
    std::vector<char> memory;
    int users = 1;

  public:
    Shares() : memory(4096)
    {
        check(cudaHostRegister(memory.data(), memory.size(), 0));
    }
    void join()
    {
        users++;
    }
    void leave()
    {
        if (users > 0 && --users == 0)
            (void)cudaHostUnregister(memory.data());
    }
    ~Shares()
    {
        if (users > 0)
            (void)cudaHostUnregister(memory.data());
    }
};

struct entry
{
    char *memory;
    bool is_registered;
};

class Evicts // who takes the last one has put one there
{
    std::vector<entry> entries;

  public:
    bool add()
    {
        char *memory = static_cast<char *>(malloc(4096));
        if (!memory)
            return false;
        if (cudaHostRegister(memory, 4096, 0) != cudaSuccess)
        {
            free(memory);
            return false;
        }
        entries.push_back({memory, true});
        return true;
    }
    void evict()
    {
        entry &last = entries.back();
        free(last.memory); // expect: freed-while-registered
        entries.pop_back();
    }
    ~Evicts()
    {
        for (entry &each : entries)
        {
            (void)cudaHostUnregister(each.memory);
            free(each.memory);
        }
    }
};

class Evicts_in_order
{
    std::vector<entry> entries;

    static void end(entry &each)
    {
        if (each.is_registered)
            (void)cudaHostUnregister(each.memory);
        free(each.memory);
    }

  public:
    void add()
    {
        char *memory = static_cast<char *>(malloc(4096));
        if (memory)
            entries.push_back({memory, cudaHostRegister(memory, 4096, 0) == cudaSuccess});
    }
    void evict()
    {
        end(entries.back());
        entries.pop_back();
    }
    ~Evicts_in_order()
    {
        for (entry &each : entries)
            end(each);
    }
};

// What is called for more is called again.
class on_demand
{
    std::vector<char> staging_;

  public:
    char *ensure(size_t bytes)
    {
        if (bytes > staging_.size()) {
            staging_.resize(bytes); // expect: freed-while-registered
            if (cudaHostRegister(staging_.data(), bytes, 0) != cudaSuccess)
                std::abort();
        }
        return staging_.data();
    }
    ~on_demand()
    {
        if (!staging_.empty() && cudaHostUnregister(staging_.data()) != cudaSuccess)
            std::abort();
    }
};

class on_demand_undone
{
    std::vector<char> staging_;

    void give_up()
    {
        if (!staging_.empty() && cudaHostUnregister(staging_.data()) != cudaSuccess)
            std::abort();
        staging_.clear();
    }

  public:
    char *ensure(size_t bytes)
    {
        if (bytes > staging_.size()) {
            give_up();
            staging_.resize(bytes);
            if (cudaHostRegister(staging_.data(), bytes, 0) != cudaSuccess)
                std::abort();
        }
        return staging_.data();
    }
    ~on_demand_undone()
    {
        give_up();
    }
};

// What is made once, by clients that call it once.
class made_once
{
    std::vector<char> staging_;

  public:
    void open(size_t bytes)
    {
        staging_.resize(bytes + 1);
        if (cudaHostRegister(staging_.data(), bytes + 1, 0) != cudaSuccess)
            std::abort();
    }
    ~made_once()
    {
        if (!staging_.empty() && cudaHostUnregister(staging_.data()) != cudaSuccess)
            std::abort();
    }
};
