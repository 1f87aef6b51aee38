// Pinned memory that reaches the register call through wrappers, out-parameters, structs and classes.
#include <cuda_runtime.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "../run_case.h"

inline void check(cudaError_t status, const char *expression, int line)
{
    if (status != cudaSuccess)
        throw std::runtime_error(std::string(expression) + " at line " + std::to_string(line) +
                                 ": " + cudaGetErrorName(status));
}
#define CUDA_CHECK(expression) check((expression), #expression, __LINE__)

namespace
{

constexpr size_t frame_bytes = 640 * 480 * 3;

void *allocate_pinned(size_t bytes)
{
    void *block = nullptr;

    CUDA_CHECK(cudaHostAlloc(&block, bytes, cudaHostAllocPortable));
    return block;
}

template <typename T>
T *allocate_array(size_t count)
{
    return static_cast<T *>(allocate_pinned(count * sizeof(T)));
}

bool allocate_into(unsigned char **block, size_t bytes)
{
    return cudaMallocHost(reinterpret_cast<void **>(block), bytes) == cudaSuccess;
}

struct frame {
    unsigned char *pixels;
    size_t bytes;
};

frame make_frame(bool page_locked)
{
    frame made{nullptr, frame_bytes};

    if (page_locked)
        CUDA_CHECK(cudaMallocHost(&made.pixels, made.bytes));
    else
        made.pixels = static_cast<unsigned char *>(std::malloc(made.bytes));
    return made;
}

class upload_buffer
{
  public:
    explicit upload_buffer(size_t bytes) : bytes_(bytes)
    {
        CUDA_CHECK(cudaMallocHost(&data_, bytes_));
    }
    ~upload_buffer()
    {
        (void)cudaFreeHost(data_);
    }
    upload_buffer(const upload_buffer &) = delete;
    upload_buffer &operator=(const upload_buffer &) = delete;
    char *data() const
    {
        return data_;
    }

  private:
    char *data_ = nullptr;
    size_t bytes_;
};

struct free_pinned {
    void operator()(float *block) const
    {
        (void)cudaFreeHost(block);
    }
};

} // namespace

// "Functions that the checker can see are followed"
void through_two_wrappers()
{
    float *samples = allocate_array<float>(1024);

    CUDA_CHECK(cudaHostRegister(samples, 1024 * sizeof(float), 0)); // expect: already-pinned
    CUDA_CHECK(cudaFreeHost(samples));
}

void through_an_out_parameter()
{
    unsigned char *pixels;

    if (!allocate_into(&pixels, frame_bytes))
        return;
    CUDA_CHECK(cudaHostRegister(pixels, frame_bytes, cudaHostRegisterMapped)); // expect: already-pinned
    CUDA_CHECK(cudaFreeHost(pixels));
}

// The same maker gives pinned memory here and ordinary memory in the next function.
void a_page_locked_frame()
{
    frame current = make_frame(true);

    CUDA_CHECK(cudaHostRegister(current.pixels, current.bytes, 0)); // expect: already-pinned
    CUDA_CHECK(cudaFreeHost(current.pixels));
}

// Right.
void an_ordinary_frame()
{
    frame current = make_frame(false);

    if (current.pixels == nullptr)
        return;
    CUDA_CHECK(cudaHostRegister(current.pixels, current.bytes, 0));
    CUDA_CHECK(cudaHostUnregister(current.pixels));
    std::free(current.pixels);
}

// "casts, references, struct copies" share what is known of the block.
void through_aliases()
{
    frame current = make_frame(true);
    const frame copy = current;
    auto &pixels = copy.pixels;
    void *start = static_cast<void *>(pixels + 640);

    CUDA_CHECK(cudaHostRegister(start, 640, 0)); // expect: already-pinned
    CUDA_CHECK(cudaFreeHost(current.pixels));
}

void member_of_a_class()
{
    upload_buffer buffer(frame_bytes);

    std::memset(buffer.data(), 0, frame_bytes);
    CUDA_CHECK(cudaHostRegister(buffer.data(), frame_bytes, 0)); // expect: already-pinned
}

void held_by_a_smart_pointer()
{
    float *raw = nullptr;

    CUDA_CHECK(cudaMallocHost(&raw, 4096));
    std::unique_ptr<float, free_pinned> owner(raw);
    CUDA_CHECK(cudaHostRegister(owner.get(), 4096, cudaHostRegisterPortable)); // expect: already-pinned
}

// Right: a smart pointer of the same shape over an ordinary block, with the order that it needs.
void ordinary_smart_pointer()
{
    std::unique_ptr<float[]> owner(new float[1024]);

    CUDA_CHECK(cudaHostRegister(owner.get(), 1024 * sizeof(float), cudaHostRegisterPortable));
    CUDA_CHECK(cudaHostUnregister(owner.get()));
}

void in_a_lambda()
{
    void *block = allocate_pinned(4096);
    auto pin = [&](size_t bytes) {
        CUDA_CHECK(cudaHostRegister(block, bytes, cudaHostRegisterDefault)); // expect: already-pinned
    };

    pin(4096);
    CUDA_CHECK(cudaFreeHost(block));
}

// The finding stands where the register call is; the callers are notes.
static void pin_range(void *block, size_t bytes)
{
    CUDA_CHECK(cudaHostRegister(block, bytes, cudaHostRegisterDefault)); // expect: already-pinned
}

void pins_what_is_pinned()
{
    void *block = allocate_pinned(4096);

    pin_range(block, 4096);
    CUDA_CHECK(cudaFreeHost(block));
}

// Right: the same helper, used on an ordinary block.
void pins_what_is_not()
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return;
    pin_range(block, 4096);
    CUDA_CHECK(cudaHostUnregister(block));
    std::free(block);
}

// Right: after the swap the ordinary block is the one that is registered.
void swapped()
{
    void *first = allocate_pinned(4096);
    void *second = std::malloc(4096);

    std::swap(first, second);
    if (first != nullptr) {
        CUDA_CHECK(cudaHostRegister(first, 4096, 0));
        CUDA_CHECK(cudaHostUnregister(first));
    }
    std::free(first);
    CUDA_CHECK(cudaFreeHost(second));
}

static const struct run_case cases[] = {
    CASE(through_two_wrappers), CASE(through_an_out_parameter), CASE(a_page_locked_frame),
    CASE(an_ordinary_frame),    CASE(through_aliases),          CASE(member_of_a_class),
    CASE(held_by_a_smart_pointer), CASE(ordinary_smart_pointer), CASE(in_a_lambda),
    CASE(pins_what_is_pinned),  CASE(pins_what_is_not),         CASE(swapped),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}

/* One defect, one finding: that the class never undoes what cannot succeed is no second one. */
class arena
{
    char *base_ = nullptr;
    size_t size_;

  public:
    explicit arena(size_t size) : size_(size)
    {
        if (cudaHostAlloc((void **)&base_, size, cudaHostAllocPortable) != cudaSuccess)
            abort();
    }
    ~arena()
    {
        (void)cudaFreeHost(base_);
    }
    arena(const arena &) = delete;
    arena &operator=(const arena &) = delete;
    char *slice(size_t offset, size_t size)
    {
        if (size == 0 || offset + size > size_)
            abort();
        if (cudaHostRegister(base_ + offset, size, 0) != cudaSuccess) // expect: already-pinned
            abort();
        return base_ + offset;
    }
};

char take_a_slice()
{
    arena blocks(1 << 20);

    return *blocks.slice(4096, 8192);
}
