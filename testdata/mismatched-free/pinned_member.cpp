// A member that a pinned allocator gave: deleted as what it is not, registered or not.
#include "../run_case.h"

#include <cstdlib>
#include <cuda_runtime_api.h>

class staging
{
  public:
    staging()
    {
        if (cudaMallocHost(&memory_, 4096) != cudaSuccess)
            std::abort();
    }
    staging(const staging &) = delete;
    ~staging()
    {
        delete[] static_cast<char *>(memory_); // expect: mismatched-free
    }
    void again()
    {
        if (cudaHostRegister(memory_, 4096, 0) != cudaSuccess) // expect: already-pinned
            std::abort();
    }

  private:
    void *memory_;
};

static void deleted()
{
    staging memory;
}

static const struct run_case cases[] = {
    CASE(deleted),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
