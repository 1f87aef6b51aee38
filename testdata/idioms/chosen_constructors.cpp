// Which constructor the library runs for emplace_back, make_unique and the like is a matter of the
// arguments' kinds where several take as many.
#include <cstddef>
#include <cstdlib>
#include <cuda_runtime.h>
#include <list>
#include <map>
#include <memory>
#include <utility>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

static float *take()
{
    return new float[4096];
}

// Moves beside the one that registers.
class registration {
    void *block_;

  public:
    explicit registration(float *block) : block_(block)
    {
        check(cudaHostRegister(block, 4096 * sizeof(float), 0));
    }
    registration(registration &&other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
    registration &operator=(registration &&other) noexcept
    {
        std::swap(block_, other.block_);
        return *this;
    }
    ~registration()
    {
        if (block_)
            check(cudaHostUnregister(block_));
    }
};

void unique_ends_first()
{
    float *block = take();
    {
        auto pin = std::make_unique<registration>(block);
    }
    delete[] block;
}

void unique_ends_last()
{
    float *block = take();
    auto pin = std::make_unique<registration>(block);
    delete[] block; // expect: freed-while-registered
}

void shared_ends_first()
{
    float *block = take();
    {
        auto pin = std::make_shared<registration>(block);
    }
    delete[] block;
}

void shared_ends_last()
{
    float *block = take();
    auto pin = std::make_shared<registration>(block);
    delete[] block; // expect: freed-while-registered
}

void popped_first()
{
    float *block = take();
    std::vector<registration> pins;
    pins.emplace_back(block);
    pins.pop_back();
    delete[] block;
}

void popped_last()
{
    float *block = take();
    std::vector<registration> pins;
    pins.emplace_back(block);
    delete[] block; // expect: freed-while-registered
    pins.pop_back();
}

void erased_first()
{
    float *block = take();
    std::map<int, registration> pins;
    pins.try_emplace(1, block);
    pins.try_emplace(1, block); // there is one
    pins.erase(1);
    delete[] block;
}

void erased_and_undone()
{
    float *block = take();
    std::map<int, registration> pins;
    pins.emplace(1, block);
    pins.erase(1);
    check(cudaHostUnregister(block)); // expect: unregister-unregistered
    delete[] block;
}

void erased_last()
{
    float *block = take();
    std::map<int, registration> pins;
    pins.try_emplace(1, block);
    delete[] block; // expect: freed-while-registered
    pins.erase(1);
}

void cleared_first()
{
    float *block = take();
    std::list<registration> pins;
    pins.emplace_back(block);
    pins.clear();
    delete[] block;
}

void cleared_last()
{
    float *block = take();
    std::list<registration> pins;
    pins.emplace_back(block);
    delete[] block; // expect: freed-while-registered
    pins.clear();
}

// Another class's object is given.
struct part {
    float *block;
};

class part_registration {
    void *block_;

  public:
    explicit part_registration(const part &of) : block_(of.block)
    {
        check(cudaHostRegister(of.block, 4096 * sizeof(float), 0));
    }
    part_registration(part_registration &&other) noexcept
        : block_(std::exchange(other.block_, nullptr))
    {
    }
    ~part_registration()
    {
        if (block_)
            check(cudaHostUnregister(block_));
    }
};

void part_ends_first()
{
    part whole{take()};
    {
        auto pin = std::make_unique<part_registration>(whole);
    }
    delete[] whole.block;
}

void part_ends_last()
{
    part whole{take()};
    auto pin = std::make_unique<part_registration>(whole);
    delete[] whole.block; // expect: freed-while-registered
}

// The buffer's own class.
class buffer {
    float *data_;

  public:
    explicit buffer(std::size_t count) : data_(new float[count])
    {
        check(cudaHostRegister(data_, 4096 * sizeof(float), 0));
    }
    buffer(buffer &&other) noexcept : data_(std::exchange(other.data_, nullptr)) {}
    buffer(const buffer &) = delete;
    ~buffer()
    {
        if (data_) {
            check(cudaHostUnregister(data_));
            delete[] data_;
        }
    }
};

class forgetful {
    float *data_;

  public:
    explicit forgetful(std::size_t count) : data_(new float[count])
    {
        check(cudaHostRegister(data_, 4096 * sizeof(float), 0));
    }
    forgetful(forgetful &&other) noexcept : data_(std::exchange(other.data_, nullptr)) {}
    forgetful(const forgetful &) = delete;
    ~forgetful() { delete[] data_; } // expect: freed-while-registered
};

void several(int count)
{
    std::vector<buffer> buffers;
    for (int i = 0; i < count; i++)
        buffers.emplace_back(4096);
    std::vector<forgetful> others;
    others.emplace_back(4096);
}

// Nobody registers: a template fits better, or which one fits is not a matter of kinds.
class viewer {
    void *block_;

  public:
    explicit viewer(void *block) : block_(block) { check(cudaHostRegister(block, 4096, 0)); }
    template <class T> explicit viewer(T *) : block_(nullptr) {}
    viewer(viewer &&other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
    ~viewer()
    {
        if (block_)
            check(cudaHostUnregister(block_));
    }
};

class sized_viewer {
    void *block_;

  public:
    sized_viewer(float *block, int) : block_(block) { check(cudaHostRegister(block, 4096, 0)); }
    sized_viewer(float *, std::size_t) : block_(nullptr) {}
    sized_viewer(sized_viewer &&other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
    ~sized_viewer()
    {
        if (block_)
            check(cudaHostUnregister(block_));
    }
};

void only_viewed()
{
    float *block = take();
    auto view = std::make_unique<viewer>(block);
    auto sized = std::make_unique<sized_viewer>(block, sizeof(float));
    delete[] block;
}
