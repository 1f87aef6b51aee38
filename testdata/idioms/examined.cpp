/* What an examiner found who did not know these tests: owners, keepers and outcomes. */
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <future>
#include <memory>
#include <new>
#include <stdexcept>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace member_order
{
struct Guard {
    void *p = nullptr;
    void arm(void *q, size_t n)
    {
        if (cudaHostRegister(q, n, 0) != cudaSuccess) // expect: nonconstant-size
            throw std::runtime_error("pin");
        p = q;
    }
    ~Guard()
    {
        if (p)
            cudaHostUnregister(p); // expect: unchecked-call
    }
};
class Frame
{
  public:
    Frame(size_t n) : buf_(n)
    {
        if (!buf_.empty())
            guard_.arm(buf_.data(), buf_.size());
    }

  private:
    std::vector<unsigned char> buf_;
    Guard guard_;
};
int run()
{
    Frame f(640);
}
} // namespace member_order

namespace deleter_flag
{
struct HostDeleter {
    bool registered = false;
    void operator()(void *p) const
    {
        if (registered)
            cudaHostUnregister(p); // expect: unchecked-call
        std::free(p);
    }
};
std::unique_ptr<char[], HostDeleter> make_host()
{
    std::unique_ptr<char[], HostDeleter> r(static_cast<char *>(std::malloc(4096)));
    if (!r)
        return {};
    if (cudaHostRegister(r.get(), 4096, cudaHostRegisterDefault) == cudaSuccess)
        r.get_deleter().registered = true;
    return r;
}
int run()
{
    auto a = make_host();
    if (a)
        a[0] = 1;
}
} // namespace deleter_flag

namespace parts
{
class Commit
{
    char *base_ = nullptr;
    size_t cap_ = 0, used_ = 0;

  public:
    bool init(size_t cap)
    {
        void *p = mmap(nullptr, cap, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (p == MAP_FAILED)
            return false;
        base_ = static_cast<char *>(p);
        cap_ = cap;
        return true;
    }
    void *grow(size_t n)
    {
        if (n == 0 || used_ + n > cap_)
            return nullptr;
        char *at = base_ + used_;
        if (cudaHostRegister(at, n, cudaHostRegisterPortable) != cudaSuccess)
            return nullptr;
        used_ += n;
        return at;
    }
    void pop(void *at, size_t n)
    {
        cudaHostUnregister(at); // expect: unchecked-call
        used_ -= n;
    }
    ~Commit()
    {
        if (base_)
            munmap(base_, cap_);
    }
};
} // namespace parts

namespace singleton
{
class Doorbells
{
    std::vector<unsigned> slots_;
    bool ok_;
    Doorbells()
        : slots_(1024), ok_(cudaHostRegister(slots_.data(), slots_.size() * sizeof(unsigned),
                                             cudaHostRegisterMapped) == cudaSuccess)
    {
    }
    ~Doorbells()
    {
        if (ok_)
            cudaHostUnregister(slots_.data()); // expect: unchecked-call
    }

  public:
    static Doorbells &get()
    {
        static Doorbells d;
        return d;
    }
    unsigned *at(int i)
    {
        return &slots_[i];
    }
};
void f(int i)
{
    *Doorbells::get().at(i) = 1;
}
} // namespace singleton

namespace closure
{
bool pin_async(void *p)
{
    auto fut = std::async(std::launch::async, [p] { return cudaHostRegister(p, 64, 0); });
    return fut.get() == cudaSuccess;
}
} // namespace closure

namespace swapped
{
int run(int argc)
{
    char *cur = (char *)malloc(4096), *nxt = (char *)malloc(4096);
    if (!cur || !nxt)
        abort();
    if (cudaHostRegister(cur, 4096, 0) != cudaSuccess)
        abort();
    if (cudaHostRegister(nxt, 4096, 0) != cudaSuccess)
        abort();
    for (int i = 0; i < argc * 10; ++i) {
        nxt[0] = (char)i;
        std::swap(cur, nxt);
    }
    if (cudaHostUnregister(cur) != cudaSuccess)
        abort();
    if (cudaHostUnregister(nxt) != cudaSuccess)
        abort();
    free(cur);
    free(nxt);
    return 0;
}

int run_with_a_statement_expression(int turns)
{
    char *cur = (char *)malloc(8192), *nxt = (char *)malloc(8192);
    if (!cur || !nxt)
        abort();
    if (cudaHostRegister(({ char *one = cur; one; }), 4096, 0) != cudaSuccess)
        abort();
    if (cudaHostRegister(nxt, 4096, 0) != cudaSuccess)
        abort();
    for (int i = 0; i < turns; ++i)
        std::swap(cur, nxt);
    if (cudaHostUnregister(cur) != cudaSuccess)
        abort();
    if (cudaHostUnregister(nxt) != cudaSuccess)
        abort();
    free(cur);
    free(nxt);
    return 0;
}
} // namespace swapped

namespace fixed_mapping
{
void *mirror(int fd, size_t n)
{
    char *b = (char *)mmap(nullptr, 2 * n, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (b == MAP_FAILED || n == 0)
        return nullptr;
    if (mmap(b, n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0) == MAP_FAILED ||
        mmap(b + n, n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0) == MAP_FAILED) {
        munmap(b, 2 * n);
        return nullptr;
    }
    if (cudaHostRegister(b, 2 * n, cudaHostRegisterMapped) != cudaSuccess) {
        munmap(b, 2 * n);
        return nullptr;
    }
    return b;
}
} // namespace fixed_mapping

namespace made_owner
{
class Pin
{
    void *p_;

  public:
    Pin(void *p, size_t n) : p_(p)
    {
        if (cudaHostRegister(p, n, 0) != cudaSuccess) // expect: nonconstant-size
            throw std::runtime_error("pin");
    }
    ~Pin()
    {
        cudaHostUnregister(p_); // expect: unchecked-call
    }
    Pin(const Pin &) = delete;
};
int go()
{
    auto mem = std::make_unique<char[]>(64);
    auto pin = std::make_unique<Pin>(mem.get(), 64);
    mem.reset(); // expect: freed-while-registered
    return 0;
}
} // namespace made_owner

namespace returned_status
{
#define CUDA_RET(cmd)                                                                              \
    do {                                                                                           \
        cudaError_t e_ = (cmd);                                                                    \
        if (e_ != cudaSuccess)                                                                     \
            return e_;                                                                             \
    } while (0)
cudaError_t push(void *dev, void *host)
{
    CUDA_RET(cudaHostRegister(host, 64, 0)); // expect: register-leak
    CUDA_RET(cudaMemcpy(dev, host, 64, cudaMemcpyHostToDevice));
    CUDA_RET(cudaHostUnregister(host));
    return cudaSuccess;
}
} // namespace returned_status

namespace chunks
{
static constexpr size_t kChunk = size_t(1) << 30;
bool pin_big(char *p, size_t total)
{
    if (!p || total == 0)
        return false;
    size_t off = 0;
    while (off < total) {
        size_t n = std::min(kChunk, total - off);
        if (cudaHostRegister(p + off, n, 0) != cudaSuccess) {
            for (size_t o = 0; o < off; o += kChunk)
                cudaHostUnregister(p + o); // expect: unchecked-call
            return false;
        }
        off += n;
    }
    return true;
}
void unpin_big(char *p, size_t total)
{
    for (size_t o = 0; o < total; o += kChunk)
        cudaHostUnregister(p + o); // expect: unchecked-call
}
void round(char *b, size_t n)
{
    if (!pin_big(b, n))
        return;
    unpin_big(b, n);
}
} // namespace chunks

namespace same_question
{
struct Cfg {
    bool pin() const;
};
extern Cfg &cfg();
extern bool use_pinned();
void f()
{
    void *p = malloc(64);
    if (!p)
        return;
    if (getenv("PIN") && cudaHostRegister(p, 64, 0) != cudaSuccess) {
        free(p);
        return;
    }
    if (getenv("PIN"))
        cudaHostUnregister(p); // expect: unchecked-call
    free(p);
}
void g()
{
    void *p = malloc(64);
    if (!p)
        return;
    if (use_pinned() && cudaHostRegister(p, 64, 0) != cudaSuccess) {
        free(p);
        return;
    }
    if (use_pinned())
        cudaHostUnregister(p); // expect: unchecked-call
    free(p);
}
void h()
{
    void *p = malloc(64);
    if (!p)
        return;
    if (cfg().pin() && cudaHostRegister(p, 64, 0) != cudaSuccess) {
        free(p);
        return;
    }
    if (cfg().pin())
        cudaHostUnregister(p); // expect: unchecked-call
    free(p);
}
} // namespace same_question

namespace gates
{
static char pg[4096];
static std::atomic_flag f1 = ATOMIC_FLAG_INIT;
static std::atomic<bool> f2{false};
static std::atomic<int> f3{0};
static int f4 = 0;
extern bool first_user();
bool a1()
{
    if (f1.test_and_set())
        return true;
    return cudaHostRegister(pg, 64, 0) == cudaSuccess;
}
bool a2()
{
    if (f2.exchange(true))
        return true;
    return cudaHostRegister(pg + 64, 64, 0) == cudaSuccess;
}
bool a3()
{
    if (f3.fetch_add(1) != 0)
        return true;
    return cudaHostRegister(pg + 128, 64, 0) == cudaSuccess;
}
bool a4()
{
    if (__sync_fetch_and_add(&f4, 1) != 0)
        return true;
    return cudaHostRegister(pg + 256, 64, 0) == cudaSuccess;
}
bool a5()
{
    if (!first_user())
        return true;
    return cudaHostRegister(pg + 512, 64, 0) == cudaSuccess;
}
void t1()
{
    a1();
    a1();
}
void t2()
{
    a2();
    a2();
}
void t3()
{
    a3();
    a3();
}
void t4()
{
    a4();
    a4();
}
void t5()
{
    a5();
    a5();
}
void fini()
{
    for (int i = 0; i < 4096; i += 64)
        cudaHostUnregister(pg + i); // expect: unchecked-call
}
} // namespace gates

namespace growing
{
static void *g_buf;
static size_t g_cap;
void *scratch(size_t need)
{
    if (need > g_cap) {
        if (g_buf) {
            cudaHostUnregister(g_buf); // expect: unchecked-call
            free(g_buf);
            g_buf = nullptr;
            g_cap = 0;
        }
        void *p = malloc(need);
        if (!p)
            return nullptr;
        if (cudaHostRegister(p, need, cudaHostRegisterPortable) != cudaSuccess) {
            free(p);
            return nullptr;
        }
        g_buf = p;
        g_cap = need;
    }
    return g_buf;
}
void drop()
{
    if (g_buf) {
        cudaHostUnregister(g_buf); // expect: unchecked-call
        free(g_buf);
        g_buf = nullptr;
        g_cap = 0;
    }
}
} // namespace growing

namespace first_visit
{
static char pg[4096];
bool pinned()
{
    static const bool ok = cudaHostRegister(pg, 4096, 0) == cudaSuccess;
    return ok;
}
void t()
{
    pinned();
    pinned();
}
void fini()
{
    if (pinned())
        cudaHostUnregister(pg); // expect: unchecked-call
}
} // namespace first_visit

namespace decided_by_argument
{
template <bool Native> struct Buf {
    void *p = nullptr;
    explicit Buf(size_t n)
    {
        if constexpr (Native) {
            if (cudaMallocHost(&p, n) != cudaSuccess)
                throw std::bad_alloc();
        } else {
            p = std::malloc(n);
            if (!p)
                throw std::bad_alloc();
        }
    }
    Buf(const Buf &) = delete;
    ~Buf()
    {
        if constexpr (Native)
            cudaFreeHost(p); // expect: unchecked-call
        else
            std::free(p);
    }
};
int run()
{
    Buf<true> a(10);
    Buf<false> b(10);
}
} // namespace decided_by_argument

namespace policies
{
struct Registered {
    static void *get(size_t n)
    {
        void *p = std::malloc(n);
        if (!p || cudaHostRegister(p, n, 0) != cudaSuccess) { // expect: nonconstant-size
            std::free(p);
            throw 1;
        }
        return p;
    }
    static void put(void *p)
    {
        cudaHostUnregister(p); // expect: unchecked-call
        std::free(p);
    }
};
struct Pageable {
    static void *get(size_t n)
    {
        void *p = std::malloc(n);
        if (!p)
            throw 1;
        return p;
    }
    static void put(void *p)
    {
        std::free(p);
    }
};
template <class P> class Block
{
    void *p_;

  public:
    explicit Block(size_t n) : p_(P::get(n))
    {
    }
    ~Block()
    {
        P::put(p_);
    }
};
int run()
{
    Block<Registered> b(4);
    Block<Pageable> c(4);
}
} // namespace policies

namespace pinned_allocator
{
template <class T> struct CudaHostAllocator {
    using value_type = T;
    T *allocate(std::size_t n)
    {
        T *p;
        if (cudaMallocHost((void **)&p, n * sizeof(T)) != cudaSuccess)
            throw std::bad_alloc();
        return p;
    }
    void deallocate(T *p, std::size_t) noexcept
    {
        cudaFreeHost(p); // expect: unchecked-call
    }
    bool operator==(const CudaHostAllocator &) const
    {
        return true;
    }
    bool operator!=(const CudaHostAllocator &) const
    {
        return false;
    }
};
int f(size_t n)
{
    if (n == 0)
        return 0;
    std::vector<float, CudaHostAllocator<float>> v(n);
    size_t bytes = v.size() * sizeof(float);
    if (cudaHostRegister(v.data(), bytes, 0) != cudaSuccess) // expect: already-pinned
        return 1;
    return 0;
}
} // namespace pinned_allocator
