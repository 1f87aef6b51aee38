// Right: a status that goes into an object of the library's, or of the program's own, and is asked
// there: tuples, pairs, variants, containers, results.
#include <any>
#include <array>
#include <cuda_runtime_api.h>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

// make_tuple, std::get
int a1(void *p, size_t n)
{
    auto t = std::make_tuple(cudaHostRegister(p, 4096, 0), 1);
    if (std::get<0>(t) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
// tuple constructor, get by type
int a2(void *p, size_t n)
{
    std::tuple<cudaError_t, int> t(cudaHostRegister(p, 4096, 0), 1);
    if (std::get<cudaError_t>(t) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
// structured binding of a tuple from a function
static std::tuple<cudaError_t, size_t> pin3(void *p, size_t n)
{
    cudaError_t e = cudaHostRegister(p, 4096, 0);
    return {e, n};
}
int a3(void *p, size_t n)
{
    auto [e, m] = pin3(p, n);
    if (e != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    return (int)m;
}
// variant assigned
int a4(void *p, size_t n)
{
    std::variant<std::monostate, cudaError_t, std::string> v;
    v = cudaHostRegister(p, 4096, 0);
    if (auto *e = std::get_if<cudaError_t>(&v); e && *e != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
// variant visited
int a5(void *p, size_t n)
{
    std::variant<cudaError_t, int> v = cudaHostRegister(p, 4096, 0);
    int bad = std::visit([](auto x) { return x != 0; }, v);
    if (bad)
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
// expected-like of our own
template <class T, class E> class Expected
{
  public:
    Expected(E e) : ok_(false), e_(e)
    {
    }
    Expected(T v, bool) : ok_(true), v_(v)
    {
    }
    bool has_value() const
    {
        return ok_;
    }
    E error() const
    {
        return e_;
    }

  private:
    bool ok_;
    T v_{};
    E e_{};
};
static Expected<int, cudaError_t> pin6(void *p, size_t n)
{
    cudaError_t e = cudaHostRegister(p, 4096, 0);
    return e;
}
int a6(void *p, size_t n)
{
    auto r = pin6(p, n);
    if (!r.has_value() && r.error() != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
// std::tie
int a7(void *p, size_t n)
{
    cudaError_t e;
    size_t m;
    std::tie(e, m) = pin3(p, n);
    if (e != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    return (int)m;
}
// optional
int a8(void *p, size_t n)
{
    std::optional<cudaError_t> e;
    e = cudaHostRegister(p, 4096, 0);
    if (e && *e != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
// pair
int a9(void *p, size_t n)
{
    std::pair<cudaError_t, void *> r{cudaHostRegister(p, 4096, 0), p};
    if (r.first != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(r.second);
    return 0;
}
// vector of statuses
int a10(void *p, void *q, size_t n)
{
    std::vector<cudaError_t> all;
    all.push_back(cudaHostRegister(p, 4096, 0));
    all.emplace_back(cudaHostRegister(q, 4096, 0)); // expect: register-leak
    for (auto e : all)
        if (e != cudaSuccess)
            return 1;
    (void)cudaHostUnregister(p);
    (void)cudaHostUnregister(q);
    return 0;
}
// map
int a11(void *p, size_t n)
{
    std::map<std::string, cudaError_t> all;
    all["a"] = cudaHostRegister(p, 4096, 0);
    if (all.at("a") != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
// map, with something else in between
int unseen_step();
int a11_later(void *p, size_t n)
{
    std::map<std::string, cudaError_t> all;
    all["a"] = cudaHostRegister(p, 4096, 0);
    if (unseen_step() > 0)
        unseen_step();
    if (all.at("a") != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
// array, one element
int a12(void *p, size_t n)
{
    std::array<cudaError_t, 1> all{cudaHostRegister(p, 4096, 0)};
    for (cudaError_t e : all)
        if (e != cudaSuccess)
            return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
// any
int a13(void *p, size_t n)
{
    std::any a = cudaHostRegister(p, 4096, 0);
    if (std::any_cast<cudaError_t>(a) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
// get on a tuple reference, assignment into it
int a14(void *p, size_t n)
{
    std::tuple<cudaError_t, int> t{};
    std::get<0>(t) = cudaHostRegister(p, 4096, 0);
    const auto &[e, k] = t;
    if (e != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    return k;
}
// make_pair
int a15(void *p, size_t n)
{
    auto r = std::make_pair(cudaHostRegister(p, 4096, 0), 3);
    if (std::get<0>(r) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
// std::apply
int a16(void *p, size_t n)
{
    auto t = std::make_tuple(cudaHostRegister(p, 4096, 0), 1);
    return std::apply([](cudaError_t e, int k) { return e == cudaSuccess ? k : -1; }, t);
}
// unique_ptr/shared_ptr of status
int a17(void *p, size_t n)
{
    auto s = std::make_shared<cudaError_t>(cudaHostRegister(p, 4096, 0));
    if (*s != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
// std::exchange
int a18(void *p, size_t n)
{
    cudaError_t e = cudaSuccess;
    std::exchange(e, cudaHostRegister(p, 4096, 0));
    if (e != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}

class Status
{
  public:
    Status() = default;
    explicit Status(cudaError_t e) : code_(e)
    {
    }
    Status(cudaError_t e, std::string what) : code_(e), what_(std::move(what))
    {
    }
    bool ok() const
    {
        return code_ == cudaSuccess;
    }
    explicit operator bool() const
    {
        return ok();
    }

  private:
    cudaError_t code_ = cudaSuccess;
    std::string what_;
};
static Status pin(void *p, size_t n)
{
    return Status(cudaHostRegister(p, 4096, 0), "pin");
}
int b1(void *p, size_t n)
{
    Status s = pin(p, n);
    if (!s.ok())
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
int b2(void *p, size_t n)
{
    if (auto s = pin(p, n); !s)
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
struct Result {
    cudaError_t code;
    void *ptr;
};
static Result pinr(void *p, size_t n)
{
    return {cudaHostRegister(p, 4096, 0), p};
}
int b3(void *p, size_t n)
{
    auto [c, q] = pinr(p, n);
    if (c)
        return 1;
    (void)cudaHostUnregister(q);
    return 0;
}
int b4(void *p, size_t n)
{
    Result r = pinr(p, n);
    Result s = r;
    if (s.code)
        return 1;
    (void)cudaHostUnregister(s.ptr);
    return 0;
}
// nested
int b5(void *p, size_t n)
{
    std::pair<int, std::tuple<cudaError_t, void *>> r{1, {cudaHostRegister(p, 4096, 0), p}};
    if (std::get<0>(r.second) != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(std::get<1>(r.second));
    return 0;
}
int b6(void *p, size_t n)
{
    std::tuple<Status, void *> r{Status(cudaHostRegister(p, 4096, 0)), p};
    if (!std::get<0>(r).ok())
        return 1;
    (void)cudaHostUnregister(std::get<1>(r));
    return 0;
}
// variant holds alternatives
static std::variant<void *, cudaError_t> pinv(void *p, size_t n)
{
    cudaError_t e = cudaHostRegister(p, 4096, 0);
    if (e != cudaSuccess)
        return e;
    return p;
}
int b7(void *p, size_t n)
{
    auto v = pinv(p, n);
    if (std::holds_alternative<cudaError_t>(v))
        return 1;
    (void)cudaHostUnregister(std::get<void *>(v));
    return 0;
}
static std::optional<cudaError_t> pino(void *p, size_t n)
{
    if (auto e = cudaHostRegister(p, 4096, 0); e != cudaSuccess)
        return e;
    return std::nullopt;
}
int b8(void *p, size_t n)
{
    if (auto e = pino(p, n))
        return (int)*e;
    (void)cudaHostUnregister(p);
    return 0;
}
int b9(void *p, size_t n)
{
    std::tuple<cudaError_t, int> t;
    t = std::make_tuple(cudaHostRegister(p, 4096, 0), 4);
    auto &e = std::get<0>(t);
    if (e != cudaSuccess)
        throw std::runtime_error("x");
    (void)cudaHostUnregister(p);
    return 0;
}
std::tuple<cudaError_t, int> b10(void *p, size_t n)
{
    return std::make_tuple(cudaHostRegister(p, 4096, 0), 4);
}
std::pair<cudaError_t, int> b11(void *p, size_t n)
{
    return {cudaHostRegister(p, 4096, 0), 4};
}
int b12(void *p, size_t n)
{
    std::tuple<cudaError_t, int> t = b10(p, n);
    if (std::get<0>(t))
        return 1;
    (void)cudaHostUnregister(p);
    return 0;
}
std::variant<int, cudaError_t> b13(void *p, size_t n)
{
    std::variant<int, cudaError_t> v;
    v = cudaHostRegister(p, 4096, 0);
    return v;
}
std::variant<int, cudaError_t> b14(void *p, size_t n)
{
    std::variant<int, cudaError_t> v{std::in_place_type<cudaError_t>, cudaHostRegister(p, 4096, 0)};
    if (v.index() == 1 && std::get<1>(v) != cudaSuccess)
        return v;
    v.emplace<1>(cudaHostUnregister(p));
    return v;
}
// members of a base
struct Derived : Result {
};
static Derived pin_derived(void *p)
{
    Derived r;
    r.code = cudaHostRegister(p, 4096, 0);
    r.ptr = p;
    return r;
}
int b15(void *p)
{
    auto [code, q] = pin_derived(p);
    if (code != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(q);
    return 0;
}
int b16(void *p)
{
    auto [code, q] = std::pair<cudaError_t, void *>(cudaHostRegister(p, 4096, 0), p);
    if (code != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(q);
    return 0;
}
