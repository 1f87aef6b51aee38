/* Clients put something under a key, and take it away by the same key. */
#include <cstddef>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <cuda_runtime.h>

class forgets {
    std::map<int, std::vector<char>> buffers;

public:
    bool add(int key, std::size_t bytes)
    {
        auto &buffer = buffers[key];
        buffer.resize(bytes + 1);
        return cudaHostRegister(buffer.data(), buffer.size(), 0) == cudaSuccess;
    }
    void drop(int key) { buffers.erase(key); } // expect: freed-while-registered
    ~forgets()
    {
        for (auto &each : buffers)
            (void)cudaHostUnregister(each.second.data());
    }
};

class frees {
    std::map<int, void *> blocks;

public:
    bool add(int key)
    {
        void *block = std::malloc(8192);
        if (!block)
            return false;
        if (cudaHostRegister(block, 8192, 0) != cudaSuccess) {
            std::free(block);
            return false;
        }
        blocks[key] = block;
        return true;
    }
    void drop(int key)
    {
        auto at = blocks.find(key);
        if (at == blocks.end())
            return;
        std::free(at->second); // expect: freed-while-registered
        blocks.erase(at);
    }
    ~frees()
    {
        for (auto &each : blocks) {
            (void)cudaHostUnregister(each.second);
            std::free(each.second);
        }
    }
};

class by_name {
    std::unordered_map<std::string, std::unique_ptr<char[]>> blocks;

public:
    char *get(const std::string &name)
    {
        auto at = blocks.find(name);
        if (at != blocks.end())
            return at->second.get();
        auto block = std::make_unique<char[]>(8192);
        if (cudaHostRegister(block.get(), 8192, 0) != cudaSuccess)
            return nullptr;
        return (blocks[name] = std::move(block)).get();
    }
    void drop(const std::string &name) { blocks.erase(name); } // expect: freed-while-registered
    ~by_name()
    {
        for (auto &[name, block] : blocks)
            (void)cudaHostUnregister(block.get());
    }
};

class undoes {
    std::map<int, std::unique_ptr<char[]>> blocks;

public:
    bool add(int key)
    {
        if (blocks.count(key))
            return true;
        auto block = std::make_unique<char[]>(8192);
        if (cudaHostRegister(block.get(), 8192, 0) != cudaSuccess)
            return false;
        blocks.emplace(key, std::move(block));
        return true;
    }
    void drop(int key)
    {
        auto at = blocks.find(key);
        if (at == blocks.end())
            return;
        (void)cudaHostUnregister(at->second.get());
        blocks.erase(at);
    }
    ~undoes()
    {
        while (!blocks.empty())
            drop(blocks.begin()->first);
    }
};

/* a client may call unpin() before */
class in_two_steps {
    std::map<int, std::vector<char>> buffers;

public:
    bool pin(int key)
    {
        auto &buffer = buffers[key];
        buffer.resize(8192);
        return cudaHostRegister(buffer.data(), buffer.size(), 0) == cudaSuccess;
    }
    void unpin(int key) { (void)cudaHostUnregister(buffers.at(key).data()); }
    void drop(int key) { buffers.erase(key); }
    ~in_two_steps() = default;
};

struct entry {
    std::vector<char> data;
    bool pinned = false;
    explicit entry(std::size_t bytes) : data(bytes) {}
    entry(const entry &) = delete;
    entry &operator=(const entry &) = delete;
    ~entry()
    {
        if (pinned)
            (void)cudaHostUnregister(data.data());
    }
};

class of_owners {
    std::map<int, std::unique_ptr<entry>> entries;

public:
    void add(int key)
    {
        auto made = std::make_unique<entry>(8192);
        made->pinned = cudaHostRegister(made->data.data(), made->data.size(), 0) == cudaSuccess;
        entries[key] = std::move(made);
    }
    void drop(int key) { entries.erase(key); }
    void clear() { entries.clear(); }
};

class with_flag {
    struct slot {
        void *block;
        bool pinned;
    };
    std::map<int, slot> slots;

public:
    void add(int key, bool pin)
    {
        if (slots.find(key) != slots.end())
            return;
        slot made = {std::malloc(8192), false};
        if (made.block && pin)
            made.pinned = cudaHostRegister(made.block, 8192, 0) == cudaSuccess;
        slots[key] = made;
    }
    void drop(int key)
    {
        auto at = slots.find(key);
        if (at == slots.end())
            return;
        if (at->second.pinned)
            (void)cudaHostUnregister(at->second.block);
        std::free(at->second.block);
        slots.erase(at);
    }
    ~with_flag()
    {
        for (auto &[key, slot] : slots) {
            if (slot.pinned)
                (void)cudaHostUnregister(slot.block);
            std::free(slot.block);
        }
    }
};
