// Owners that closures capture end with the closures.
#include <cuda_runtime_api.h>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

struct Unpin {
    void operator()(char *p) const
    {
        (void)cudaHostUnregister(p);
        delete[] p;
    }
};
using Buf = std::unique_ptr<char[], Unpin>;
static Buf make()
{
    char *p = new char[4096];
    if (cudaHostRegister(p, 4096, 0)) {
        delete[] p;
        return nullptr;
    }
    return Buf(p);
}
void y1()
{
    Buf a = make();
    auto k = [b = std::move(a)] { b[0] = 1; };
    k();
}
void y2()
{
    Buf a = make();
    auto k = [b = std::move(a)]() mutable { b.reset(); };
    k();
}
void y3()
{
    Buf a = make();
    auto k = [b = std::move(a)] { b[0] = 1; };
    auto m = std::move(k);
    m();
}
void y4()
{
    Buf a = make();
    auto k = [&a] { a[0] = 1; };
    k();
}
auto y5()
{
    Buf a = make();
    return [b = std::move(a)] { b[0] = 1; };
}
void y6()
{
    auto k = y5();
    k();
}
void y7()
{
    std::thread t([b = make()] { b[0] = 1; });
    t.join();
}
void y8()
{
    std::vector<std::function<void()>> q;
    std::shared_ptr<char> s(make().release(), [](char *p) {
        (void)cudaHostUnregister(p);
        delete[] p;
    });
    q.push_back([s] { *s = 1; });
}
void y9()
{
    auto s = std::shared_ptr<char>(make().release(), [](char *p) {
        (void)cudaHostUnregister(p);
        delete[] p;
    });
    auto f = [s] { *s = 1; };
    auto g = f;
    f();
    g();
}
template <class F> void call(F f)
{
    f();
}
void y10()
{
    Buf a = make();
    call([b = std::move(a)] { b[0] = 1; });
}
void y11()
{
    auto s = std::shared_ptr<char>(make().release(), [](char *p) {
        (void)cudaHostUnregister(p);
        delete[] p;
    });
    call([s] { *s = 1; });
    call([s, k = 1] { *s = k; });
}
template <class F> void keep(F &&f)
{
    auto g = std::forward<F>(f);
    g();
}
void y12()
{
    Buf a = make();
    keep([b = std::move(a)] { b[0] = 1; });
}

namespace wrong
{
void unique_in_a_closure()
{
    char *p = new char[4096];
    if (cudaHostRegister(p, 4096, 0))
        return;
    std::unique_ptr<char[]> a(p);
    auto k = [b = std::move(a)] { b[0] = 1; }; // expect: freed-while-registered
    k();
}
void shared_in_two_closures()
{
    std::shared_ptr<char[]> a(new char[4096]);
    if (cudaHostRegister(a.get(), 4096, 0))
        return;
    auto l = [a] { a[0] = 1; };
    auto k = [b = a] { b[0] = 1; };
    l();
    k();
} // expect: freed-while-registered
} // namespace wrong
