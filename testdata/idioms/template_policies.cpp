/* A destructor of a class template asks its arguments what the constructor asked them. */
#include <cstddef>
#include <cstdlib>
#include <new>
#include <type_traits>

#include <cuda_runtime.h>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            std::exit(1);                                                                          \
    } while (0)

enum class kind { pageable, pinned };

struct heap {
    static constexpr bool registered = true;
    static constexpr kind memory = kind::pageable;
    enum { is_pinned = 0 };
    struct options {
        static constexpr bool registered = true;
    };
    static void *get(std::size_t bytes) { return std::malloc(bytes); }
    static void put(void *memory) { std::free(memory); }
};

struct host_allocator {
    static void *get(std::size_t bytes)
    {
        void *memory = nullptr;
        CHECK(cudaMallocHost(&memory, bytes));
        return memory;
    }
    static void put(void *memory) { CHECK(cudaFreeHost(memory)); }
};

struct pinned : host_allocator {
    static constexpr bool registered = false;
    static constexpr kind memory = kind::pinned;
    enum { is_pinned = 1 };
    struct options {
        static constexpr bool registered = false;
    };
};

template <class P> struct traits {
    static constexpr bool registered = false;
};
template <> struct traits<heap> {
    static constexpr bool registered = true;
};

template <class P> class by_member {
    void *memory_;

public:
    explicit by_member(std::size_t bytes) : memory_(P::get(bytes + 1))
    {
        if (!memory_)
            throw std::bad_alloc();
        if constexpr (P::registered)
            CHECK(cudaHostRegister(memory_, bytes + 1, cudaHostRegisterDefault));
    }
    ~by_member()
    {
        if constexpr (P::registered)
            CHECK(cudaHostUnregister(memory_));
        P::put(memory_);
    }
};

template <class P> class by_kind {
    void *memory_;
    static constexpr bool registers = P::options::registered;

public:
    explicit by_kind(std::size_t bytes) : memory_(P::get(bytes + 1))
    {
        if (!memory_)
            throw std::bad_alloc();
        if constexpr (registers)
            CHECK(cudaHostRegister(memory_, bytes + 1, cudaHostRegisterDefault));
    }
    ~by_kind()
    {
        if (P::memory == kind::pageable && !P::is_pinned)
            CHECK(cudaHostUnregister(memory_));
        P::put(memory_);
    }
};

template <class P> class by_type {
    void *memory_;

public:
    explicit by_type(std::size_t bytes) : memory_(P::get(bytes + 1))
    {
        if (!memory_)
            throw std::bad_alloc();
        if (std::is_same<P, heap>::value)
            CHECK(cudaHostRegister(memory_, bytes + 1, cudaHostRegisterDefault));
    }
    ~by_type()
    {
        if constexpr (std::is_same_v<P, heap>)
            CHECK(cudaHostUnregister(memory_));
        P::put(memory_);
    }
};

/* what the traits say of P, the destructor's pattern does not tell: nothing is claimed */
template <class P> class by_traits {
    void *memory_;

public:
    explicit by_traits(std::size_t bytes) : memory_(P::get(bytes + 1))
    {
        if (!memory_)
            throw std::bad_alloc();
        if constexpr (traits<P>::registered)
            CHECK(cudaHostRegister(memory_, bytes + 1, cudaHostRegisterDefault));
    }
    ~by_traits()
    {
        if constexpr (traits<P>::registered)
            CHECK(cudaHostUnregister(memory_));
        P::put(memory_);
    }
};

template <bool Registers> class by_number {
    void *memory_;

public:
    explicit by_number(std::size_t bytes) : memory_(std::malloc(bytes + 1))
    {
        if (!memory_)
            throw std::bad_alloc();
        if constexpr (Registers)
            CHECK(cudaHostRegister(memory_, bytes + 1, cudaHostRegisterDefault));
    }
    ~by_number()
    {
        if constexpr (Registers == true)
            CHECK(cudaHostUnregister(memory_));
        std::free(memory_);
    }
};

/* never made: its pattern asks the same on both sides */
template <class P> class only_pattern {
    void *memory_;

public:
    explicit only_pattern(std::size_t bytes) : memory_(std::malloc(bytes + 1))
    {
        if (!memory_)
            throw std::bad_alloc();
        if constexpr (P::registered)
            CHECK(cudaHostRegister(memory_, bytes + 1, cudaHostRegisterDefault));
    }
    ~only_pattern()
    {
        if constexpr (P::registered)
            CHECK(cudaHostUnregister(memory_));
        std::free(memory_);
    }
};

template <class P> class inverted {
    void *memory_;

public:
    explicit inverted(std::size_t bytes) : memory_(std::malloc(bytes + 1))
    {
        if (!memory_)
            throw std::bad_alloc();
        if constexpr (P::registered)
            CHECK(cudaHostRegister(memory_, bytes + 1, cudaHostRegisterDefault));
    }
    ~inverted()
    {
        if constexpr (!P::registered)
            CHECK(cudaHostUnregister(memory_));
        std::free(memory_); // expect: freed-while-registered
    }
};

/* What there is to do stands in specialisations, one for each tag. */
struct plain {};
struct locked {};
struct slipped {};

template <class Tag, class T> struct policy;

template <class T> struct policy<plain, T> {
    static void *get(std::size_t count)
    {
        return std::malloc(count * sizeof(T));
    }
    static void put(void *memory)
    {
        std::free(memory);
    }
};

template <class T> struct policy<locked, T> {
    static void *get(std::size_t count)
    {
        void *memory = std::malloc(count * sizeof(T) + 1);
        if (memory)
            CHECK(cudaHostRegister(memory, count * sizeof(T) + 1, cudaHostRegisterDefault));
        return memory;
    }
    static void put(void *memory)
    {
        if (memory)
            CHECK(cudaHostUnregister(memory));
        std::free(memory);
    }
};

template <> struct policy<slipped, int> {
    static int *get(std::size_t count)
    {
        int *memory = nullptr;
        CHECK(cudaMallocHost(&memory, count * sizeof(int)));
        return memory;
    }
    static void put(void *memory)
    {
        std::free(memory); // expect: mismatched-free
    }
};

template <class T, class Tag> class by_specialisation {
    T *memory_;

public:
    explicit by_specialisation(std::size_t count)
        : memory_(static_cast<T *>(policy<Tag, T>::get(count)))
    {
    }
    ~by_specialisation()
    {
        policy<Tag, T>::put(memory_);
    }
};

int main()
{
    by_member<heap> a(1000);
    by_member<pinned> b(1000);
    by_kind<heap> c(1000);
    by_kind<pinned> d(1000);
    by_type<heap> e(1000);
    by_type<pinned> f(1000);
    by_traits<heap> g(1000);
    by_traits<pinned> h(1000);
    by_number<true> i(1000);
    by_number<false> j(1000);
    inverted<heap> k(8192);
    by_specialisation<double, plain> l(1000);
    by_specialisation<double, locked> m(1000);
    by_specialisation<int, slipped> n(1000);
    return 0;
}
