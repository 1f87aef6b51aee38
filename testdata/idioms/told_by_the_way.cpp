// Code out of sight is called where memory was registered, and says later whether it was.
#include <bitset>
#include <cstdlib>
#include <cuda_runtime.h>
#include <set>
#include <unordered_set>
#include <variant>
#include <vector>

void step();
void note(int what);
bool was_noted(int what);

struct flags {
    void set(int bit);
    bool test(int bit) const;
};

void in_a_function(void *data)
{
    if (cudaHostRegister(data, 4096, 0) == cudaSuccess)
        note(1);
    step();
    if (was_noted(1))
        (void)cudaHostUnregister(data);
    std::free(data);
}

void in_an_object()
{
    flags pinned;
    void *data = std::malloc(4096);
    if (!data)
        return;
    if (cudaHostRegister(data, 4096, 0) == cudaSuccess)
        pinned.set(3);
    step();
    if (pinned.test(3))
        (void)cudaHostUnregister(data);
    std::free(data);
}

void in_a_bitset()
{
    std::bitset<4> pinned;
    void *data = std::malloc(4096);
    if (!data)
        return;
    if (cudaHostRegister(data, 4096, 0) == cudaSuccess)
        pinned.set(0);
    step();
    if (pinned[0])
        (void)cudaHostUnregister(data);
    std::free(data);
}

void in_a_set(bool again)
{
    std::set<void *> pinned;
    std::unordered_set<int> numbers;
    void *data = std::malloc(4096), *more = std::malloc(4096);
    if (!data || !more)
        std::abort();
    if (cudaHostRegister(data, 4096, 0) == cudaSuccess)
        pinned.insert(data);
    if (again && cudaHostRegister(more, 4096, 0) == cudaSuccess)
        numbers.insert(2);
    step();
    if (pinned.count(data))
        (void)cudaHostUnregister(data);
    if (numbers.find(2) != numbers.end())
        (void)cudaHostUnregister(more);
    std::free(data);
    std::free(more);
}

void for_each_block(size_t count, void **blocks)
{
    std::vector<bool> pinned(count);
    for (size_t i = 0; i < count; i++) {
        blocks[i] = std::malloc(4096);
        if (blocks[i] && cudaHostRegister(blocks[i], 4096, 0) == cudaSuccess)
            pinned[i] = true;
    }
    step();
    for (size_t i = 0; i < count; i++) {
        if (pinned[i])
            (void)cudaHostUnregister(blocks[i]);
        std::free(blocks[i]);
    }
}

// What does not depend on how the call went says nothing of it.
void nobody_was_told(void *data)
{
    note(1);
    if (cudaHostRegister(data, 4096, 0) != cudaSuccess)
        std::abort();
    if (was_noted(1))
        (void)cudaHostUnregister(data);
    std::free(data); // expect: freed-while-registered
}

/* A function in sight tells how the call went by an object that only code out of sight can read. */
namespace told_by_objects
{
class Status
{
  public:
    Status(const Status &);
    ~Status();
    bool ok() const;

  private:
    long rep_;
};
Status fine();
Status broken(const char *text);

struct Unit {
};

class Result
{
  public:
    Result(Unit unit) : said_(std::in_place_index<0>, unit)
    {
    }
    Result(int error) : said_(std::in_place_index<1>, error)
    {
    }
    explicit operator bool() const
    {
        return said_.index() == 0;
    }

  private:
    std::variant<Unit, int> said_;
};

Status judged(cudaError_t e)
{
    return e == cudaSuccess ? fine() : broken(cudaGetErrorString(e));
}

Status pin(void *p)
{
    if (cudaHostRegister(p, 4096, 0) != cudaSuccess)
        return broken("pin");
    return fine();
}

Result result_of(cudaError_t e)
{
    if (e == cudaSuccess)
        return Unit{};
    return static_cast<int>(e);
}

void use(void *p);

int asked_of_a_status()
{
    void *p = std::malloc(4096);
    if (!p)
        return -1;
    Status s = judged(cudaHostRegister(p, 4096, 0));
    if (!s.ok()) {
        std::free(p);
        return -1;
    }
    (void)cudaHostUnregister(p);
    std::free(p);
    return 0;
}

int asked_of_a_registering_function()
{
    void *p = std::malloc(4096);
    if (!p)
        return -1;
    if (Status s = pin(p); !s.ok()) {
        std::free(p);
        return -1;
    }
    (void)cudaHostUnregister(p);
    std::free(p);
    return 0;
}

int asked_of_a_variant()
{
    void *p = std::malloc(4096);
    if (!p)
        return -1;
    if (Result r = result_of(cudaHostRegister(p, 4096, 0)); !r) {
        std::free(p);
        return -1;
    }
    (void)cudaHostUnregister(p);
    std::free(p);
    return 0;
}

int not_asked()
{
    void *p = std::malloc(4096);
    if (!p)
        return -1;
    Status s = pin(p);
    std::free(p); // expect: freed-while-registered
    return s.ok() ? 0 : -1;
}
} // namespace told_by_objects

// It has the address of the variable that is asked.
void mark(char *flags);

int in_a_variable()
{
    char flags[2] = {0, 0};
    void *data = std::malloc(8192);
    if (!data)
        return 1;
    if (cudaHostRegister(data, 8192, 0) == cudaSuccess)
        mark(flags);
    if (flags[1])
        (void)cudaHostUnregister(data);
    std::free(data);
    return 0;
}

// Marked whatever became of the call.
int in_any_case()
{
    char flags[2] = {0, 0};
    void *data = std::malloc(8192);
    if (!data)
        return 1;
    if (cudaHostRegister(data, 8192, 0) != cudaSuccess) {
        std::free(data);
        return 1;
    }
    mark(flags);
    if (flags[1])
        (void)cudaHostUnregister(data);
    std::free(data); // expect: freed-while-registered
    return 0;
}
