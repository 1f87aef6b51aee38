// A pool's destructor frees what another member function put among its elements, registered.
#include <cstdlib>
#include <cuda_runtime.h>
#include <map>
#include <vector>

static bool pin(void *block)
{
    return block && cudaHostRegister(block, 4096, cudaHostRegisterDefault) == cudaSuccess;
}

class Vector
{
    struct Slot {
        void *block;
        int user;
    };
    std::vector<Slot> slots_;

  public:
    void *take(int user)
    {
        void *block = malloc(4096);
        if (!pin(block))
            return nullptr;
        slots_.push_back({block, user});
        return block;
    }
    ~Vector()
    {
        for (auto &slot : slots_)
            free(slot.block); // expect: freed-while-registered
    }
};

class Map
{
    struct Slot {
        void *block;
        int user;
    };
    std::map<int, Slot> slots_;

  public:
    void *take(int user)
    {
        void *block = malloc(4096);
        if (!pin(block))
            return nullptr;
        slots_[user] = {block, user};
        return block;
    }
    ~Map()
    {
        for (auto &entry : slots_)
            free(entry.second.block); // expect: freed-while-registered
    }
};

class Array
{
    struct Slot {
        void *block;
        int user;
    };
    Slot slots_[8] = {};
    int count_ = 0;

  public:
    void *take(int user)
    {
        if (count_ == 8)
            return nullptr;
        slots_[count_].block = malloc(4096);
        if (!pin(slots_[count_].block))
            return nullptr;
        slots_[count_].user = user;
        return slots_[count_++].block;
    }
    ~Array()
    {
        for (int i = 0; i < count_; i++)
            free(slots_[i].block); // expect: freed-while-registered
    }
};

// Right.
class Undoes
{
    struct Slot {
        void *block;
        int user;
    };
    std::vector<Slot> slots_;

  public:
    void *take(int user)
    {
        void *block = malloc(4096);
        if (!pin(block))
            return nullptr;
        slots_.push_back({block, user});
        return block;
    }
    ~Undoes()
    {
        for (auto &slot : slots_) {
            if (cudaHostUnregister(slot.block) != cudaSuccess)
                abort();
            free(slot.block);
        }
    }
};

// Right: a flag beside it says which ones are not registered.
class Asks
{
    struct Slot {
        void *block;
        bool is_registered;
    };
    std::vector<Slot> slots_;

  public:
    void *take(bool registered)
    {
        void *block = malloc(4096);
        if (registered && !pin(block))
            return nullptr;
        slots_.push_back({block, registered});
        return block;
    }
    ~Asks()
    {
        for (auto &slot : slots_)
            if (!slot.is_registered)
                free(slot.block);
    }
};
