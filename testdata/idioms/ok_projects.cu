// Right code in the shapes in which real projects register memory. Nothing here is a finding.
#include <cuda_runtime.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../run_case.h"
#include "../unseen.h"

#define CUDA_CHECK(...)                                                                            \
    do {                                                                                           \
        cudaError_t err_ = (__VA_ARGS__);                                                          \
        if (err_ != cudaSuccess)                                                                   \
            throw std::runtime_error(std::string(#__VA_ARGS__) + cudaGetErrorString(err_));        \
    } while (0)

// ---- a C++ allocator for containers
template <typename T>
struct locked_allocator {
    using value_type = T;

    locked_allocator() = default;
    template <typename U>
    locked_allocator(const locked_allocator<U> &)
    {
    }
    T *allocate(size_t count)
    {
        const size_t bytes = count * sizeof(T);
        void *block = std::aligned_alloc(4096, (bytes + 4095) / 4096 * 4096);

        if (block == nullptr)
            throw std::bad_alloc();
        if (bytes > 0 && cudaHostRegister(block, bytes, cudaHostRegisterDefault) != cudaSuccess) {
            std::free(block);
            throw std::bad_alloc();
        }
        return static_cast<T *>(block);
    }
    void deallocate(T *block, size_t count)
    {
        if (count > 0)
            (void)cudaHostUnregister(block);
        std::free(block);
    }
    template <typename U>
    bool operator==(const locked_allocator<U> &) const
    {
        return true;
    }
    template <typename U>
    bool operator!=(const locked_allocator<U> &) const
    {
        return false;
    }
};

void container_with_allocator()
{
    std::vector<float, locked_allocator<float>> samples(1024);

    samples.push_back(1.0f);
    samples.resize(8192);
    samples[0] = samples.back();
}

// ---- a map from base to size, as libraries keep it
class registrations
{
  public:
    static registrations &global()
    {
        static registrations only;

        return only;
    }
    bool add(void *base, size_t size)
    {
        std::lock_guard<std::mutex> guard(mutex_);

        if (size == 0 || sizes_.count(base) != 0)
            return false;
        if (cudaHostRegister(base, size, cudaHostRegisterPortable) != cudaSuccess) {
            (void)cudaGetLastError();
            return false;
        }
        sizes_[base] = size;
        return true;
    }
    void remove(void *base)
    {
        std::lock_guard<std::mutex> guard(mutex_);
        auto found = sizes_.find(base);

        if (found == sizes_.end())
            return;
        (void)cudaHostUnregister(found->first);
        sizes_.erase(found);
    }

  private:
    std::mutex mutex_;
    std::map<void *, size_t> sizes_;
};

void library_registration()
{
    std::vector<char> bytes(4096);

    if (!registrations::global().add(bytes.data(), bytes.size()))
        return;
    bytes[0] = 1;
    registrations::global().remove(bytes.data());
}

// ---- two phases: init and fini of a plugin, by a static table
struct slot {
    void *base;
    size_t size;
    bool pinned;
};

static slot slots[8];

bool slots_init()
{
    for (slot &each : slots) {
        each.size = 4096;
        each.base = std::calloc(1, each.size);
        if (each.base == nullptr)
            continue;
        each.pinned = cudaHostRegister(each.base, each.size, cudaHostRegisterDefault) == cudaSuccess;
    }
    return true;
}

void slots_fini()
{
    for (slot &each : slots) {
        if (each.pinned)
            (void)cudaHostUnregister(each.base);
        std::free(each.base);
        each = slot{};
    }
}

// ---- double buffering
void double_buffering(int rounds)
{
    std::unique_ptr<char[]> buffers[2] = {std::make_unique<char[]>(4096), std::make_unique<char[]>(4096)};

    for (auto &buffer : buffers)
        CUDA_CHECK(cudaHostRegister(buffer.get(), 4096, cudaHostRegisterDefault));
    for (int round = 0; round < rounds; round++) {
        std::swap(buffers[0], buffers[1]);
        buffers[0][round % 4096] = 1;
    }
    for (auto &buffer : buffers)
        CUDA_CHECK(cudaHostUnregister(buffer.get()));
}

// ---- the aligned part of a larger block
class aligned_block
{
  public:
    explicit aligned_block(size_t size) : base_(std::malloc(size + 4096))
    {
        if (base_ == nullptr)
            throw std::bad_alloc();
        auto address = reinterpret_cast<uintptr_t>(base_);
        start_ = reinterpret_cast<void *>((address + 4095) & ~uintptr_t(4095));
        if (size == 0 || cudaHostRegister(start_, size, cudaHostRegisterMapped) != cudaSuccess)
            start_ = nullptr;
    }
    aligned_block(const aligned_block &) = delete;
    aligned_block &operator=(const aligned_block &) = delete;
    ~aligned_block()
    {
        if (start_ != nullptr)
            (void)cudaHostUnregister(start_);
        std::free(base_);
    }

  private:
    void *base_;
    void *start_ = nullptr;
};

void aligned()
{
    aligned_block block(10000);
}

// ---- undo as a list of functions
void undo_list()
{
    std::vector<std::function<void()>> undo;

    for (int i = 0; i < 3; i++) {
        char *block = new char[4096];

        undo.push_back([block] { delete[] block; });
        if (cudaHostRegister(block, 4096, cudaHostRegisterDefault) != cudaSuccess)
            break;
        undo.push_back([block] { (void)cudaHostUnregister(block); });
    }
    while (!undo.empty()) {
        undo.back()();
        undo.pop_back();
    }
}

// ---- a reference count in the block's owner
struct shared_block {
    char *data;
    int users;
    bool registered;
};

static shared_block *shared_open()
{
    auto *self = new shared_block{new char[4096], 1, false};

    self->registered = cudaHostRegister(self->data, 4096, cudaHostRegisterPortable) == cudaSuccess;
    if (!self->registered)
        (void)cudaGetLastError();
    return self;
}

static void shared_close(shared_block *self)
{
    if (--self->users > 0)
        return;
    if (self->registered)
        (void)cudaHostUnregister(self->data);
    delete[] self->data;
    delete self;
}

void counted()
{
    shared_block *block = shared_open();

    block->users++;
    shared_close(block);
    shared_close(block);
}

// ---- asks what the memory is, trial and error
void release_whatever_it_is(void *block)
{
    if (cudaFreeHost(block) == cudaSuccess)
        return;
    (void)cudaGetLastError();
    if (cudaHostUnregister(block) != cudaSuccess)
        (void)cudaGetLastError();
    std::free(block);
}

// ---- registers what the device can take only
void only_where_supported()
{
    int supported = 0;
    char *block = static_cast<char *>(std::malloc(4096));

    if (block == nullptr)
        return;
    CUDA_CHECK(cudaDeviceGetAttribute(&supported, cudaDevAttrHostRegisterSupported, 0));
    if (supported)
        CUDA_CHECK(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    std::memset(block, 0, 4096);
    if (supported)
        CUDA_CHECK(cudaHostUnregister(block));
    std::free(block);
}

// ---- optional
class maybe_registered
{
  public:
    maybe_registered(char *block, bool wanted)
    {
        if (wanted && cudaHostRegister(block, 4096, 0) == cudaSuccess)
            block_ = block;
    }
    maybe_registered(maybe_registered &&other) noexcept : block_(other.block_)
    {
        other.block_ = nullptr;
    }
    ~maybe_registered()
    {
        if (block_)
            (void)cudaHostUnregister(block_);
    }

  private:
    char *block_ = nullptr;
};

static maybe_registered registered_if(char *block, bool wanted)
{
    maybe_registered made(block, wanted);

    return made;
}

void optional()
{
    std::vector<char> bytes(4096);
    auto first = registered_if(bytes.data(), unseen_choice() != 0);
    auto second = std::move(first);
}

static void buffering_run()
{
    double_buffering(5);
}

static void slots_run()
{
    if (slots_init())
        slots_fini();
}

static const struct run_case cases[] = {
    CASE(container_with_allocator), CASE(library_registration), CASE(slots_run),
    CASE(buffering_run), CASE(aligned), CASE(undo_list), CASE(counted),
    CASE(only_where_supported), CASE(optional),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
