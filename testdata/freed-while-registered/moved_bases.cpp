// What the base of a template's class takes over when the class is moved.
#include <cuda_runtime.h>
#include <utility>
#include <vector>

template <class derived> class lockable
{
    bool is_locked = false;
    derived &self()
    {
        return *static_cast<derived *>(this);
    }

  public:
    lockable() = default;
    lockable(lockable &&other) noexcept : is_locked(std::exchange(other.is_locked, false))
    {
    }
    bool locked() const
    {
        return is_locked;
    }
    void lock()
    {
        if (!is_locked && self().size() > 0)
            is_locked = cudaHostRegister(self().data(), self().size(), 0) == cudaSuccess;
    }
    void unlock()
    {
        if (std::exchange(is_locked, false))
            (void)cudaHostUnregister(self().data());
    }
};

template <class T> class column : public lockable<column<T>>
{
    std::vector<T> values;

  public:
    explicit column(size_t count) : values(count)
    {
    }
    column(column &&) noexcept = default;
    ~column()
    {
        this->unlock();
    }
    void *data()
    {
        return values.data();
    }
    size_t size() const
    {
        return values.size() * sizeof(T);
    }
    void push(T value)
    {
        const bool again = values.size() == values.capacity() && this->locked();
        if (again)
            this->unlock();
        values.push_back(value);
        if (again)
            this->lock();
    }
};

template <class T> class written : public lockable<written<T>>
{
    std::vector<T> values;

  public:
    explicit written(size_t count) : values(count)
    {
    }
    written(written &&other) noexcept
        : lockable<written<T>>(std::move(other)), values(std::move(other.values))
    {
    }
    ~written()
    {
        this->unlock();
    }
    void *data()
    {
        return values.data();
    }
    size_t size() const
    {
        return values.size() * sizeof(T);
    }
    void grow()
    {
        const bool again = this->locked();
        if (again)
            this->unlock();
        values.resize(100000);
        if (again)
            this->lock();
    }
};

void move_columns()
{
    column<int> first(4096);
    first.lock();
    first.push(1);
    column<int> second(std::move(first));
    second.push(2);
}

void move_written()
{
    written<int> first(4096);
    first.lock();
    written<int> second(std::move(first));
    second.grow();
}
