/* Queues, stacks and multimaps of owners: what leaves them first, and who owned it too. */
#include <cstdlib>
#include <cuda_runtime.h>
#include <list>
#include <map>
#include <memory>
#include <queue>
#include <set>
#include <stack>
#include <utility>
#include <vector>

using bytes = std::vector<char>;
using owner = std::unique_ptr<char[]>;

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

void first_leaves()
{
    std::queue<bytes> queue;
    queue.push(bytes(8192));
    queue.emplace(8192);
    pin(queue.front().data());
    queue.pop(); // expect: freed-while-registered
}

void last_stays()
{
    std::queue<bytes> queue;
    queue.push(bytes(8192));
    queue.emplace(8192);
    pin(queue.back().data());
    queue.pop();
    unpin(queue.front().data());
}

void last_leaves()
{
    std::stack<owner> stack;
    stack.emplace(new char[8192]);
    pin(stack.top().get());
    stack.pop(); // expect: freed-while-registered
}

void first_stays()
{
    std::stack<owner, std::vector<owner>> stack;
    stack.emplace(new char[8192]);
    pin(stack.top().get());
    stack.push(std::make_unique<char[]>(8192));
    stack.pop();
    unpin(stack.top().get());
}

void moved_out()
{
    std::queue<bytes> queue, other;
    queue.emplace(8192);
    pin(queue.front().data());
    bytes kept = std::move(queue.front());
    queue.pop();
    other.push(std::move(kept));
    queue.swap(other);
    other = {};
    unpin(queue.front().data());
}

void drained()
{
    std::queue<void *> queue;
    for (int i = 0; i < 4; i++) {
        void *data = std::malloc(8192);
        if (!data)
            break;
        pin(data);
        queue.push(data);
    }
    for (; !queue.empty(); queue.pop()) {
        unpin(queue.front());
        std::free(queue.front());
    }
}

void drained_too_early()
{
    std::queue<void *> queue;
    void *data = std::malloc(8192);
    if (!data)
        return;
    pin(data);
    queue.push(data);
    while (!queue.empty()) {
        void *next = queue.front();
        queue.pop();
        std::free(next); // expect: freed-while-registered
    }
}

void cleared()
{
    std::multimap<int, bytes> map;
    map.emplace(1, bytes(8192));
    map.emplace(1, bytes(8192));
    for (auto &one : map)
        pin(one.second.data());
    map.clear(); // expect: freed-while-registered
}

void erased()
{
    std::multimap<int, bytes> map;
    map.emplace(1, bytes(8192));
    for (auto &one : map)
        pin(one.second.data());
    auto range = map.equal_range(1);
    for (; range.first != range.second; ++range.first)
        unpin(range.first->second.data());
    map.erase(1);
}

// Others own it too: the caller does, at least.
void shared(const std::shared_ptr<bytes> &given)
{
    std::multimap<int, std::shared_ptr<bytes>> map;
    std::set<std::shared_ptr<bytes>> set;
    std::list<std::shared_ptr<bytes>> list;
    auto made = std::make_shared<bytes>(8192);
    map.emplace(1, made);
    pin(map.begin()->second->data());
    map.clear();
    unpin(made->data());
    set.insert(made);
    pin((*set.begin())->data());
    set.clear();
    unpin(made->data());
    if (given->size() < 8192)
        return;
    list.insert(list.end(), given);
    pin(list.front()->data());
    list.clear();
    unpin(given->data());
}

int main()
{
    first_leaves();
    last_stays();
    last_leaves();
    first_stays();
    moved_out();
    drained();
    drained_too_early();
    cleared();
    erased();
    shared(std::make_shared<bytes>(8192));
    return 0;
}
