// Sets, multimaps and priority queues keep pointers as other containers do.
#include <cstdlib>
#include <cuda_runtime.h>
#include <map>
#include <queue>
#include <set>
#include <unordered_set>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

static void *registered()
{
    void *data = std::malloc(8192);
    if (!data)
        std::abort();
    check(cudaHostRegister(data, 8192, cudaHostRegisterDefault));
    return data;
}

void undone_in_turn(bool forgets)
{
    std::set<void *> live;
    for (int i = 0; i < 3; i++)
        live.insert(registered());
    for (void *data : live) {
        if (!forgets)
            check(cudaHostUnregister(data));
        std::free(data); // expect: freed-while-registered
    }
}

void undone_one_by_one()
{
    std::set<void *> live;
    for (int i = 0; i < 4; i++)
        live.emplace(registered());
    for (auto it = live.begin(); it != live.end();) {
        check(cudaHostUnregister(*it));
        std::free(*it);
        it = live.erase(it);
    }
}

void found(bool forgets)
{
    std::unordered_set<char *> live;
    char *data = static_cast<char *>(registered());
    live.insert(data);
    auto it = live.find(data);
    if (it == live.end())
        return;
    if (!forgets)
        check(cudaHostUnregister(*it));
    std::free(*it); // expect: freed-while-registered
    live.erase(it);
}

void erased_by_key(bool forgets)
{
    std::set<void *> live;
    void *data = registered();
    live.insert(data);
    if (!live.erase(data))
        return; /* never */
    if (!forgets)
        check(cudaHostUnregister(data));
    std::free(data); // expect: freed-while-registered
}

// An element that is there is not put in again.
void registered_once(void *one, void *other)
{
    std::set<void *> bases;
    bases.insert(one);
    bases.insert(other);
    bases.insert(one);
    for (void *base : bases)
        check(cudaHostRegister(base, 8192, cudaHostRegisterDefault));
    for (void *base : bases)
        check(cudaHostUnregister(base));
}

void seen_before()
{
    void *data = std::malloc(8192);
    if (!data)
        return;
    std::unordered_set<void *> seen;
    for (int i = 0; i < 3; i++)
        if (seen.insert(data).second)
            check(cudaHostRegister(data, 8192, cudaHostRegisterDefault));
    for (void *one : seen)
        check(cudaHostUnregister(one));
    std::free(data);
}

void not_looked_for()
{
    void *data = std::malloc(8192);
    if (!data)
        return;
    std::multiset<void *> seen;
    for (int i = 0; i < 3; i++) {
        seen.insert(data);
        check(cudaHostRegister(data, 8192, cudaHostRegisterDefault)); // expect: double-register
    }
    check(cudaHostUnregister(data));
    std::free(data);
}

// Others may say who is in it.
void known_by_a_set(const std::set<void *> &pinned, void *data)
{
    if (!pinned.count(data))
        check(cudaHostRegister(data, 8192, cudaHostRegisterDefault));
    if (!pinned.count(data))
        check(cudaHostUnregister(data));
}

void by_size(bool forgets)
{
    std::multimap<size_t, void *> pool;
    pool.insert({8192, registered()});
    auto it = pool.find(8192);
    if (it != pool.end()) {
        if (!forgets)
            check(cudaHostUnregister(it->second));
        std::free(it->second); // expect: freed-while-registered
        pool.erase(it);
    }
    for (auto &left : pool)
        std::free(left.second);
}

struct job {
    void *data;
    int weight;
    bool operator<(const job &other) const
    {
        return weight < other.weight;
    }
};

void by_weight(bool forgets)
{
    std::priority_queue<job> jobs;
    for (int i = 0; i < 3; i++)
        jobs.push(job{registered(), i});
    while (!jobs.empty()) {
        job next = jobs.top();
        jobs.pop();
        if (!forgets)
            check(cudaHostUnregister(next.data));
        std::free(next.data); // expect: freed-while-registered
    }
}

class pool
{
    std::set<void *> all_;

  public:
    void *take()
    {
        void *data = registered();
        all_.insert(data);
        return data;
    }
    void give(void *data)
    {
        if (all_.erase(data)) {
            check(cudaHostUnregister(data));
            std::free(data);
        }
    }
    ~pool()
    {
        for (void *data : all_)
            std::free(data); // expect: freed-while-registered
    }
};

void takes_one()
{
    pool blocks;
    blocks.give(blocks.take());
    blocks.take();
}
