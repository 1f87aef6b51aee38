// Through calls, classes, containers.
#include <cuda_runtime.h>

#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <unordered_map>
#include <vector>

#include "../run_case.h"
#include "../unseen.h"

#define CUDA_TRY(...)                                                                              \
    do {                                                                                           \
        cudaError_t const error = (__VA_ARGS__);                                                   \
        if (cudaSuccess != error) {                                                                \
            cudaGetLastError();                                                                    \
            throw std::runtime_error(cudaGetErrorName(error));                                     \
        }                                                                                          \
    } while (0)

static char area[1 << 16];

static void pin(char *block, size_t size)
{
    CUDA_TRY(cudaHostRegister(block, size, cudaHostRegisterDefault)); // expect: double-register
}

// "Through wrappers, a finding stands at the innermost statement in the user's own code"
void pinned_twice_by_a_wrapper()
{
    pin(area, 4096);
    pin(area, 4096);
    CUDA_TRY(cudaHostUnregister(area));
}

static char *make_registered(size_t size)
{
    char *block = new char[size];

    CUDA_TRY(cudaHostRegister(block, size, cudaHostRegisterDefault));
    return block;
}

static void dispose(char *block)
{
    CUDA_TRY(cudaHostUnregister(block));
    delete[] block;
}

// The maker registers already.
void the_maker_did_it()
{
    char *block = make_registered(4096);

    CUDA_TRY(cudaHostRegister(block, 4096, cudaHostRegisterMapped)); // expect: double-register
    dispose(block);
}

// Right.
void the_maker_is_enough()
{
    char *block = make_registered(4096);

    block[0] = 1;
    dispose(block);
}

void vector_twice()
{
    std::vector<float> samples(1024);

    CUDA_TRY(cudaHostRegister(samples.data(), 4096, 0));
    CUDA_TRY(cudaHostRegister(&samples[0], sizeof(float) * samples.size(), 0)); // expect: double-register
    CUDA_TRY(cudaHostUnregister(samples.data()));
}

// Right: rows of a matrix are blocks of their own.
void rows()
{
    std::vector<std::vector<float>> matrix(8, std::vector<float>(1024));

    for (auto &row : matrix)
        CUDA_TRY(cudaHostRegister(row.data(), 4096, 0));
    for (auto &row : matrix)
        CUDA_TRY(cudaHostUnregister(row.data()));
}

// Two guards over one block.
class guard
{
  public:
    guard(void *block) : block_(block)
    {
        CUDA_TRY(cudaHostRegister(block_, 4096, cudaHostRegisterDefault)); // expect: double-register
    }
    guard(const guard &) = delete;
    guard &operator=(const guard &) = delete;
    ~guard()
    {
        (void)cudaHostUnregister(block_);
    }

  private:
    void *block_;
};

void two_guards()
{
    guard first(area);
    guard second(area);
}

// Right: one after the other, and one for each block.
void guards_in_scopes()
{
    {
        guard pinned(area);
        area[0] = 1;
    }
    {
        guard pinned(area);
        guard other(area + 4096);
        area[0] = 2;
    }
}

// Right: the object remembers.
class cached
{
  public:
    void use(char *block)
    {
        std::lock_guard<std::mutex> lock(mutex_);

        if (known_.count(block) == 0) {
            CUDA_TRY(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
            known_.insert(block);
        }
    }
    void use_by_find(char *block)
    {
        if (sizes_.find(block) != sizes_.end())
            return;
        CUDA_TRY(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
        sizes_.emplace(block, 4096);
    }
    ~cached()
    {
        for (char *block : known_)
            (void)cudaHostUnregister(block);
        for (auto &entry : sizes_)
            (void)cudaHostUnregister(entry.first);
    }

  private:
    std::mutex mutex_;
    std::set<char *> known_;
    std::unordered_map<char *, size_t> sizes_;
};

void cache_hits()
{
    cached cache;

    cache.use(area);
    cache.use(area);
    cache.use_by_find(area + 4096);
    cache.use_by_find(area + 4096);
}

// Right: counted, registered by the first user and unregistered by the last.
class counted
{
  public:
    void acquire()
    {
        if (users_++ == 0)
            CUDA_TRY(cudaHostRegister(block_, sizeof block_, cudaHostRegisterDefault));
    }
    void release()
    {
        if (--users_ == 0)
            CUDA_TRY(cudaHostUnregister(block_));
    }

  private:
    char block_[4096];
    int users_ = 0;
};

void shared_by_two()
{
    static counted block;

    block.acquire();
    block.acquire();
    block.release();
    block.release();
}

// Right: two views of one object, one after the other.
struct packet {
    char header[64];
    char payload[4032];
};

void members_side_by_side()
{
    static packet current;

    CUDA_TRY(cudaHostRegister(current.header, sizeof current.header, 0));
    CUDA_TRY(cudaHostRegister(current.payload, sizeof current.payload, 0));
    CUDA_TRY(cudaHostUnregister(current.payload));
    CUDA_TRY(cudaHostUnregister(current.header));
}

void member_and_whole()
{
    static packet current;

    CUDA_TRY(cudaHostRegister(current.payload, sizeof current.payload, 0));
    CUDA_TRY(cudaHostRegister(&current, sizeof current, 0)); // expect: double-register
    CUDA_TRY(cudaHostUnregister(current.payload));
}

// Right: fallback chain with exceptions.
void retry_in_a_handler()
{
    try {
        CUDA_TRY(cudaHostRegister(area, 4096, cudaHostRegisterMapped | cudaHostRegisterPortable));
    } catch (const std::runtime_error &) {
        CUDA_TRY(cudaHostRegister(area, 4096, cudaHostRegisterDefault));
    }
    CUDA_TRY(cudaHostUnregister(area));
}

static const struct run_case cases[] = {
    CASE(pinned_twice_by_a_wrapper), CASE(the_maker_did_it), CASE(the_maker_is_enough),
    CASE(vector_twice), CASE(rows), CASE(two_guards), CASE(guards_in_scopes), CASE(cache_hits),
    CASE(shared_by_two), CASE(members_side_by_side), CASE(member_and_whole),
    CASE(retry_in_a_handler),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
