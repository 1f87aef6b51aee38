/* Thrust, as far as host code speaks of it: containers and pointers with their members, algorithms
 * by name. The headers below thrust/ all lead here. */
#ifndef CUHOSTLINT_THRUST_H
#define CUHOSTLINT_THRUST_H

#include "cuda_runtime.h"

#ifdef __cplusplus
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <tuple>
#include <utility>

#define THRUST_VERSION 200800

namespace thrust
{
using std::advance;
using std::distance;
using std::make_pair;
using std::pair;

/* pointers and references to device memory */
template <class T> struct device_ptr;
template <class T> struct device_reference {
    operator T() const;
    device_ptr<T> operator&() const;
    device_reference &operator=(const T &);
    device_reference &operator=(const device_reference &);
    device_reference &operator+=(const T &);
    device_reference &operator-=(const T &);
    T operator++(int);
};
template <class T> struct device_ptr {
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = device_ptr;
    using reference = device_reference<T>;
    device_ptr();
    template <class U> explicit device_ptr(U *);
    T *get() const;
    device_reference<T> operator*() const;
    device_reference<T> operator[](std::ptrdiff_t) const;
    device_ptr operator+(std::ptrdiff_t) const;
    device_ptr operator-(std::ptrdiff_t) const;
    std::ptrdiff_t operator-(const device_ptr &) const;
    device_ptr &operator+=(std::ptrdiff_t);
    device_ptr &operator++();
    device_ptr operator++(int);
    bool operator==(const device_ptr &) const;
    bool operator!=(const device_ptr &) const;
    explicit operator bool() const;
};
template <class T> device_ptr<T> device_pointer_cast(T *);
template <class T> device_ptr<T> device_pointer_cast(const device_ptr<T> &);
template <class T> T *raw_pointer_cast(T *);
template <class T> T *raw_pointer_cast(const device_ptr<T> &);
template <class T> T &raw_reference_cast(T &);
template <class T> T &raw_reference_cast(const device_reference<T> &);
device_ptr<void> device_malloc(std::size_t);
template <class T> device_ptr<T> device_malloc(std::size_t);
template <class T> device_ptr<T> device_new(std::size_t);
template <class T> void device_free(device_ptr<T>);
template <class T> void device_delete(device_ptr<T>, std::size_t = 0);

/* allocators */
template <class T> struct device_allocator {
    using value_type = T;
    using pointer = device_ptr<T>;
    device_ptr<T> allocate(std::size_t);
    void deallocate(device_ptr<T>, std::size_t);
};
template <class T> struct device_malloc_allocator : device_allocator<T> {
};
namespace cuda
{
template <class T> struct allocator : device_allocator<T> {
};
namespace experimental
{
template <class T> struct pinned_allocator {
    using value_type = T;
    using pointer = T *;
    T *allocate(std::size_t);
    void deallocate(T *, std::size_t);
};
} // namespace experimental
} // namespace cuda
namespace system
{
namespace cuda = ::thrust::cuda;
}

/* containers */
template <class T, class Iterator, class Pointer, class Reference> struct cuhostlint_vector {
    using value_type = T;
    using size_type = std::size_t;
    using iterator = Iterator;
    using const_iterator = Iterator;
    using pointer = Pointer;
    using reference = Reference;
    iterator begin() const;
    iterator end() const;
    const_iterator cbegin() const;
    const_iterator cend() const;
    Pointer data() const;
    Reference operator[](std::size_t) const;
    Reference front() const;
    Reference back() const;
    std::size_t size() const;
    std::size_t capacity() const;
    bool empty() const;
    void resize(std::size_t);
    void resize(std::size_t, const T &);
    void reserve(std::size_t);
    void clear();
    void shrink_to_fit();
    void push_back(const T &);
    void pop_back();
    void assign(std::size_t, const T &);
    template <class I> void assign(I, I);
    iterator erase(iterator);
    iterator erase(iterator, iterator);
    iterator insert(iterator, const T &);
    template <class I> void insert(iterator, I, I);
};
template <class T, class Allocator = std::allocator<T>>
struct host_vector : cuhostlint_vector<T, T *, T *, T &> {
    host_vector();
    explicit host_vector(std::size_t);
    host_vector(std::size_t, const T &);
    template <class I> host_vector(I, I);
    host_vector(std::initializer_list<T>);
    host_vector(const host_vector &);
    host_vector(host_vector &&) noexcept;
    template <class Other> host_vector(const Other &);
    ~host_vector();
    host_vector &operator=(const host_vector &);
    host_vector &operator=(host_vector &&) noexcept;
    template <class Other> host_vector &operator=(const Other &);
    void swap(host_vector &);
};
template <class T, class Allocator = device_allocator<T>>
struct device_vector : cuhostlint_vector<T, device_ptr<T>, device_ptr<T>, device_reference<T>> {
    device_vector();
    explicit device_vector(std::size_t);
    device_vector(std::size_t, const T &);
    template <class I> device_vector(I, I);
    device_vector(std::initializer_list<T>);
    device_vector(const device_vector &);
    device_vector(device_vector &&) noexcept;
    template <class Other> device_vector(const Other &);
    ~device_vector();
    device_vector &operator=(const device_vector &);
    device_vector &operator=(device_vector &&) noexcept;
    template <class Other> device_vector &operator=(const Other &);
    void swap(device_vector &);
};
template <class T, class Allocator = device_allocator<T>>
using universal_vector = host_vector<T, std::allocator<T>>;

/* execution policies */
struct execution_policy {
    template <class Allocator> execution_policy operator()(Allocator &&) const;
    execution_policy on(cudaStream_t) const;
};
extern const execution_policy host, device, seq;
namespace cuda
{
extern const execution_policy par, par_nosync;
}

/* iterators */
template <class T> struct cuhostlint_iterator {
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = T *;
    using reference = T;
    T operator*() const;
    T operator[](std::ptrdiff_t) const;
    cuhostlint_iterator operator+(std::ptrdiff_t) const;
    cuhostlint_iterator &operator++();
    std::ptrdiff_t operator-(const cuhostlint_iterator &) const;
};
template <class T> struct counting_iterator : cuhostlint_iterator<T> {
    counting_iterator(T = T());
};
template <class T> struct constant_iterator : cuhostlint_iterator<T> {
    constant_iterator(T = T());
};
template <class T> counting_iterator<T> make_counting_iterator(T);
template <class T> constant_iterator<T> make_constant_iterator(T);
template <class F, class I> cuhostlint_iterator<int> make_transform_iterator(I, F);
template <class A, class B> cuhostlint_iterator<int> make_permutation_iterator(A, B);
template <class T> cuhostlint_iterator<T> make_zip_iterator(T);
cuhostlint_iterator<int> make_discard_iterator();
using std::get;
using std::make_tuple;
using std::tie;
using std::tuple;

/* functions as objects */
#define CUHOSTLINT_FUNCTOR(name)                                                                   \
    template <class T = void> struct name {                                                        \
        template <class A, class... B> A operator()(const A &, const B &...) const;                \
    };
CUHOSTLINT_FUNCTOR(plus)
CUHOSTLINT_FUNCTOR(minus)
CUHOSTLINT_FUNCTOR(multiplies)
CUHOSTLINT_FUNCTOR(divides)
CUHOSTLINT_FUNCTOR(modulus)
CUHOSTLINT_FUNCTOR(negate)
CUHOSTLINT_FUNCTOR(square)
CUHOSTLINT_FUNCTOR(identity)
CUHOSTLINT_FUNCTOR(maximum)
CUHOSTLINT_FUNCTOR(minimum)
CUHOSTLINT_FUNCTOR(less)
CUHOSTLINT_FUNCTOR(less_equal)
CUHOSTLINT_FUNCTOR(greater)
CUHOSTLINT_FUNCTOR(greater_equal)
CUHOSTLINT_FUNCTOR(equal_to)
CUHOSTLINT_FUNCTOR(not_equal_to)
CUHOSTLINT_FUNCTOR(logical_and)
CUHOSTLINT_FUNCTOR(logical_or)
CUHOSTLINT_FUNCTOR(bit_and)
CUHOSTLINT_FUNCTOR(bit_or)
CUHOSTLINT_FUNCTOR(bit_xor)
#undef CUHOSTLINT_FUNCTOR
template <class A, class R> struct unary_function {
    typedef A argument_type;
    typedef R result_type;
};
template <class A, class B, class R> struct binary_function {
    typedef A first_argument_type;
    typedef B second_argument_type;
    typedef R result_type;
};

/* algorithms that give nothing that host code would use on */
#define CUHOSTLINT_ALGORITHM(name) template <class... Arguments> void name(Arguments &&...);
CUHOSTLINT_ALGORITHM(fill)
CUHOSTLINT_ALGORITHM(for_each)
CUHOSTLINT_ALGORITHM(generate)
CUHOSTLINT_ALGORITHM(replace)
CUHOSTLINT_ALGORITHM(replace_if)
CUHOSTLINT_ALGORITHM(reverse)
CUHOSTLINT_ALGORITHM(sequence)
CUHOSTLINT_ALGORITHM(sort)
CUHOSTLINT_ALGORITHM(sort_by_key)
CUHOSTLINT_ALGORITHM(stable_sort)
CUHOSTLINT_ALGORITHM(stable_sort_by_key)
CUHOSTLINT_ALGORITHM(swap)
CUHOSTLINT_ALGORITHM(tabulate)
CUHOSTLINT_ALGORITHM(uninitialized_fill)
#undef CUHOSTLINT_ALGORITHM

/* algorithms that give an iterator: here, always that of the first range */
#define CUHOSTLINT_ALGORITHM(name)                                                                 \
    template <class I, class... Arguments> I name(I, Arguments &&...);                             \
    template <class I, class... Arguments> I name(const execution_policy &, I, Arguments &&...);
CUHOSTLINT_ALGORITHM(adjacent_difference)
CUHOSTLINT_ALGORITHM(copy)
CUHOSTLINT_ALGORITHM(copy_if)
CUHOSTLINT_ALGORITHM(copy_n)
CUHOSTLINT_ALGORITHM(exclusive_scan)
CUHOSTLINT_ALGORITHM(exclusive_scan_by_key)
CUHOSTLINT_ALGORITHM(fill_n)
CUHOSTLINT_ALGORITHM(find)
CUHOSTLINT_ALGORITHM(find_if)
CUHOSTLINT_ALGORITHM(for_each_n)
CUHOSTLINT_ALGORITHM(gather)
CUHOSTLINT_ALGORITHM(inclusive_scan)
CUHOSTLINT_ALGORITHM(inclusive_scan_by_key)
CUHOSTLINT_ALGORITHM(lower_bound)
CUHOSTLINT_ALGORITHM(max_element)
CUHOSTLINT_ALGORITHM(merge)
CUHOSTLINT_ALGORITHM(min_element)
CUHOSTLINT_ALGORITHM(partition)
CUHOSTLINT_ALGORITHM(remove)
CUHOSTLINT_ALGORITHM(remove_copy_if)
CUHOSTLINT_ALGORITHM(remove_if)
CUHOSTLINT_ALGORITHM(scatter)
CUHOSTLINT_ALGORITHM(set_difference)
CUHOSTLINT_ALGORITHM(set_intersection)
CUHOSTLINT_ALGORITHM(stable_partition)
CUHOSTLINT_ALGORITHM(transform)
CUHOSTLINT_ALGORITHM(transform_exclusive_scan)
CUHOSTLINT_ALGORITHM(transform_inclusive_scan)
CUHOSTLINT_ALGORITHM(uninitialized_copy)
CUHOSTLINT_ALGORITHM(unique)
CUHOSTLINT_ALGORITHM(upper_bound)
#undef CUHOSTLINT_ALGORITHM
template <class K, class V, class... Arguments> pair<K, V> unique_by_key(K, K, V, Arguments &&...);
template <class K, class V, class... Arguments> pair<K, V> reduce_by_key(K, K, V, Arguments &&...);
template <class I, class... Arguments> pair<I, I> minmax_element(I, I, Arguments &&...);

/* algorithms that give a value */
template <class I> typename std::iterator_traits<I>::value_type reduce(I, I);
template <class I, class T, class... F> T reduce(I, I, T, F...);
template <class I>
typename std::iterator_traits<I>::value_type reduce(const execution_policy &, I, I);
template <class I, class T, class... F> T reduce(const execution_policy &, I, I, T, F...);
template <class I, class F, class T, class G> T transform_reduce(I, I, F, T, G);
template <class I, class F, class T, class G>
T transform_reduce(const execution_policy &, I, I, F, T, G);
template <class I, class J, class T, class... F> T inner_product(I, I, J, T, F...);
template <class I, class J, class T, class... F>
T inner_product(const execution_policy &, I, I, J, T, F...);
template <class... Arguments> std::ptrdiff_t count(Arguments &&...);
template <class... Arguments> std::ptrdiff_t count_if(Arguments &&...);
template <class... Arguments> bool equal(Arguments &&...);
template <class... Arguments> bool all_of(Arguments &&...);
template <class... Arguments> bool any_of(Arguments &&...);
template <class... Arguments> bool none_of(Arguments &&...);
template <class... Arguments> bool is_sorted(Arguments &&...);
template <class... Arguments> bool binary_search(Arguments &&...);

template <class T> struct complex {
    complex(const T & = T(), const T & = T());
    T real() const;
    T imag() const;
    complex operator+(const complex &) const;
    complex operator-(const complex &) const;
    complex operator*(const complex &) const;
    complex operator/(const complex &) const;
};
template <class T> T abs(const complex<T> &);
template <class T> complex<T> conj(const complex<T> &);
template <class T> complex<T> exp(const complex<T> &);

template <class T, class = void> struct uniform_real_distribution {
    uniform_real_distribution(T = 0, T = 1);
    template <class E> T operator()(E &);
};
template <class T> struct uniform_int_distribution {
    uniform_int_distribution(T = 0, T = 1);
    template <class E> T operator()(E &);
};
template <class T> struct normal_distribution {
    normal_distribution(T = 0, T = 1);
    template <class E> T operator()(E &);
};
struct default_random_engine {
    default_random_engine(unsigned = 0);
    void discard(unsigned long long);
    unsigned operator()();
};
typedef default_random_engine minstd_rand;
} // namespace thrust
#endif

#endif
