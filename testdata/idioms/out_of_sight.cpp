// Code out of sight that is given nothing runs in between: that it changes a flag, a count or a list
// of the caller's behind its user's back is no more than a guess.
#include <cuda_runtime.h>

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

void elsewhere() noexcept;
void fill(std::vector<char> &bytes);
int read_size(size_t *size);

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

struct context {
    size_t count;
    bool pinned;
    int state;
    cudaError_t status;
};

void flag_set_from_a_comparison(context &c)
{
    void *p = std::malloc(4096);
    if (p == nullptr)
        return;
    c.pinned = cudaHostRegister(p, 4096, cudaHostRegisterDefault) == cudaSuccess;
    elsewhere();
    if (c.pinned)
        check(cudaHostUnregister(p));
    std::free(p);
}

void flag_looked_at_before(context &c)
{
    void *p = std::malloc(4096);
    if (p == nullptr)
        return;
    c.pinned = cudaHostRegister(p, 4096, cudaHostRegisterDefault) == cudaSuccess;
    if (!c.pinned)
        elsewhere();
    elsewhere();
    if (c.pinned)
        check(cudaHostUnregister(p));
    std::free(p);
}

void status_kept(context &c)
{
    void *p = std::malloc(4096);
    if (p == nullptr)
        return;
    c.status = cudaHostRegister(p, 4096, cudaHostRegisterDefault);
    elsewhere();
    if (c.status == cudaSuccess)
        check(cudaHostUnregister(p));
    std::free(p);
}

void state_of_many(context &c)
{
    void *p = std::malloc(4096);
    if (p == nullptr)
        return;
    c.state = 3;
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) == cudaSuccess)
        c.state = 2;
    elsewhere();
    if (c.state == 2)
        check(cudaHostUnregister(p));
    std::free(p);
}

void flag_by_its_address(context &c)
{
    void *p = std::malloc(4096);
    if (p == nullptr)
        return;
    size_t *count = &c.count;
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) == cudaSuccess)
        *count = 1;
    else
        *count = 0;
    elsewhere();
    if (*count == 1)
        check(cudaHostUnregister(p));
    std::free(p);
}

void nobody_asks(context &c)
{
    void *p = std::malloc(4096);
    if (p == nullptr)
        return;
    c.pinned = cudaHostRegister(p, 4096, cudaHostRegisterDefault) == cudaSuccess;
    elsewhere();
    std::free(p); // expect: freed-while-registered
}

void asked_the_wrong_way(context &c)
{
    void *p = std::malloc(4096);
    if (p == nullptr)
        return;
    c.pinned = cudaHostRegister(p, 4096, cudaHostRegisterDefault) == cudaSuccess;
    elsewhere();
    if (!c.pinned)
        elsewhere();
    std::free(p); // expect: freed-while-registered
}

void size_tested_before(std::vector<char> &bytes)
{
    if (bytes.empty())
        return;
    elsewhere();
    check(cudaHostRegister(bytes.data(), bytes.size(), cudaHostRegisterDefault));
    check(cudaHostUnregister(bytes.data()));
}

void size_read_and_tested(void *p)
{
    size_t size;
    if (read_size(&size) != 0 || size == 0)
        return;
    elsewhere();
    check(cudaHostRegister(p, size, cudaHostRegisterDefault));
    check(cudaHostUnregister(p));
}

// What is given away is another one afterwards.
void size_tested_before_it_changes(std::vector<char> &bytes)
{
    if (bytes.empty())
        return;
    fill(bytes);
    check(cudaHostRegister(bytes.data(), bytes.size(), cudaHostRegisterDefault)); // expect: nonconstant-size
    check(cudaHostUnregister(bytes.data()));
}

void names_of_a_list(const std::vector<std::string> &names)
{
    std::map<std::string, std::vector<float>> rows;
    for (const auto &name : names) {
        rows[name].resize(1024);
        check(cudaHostRegister(rows[name].data(), 4096, cudaHostRegisterDefault));
    }
    elsewhere();
    for (const auto &name : names)
        check(cudaHostUnregister(rows[name].data()));
}

struct node {
    node *next;
    void *block;
};
static node *list;

bool kept_by_a_global_list()
{
    node *added = static_cast<node *>(std::malloc(sizeof *added));
    if (added == nullptr)
        return false;
    added->block = std::malloc(4096);
    if (added->block == nullptr) {
        std::free(added);
        return false;
    }
    check(cudaHostRegister(added->block, 4096, cudaHostRegisterDefault));
    added->next = list;
    list = added;
    elsewhere();
    return true;
}

class samples
{
  public:
    samples() : values_(1024)
    {
        elsewhere();
        check(cudaHostRegister(values_.data(), values_.size() * sizeof(float), cudaHostRegisterDefault));
    }
    ~samples()
    {
        check(cudaHostUnregister(values_.data()));
    }
    samples(const samples &) = delete;
    samples &operator=(const samples &) = delete;

  private:
    std::vector<float> values_;
};

struct area {
    void *start;
    size_t length;
};

int size_kept_in_an_object(area &a, void *start)
{
    a.length = 65536;
    a.start = start;
    elsewhere();
    return cudaHostRegister(a.start, a.length, cudaHostRegisterDefault) == cudaSuccess ? 0 : -1;
}

int size_shown_and_kept(void *start)
{
    size_t length = 65536;
    if (read_size(&length) != 0 || length < 4096)
        length = 65536;
    elsewhere();
    return cudaHostRegister(start, length, cudaHostRegisterDefault) == cudaSuccess ? 0 : -1;
}

void judge(cudaError_t status);
bool was_fine(cudaError_t status);

// What is given a status throws because the call failed: then it is made once more.
int unregistered_once_more(char *block)
{
    check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    try {
        judge(cudaHostUnregister(block));
    } catch (...) {
        judge(cudaDeviceSynchronize());
        judge(cudaHostUnregister(block));
    }
    check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    if (!was_fine(cudaHostUnregister(block)))
        judge(cudaHostUnregister(block));
    return 0;
}

int unregistered_twice(char *block)
{
    check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    judge(cudaHostUnregister(block));
    judge(cudaHostUnregister(block)); // expect: unregister-unregistered
    return 0;
}

int another_call_throws(char *block)
{
    check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    try {
        judge(cudaHostUnregister(block));
        judge(cudaDeviceSynchronize());
    } catch (...) {
        judge(cudaHostUnregister(block)); // expect: unregister-unregistered
    }
    return 0;
}
