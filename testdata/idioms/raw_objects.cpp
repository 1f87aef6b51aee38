// Objects begin and end in memory that the program keeps for them: what their constructors register
// and their destructors undo happens there.
#include <cstddef>
#include <cstdlib>
#include <cuda_runtime.h>
#include <memory>
#include <new>
#include <utility>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

static float *take()
{
    return new float[8192];
}

class registration {
    float *block_;

  public:
    explicit registration(float *block) : block_(block)
    {
        check(cudaHostRegister(block, 4096 * sizeof(float), 0));
    }
    registration(registration &&other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
    ~registration()
    {
        if (block_)
            check(cudaHostUnregister(block_));
    }
};

static registration *room(std::size_t count)
{
    return static_cast<registration *>(::operator new(count * sizeof(registration)));
}

void placed_ends_first()
{
    float *block = take();
    alignas(registration) unsigned char raw[sizeof(registration)];
    registration *pin = new (raw) registration(block);
    std::destroy_at(pin);
    delete[] block;
}

void placed_ends_last()
{
    float *block = take();
    alignas(registration) unsigned char raw[sizeof(registration)];
    registration *pin = new (raw) registration(block);
    delete[] block; // expect: freed-while-registered
    std::destroy_at(pin);
}

void constructed_ends_first()
{
    float *block = take();
    registration *raw = room(1);
    registration *pin = std::construct_at(raw, block);
    std::destroy_at(pin);
    ::operator delete(raw);
    delete[] block;
}

void constructed_ends_last()
{
    float *block = take();
    registration *raw = room(1);
    registration *pin = std::construct_at(raw, block);
    delete[] block; // expect: freed-while-registered
    std::destroy_at(pin);
    ::operator delete(raw);
}

void constructed_and_undone()
{
    float *block = take();
    registration *raw = room(1);
    std::destroy_at(std::construct_at(raw, block));
    check(cudaHostUnregister(block)); // expect: unregister-unregistered
    ::operator delete(raw);
    delete[] block;
}

void all_end_first()
{
    float *block = take();
    registration *raw = room(2);
    new (raw) registration(block);
    new (raw + 1) registration(block + 4096);
    std::destroy(raw, raw + 2);
    ::operator delete(raw);
    delete[] block;
}

void one_of_two_ends_first()
{
    float *block = take();
    registration *raw = room(2);
    new (raw) registration(block);
    new (raw + 1) registration(block + 4096);
    std::destroy_n(raw, 1);
    ::operator delete(raw);
    delete[] block; // expect: freed-while-registered
}

void made_by_an_allocator(bool early)
{
    std::allocator<registration> allocator;
    using traits = std::allocator_traits<std::allocator<registration>>;
    float *block = take();
    registration *raw = traits::allocate(allocator, 1);
    traits::construct(allocator, raw, block);
    if (early)
        delete[] block; // expect: freed-while-registered
    traits::destroy(allocator, raw);
    if (!early)
        delete[] block;
    traits::deallocate(allocator, raw, 1);
}

// How many there are nobody knows: what they do at their ends nobody knows either.
void some_end(std::size_t count, float **blocks)
{
    registration *raw = room(count);
    for (std::size_t i = 0; i < count; i++)
        new (raw + i) registration(blocks[i]);
    std::destroy_n(raw, count);
    ::operator delete(raw);
    for (std::size_t i = 0; i < count; i++)
        delete[] blocks[i];
}

// A vector of the program's own.
template <class T> class pile {
    T *items_;
    std::size_t count_ = 0;

  public:
    explicit pile(std::size_t room) : items_(static_cast<T *>(::operator new(room * sizeof(T)))) {}
    pile(const pile &) = delete;
    template <class... A> void add(A &&...given)
    {
        std::construct_at(items_ + count_++, std::forward<A>(given)...);
    }
    ~pile()
    {
        std::destroy(items_, items_ + count_);
        ::operator delete(items_);
    }
};

void piled_up()
{
    float *first = take(), *second = take();
    {
        pile<registration> pins(2);
        pins.add(first);
        pins.add(second);
    }
    delete[] first;
    delete[] second;
}

void piled_up_too_long()
{
    float *first = take(), *second = take();
    pile<registration> pins(2);
    pins.add(first);
    pins.add(second);
    delete[] first; // expect: freed-while-registered
    delete[] second; // expect: freed-while-registered
}

// The memory itself is registered.
struct sample {
    float values[1024];
    ~sample() {}
};

void memory_undone()
{
    sample *raw = static_cast<sample *>(std::malloc(2 * sizeof(sample)));
    check(cudaHostRegister(raw, 2 * sizeof(sample), 0));
    std::construct_at(raw);
    std::construct_at(raw + 1);
    std::destroy_n(raw, 2);
    check(cudaHostUnregister(raw));
    std::free(raw);
}

void memory_forgotten()
{
    sample *raw = static_cast<sample *>(std::malloc(2 * sizeof(sample)));
    check(cudaHostRegister(raw, 2 * sizeof(sample), 0));
    std::construct_at(raw);
    std::construct_at(raw + 1);
    std::destroy(raw, raw + 2);
    std::free(raw); // expect: freed-while-registered
}

// Room within the object: in the pattern's words nobody knows what the pointers lead to.
template <class T, std::size_t N> class shelf {
    alignas(T) unsigned char raw_[N * sizeof(T)];
    std::size_t count_ = 0;
    T *at(std::size_t i) { return std::launder(reinterpret_cast<T *>(raw_) + i); }

  public:
    template <class... A> void add(A &&...given)
    {
        new (raw_ + count_++ * sizeof(T)) T(std::forward<A>(given)...);
    }
    ~shelf()
    {
        for (std::size_t i = 0; i < count_; i++)
            std::destroy_at(at(i));
    }
};

void shelved()
{
    float *block = take();
    {
        shelf<registration, 4> pins;
        pins.add(block);
    }
    delete[] block;
}

void shelved_too_long()
{
    float *block = take();
    shelf<registration, 4> pins;
    pins.add(block);
    delete[] block; // expect: freed-while-registered
}

// Its own kind of std::optional.
template <class T> class perhaps {
    union {
        T value_;
        char none_;
    };
    bool is_there_ = false;

  public:
    perhaps() : none_() {}
    template <class... A> void emplace(A &&...given)
    {
        std::construct_at(&value_, std::forward<A>(given)...);
        is_there_ = true;
    }
    ~perhaps()
    {
        if (is_there_)
            std::destroy_at(&value_);
    }
};

void perhaps_first()
{
    float *block = take();
    {
        perhaps<registration> pin;
        pin.emplace(block);
    }
    delete[] block;
}

void perhaps_last()
{
    float *block = take();
    perhaps<registration> pin;
    pin.emplace(block);
    delete[] block; // expect: freed-while-registered
}
