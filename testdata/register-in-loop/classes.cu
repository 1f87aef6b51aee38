#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <functional>

#include "../run_case.h"

#define CHECK(call)                                                                                \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_ != cudaSuccess) {                                                              \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(status_));  \
            std::exit(1);                                                                          \
        }                                                                                          \
    } while (0)

class registration
{
  public:
    explicit registration(void *block) : block_(block)
    {
        CHECK(cudaHostRegister(block_, 4096, cudaHostRegisterDefault)); // expect: register-in-loop
    }
    registration(const registration &) = delete;
    registration &operator=(const registration &) = delete;
    ~registration()
    {
        (void)cudaHostUnregister(block_);
    }

  private:
    void *block_;
};

static char area[4096];

// A guard in the body of the loop.
void guard_in_the_body()
{
    for (int turn = 0; turn < 8; turn++) {
        registration pinned(area);

        area[turn] = 1;
    }
}

// Right: the guard is outside.
class outer_registration
{
  public:
    explicit outer_registration(void *block) : block_(block)
    {
        CHECK(cudaHostRegister(block_, 4096, cudaHostRegisterDefault));
    }
    outer_registration(const outer_registration &) = delete;
    outer_registration &operator=(const outer_registration &) = delete;
    ~outer_registration()
    {
        (void)cudaHostUnregister(block_);
    }

  private:
    void *block_;
};

void guard_outside()
{
    outer_registration pinned(area);

    for (int turn = 0; turn < 8; turn++)
        area[turn] = 1;
}

// Right: a function with a pair in it is no loop.
static void pair()
{
    CHECK(cudaHostRegister(area, 4096, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(area));
}

void called_twice()
{
    pair();
    pair();
}

static const struct run_case cases[] = {CASE(guard_in_the_body), CASE(guard_outside),
                                        CASE(called_twice)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
