// What lies in a std::function, or is handed to std::invoke and std::call_once, is followed.
#include <cstdlib>
#include <cuda_runtime.h>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        throw std::runtime_error(cudaGetErrorString(status));
}

class Guard
{
  public:
    explicit Guard(std::function<void()> undo) : undo_(std::move(undo))
    {
    }
    Guard(Guard &&other) noexcept : undo_(std::exchange(other.undo_, nullptr))
    {
    }
    ~Guard()
    {
        if (undo_)
            undo_();
    }
    void dismiss()
    {
        undo_ = nullptr;
    }

  private:
    std::function<void()> undo_;
};

static void unpin(void *data)
{
    if (cudaHostUnregister(data) != cudaSuccess)
        std::abort();
}

void the_guards_run_backwards()
{
    void *data = std::malloc(4096);
    if (!data)
        return;
    Guard frees([data] { std::free(data); });
    check(cudaHostRegister(data, 4096, cudaHostRegisterDefault));
    Guard unpins([data] { unpin(data); });
}

void the_guards_are_in_the_wrong_order()
{
    void *data = std::malloc(4096);
    if (!data)
        return;
    check(cudaHostRegister(data, 4096, cudaHostRegisterDefault));
    Guard unpins([data] { unpin(data); });
    Guard frees([data] { std::free(data); }); // expect: freed-while-registered
}

void the_guard_was_dismissed()
{
    void *data = std::malloc(4096);
    if (!data)
        return;
    check(cudaHostRegister(data, 4096, cudaHostRegisterDefault));
    Guard unpins([data] { unpin(data); });
    unpins.dismiss();
    std::free(data); // expect: freed-while-registered
}

void undone_from_a_list()
{
    std::vector<std::function<void()>> undo;
    for (int i = 0; i < 3; i++) {
        void *data = std::malloc(4096);
        if (!data)
            break;
        if (cudaHostRegister(data, 4096, cudaHostRegisterDefault) != cudaSuccess) {
            std::free(data);
            break;
        }
        undo.push_back([data] {
            unpin(data);
            std::free(data);
        });
    }
    while (!undo.empty()) {
        undo.back()();
        undo.pop_back();
    }
}

struct Operations {
    std::function<cudaError_t(void *, size_t)> pin;
    std::function<cudaError_t(void *)> unpin;
};

static Operations operations()
{
    return {[](void *data, size_t) { return cudaHostRegister(data, 256, 0); },
            cudaHostUnregister};
}

void through_a_table(bool undoes)
{
    Operations table = operations();
    char *data = new char[256];
    check(table.pin(data, 256));
    if (undoes)
        check(table.unpin(data));
    delete[] data; // expect: freed-while-registered
}

void a_copy_calls_the_same()
{
    std::function<cudaError_t(void *)> pin = [](void *data) {
        return cudaHostRegister(data, 256, cudaHostRegisterDefault); // expect: double-register
    };
    auto copy = pin;
    char *data = new char[256];
    check(copy(data));
    check(pin(data));
    check(cudaHostUnregister(data));
    delete[] data;
}

void nobody_knows_what_it_does(const std::function<void(char *)> &done)
{
    char *data = new char[256];
    check(cudaHostRegister(data, 256, cudaHostRegisterDefault));
    done(data);
    delete[] data;
}

void invoked(bool undoes)
{
    char *data = new char[256];
    check(std::invoke(cudaHostRegister, data, 256, 0U));
    if (undoes)
        check(std::invoke(cudaHostUnregister, data));
    delete[] data; // expect: freed-while-registered
}

void called_once()
{
    static std::once_flag flag;
    char *data = new char[256];
    auto pin = [&] { check(cudaHostRegister(data, 256, cudaHostRegisterDefault)); };
    std::call_once(flag, pin);
    std::call_once(flag, pin);
    check(cudaHostUnregister(data));
    delete[] data;
}

template <class Function, class... Arguments>
static auto forwarded(Function &&function, Arguments &&...arguments)
{
    return std::forward<Function>(function)(std::forward<Arguments>(arguments)...);
}

void a_function_is_forwarded()
{
    char *data = new char[256];
    check(forwarded(cudaHostRegister, data, 256, 0U));
    delete[] data; // expect: freed-while-registered
}

using Unpin = cudaError_t (*)(void *);
static Unpin chosen()
{
    return cudaHostUnregister;
}

void what_a_call_gives_is_called()
{
    char *data = new char[256];
    check(cudaHostRegister(data, 256, cudaHostRegisterDefault));
    check(chosen()(data));
    check(chosen()(data)); // expect: unregister-unregistered
    delete[] data;
}

struct Block {
    void *data = nullptr;
    void *get() const
    {
        return data;
    }
    cudaError_t pin()
    {
        return cudaHostRegister(data, 4096, cudaHostRegisterDefault);
    }
    cudaError_t unpin()
    {
        return cudaHostUnregister(data);
    }
};

// What std::bind was given is passed on.
void bound_to_an_object(bool undoes)
{
    Block block;
    block.data = std::malloc(4096);
    if (!block.data)
        return;
    auto pin = std::bind(&Block::pin, &block);
    std::function<cudaError_t()> unpin = std::bind(&Block::unpin, &block);
    check(pin());
    if (undoes)
        check(unpin());
    std::free(std::bind(&Block::get, &block)()); // expect: freed-while-registered
}

static cudaError_t pin_part(void *data, size_t skipped, size_t size)
{
    return cudaHostRegister(static_cast<char *>(data) + skipped, size, 0); // expect: zero-size
}

void bound_with_places(bool undoes)
{
    using namespace std::placeholders;
    void *data = std::malloc(8192);
    if (!data)
        return;
    auto pin = std::bind(pin_part, _2, 0, _1);
    auto unpin = std::bind(cudaHostUnregister, data);
    check(pin(4096, data));
    if (undoes)
        check(unpin());
    std::free(data); // expect: freed-while-registered
}

void bound_to_nothing()
{
    using namespace std::placeholders;
    void *data = std::malloc(8192);
    if (!data)
        return;
    check(std::bind(pin_part, data, _1, 0)(4096));
    std::free(data);
}

void bound_and_right()
{
    void *data = std::malloc(8192);
    if (!data)
        return;
    auto pin = std::bind([](void *of, int) { return cudaHostRegister(of, 8192, 0); }, data, 1);
    auto undo = std::bind(unpin, data);
    check(pin());
    auto copy = undo;
    copy();
    std::free(data);
}

void by_a_member(bool undoes)
{
    Block block;
    block.data = std::malloc(4096);
    if (!block.data)
        return;
    auto pin = std::mem_fn(&Block::pin);
    auto unpin = std::mem_fn(&Block::unpin);
    check(pin(block));
    if (undoes)
        check(unpin(&block));
    std::free(block.data); // expect: freed-while-registered
}

struct Source {
    virtual ~Source() = default;
    virtual void undo(void *) const
    {
    }
};
struct Unpinning : Source {
    void undo(void *data) const override
    {
        unpin(data);
    }
};

static void undone_by(const Source &source, void *data)
{
    check(cudaHostRegister(data, 4096, cudaHostRegisterDefault));
    std::bind(&Source::undo, &source, data)();
    std::invoke(&Source::undo, source, data);
    std::free(data);
}

void the_object_says_which()
{
    if (void *data = std::malloc(4096))
        undone_by(Unpinning(), data);
}

// What nobody knows may throw, whatever it is called through.
void it_may_throw(const std::function<void()> &step)
{
    char *data = new char[4096];
    check(cudaHostRegister(data, 4096, cudaHostRegisterDefault));
    try {
        step();
        check(cudaHostUnregister(data));
    } catch (...) {
        delete[] data; // expect: freed-while-registered
        return;
    }
    delete[] data;
}

void it_may_throw_and_all_is_undone(const std::function<void(char *)> &step)
{
    char *data = new char[4096];
    bool is_pinned = cudaHostRegister(data, 4096, cudaHostRegisterDefault) == cudaSuccess;
    try {
        step(data);
        if (is_pinned)
            unpin(data);
        is_pinned = false;
        step(data);
    } catch (...) {
        if (is_pinned)
            unpin(data);
        delete[] data;
        throw;
    }
    delete[] data;
}

class Undoing {
public:
    Undoing(char *data, std::function<void(char *)> undo) : data_(data), undo_(std::move(undo))
    {
    }
    Undoing(Undoing &&other) noexcept
    {
        std::swap(data_, other.data_);
        undo_.swap(other.undo_);
    }
    ~Undoing()
    {
        if (data_ && undo_)
            undo_(data_);
    }

private:
    char *data_ = nullptr;
    std::function<void(char *)> undo_;
};

static Undoing registered(std::vector<char> &owner)
{
    check(cudaHostRegister(owner.data(), owner.size(), cudaHostRegisterDefault));
    Undoing undoing(owner.data(), [](char *data) { check(cudaHostUnregister(data)); });
    return Undoing(std::move(undoing));
}

void functions_are_swapped()
{
    std::vector<char> right(8192), grows(8192);
    Undoing one = registered(right);
    Undoing two = registered(grows);
    grows.push_back(0); // expect: freed-while-registered
}

static Undoing only_freed(char *data)
{
    check(cudaHostRegister(data, 8192, cudaHostRegisterDefault));
    return Undoing(data, [](char *given) { delete[] given; }); // expect: freed-while-registered
}

void what_was_swapped_in_is_called()
{
    Undoing one = only_freed(new char[8192]);
    Undoing two(std::move(one));
}
