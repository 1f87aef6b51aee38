// Structs whose constructor nobody wrote, kept in a vector: what one function registers in them,
// before they go there or after a failure has been cleaned up, another one frees.
#include <cuda_runtime_api.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

struct Slot {
    std::string name;
    void *host = nullptr;
    std::size_t bytes = 0;
};

class Slots {
  public:
    Slots() = default;
    Slots(const Slots &) = delete;
    ~Slots()
    {
        for (Slot &slot : slots_)
            teardown(slot);
    }
    int add(std::size_t bytes)
    {
        Slot slot;
        slot.bytes = bytes;
        if (bytes == 0 || setup(slot) != 0)
            return -1;
        slots_.push_back(std::move(slot));
        return 0;
    }
    int grow(std::size_t index, std::size_t bytes)
    {
        if (index >= slots_.size() || bytes <= slots_[index].bytes)
            return 0;
        Slot bigger;
        bigger.bytes = bytes;
        if (setup(bigger) != 0)
            return -1;
        std::swap(slots_[index], bigger);
        teardown(bigger);
        return 0;
    }

  private:
    static int setup(Slot &slot)
    {
        slot.host = std::calloc(1, slot.bytes);
        if (!slot.host)
            return -1;
        if (cudaHostRegister(slot.host, slot.bytes, 0) != cudaSuccess) {
            std::free(slot.host);
            slot.host = nullptr;
            return -1;
        }
        return 0;
    }
    static void teardown(Slot &slot)
    {
        if (slot.host)
            (void)cudaHostUnregister(slot.host);
        std::free(slot.host);
        slot.host = nullptr;
    }
    std::vector<Slot> slots_;
};

struct Part {
    std::string name;
    void *memory = nullptr;
    std::size_t size = 0;
};

class Parts {
  public:
    Parts() = default;
    Parts(const Parts &) = delete;
    ~Parts()
    {
        for (Part &part : parts_)
            teardown(part);
    }
    int add(std::size_t size)
    {
        Part part;
        part.size = size;
        if (size == 0 || setup(part) != 0)
            return -1;
        parts_.push_back(std::move(part));
        return 0;
    }
    int grow(std::size_t index, std::size_t size)
    {
        if (index >= parts_.size() || size <= parts_[index].size)
            return 0;
        Part &part = parts_[index];
        void *moved = std::realloc(part.memory, size); // expect: freed-while-registered
        if (!moved)
            return -1;
        part.memory = moved;
        part.size = size;
        return 0;
    }
    void drop(std::size_t index)
    {
        std::free(parts_[index].memory); // expect: freed-while-registered
        parts_[index].memory = nullptr;
    }

  private:
    static int setup(Part &part)
    {
        part.memory = std::calloc(1, part.size);
        if (!part.memory)
            return -1;
        if (cudaHostRegister(part.memory, part.size, 0) != cudaSuccess) {
            std::free(part.memory);
            part.memory = nullptr;
            return -1;
        }
        return 0;
    }
    static void teardown(Part &part)
    {
        if (part.memory)
            (void)cudaHostUnregister(part.memory);
        std::free(part.memory);
        part.memory = nullptr;
    }
    std::vector<Part> parts_;
};
