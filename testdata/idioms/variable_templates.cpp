// Variable templates: an instance is a global variable; a table of operations is found through one,
// also in an object that erases the type.
#include <cstdlib>
#include <cuda_runtime.h>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

struct operations {
    void (*pin)(void *);
    void (*unpin)(void *);
    void (*destroy)(void *);
};

static void pin(void *data)
{
    check(cudaHostRegister(data, 8192, 0));
}

static void unpin(void *data)
{
    check(cudaHostUnregister(data));
}

static void forget(void *)
{
}

template <class T> static void destroy(void *data)
{
    delete[] static_cast<T *>(data);
}

template <class T> static void destroy_pinned(void *data)
{
    delete[] static_cast<T *>(data); // expect: freed-while-registered
}

template <class T> constexpr operations operations_for = {pin, unpin, destroy<T>};
template <class T> constexpr operations forgetting_for = {pin, forget, destroy_pinned<T>};

void through_a_pointer()
{
    const operations *table = &operations_for<double>;
    double *data = new double[1024];
    pin(data);
    if (table)
        table->unpin(data);
    delete[] data;
}

void through_the_wrong_one()
{
    const operations *table = &forgetting_for<double>;
    double *data = new double[1024];
    table->pin(data);
    table->unpin(data);
    delete[] data; // expect: freed-while-registered
}

template <class T> void in_a_template()
{
    const operations *table = &operations_for<T>;
    T *data = new T[8192];
    pin(data);
    if (table)
        table->unpin(data);
    delete[] data;
}

template void in_a_template<char>();

struct erased {
    const operations *table;
    void *data;
};

template <class T> erased make(size_t count)
{
    return erased{&operations_for<T>, new T[count]};
}

template <class T> erased make_forgetting(size_t count)
{
    return erased{&forgetting_for<T>, new T[count]};
}

void erased_type()
{
    erased one = make<float>(2048);
    one.table->pin(one.data);
    one.table->unpin(one.data);
    one.table->destroy(one.data);
}

void erased_type_left_registered()
{
    erased one = make_forgetting<float>(2048);
    one.table->pin(one.data);
    one.table->unpin(one.data);
    one.table->destroy(one.data);
}

class any_buffer
{
    const operations *table_;
    void *data_;

  public:
    template <class T> explicit any_buffer(T *data) : table_(&operations_for<T>), data_(data)
    {
        table_->pin(data_);
    }
    any_buffer(const any_buffer &) = delete;
    any_buffer &operator=(const any_buffer &) = delete;
    ~any_buffer()
    {
        table_->unpin(data_);
        table_->destroy(data_);
    }
};

void in_an_object()
{
    any_buffer one(new char[8192]);
}

// What others find in a variable is handed on.
template <class T> void *kept_for = nullptr;

void handed_on()
{
    void *data = std::malloc(8192);
    if (!data)
        return;
    pin(data);
    kept_for<int> = data;
}

template <class T> void handed_on_in_a_template()
{
    void *data = std::malloc(8192);
    if (!data)
        return;
    pin(data);
    kept_for<T> = data;
}

template void handed_on_in_a_template<char>();
