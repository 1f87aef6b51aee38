/* What was inserted into a set is met when it is gone through. */
#include <cuda_runtime.h>
#include <set>
#include <unordered_set>
#include <utility>
#include <vector>

void erased()
{
    std::vector<char> x(8192), y(8192);
    std::multiset<std::pair<int, void *>> order;
    if (cudaHostRegister(x.data(), x.size(), 0) == cudaSuccess)
        order.emplace(1, x.data());
    if (cudaHostRegister(y.data(), y.size(), 0) == cudaSuccess)
        order.emplace(0, y.data());
    for (auto it = order.begin(); it != order.end(); it = order.erase(it))
        (void)cudaHostUnregister(it->second);
}

void gone_through()
{
    std::vector<char> x(8192);
    std::unordered_multiset<void *> all;
    if (cudaHostRegister(x.data(), x.size(), 0) == cudaSuccess)
        all.insert(x.data());
    for (void *p : all)
        (void)cudaHostUnregister(p);
}

void hinted()
{
    std::vector<char> x(8192);
    std::set<void *> all;
    if (cudaHostRegister(x.data(), x.size(), 0) == cudaSuccess)
        all.emplace_hint(all.end(), x.data());
    while (!all.empty()) {
        (void)cudaHostUnregister(*all.begin());
        all.erase(all.begin());
    }
}

void dropped()
{
    std::set<int> numbers;
    std::vector<char> x(8192);
    numbers.insert(3);
    if (cudaHostRegister(x.data(), x.size(), 0) != cudaSuccess)
        return;
    if (numbers.empty())
        (void)cudaHostUnregister(x.data());
} // expect: freed-while-registered

void kept_in_step()
{
    std::set<int> numbers;
    std::vector<char> x(8192);
    if (cudaHostRegister(x.data(), x.size(), 0) != cudaSuccess)
        return;
    numbers.insert(3);
    numbers.erase(3);
    if (numbers.empty())
        (void)cudaHostUnregister(x.data());
    else
        (void)cudaHostUnregister(x.data());
}

int main()
{
    erased();
    gone_through();
    hinted();
    dropped();
    kept_in_step();
    return 0;
}
