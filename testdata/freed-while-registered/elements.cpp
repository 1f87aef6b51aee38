// Elements of containers and what else holds objects: they end where the container lets them go.
#include "../run_case.h"

#include <array>
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            std::abort();                                                                          \
    } while (0)

struct guard {
    void *p = nullptr;
    guard(void *q, size_t n) : p(q)
    {
        CHECK(cudaHostRegister(q, n + 1, 0));
    }
    guard(guard &&o) noexcept : p(std::exchange(o.p, nullptr))
    {
    }
    guard &operator=(guard &&o) noexcept
    {
        std::swap(p, o.p);
        return *this;
    }
    ~guard()
    {
        if (p)
            (void)cudaHostUnregister(p);
    }
};

struct block {
    std::vector<char> b;
    bool pinned = false;
    explicit block(size_t n) : b(n + 1)
    {
        pinned = cudaHostRegister(b.data(), n + 1, 0) == cudaSuccess;
    }
    block(const block &) = delete;
    block(block &&o) noexcept : b(std::move(o.b)), pinned(std::exchange(o.pinned, false))
    {
    }
    ~block()
    {
        if (pinned)
            (void)cudaHostUnregister(b.data());
    }
};

void guards_in_a_vector()
{
    std::vector<char> a(64), b(64);
    std::vector<guard> pins;
    pins.emplace_back(a.data(), 63);
    pins.push_back(guard(b.data(), 63));
}

void owners_in_place()
{
    std::vector<block> bufs;
    for (int i = 0; i < 4; i++)
        bufs.emplace_back(4096);
}

void owners_in_nodes(int n)
{
    std::vector<block> bufs;
    for (int i = 0; i < n; i++)
        bufs.emplace_back(4096);
    bufs.clear();
    std::list<block> l;
    for (int i = 0; i < n; i++)
        l.push_back(block(100));
    while (!l.empty())
        l.pop_front();
    std::deque<block> d;
    d.emplace_front(1);
    d.emplace_back(2);
    d.pop_back();
}

void optional_owners()
{
    std::optional<block> o;
    o.emplace(100);
    o.reset();
    o.emplace(200);
    std::optional<guard> p;
    std::vector<char> v(10);
    p = guard(v.data(), 9);
    p.reset();
}

void pointers_undone(int n)
{
    std::vector<char *> v;
    for (int i = 0; i < n; i++) {
        char *p = new char[64];
        CHECK(cudaHostRegister(p, 64, 0));
        v.push_back(p);
    }
    for (char *p : v) {
        CHECK(cudaHostUnregister(p));
        delete[] p;
    }
}

void pointer_left()
{ // wrong: leak
    std::vector<char *> v;
    char *p = new char[64];
    CHECK(cudaHostRegister(p, 64, 0)); // expect: register-leak
    v.push_back(p);
}

std::vector<char *> pointers_returned()
{
    std::vector<char *> v;
    char *p = new char[64];
    CHECK(cudaHostRegister(p, 64, 0));
    v.push_back(p);
    return v;
}

void pointers_handed_on(void (*take_all)(std::vector<char *>))
{
    std::vector<char *> v;
    char *p = new char[64];
    CHECK(cudaHostRegister(p, 64, 0));
    v.push_back(p);
    take_all(v);
}

void pointers_copied(void (*keep_all)(const std::vector<char *> &))
{
    std::vector<char *> v, w;
    char *p = new char[64];
    CHECK(cudaHostRegister(p, 64, 0));
    v.push_back(p);
    w = v;
    keep_all(w);
}

void pointers_in_the_middle()
{
    std::vector<char *> v;
    char *p = new char[64], *q = new char[64];
    CHECK(cudaHostRegister(p, 64, 0));
    CHECK(cudaHostRegister(q, 64, 0));
    v.push_back(p);
    v.insert(v.begin(), q);
    while (!v.empty()) {
        CHECK(cudaHostUnregister(v.back()));
        delete[] v.back();
        v.pop_back();
    }
}

void pointers_from_a_list()
{
    char *p = new char[64], *q = new char[64];
    CHECK(cudaHostRegister(p, 64, 0));
    CHECK(cudaHostRegister(q, 64, 0));
    std::vector<char *> v{p, q};
    for (auto x : v) {
        CHECK(cudaHostUnregister(x));
        delete[] x;
    }
}

void rows_of_an_array()
{
    std::array<std::vector<float>, 3> a{std::vector<float>(3), std::vector<float>(4),
                                        std::vector<float>(5)};
    for (auto &v : a)
        CHECK(cudaHostRegister(v.data(), 3 * sizeof(float), 0));
    for (auto &v : a)
        CHECK(cudaHostUnregister(v.data()));
}

void rows_left()
{
    std::array<std::vector<float>, 3> a{std::vector<float>(3000), std::vector<float>(4000),
                                        std::vector<float>(5000)};
    for (auto &v : a)
        CHECK(cudaHostRegister(v.data(), 3000 * sizeof(float), 0));
} // expect: freed-while-registered

void rows_that_move(int n)
{
    std::vector<std::vector<float>> a(n, std::vector<float>(64));
    for (auto &v : a)
        CHECK(cudaHostRegister(v.data(), 3 * sizeof(float), 0));
    a.push_back(std::vector<float>(3));
    a.pop_back();
    for (auto &v : a)
        CHECK(cudaHostUnregister(v.data()));
}

void rows_resized_away(int n)
{
    std::vector<std::vector<float>> a(n, std::vector<float>(64));
    for (auto &v : a)
        CHECK(cudaHostRegister(v.data(), 3 * sizeof(float), 0));
    a.resize(0); // expect: freed-while-registered
}

void popped()
{
    std::deque<std::vector<float>> a;
    a.emplace_back(64);
    a.emplace_back(32);
    CHECK(cudaHostRegister(a[1].data(), 32 * 4, 0));
    a.pop_front();
    a.pop_front(); // expect: freed-while-registered
}

void popped_after_the_undo()
{
    std::deque<std::vector<float>> a;
    a.emplace_back(64);
    a.emplace_back(32);
    CHECK(cudaHostRegister(a[1].data(), 32 * 4, 0));
    a.pop_front();
    CHECK(cudaHostUnregister(a.front().data()));
    a.pop_front();
}

void erased()
{
    std::vector<std::unique_ptr<char[]>> v;
    v.push_back(std::make_unique<char[]>(100));
    CHECK(cudaHostRegister(v[0].get(), 100, 0));
    v.emplace_back(new char[3]);
    v.erase(v.begin()); // expect: freed-while-registered
}

void moved_out()
{
    std::vector<std::unique_ptr<char[]>> v;
    v.push_back(std::make_unique<char[]>(100));
    CHECK(cudaHostRegister(v[0].get(), 100, 0));
    auto keep = std::move(v.front());
    v.clear();
    CHECK(cudaHostUnregister(keep.get()));
}

void member_of_a_pair()
{
    std::pair<std::string, std::unique_ptr<char[]>> pr{"a", std::make_unique<char[]>(100)};
    CHECK(cudaHostRegister(pr.second.get(), 100, 0));
    pr.second.reset(); // expect: freed-while-registered
}

void optional_emptied()
{
    std::optional<std::unique_ptr<char[]>> o = std::make_unique<char[]>(64);
    CHECK(cudaHostRegister(o->get(), 64, 0));
    o = std::nullopt; // expect: freed-while-registered
}

void optional_under_one_flag(bool b)
{
    std::optional<std::vector<char>> o;
    if (b) {
        o.emplace(64);
        CHECK(cudaHostRegister(o->data(), o->size(), 0));
    }
    if (o)
        CHECK(cudaHostUnregister(o->data()));
}

static const struct run_case cases[] = {
    CASE(guards_in_a_vector),
    CASE(owners_in_place),
    CASE(optional_owners),
    CASE(pointer_left),
    CASE(pointers_in_the_middle),
    CASE(pointers_from_a_list),
    CASE(rows_of_an_array),
    CASE(rows_left),
    CASE(popped),
    CASE(popped_after_the_undo),
    CASE(erased),
    CASE(moved_out),
    CASE(member_of_a_pair),
    CASE(optional_emptied),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
