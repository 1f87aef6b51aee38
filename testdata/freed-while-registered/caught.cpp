// Handlers take what their types say: wrong and right beside each other.
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <ios>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>
namespace my
{
struct CudaError : std::runtime_error {
    explicit CudaError(cudaError_t e) : std::runtime_error(cudaGetErrorString(e))
    {
    }
};
template <class B> struct Mix : B {
    using B::B;
};
struct Plain {
    int k;
};
} // namespace my
#define TRY(x)                                                                                     \
    do {                                                                                           \
        cudaError_t e_ = (x);                                                                      \
        if (e_ != cudaSuccess)                                                                     \
            throw my::CudaError(e_);                                                               \
    } while (0)
char *get()
{
    char *p = (char *)malloc(4096);
    if (!p)
        abort();
    return p;
}
void a(int k)
{ // found through std::exception
    char *p = get();
    TRY(cudaHostRegister(p, 4096, 0));
    try {
        if (k)
            throw my::CudaError(cudaErrorUnknown);
    } catch (const std::logic_error &) {
        free(p);
        return;
    } catch (const std::exception &e) {
        (void)cudaHostUnregister(p);
        free(p);
        return;
    }
    (void)cudaHostUnregister(p);
    free(p);
}
void b(int k)
{ // class template
    char *p = get();
    TRY(cudaHostRegister(p, 4096, 0));
    try {
        if (k)
            throw my::Mix<std::runtime_error>("x");
    } catch (const std::runtime_error &) {
        (void)cudaHostUnregister(p);
        free(p);
        return;
    } catch (...) {
        (void)cudaHostUnregister(p);
        free(p);
        throw;
    }
    (void)cudaHostUnregister(p);
    free(p);
}
void c(int k)
{ // pointers
    char *p = get();
    TRY(cudaHostRegister(p, 4096, 0));
    try {
        if (k)
            throw "no";
    } catch (const char *) {
        (void)cudaHostUnregister(p);
        free(p);
        return;
    }
    (void)cudaHostUnregister(p);
    free(p);
}
void d(int k)
{ // rethrow from nested
    char *p = get();
    TRY(cudaHostRegister(p, 4096, 0));
    try {
        try {
            if (k)
                throw my::Plain{1};
        } catch (my::Plain) {
            throw;
        }
    } catch (const std::exception &) {
        free(p);
        return;
    } catch (my::Plain &x) {
        (void)cudaHostUnregister(p);
        free(p);
        return;
    }
    (void)cudaHostUnregister(p);
    free(p);
}
void e(int k)
{ // other in between
    char *p = get();
    TRY(cudaHostRegister(p, 4096, 0));
    try {
        try {
            if (k)
                throw my::Plain{1};
        } catch (my::Plain) {
            try {
                throw 1;
            } catch (int) {
            }
            throw;
        }
    } catch (int) {
        free(p);
        return;
    } catch (my::Plain &x) {
        (void)cudaHostUnregister(p);
        free(p);
        return;
    }
    (void)cudaHostUnregister(p);
    free(p);
}
void f(std::string &s)
{ // from out of sight: each
    char *p = get();
    TRY(cudaHostRegister(p, 4096, 0));
    try {
        s.append("x");
    } catch (const std::bad_alloc &) {
        (void)cudaHostUnregister(p);
        free(p);
        return;
    } catch (const std::ios_base::failure &) {
        (void)cudaHostUnregister(p);
        free(p);
        return;
    }
    (void)cudaHostUnregister(p);
    free(p);
}
static void lippincott()
{
    try {
        throw;
    } catch (const my::CudaError &) {
    } catch (const std::exception &) {
    }
}
void g(int k)
{
    char *p = get();
    TRY(cudaHostRegister(p, 4096, 0));
    try {
        if (k)
            throw my::CudaError(cudaErrorUnknown);
    } catch (...) {
        lippincott();
    }
    (void)cudaHostUnregister(p);
    free(p);
}
int h(int k)
{ // system_error hierarchy
    char *p = get();
    TRY(cudaHostRegister(p, 4096, 0));
    try {
        if (k)
            throw std::system_error(std::error_code());
    } catch (const std::bad_alloc &) {
        free(p);
        return 1;
    } catch (const std::runtime_error &) {
        (void)cudaHostUnregister(p);
        free(p);
        return 1;
    }
    (void)cudaHostUnregister(p);
    free(p);
    return 0;
}
enum E1 { X };
enum class E2 { Y };
int i(int k)
{ // enums
    char *p = get();
    TRY(cudaHostRegister(p, 4096, 0));
    try {
        if (k)
            throw X;
        if (k > 2)
            throw E2::Y;
        if (k > 3)
            throw 4L;
    } catch (int) {
        free(p);
        return 1;
    } catch (E1) {
        (void)cudaHostUnregister(p);
        free(p);
        return 1;
    } catch (const E2 &) {
        (void)cudaHostUnregister(p);
        free(p);
        return 1;
    } catch (long) {
        (void)cudaHostUnregister(p);
        free(p);
        return 1;
    }
    (void)cudaHostUnregister(p);
    free(p);
    return 0;
}

namespace wrong
{
struct A : std::exception {
};
struct B {
};
struct AA : A {
};
static void mayA(int k)
{
    if (k == 3)
        throw A();
}
// handler cannot match: the exception leaves; vector dies registered
void g1(size_t n, int k)
{
    std::vector<char> v(n);
    if (cudaHostRegister(v.data(), 4096, 0))
        return;
    try {
        mayA(k);
    } catch (const B &) { // expect: freed-while-registered
        (void)cudaHostUnregister(v.data());
        return;
    }
    (void)cudaHostUnregister(v.data());
}
// ok twin
void g2(size_t n, int k)
{
    std::vector<char> v(n);
    if (cudaHostRegister(v.data(), 4096, 0))
        return;
    try {
        mayA(k);
    } catch (const std::exception &) {
        (void)cudaHostUnregister(v.data());
        return;
    }
    (void)cudaHostUnregister(v.data());
}
// handler frees: only B enters; never thrown
void g3(int k)
{
    char *p = (char *)malloc(4096);
    if (!p)
        return;
    if (cudaHostRegister(p, 4096, 0)) {
        free(p);
        return;
    }
    try {
        mayA(k);
    } catch (const B &) {
        free(p);
        return;
    } catch (...) {
        (void)cudaHostUnregister(p);
        free(p);
        return;
    }
    (void)cudaHostUnregister(p);
    free(p);
}
void g4(int k)
{ // bad, A enters first
    char *p = (char *)malloc(4096);
    if (!p)
        return;
    if (cudaHostRegister(p, 4096, 0)) {
        free(p);
        return;
    }
    try {
        if (k)
            throw AA();
    } catch (const A &) {
        free(p); // expect: freed-while-registered
        return;
    } catch (...) {
        (void)cudaHostUnregister(p);
        free(p);
        return;
    }
    (void)cudaHostUnregister(p);
    free(p);
}
void g5(int k)
{ // int thrown
    char *p = (char *)malloc(4096);
    if (!p)
        return;
    if (cudaHostRegister(p, 4096, 0)) {
        free(p);
        return;
    }
    try {
        if (k)
            throw 1;
    } catch (const A &) {
        free(p);
        return;
    } catch (int) {
        (void)cudaHostUnregister(p);
        free(p);
        return;
    }
    (void)cudaHostUnregister(p);
    free(p);
}
void g6(int k)
{ // rethrow
    char *p = (char *)malloc(4096);
    if (!p)
        return;
    if (cudaHostRegister(p, 4096, 0)) {
        free(p);
        return;
    }
    try {
        try {
            if (k)
                throw std::runtime_error("x");
        } catch (const A &) {
            throw;
        }
    } catch (std::logic_error &) {
        free(p);
        return;
    } catch (std::runtime_error &) {
        (void)cudaHostUnregister(p);
        free(p);
        return;
    }
    (void)cudaHostUnregister(p);
    free(p);
}
} // namespace wrong
void judge(cudaError_t status);
void look_at(const cudaError_t *status);
void work();
void judged()
{ // what throws was given the status: the call failed
    char *p = get();
    try {
        judge(cudaHostRegister(p, 4096, 0));
        judge(cudaHostUnregister(p));
    } catch (...) {
    }
    free(p);
}
void looked_at()
{
    char *p = get();
    try {
        cudaError_t status = cudaHostRegister(p, 4096, 0);
        look_at(&status);
        if (status != cudaSuccess)
            throw my::CudaError(status);
        judge(cudaHostUnregister(p));
    } catch (...) {
    }
    free(p);
}
void judged_before()
{ // what throws knows nothing of it
    char *p = get();
    try {
        judge(cudaHostRegister(p, 4096, 0));
        work();
        judge(cudaHostUnregister(p));
    } catch (...) {
    }
    free(p); // expect: freed-while-registered
}
void known_before()
{ // what throws is told what went well
    char *p = get();
    try {
        cudaError_t status = cudaHostRegister(p, 4096, 0);
        if (status != cudaSuccess)
            abort();
        judge(status);
        judge(cudaHostUnregister(p));
    } catch (...) {
    }
    free(p); // expect: freed-while-registered
}
void let_go(char *p);
void let_go_before()
{ // what throws may have undone it before
    char *p = get();
    TRY(cudaHostRegister(p, 4096, 0));
    try {
        let_go(p);
    } catch (...) {
    }
    free(p);
}
template <class D> struct Lock {
    bool locked = false;
    void lock()
    {
        TRY(cudaHostRegister(static_cast<D *>(this)->v.data(), 4096, 0));
        locked = true;
    }
    void unlock()
    {
        if (locked)
            TRY(cudaHostUnregister(static_cast<D *>(this)->v.data()));
        locked = false;
    }
};
template <class T> struct Locked : Lock<Locked<T>> {
    std::vector<T> v;
    Locked() : v(4096)
    {
    }
    ~Locked()
    {
        try {
            this->unlock();
        } catch (const std::exception &) {
        }
    }
};
void locked()
{
    Locked<char> one;
    one.lock();
}
