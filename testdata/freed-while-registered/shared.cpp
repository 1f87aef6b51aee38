// shared_ptr: the last owner frees, copies keep, and what the owner was made as decides how.
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <functional>
#include <map>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

void use(const void *);

// last owner dies registered
void h1(size_t n)
{
    std::shared_ptr<char[]> a(new char[4096]);
    if (cudaHostRegister(a.get(), 4096, 0))
        return;
    std::shared_ptr<char[]> b = a;
    a.reset();
    b.reset(); // expect: freed-while-registered
}
// ok: undone before last
void h2(size_t n)
{
    std::shared_ptr<char[]> a(new char[4096]);
    if (cudaHostRegister(a.get(), 4096, 0))
        return;
    std::shared_ptr<char[]> b = a;
    a.reset();
    (void)cudaHostUnregister(b.get());
    b.reset();
}
// ok: deleter unregisters
void h3()
{
    char *p = new char[4096];
    if (cudaHostRegister(p, 4096, 0)) {
        delete[] p;
        return;
    }
    std::shared_ptr<char> a(p, [](char *q) {
        (void)cudaHostUnregister(q);
        delete[] q;
    });
    auto b = a;
    auto c = b;
    a.reset();
}
// bad: unregister after last owner
void h4()
{
    auto a = std::make_shared<std::vector<char>>(4096);
    char *raw = a->data();
    if (cudaHostRegister(raw, 4096, 0))
        return;
    auto b = a;
    a = nullptr;
    b = nullptr; // expect: freed-while-registered
    (void)cudaHostUnregister(raw);
}
// ok: weak does not keep, but a lives
void h5()
{
    auto a = std::make_shared<std::vector<char>>(4096);
    std::weak_ptr<std::vector<char>> w = a;
    if (cudaHostRegister(a->data(), 4096, 0))
        return;
    if (auto s = w.lock())
        use(s->data());
    (void)cudaHostUnregister(a->data());
}
// bad: weak does not keep
void h6()
{
    auto a = std::make_shared<std::vector<char>>(4096);
    std::weak_ptr<std::vector<char>> w = a;
    if (cudaHostRegister(a->data(), 4096, 0))
        return;
    a.reset(); // expect: freed-while-registered
}
// ok: aliasing keeps alive
struct S {
    char buf[4096];
    int k;
};
void h7()
{
    auto a = std::make_shared<S>();
    std::shared_ptr<char> al(a, a->buf);
    if (cudaHostRegister(al.get(), 4096, 0))
        return;
    a.reset();
    (void)cudaHostUnregister(al.get());
}
// bad: aliasing last owner
void h8()
{
    auto a = std::make_shared<S>();
    std::shared_ptr<char> al(a, a->buf);
    if (cudaHostRegister(al.get(), 4096, 0))
        return;
    a.reset();
    al.reset(); // expect: freed-while-registered
}
// bad: scope end of copy & original
void h9()
{
    std::shared_ptr<char[]> a(new char[4096]);
    if (cudaHostRegister(a.get(), 4096, 0))
        return;
    {
        auto b = a;
        b[0] = 1;
    }
} // expect: freed-while-registered
// ok: passing by value
static void look(std::shared_ptr<char[]> q)
{
    use(q.get());
}
void h10()
{
    std::shared_ptr<char[]> a(new char[4096]);
    if (cudaHostRegister(a.get(), 4096, 0))
        return;
    look(a);
    (void)cudaHostUnregister(a.get());
}
// deleter leaks: registration never undone (deleter only frees)
void h11()
{
    char *p = (char *)malloc(4096);
    if (!p)
        return;
    if (cudaHostRegister(p, 4096, 0)) {
        free(p);
        return;
    }
    std::shared_ptr<char> a(p, free);
    auto b = a;
} // expect: freed-while-registered
// ok lambda capture by copy keeps
std::function<void()> h12()
{
    std::shared_ptr<char[]> a(new char[4096]);
    if (cudaHostRegister(a.get(), 4096, 0))
        return {};
    return [a] { (void)cudaHostUnregister(a.get()); };
}

using Buf = std::shared_ptr<char>;
struct Unpin {
    void operator()(char *p) const
    {
        (void)cudaHostUnregister(p);
        free(p);
    }
};
static Buf make()
{
    char *p = (char *)malloc(4096);
    if (!p || cudaHostRegister(p, 4096, 0)) {
        free(p);
        return nullptr;
    }
    return Buf(p, Unpin{});
}
void o1()
{
    Buf a = make();
    Buf b = a;
    Buf c = b;
    use(c.get());
}
void o2()
{
    std::vector<Buf> v;
    for (int i = 0; i < 4; i++)
        v.push_back(make());
    auto w = v;
    v.clear();
}
struct Holder {
    Buf b;
    explicit Holder(Buf x) : b(std::move(x))
    {
    }
};
void o3()
{
    Holder h(make());
    Holder g = h;
    Holder k(g.b);
}
void o4()
{
    auto a = make();
    std::thread t([a] { use(a.get()); });
    t.join();
}
std::map<int, Buf> cache;
Buf o5(int k)
{
    auto it = cache.find(k);
    if (it != cache.end())
        return it->second;
    Buf b = make();
    cache[k] = b;
    return b;
}
Buf o6()
{
    Buf b = make();
    return b;
}
void o7()
{
    Buf x;
    {
        Buf y = make();
        x = y;
    }
    use(x.get());
}
struct Base {
    virtual ~Base() = default;
};
struct Derived : Base {
    char buf[4096];
    Derived()
    {
        if (cudaHostRegister(buf, 4096, 0))
            throw 1;
    }
    ~Derived()
    {
        (void)cudaHostUnregister(buf);
    }
};
void o8()
{
    std::shared_ptr<Base> b = std::make_shared<Derived>();
    auto c = b;
}
struct NBase {
    int k;
};
struct NDerived : NBase {
    char buf[4096];
    NDerived()
    {
        if (cudaHostRegister(buf, 4096, 0))
            throw 1;
    }
    ~NDerived()
    {
        (void)cudaHostUnregister(buf);
    }
};
void o9()
{
    std::shared_ptr<NBase> b = std::make_shared<NDerived>();
    auto c = b;
    b.reset();
}
void o10()
{
    std::shared_ptr<NDerived> b(new NDerived);
    std::shared_ptr<char> part(b, b->buf);
    b = nullptr;
    use(part.get());
}
void o11(const Buf &in)
{
    Buf mine = in;
    if (mine)
        use(mine.get());
}
static void by_value(Buf b)
{
    use(b.get());
}
void o12()
{
    Buf a = make();
    by_value(a);
    by_value(std::move(a));
}
class Cache
{
    Buf b_;

  public:
    void set(const Buf &b)
    {
        b_ = b;
    }
};
void o13(Cache &c)
{
    Buf a = make();
    c.set(a);
}
void o14()
{
    Cache c;
    {
        Buf a = make();
        c.set(a);
    }
}
void o15()
{
    Buf a = make(), b = make();
    std::swap(a, b);
    a.swap(b);
    a = b;
}
// wrong
void x1()
{ // deleter of a copy frees only
    char *p = (char *)malloc(4096);
    if (!p)
        return;
    std::shared_ptr<char> a(p, free), b = a;
    if (cudaHostRegister(p, 4096, 0))
        return;
    b.reset();
    a.reset(); // expect: freed-while-registered
}
void x2()
{
    Buf a = make();
    if (!a)
        return;
    Buf b = a;
    char *raw = a.get();
    a.reset();
    b.reset();
    (void)cudaHostUnregister(raw); // expect: unregister-unregistered
}
static void look_at(std::shared_ptr<char[]> q)
{
    q.get()[0] = 1;
}
void x3()
{
    std::shared_ptr<char[]> a(new char[4096]);
    if (cudaHostRegister(a.get(), 4096, 0))
        return;
    look_at(a);
} // expect: freed-while-registered
struct Node {
    std::shared_ptr<char[]> d;
};
void x4()
{
    std::shared_ptr<char[]> a(new char[4096]);
    if (cudaHostRegister(a.get(), 4096, 0))
        return;
    {
        Node n{a};
        Node m = n;
        m.d.get()[0] = 1;
    }
    a = nullptr; // expect: freed-while-registered
}

struct WithFlag {
    bool registered;
    void operator()(char *memory) const
    {
        if (registered)
            (void)cudaHostUnregister(memory);
        std::free(memory);
    }
};
// The flag is known where the deleter asks for it, whatever happened on the way.
int x5(int n)
{
    char *memory = static_cast<char *>(std::malloc(4096));
    if (!memory)
        return 0;
    bool registered = cudaHostRegister(memory, 4096, 0) == cudaSuccess;
    std::shared_ptr<char> a(memory, WithFlag{registered});
    if (n > 5)
        n = 5;
    a.reset();
    return n;
}
int x6(int n)
{
    char *memory = static_cast<char *>(std::malloc(4096));
    if (!memory)
        return 0;
    bool registered = cudaHostRegister(memory, 4096, 0) == cudaSuccess;
    std::shared_ptr<char> a(memory, [registered](char *p) {
        if (registered)
            (void)cudaHostUnregister(p);
        std::free(p);
    });
    if (n > 5)
        n = 5;
    return n;
}
int x7(int n)
{
    char *memory = static_cast<char *>(std::malloc(4096));
    if (!memory)
        return 0;
    bool registered = cudaHostRegister(memory, 4096, 0) == cudaSuccess;
    std::shared_ptr<char> a(memory, [registered](char *p) {
        if (!registered)
            (void)cudaHostUnregister(p); // expect: unregister-unregistered
        std::free(p);                    // expect: freed-while-registered
    });
    if (n > 5)
        n = 5;
    return n;
}
