/* Views of parts, results that point who knows where, and class templates whose destructor only
 * the pattern shows. */
#include <array>
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#define OK(call)                                                                                   \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            abort();                                                                               \
    } while (0)

namespace pattern_members
{
template <size_t N> class Mailbox
{
    std::array<int, N> cells{};

  public:
    Mailbox()
    {
        OK(cudaHostRegister(cells.data(), sizeof(cells), cudaHostRegisterMapped));
    }
    ~Mailbox()
    {
        OK(cudaHostUnregister(cells.data()));
    }
    Mailbox(const Mailbox &) = delete;
    int first()
    {
        return cells[0];
    }
};
template <typename T> class Mapped
{
    std::vector<T> items;
    T *device = nullptr;

  public:
    explicit Mapped(size_t n) : items(n ? n : 1)
    {
        OK(cudaHostRegister(items.data(), items.size() * sizeof(T), 2));
        OK(cudaHostGetDevicePointer((void **)&device, items.data(), 0));
    }
    ~Mapped()
    {
        if (device)
            OK(cudaHostUnregister(items.data()));
    }
    Mapped(Mapped &&o) noexcept : items(std::move(o.items)), device(o.device)
    {
        o.device = nullptr;
    }
};
template <typename T> class Forgotten
{
    std::vector<T> items;

  public:
    explicit Forgotten(size_t n) : items(n)
    {
        if (n != 0)
            OK(cudaHostRegister(items.data(), n * sizeof(T), 0));
    }
    ~Forgotten()
    {
        items[0] = T();
    } // expect: freed-while-registered
};
int run()
{
    Mailbox<32> box;
    Mapped<float> a(128);
    Mapped<float> b(std::move(a));
    Forgotten<int> c(64);
    return box.first();
}
} // namespace pattern_members

namespace gsl
{
template <class T> class span
{
  public:
    span(T *first, size_t count);
    template <class C> span(C &container);
    span &operator=(const span &other);
    T *data() const;
    size_t size() const;
    size_t size_bytes() const;
    span first(size_t count) const;
    span last(size_t count) const;
    span subspan(size_t offset, size_t count = size_t(-1)) const;
};
} // namespace gsl

namespace parts
{
void pin(gsl::span<float> s)
{
    OK(cudaHostRegister(s.data(), s.size_bytes(), 0)); // expect: nonconstant-size
}
void unpin(gsl::span<float> s)
{
    OK(cudaHostUnregister(s.data()));
}
void same_start()
{
    std::vector<float> v(100);
    gsl::span<float> all{v};
    pin(all);
    unpin(all.subspan(0, 10));
    pin(all.first(20));
    unpin(v);
}
void later_start()
{
    static double table[512];
    gsl::span<double> all(table, 512);
    OK(cudaHostRegister(all.data(), all.size_bytes(), 0));
    OK(cudaHostUnregister(all.subspan(256).data())); // expect: unregister-unregistered
}
void last_part()
{
    std::array<int, 64> block{};
    gsl::span<int> all(block);
    OK(cudaHostRegister(all.last(16).data(), 16 * sizeof(int), 0));
    OK(cudaHostUnregister(&block[48]));
}
void elements()
{
    std::vector<double> v(100);
    gsl::span<double> all(v);
    OK(cudaHostRegister(all.data(), all.size(), 0)); // expect: size-mismatch
    OK(cudaHostUnregister(v.data()));
}
void shows_another()
{
    std::vector<float> v(100), w(100);
    gsl::span<float> some(v);
    pin(some);
    some = some.first(10);
    unpin(some);
    pin(some = w);
    some = v;
    unpin(w);
}
} // namespace parts

namespace somebodys
{
int *middle(const std::vector<int> &v);

void through_an_iterator()
{
    std::vector<int> v(100);
    auto it = v.begin();
    OK(cudaHostRegister(&*it, 100 * sizeof(int), 0));
    OK(cudaHostUnregister(v.data()));
}
bool pin_all(float **rows, size_t n, size_t each)
{
    size_t done = 0;
    for (; done < n; ++done)
        if (cudaHostRegister(rows[done], each, 0) != cudaSuccess) // expect: nonconstant-size
            break;
    if (done == n)
        return true;
    while (done > 0)
        (void)cudaHostUnregister(rows[--done]);
    return false;
}
void rolled_back(float **rows, size_t n)
{
    if (pin_all(rows, n, 1024))
        for (size_t i = 0; i < n; ++i)
            (void)cudaHostUnregister(rows[i]);
    for (size_t i = 0; i < n; ++i)
        delete[] rows[i];
}
void undone_backwards(std::vector<float *> &rows)
{
    for (size_t i = 0; i < rows.size(); ++i)
        OK(cudaHostRegister(rows[i], 4096, 0));
    for (auto it = rows.rbegin(); it != rows.rend(); ++it)
        OK(cudaHostUnregister(*it));
    for (float *row : rows)
        delete[] row;
}
} // namespace somebodys

/* Nobody instantiates these: the address of a variable whose type depends on an argument is still
 * its address. */
namespace addresses_in_patterns
{
int get_block(void **block, size_t size);

template <class T> bool pin_array()
{
    T *array = nullptr;
    if (get_block((void **)&array, 4096) != 0)
        return false;
    return cudaHostRegister(array, 4096, cudaHostRegisterDefault) == cudaSuccess;
}

template <class T> std::pair<T *, T *> array_in_list()
{
    T *array = new T[4096];
    OK(cudaHostRegister(array, 4096 * sizeof(T), cudaHostRegisterDefault));
    return {array, nullptr};
}

template <class T> T *pinned_array(size_t count)
{
    T *array = nullptr;
    if (cudaMallocHost(reinterpret_cast<void **>(&array), count * sizeof(T)) != cudaSuccess)
        return nullptr;
    return array;
}

template <class T> struct Unpin {
    bool is_pinned;
    void operator()(T *block)
    {
        if (is_pinned)
            OK(cudaHostUnregister(block));
        free(block);
    }
};

template <class T> class Block
{
    std::unique_ptr<T, Unpin<T>> data;

  public:
    /* Which constructor takes the memory over is not known: one does. */
    void open()
    {
        T *array = nullptr;
        if (posix_memalign((void **)&array, 4096, 4096) != 0)
            return;
        OK(cudaHostRegister(array, 4096, cudaHostRegisterDefault));
        data = std::unique_ptr<T, Unpin<T>>(array, Unpin<T>{true});
    }
};

struct Cell {
    int value;
};

template <class T> int Cell::*chosen(T *)
{
    return &Cell::value;
}
} // namespace addresses_in_patterns

namespace sizes_out_of_sight
{
template <class T> bool all_of_it(std::span<T> view)
{
    if (view.empty())
        return false;
    return cudaHostRegister(view.data(), view.size_bytes(), 0) == cudaSuccess;
}

template <class T> bool two_parts()
{
    std::unique_ptr<T[]> all(new T[8192]);
    if (cudaHostRegister(&all[0], 4096 * sizeof(T), 0) != cudaSuccess)
        return false;
    if (cudaHostRegister(&all[4096], 4096 * sizeof(T), 0) == cudaSuccess)
        (void)cudaHostUnregister(&all[4096]);
    (void)cudaHostUnregister(&all[0]);
    return true;
}

template <class T> void one_part_twice()
{
    std::unique_ptr<T[]> all(new T[8192]);
    OK(cudaHostRegister(&all[4096], 4096 * sizeof(T), 0));
    OK(cudaHostRegister(&all[4096], 4096 * sizeof(T), 0)); // expect: double-register
    OK(cudaHostUnregister(&all[4096]));
}
} // namespace sizes_out_of_sight

/* What a view shows may be equal to what another one does, wherever the two objects lie. */
namespace compared
{
static void drop(void *p, std::string_view how)
{
    if (how == "unpinned")
        OK(cudaHostUnregister(p));
    if (how != "kept")
        std::free(p);
}

void named(std::string_view name, std::string_view other)
{
    void *p = std::malloc(8192);
    if (!p || cudaHostRegister(p, 8192, 0) != cudaSuccess) {
        std::free(p);
        return;
    }
    if (name == other || name == "cuda") {
        std::free(p); // expect: freed-while-registered
        return;
    }
    OK(cudaHostUnregister(p));
    drop(p, "freed");
}
} // namespace compared
