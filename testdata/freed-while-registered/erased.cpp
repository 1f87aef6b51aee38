// Elements that leave a container: which of them end, which stay, which move to another place.
#include "../run_case.h"

#include <algorithm>
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <deque>
#include <list>
#include <memory>
#include <utility>
#include <vector>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            std::abort();                                                                          \
    } while (0)

using rows = std::vector<std::vector<float>>;

void one_in_the_middle()
{
    rows v(4, std::vector<float>(1000));
    CHECK(cudaHostRegister(v[1].data(), 4000, 0));
    v.erase(v.begin() + 1); // expect: freed-while-registered
}

void the_one_at_an_index(rows &v, size_t i)
{
    CHECK(cudaHostRegister(v[i].data(), 400, 0));
    v.erase(v.begin() + static_cast<long>(i)); // expect: freed-while-registered
}

void all_behind_one()
{
    rows v(4, std::vector<float>(1000));
    CHECK(cudaHostRegister(v[2].data(), 4000, 0));
    v.erase(v.begin() + 1, v.end()); // expect: freed-while-registered
}

void some_in_the_middle()
{
    rows v(4, std::vector<float>(1000));
    CHECK(cudaHostRegister(v[2].data(), 4000, 0));
    v.erase(v.begin() + 1, v.begin() + 3); // expect: freed-while-registered
}

void last_ones_resized_away()
{
    rows v(4, std::vector<float>(1000));
    CHECK(cudaHostRegister(v[3].data(), 4000, 0));
    v.resize(2); // expect: freed-while-registered
}

void first_of_a_list(std::list<std::vector<float>> &l)
{
    CHECK(cudaHostRegister(l.front().data(), 400, 0));
    l.erase(l.begin()); // expect: freed-while-registered
}

struct record {
    std::vector<char> bytes;
};

void element_with_an_implicit_destructor(std::vector<record> &v, size_t i)
{
    record &r = v[i];
    r.bytes.resize(100);
    CHECK(cudaHostRegister(r.bytes.data(), 100, 0));
    v.erase(v.begin() + static_cast<long>(i)); // expect: freed-while-registered
}

void last_with_an_implicit_destructor(std::deque<record> &q)
{
    q.back().bytes.resize(100);
    CHECK(cudaHostRegister(q.back().bytes.data(), 100, 0));
    q.pop_back(); // expect: freed-while-registered
}

void owned_with_an_implicit_destructor()
{
    auto r = std::make_unique<record>();
    r->bytes.resize(1000);
    CHECK(cudaHostRegister(r->bytes.data(), 1000, 0));
} // expect: freed-while-registered

/* ---- right ---- */

void undone_before()
{
    rows v(4, std::vector<float>(1000));
    CHECK(cudaHostRegister(v[1].data(), 4000, 0));
    CHECK(cudaHostUnregister(v[1].data()));
    v.erase(v.begin() + 1);
}

void the_one_behind_moves_up()
{
    rows v(4, std::vector<float>(1000));
    CHECK(cudaHostRegister(v[1].data(), 4000, 0));
    v.erase(v.begin());
    CHECK(cudaHostUnregister(v[0].data()));
}

void the_one_before_stays()
{
    rows v(4, std::vector<float>(1000));
    CHECK(cudaHostRegister(v[1].data(), 4000, 0));
    v.erase(v.begin() + 2);
    CHECK(cudaHostUnregister(v[1].data()));
}

void another_one_perhaps(rows &v, long i, long j)
{
    CHECK(cudaHostRegister(v[static_cast<size_t>(i)].data(), 400, 0));
    v.erase(v.begin() + j);
}

void last_ones_undone()
{
    rows v(4, std::vector<float>(1000));
    for (auto &row : v)
        CHECK(cudaHostRegister(row.data(), 4000, 0));
    for (size_t i = 2; i < v.size(); i++)
        CHECK(cudaHostUnregister(v[i].data()));
    v.resize(2);
    for (auto &row : v)
        CHECK(cudaHostUnregister(row.data()));
}

void moved_out_before()
{
    rows v(4, std::vector<float>(1000));
    CHECK(cudaHostRegister(v[1].data(), 4000, 0));
    auto keep = std::move(v[1]);
    v.erase(v.begin() + 1);
    CHECK(cudaHostUnregister(keep.data()));
}

void one_by_one_in_front(std::vector<void *> &v)
{
    while (!v.empty()) {
        (void)cudaHostUnregister(v.front());
        v.erase(v.begin());
    }
}

void found_and_erased(rows &v, float *p)
{
    auto it = std::find_if(v.begin(), v.end(), [p](auto &row) { return row.data() == p; });
    if (it == v.end())
        return;
    CHECK(cudaHostUnregister(p));
    v.erase(it);
}

void another_one_in_its_place()
{
    rows v(1, std::vector<float>(1000));
    CHECK(cudaHostRegister(v.back().data(), 4000, 0));
    CHECK(cudaHostUnregister(v.back().data()));
    v.pop_back();
    v.resize(1, std::vector<float>(1000));
    CHECK(cudaHostRegister(v.back().data(), 4000, 0));
    CHECK(cudaHostUnregister(v.back().data()));
}

static const struct run_case cases[] = {
    CASE(one_in_the_middle),
    CASE(all_behind_one),
    CASE(some_in_the_middle),
    CASE(last_ones_resized_away),
    CASE(owned_with_an_implicit_destructor),
    CASE(undone_before),
    CASE(the_one_behind_moves_up),
    CASE(the_one_before_stays),
    CASE(last_ones_undone),
    CASE(moved_out_before),
    CASE(another_one_in_its_place),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
