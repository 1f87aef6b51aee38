// Elements of maps: found by a key, by an iterator, or in an iteration.
#include "../run_case.h"

#include <cstdlib>
#include <cuda_runtime_api.h>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            std::abort();                                                                          \
    } while (0)

using rows = std::map<int, std::vector<float>>;
using blocks = std::map<int, std::unique_ptr<char[]>>;

static void pin(std::vector<float> &row)
{
    row.resize(1000);
    CHECK(cudaHostRegister(row.data(), 4000, 0));
}

static std::unique_ptr<char[]> pinned()
{
    auto block = std::make_unique<char[]>(100);
    CHECK(cudaHostRegister(block.get(), 100, 0));
    return block;
}

void erased_by_key()
{
    rows m;
    pin(m[1]);
    m.erase(1); // expect: freed-while-registered
}

void erased_by_a_key_that_is_a_variable(int k)
{
    std::unordered_map<int, std::vector<float>> m;
    m.emplace(k, std::vector<float>(1000));
    CHECK(cudaHostRegister(m.at(k).data(), 4000, 0));
    m.erase(k); // expect: freed-while-registered
}

void erased_by_name()
{
    std::map<std::string, std::vector<float>> m;
    pin(m["weights"]);
    m.erase("weights"); // expect: freed-while-registered
}

void erased_where_it_was_found(rows &m, int k)
{
    auto it = m.find(k);
    if (it == m.end())
        return;
    CHECK(cudaHostRegister(it->second.data(), 400, 0));
    m.erase(it); // expect: freed-while-registered
}

void erased_where_it_was_inserted()
{
    std::map<int, std::vector<char>> m;
    auto [it, fresh] = m.try_emplace(1, 100);
    CHECK(cudaHostRegister(it->second.data(), 100, 0));
    m.erase(it); // expect: freed-while-registered
}

void cleared()
{
    rows m;
    pin(m[1]);
    m.clear(); // expect: freed-while-registered
}

void out_of_scope()
{
    rows m;
    pin(m[1]);
} // expect: freed-while-registered

void cleared_after_an_iteration(rows &m)
{
    for (auto &[key, row] : m)
        CHECK(cudaHostRegister(row.data(), 400, 0));
    m.clear(); // expect: freed-while-registered
}

void filled_in_a_loop(int n)
{
    rows m;
    for (int i = 0; i < n; i++)
        pin(m[i]);
    m.clear(); // expect: freed-while-registered
}

void overwritten(blocks &m, int k)
{
    m[k] = pinned();
    m[k] = std::make_unique<char[]>(200); // expect: freed-while-registered
}

void grown()
{
    std::map<std::string, std::vector<float>> m;
    pin(m["a"]);
    m["a"].resize(100000); // expect: freed-while-registered
}

void inserted_pinned()
{
    blocks m;
    m.insert({1, pinned()});
} // expect: freed-while-registered

void emplaced_pinned()
{
    std::map<std::string, std::unique_ptr<char[]>> m;
    m.emplace("a", pinned());
    m.clear(); // expect: freed-while-registered
}

void assigned_to()
{
    rows m, other;
    pin(m[1]);
    m = std::move(other); // expect: freed-while-registered
}

void moved_away()
{
    rows m;
    pin(m[1]);
    {
        auto other = std::move(m);
    } // expect: freed-while-registered
}

void owned_map()
{
    auto m = std::make_unique<rows>();
    pin((*m)[1]);
    m.reset(); // expect: freed-while-registered
}

void pointer_lost()
{
    std::map<int, char *> m;
    m[1] = new char[100];
    CHECK(cudaHostRegister(m[1], 100, 0)); // expect: register-leak
    m.clear();
}

void registered_twice(int k)
{
    blocks m;
    m[k].reset(new char[100]);
    CHECK(cudaHostRegister(m[k].get(), 100, 0));
    CHECK(cudaHostRegister(m[k].get(), 100, 0)); // expect: double-register
    CHECK(cudaHostUnregister(m[k].get()));
}

class named_rows
{
    std::map<std::string, std::vector<float>> rows_;

  public:
    float *get(const std::string &name)
    {
        auto it = rows_.find(name);
        if (it != rows_.end())
            return it->second.data();
        pin(rows_[name]);
        return rows_[name].data();
    }
    void drop(const std::string &name)
    {
        auto it = rows_.find(name);
        if (it == rows_.end())
            return;
        float *row = it->second.data();
        rows_.erase(it); // expect: freed-while-registered
        (void)cudaHostUnregister(row);
    }
};

class never_undone // expect: freed-while-registered
{
    blocks blocks_;

  public:
    void add(int k)
    {
        auto &block = blocks_[k];
        if (!block) {
            block = std::make_unique<char[]>(100);
            CHECK(cudaHostRegister(block.get(), 100, 0));
        }
    }
};

struct record {
    std::vector<char> bytes;
};

void element_with_an_implicit_destructor(std::map<int, record> &m, int k)
{
    record &r = m[k];
    r.bytes.resize(100);
    CHECK(cudaHostRegister(r.bytes.data(), 100, 0));
    m.erase(k); // expect: freed-while-registered
}

/* ---- right ---- */

void other_keys()
{
    rows m;
    pin(m[1]);
    pin(m[2]);
    CHECK(cudaHostUnregister(m[2].data()));
    m.erase(2);
    CHECK(cudaHostUnregister(m[1].data()));
    m.clear();
}

void other_names()
{
    std::map<std::string, std::vector<float>> m;
    pin(m["a"]);
    pin(m["b"]);
    CHECK(cudaHostUnregister(m["a"].data()));
    CHECK(cudaHostUnregister(m["b"].data()));
}

void one_name_after_the_other(char c)
{
    std::map<std::string, std::vector<float>> m;
    std::string name;
    name.reserve(10);
    for (int i = 0; i < 3; i++) {
        name.push_back(c);
        pin(m[name]);
    }
    name[0]++;
    pin(m[name]);
    for (auto &entry : m)
        CHECK(cudaHostUnregister(entry.second.data()));
}

void names_of_a_list(const std::vector<std::string> &names)
{
    std::map<std::string, std::vector<float>> m;
    for (const auto &name : names)
        pin(m[name]);
    for (const auto &name : names)
        CHECK(cudaHostUnregister(m[name].data()));
}

void keys_that_may_be_one(int i, int j)
{
    rows m;
    pin(m[i]);
    CHECK(cudaHostUnregister(m[i].data()));
    m.erase(i);
    pin(m[j]);
    CHECK(cudaHostUnregister(m.at(j).data()));
}

void by_key_and_undone_in_an_iteration()
{
    rows m;
    pin(m[1]);
    pin(m[2]);
    for (auto it = m.begin(); it != m.end(); ++it)
        CHECK(cudaHostUnregister(it->second.data()));
    m.clear();
}

void erased_one_by_one()
{
    rows m;
    for (int i = 0; i < 4; ++i)
        m.emplace(i, std::vector<float>(64));
    for (auto &entry : m)
        CHECK(cudaHostRegister(entry.second.data(), 256, 0));
    while (!m.empty()) {
        auto it = m.begin();
        CHECK(cudaHostUnregister(it->second.data()));
        m.erase(it);
    }
}

void found_or_made(std::unordered_map<int, std::vector<float>> &m, int k)
{
    auto it = m.find(k);
    if (it == m.end())
        it = m.emplace(k, std::vector<float>(100)).first;
    CHECK(cudaHostRegister(it->second.data(), 40, 0));
    CHECK(cudaHostUnregister(it->second.data()));
    m.erase(it);
}

void asked_for(std::unordered_map<int, std::vector<float>> &m, int k)
{
    if (m.count(k) == 0)
        pin(m[k]);
    if (m.count(k) == 1) {
        CHECK(cudaHostUnregister(m[k].data()));
        m.erase(k);
    }
}

void there_already()
{
    rows m;
    m.emplace(1, std::vector<float>(100));
    m.emplace(1, std::vector<float>(200));
    auto &row = m.find(1)->second;
    CHECK(cudaHostRegister(row.data(), 400, 0));
    CHECK(cudaHostUnregister(m.at(1).data()));
}

void taken_out()
{
    blocks m;
    m[1] = pinned();
    auto node = m.extract(1);
    CHECK(cudaHostUnregister(node.mapped().get()));
    m[2] = pinned();
    auto block = std::move(m[2]);
    m.clear();
    CHECK(cudaHostUnregister(block.get()));
}

rows handed_on(rows &out, void (*take)(rows &))
{
    rows a, b, c, d;
    pin(a[1]);
    pin(b[1]);
    pin(c[1]);
    pin(d[1]);
    out = std::move(a);
    out.merge(b);
    take(c);
    return d;
}

void copied()
{
    std::map<int, char *> a, b;
    a[1] = new char[10];
    CHECK(cudaHostRegister(a[1], 10, 0));
    b = a;
    a.clear();
    for (auto &entry : b) {
        CHECK(cudaHostUnregister(entry.second));
        delete[] entry.second;
    }
}

struct undoes_itself {
    std::vector<char> bytes;
    explicit undoes_itself(size_t n) : bytes(n + 1)
    {
        CHECK(cudaHostRegister(bytes.data(), n + 1, 0));
    }
    undoes_itself(undoes_itself &&) = default;
    ~undoes_itself()
    {
        if (!bytes.empty())
            (void)cudaHostUnregister(bytes.data());
    }
};

void elements_that_undo_themselves()
{
    std::map<int, undoes_itself> m;
    m.emplace(1, 100);
    m.try_emplace(2, 100);
    m.insert({3, undoes_itself(100)});
    m.insert_or_assign(4, undoes_itself(10));
    m.erase(1);
    m.clear();
}

static const struct run_case cases[] = {
    CASE(erased_by_key),
    CASE(erased_by_name),
    CASE(erased_where_it_was_inserted),
    CASE(cleared),
    CASE(out_of_scope),
    CASE(grown),
    CASE(inserted_pinned),
    CASE(emplaced_pinned),
    CASE(assigned_to),
    CASE(moved_away),
    CASE(owned_map),
    CASE(other_keys),
    CASE(other_names),
    CASE(by_key_and_undone_in_an_iteration),
    CASE(erased_one_by_one),
    CASE(there_already),
    CASE(taken_out),
    CASE(copied),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}

// The count that an array is made with is no argument that anybody keeps.
class Counted // expect: freed-while-registered
{
    std::map<int, std::unique_ptr<char[]>> blocks_;

  public:
    bool add(int key, std::size_t bytes)
    {
        auto block = std::make_unique<char[]>(bytes);
        if (bytes < 4096 || cudaHostRegister(block.get(), bytes, 0) != cudaSuccess)
            return false;
        blocks_.emplace(key, std::move(block));
        return true;
    }
};

// Right.
class CountedAndUndone
{
    std::map<int, std::unique_ptr<char[]>> blocks_;

  public:
    bool add(int key, std::size_t bytes)
    {
        auto block = std::make_unique<char[]>(bytes);
        if (bytes < 4096 || cudaHostRegister(block.get(), bytes, 0) != cudaSuccess)
            return false;
        blocks_.emplace(key, std::move(block));
        return true;
    }
    ~CountedAndUndone()
    {
        for (auto &entry : blocks_)
            (void)cudaHostUnregister(entry.second.get());
    }
};

// The owners in a map are met in a loop: which of them, nobody knows, and each lets go of its own.
struct holder {
    explicit holder(float *memory) : memory(memory)
    {
        if (cudaHostRegister(memory, 16384, 0) != cudaSuccess)
            std::abort();
    }
    holder(const holder &) = delete;
    ~holder()
    {
        if (cudaHostUnregister(memory) != cudaSuccess)
            std::abort();
    }
    float *memory;
    int uses = 0;
};

void owners_in_a_loop()
{
    std::vector<float> memory(4096);
    std::map<std::string, std::unique_ptr<holder>> holders;
    holders["first"] = std::make_unique<holder>(memory.data());
    for (const auto &[name, one] : holders)
        ++one->uses;
    holders.erase("first");
    memory.resize(8192);
}

void grown_before_the_loop()
{
    std::vector<float> memory(4096);
    std::map<std::string, std::unique_ptr<holder>> holders;
    holders["first"] = std::make_unique<holder>(memory.data());
    memory.resize(8192); // expect: freed-while-registered
    for (const auto &[name, one] : holders)
        ++one->uses;
}
