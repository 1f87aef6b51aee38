// Variants and anys: what they keep is moved, replaced and asked for under many names.
#include <any>
#include <cstdlib>
#include <cuda_runtime.h>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using bytes = std::vector<char>;
using owner = std::unique_ptr<char[]>;
using block = std::variant<std::monostate, bytes, owner>;

void look(const block &);

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

static void pin(void *data)
{
    check(cudaHostRegister(data, 8192, 0));
}

static void unpin(void *data)
{
    check(cudaHostUnregister(data));
}

// A vector that is large enough keeps its buffer.
void copied_over(const bytes &small)
{
    block b = bytes(8192);
    pin(std::get<bytes>(b).data());
    b = small;
    unpin(std::get<bytes>(b).data());
}

void part_moved_out()
{
    block b = bytes(8192);
    pin(std::get<1>(b).data());
    bytes kept = std::get<1>(std::move(b));
    b = std::monostate{};
    unpin(kept.data());
}

void moved()
{
    block b = bytes(8192), other;
    pin(std::get<1>(b).data());
    other = std::move(b);
    b.emplace<owner>(new char[8192]);
    unpin(std::get<1>(other).data());
}

void swapped()
{
    block b = bytes(8192), other = owner(new char[8192]);
    pin(std::get<1>(b).data());
    b.swap(other);
    std::swap(b, other);
    other = {};
    unpin(std::get<1>(b).data());
}

void released()
{
    block b{owner(new char[8192])};
    pin(std::get<owner>(b).get());
    char *raw = std::get<owner>(b).release();
    b.emplace<std::monostate>();
    unpin(raw);
    delete[] raw;
}

template <class... T> struct overloaded : T... {
    using T::operator()...;
};
template <class... T> overloaded(T...) -> overloaded<T...>;

void visited()
{
    block b;
    b.emplace<owner>(new char[8192]);
    pin(std::get<owner>(b).get());
    std::visit(overloaded{[](std::monostate) {}, [](bytes &x) { unpin(x.data()); },
                          [](owner &x) { unpin(x.get()); }},
               b);
}

void asked_twice(block &b)
{
    if (auto *held = std::get_if<bytes>(&b); held && held->size() >= 8192)
        pin(held->data());
    look(b);
    if (auto *held = std::get_if<bytes>(&b); held && held->size() >= 8192)
        unpin(held->data());
}

void switched(block b)
{
    if (b.index() == 2)
        pin(std::get<2>(b).get());
    switch (b.index()) {
    case 2:
        unpin(std::get<2>(b).get());
        break;
    default:
        break;
    }
}

class late
{
    block kept;

  public:
    void on()
    {
        kept.emplace<bytes>(8192);
        pin(std::get<bytes>(kept).data());
    }
    void off()
    {
        if (auto *held = std::get_if<bytes>(&kept)) {
            unpin(held->data());
            kept = std::monostate{};
        }
    }
    ~late()
    {
        off();
    }
};

void in_a_member()
{
    late one;
    one.on();
    one.off();
    one.on();
}

void another_is_there()
{
    block b = owner(new char[8192]);
    pin(std::get<2>(b).get());
    try {
        std::get<1>(b).clear();
    } catch (const std::bad_variant_access &) {
    }
    unpin(std::get<2>(b).get());
}

struct swapping {
    bytes data;
    explicit swapping(size_t size) : data(size)
    {
    }
    swapping(swapping &&other) noexcept : data(std::move(other.data))
    {
    }
    swapping &operator=(swapping &&other) noexcept
    {
        data.swap(other.data);
        return *this;
    }
};

void assigned_by_a_swap()
{
    std::variant<int, swapping> b = swapping(8192);
    swapping other(8192);
    pin(std::get<1>(b).data.data());
    b = std::move(other);
    unpin(other.data.data());
}

std::variant<void *, cudaError_t> try_pin()
{
    void *data = std::malloc(8192);
    if (!data)
        return cudaErrorMemoryAllocation;
    cudaError_t status = cudaHostRegister(data, 8192, 0);
    if (status != cudaSuccess) {
        std::free(data);
        return status;
    }
    return data;
}

void result_or_error()
{
    auto made = try_pin();
    if (std::holds_alternative<cudaError_t>(made))
        return;
    unpin(std::get<0>(made));
    std::free(std::get<0>(made));
}

void freed_by_number()
{
    auto made = try_pin();
    if (void **data = std::get_if<void *>(&made))
        std::free(*data); // expect: freed-while-registered
}

void elements()
{
    std::map<std::string, block> named;
    named["one"] = bytes(8192);
    pin(std::get<bytes>(named["one"]).data());
    auto pair = std::make_pair(2, std::move(named["one"]));
    named.erase("one");
    std::optional<block> maybe = std::move(pair.second);
    pair.second = std::monostate{};
    unpin(std::get<bytes>(*maybe).data());
    maybe.reset();
}

void copied_with_its_vector()
{
    std::vector<std::variant<int, void *>> all, copy;
    void *data = std::malloc(8192);
    if (!data)
        return;
    pin(data);
    all.push_back(data);
    copy = all;
    for (auto &one : copy)
        if (void **held = std::get_if<void *>(&one)) {
            unpin(*held);
            std::free(*held);
        }
}

// A closure has copies of its own.
void captured()
{
    block b = bytes(8192);
    std::any a = bytes(8192);
    std::optional<bytes> o = bytes(8192);
    std::pair<bytes, int> p{bytes(8192), 1};
    void *const all[] = {std::get<1>(b).data(), std::any_cast<bytes &>(a).data(), o->data(),
                         p.first.data()};
    for (void *data : all)
        pin(data);
    {
        auto copies = [a, b, o, p]() { return b.index() + p.second; };
        copies();
    }
    for (void *data : all)
        unpin(data);
}

void any_moved()
{
    std::any a;
    a = bytes(8192);
    pin(std::any_cast<bytes &>(a).data());
    std::any b = std::move(a);
    a = 3;
    unpin(std::any_cast<bytes>(&b)->data());
    b.reset();
}

void any_copied()
{
    std::any a = bytes(8192);
    auto *held = std::any_cast<bytes>(&a);
    pin(held->data());
    {
        std::any b = a;
        bytes copy = std::any_cast<bytes>(a);
        b.reset();
    }
    unpin(held->data());
}

void any_asked(std::any &a)
{
    if (auto *held = std::any_cast<bytes>(&a); held && held->size() >= 8192)
        pin(held->data());
    if (auto *held = std::any_cast<bytes>(&a); held && held->size() >= 8192)
        unpin(held->data());
}

void any_swapped()
{
    std::any a = bytes(8192), b = "text";
    pin(std::any_cast<bytes &>(a).data());
    a.swap(b);
    a.reset();
    unpin(std::any_cast<bytes &>(b).data());
}
