# Findings in headers: the project's are shown, others when asked for, system ones never.
. "$(dirname "$0")/lib.sh"

mkdir -p project/.git project/include outside
write_bad project/include/ours.h
write_bad outside/theirs.h
sed -i 's/pin_twice/pin_theirs/' outside/theirs.h
cat >project/user.cu <<'SOURCE'
#include "include/ours.h"
#include "../outside/theirs.h"
int pin_all(void) { return pin_twice() + pin_theirs(); }
SOURCE

run project/user.cu
expect_status 1
expect_text out "project/include/ours.h:9:9: error:"
expect_no_text out "theirs.h:9:9: error:"
run --header-filter 'theirs' project/user.cu
expect_status 1
expect_text out "theirs.h:9:9: error:"
expect_no_text out "ours.h:9:9: error:"
run --header-filter 'no such header' project/user.cu
expect_status 0
expect_silence out
cat >project/system.cu <<'SOURCE'
#include <outside/theirs.h>
int pin_all(void) { return pin_theirs(); }
SOURCE
run --header-filter '.*' project/system.cu -- -isystem "$work"
expect_status 0
expect_silence out

# A header named itself is linted as it stands.
run project/include/ours.h
expect_status 1
expect_text out "project/include/ours.h:9:9: error:"

# A static of a header is also that of the sources that include it: they may unregister it.
cat >project/include/ring.cuh <<'SOURCE'
#include <cuda_runtime.h>
static char ring[4096];
static inline bool ring_open() { return cudaHostRegister(ring, sizeof ring, 0) == cudaSuccess; }
SOURCE
run project/include/ring.cuh
expect_status 0
expect_silence out
cp project/include/ring.cuh project/ring.cu
echo 'bool pin() { return ring_open(); }' >>project/ring.cu
run project/ring.cu
expect_status 1
expect_text out "[register-leak]"

# A header that only a guess finds, for want of a compile command, is the project's all the same.
mkdir -p project/src
cat >project/src/guessing.cu <<'SOURCE'
#include "ours.h"
int pin_all(void) { return pin_twice(); }
SOURCE
run project/src/guessing.cu
expect_status 1
expect_text out "project/include/ours.h:9:9: error:"

# One that only declares what is defined elsewhere has no system functions either: what may end the
# process does, and a failure that it reports proves nothing.
cat >project/include/report.h <<'SOURCE'
void report_error(const char *text);
SOURCE
cat >project/src/reporting.c <<'SOURCE'
#include <report.h>
#include <cuda_runtime_api.h>
#include <stdlib.h>
int pin(void)
{
    void *block = malloc(4096);
    if (!block || cudaSetDevice(0) != cudaSuccess)
        report_error("cannot begin");
    if (cudaHostRegister(block, 4096, 0) != cudaSuccess)
        report_error("cannot register");
    int status = cudaHostUnregister(block) != cudaSuccess;
    free(block);
    return status;
}
SOURCE
run project/src/reporting.c
expect_status 0
expect_silence out

# One that asks how calls went is looked into as well.
cat >project/include/asking.hpp <<'SOURCE'
#include <cuda_runtime.h>
#include <stdexcept>
struct asking {
    static void check(const char *text)
    {
        cudaError_t error = cudaGetLastError();
        if (error != cudaSuccess)
            throw std::runtime_error(text);
    }
};
SOURCE
cat >project/src/asking.cpp <<'SOURCE'
#include <cuda_runtime.h>
#include <asking.hpp>
void pinned(void **memory)
{
    cudaMallocHost(memory, 4096);
    asking::check("no pinned memory");
}
SOURCE
run project/src/asking.cpp
expect_status 0
expect_silence out

# The class whose member functions the source defines is the project's, though its header says
# nothing of host memory.
cat >project/include/staging.h <<'SOURCE'
namespace app {
class staging {
  public:
    explicit staging(unsigned long bytes) : memory_(new char[bytes]), bytes_(bytes) { pin(); }
    staging(const staging &) = delete;
    ~staging();

  private:
    void pin();
    char *memory_;
    unsigned long bytes_;
};
} // namespace app
SOURCE
cat >project/src/staging.cpp <<'SOURCE'
#include "staging.h"
#include <cuda_runtime.h>
#include <cstdlib>
namespace app {
void staging::pin()
{
    if (bytes_ == 0 || cudaHostRegister(memory_, bytes_, 0) != cudaSuccess)
        std::abort();
}
staging::~staging()
{
    delete[] memory_;
}
} // namespace app
SOURCE
run project/src/staging.cpp
expect_status 1
expect_text out "project/src/staging.cpp:12:5: error:"
expect_text out "[freed-while-registered]"

# A header that is not there may have brought the runtime's C++ functions.
cat >project/src/layer.cpp <<'SOURCE'
#include <cuda_runtime_api.h>
#include <cudnn.h>
void layer(unsigned long n)
{
    float *ones;
    if (cudaMalloc(&ones, n * sizeof *ones) != cudaSuccess)
        return;
    if (cudaFreeHost(ones) != cudaSuccess)
        throw n;
}
SOURCE
run project/src/layer.cpp
expect_status 1
expect_text out "project/src/layer.cpp:8:9: error:"
expect_text out "[mismatched-free]"

# A folder with headers only is a library of headers; one with sources is seen through them. What
# CMake keeps in a build folder is not the project's.
mkdir -p library/include library/build
write_bad library/include/pins.cuh
write_bad library/build/fetched.cu
: >library/build/CMakeCache.txt
run library
expect_status 1
expect_text out "library/include/pins.cuh:9:9: error:"
expect_no_text out "fetched.cu"
run library/build
expect_status 1
expect_text out "fetched.cu:9:9: error:"
write_good library/test.cu
run library
expect_status 0
expect_silence out

# Calls in the sources that another one includes are counted with it, and accounted for.
mkdir unity
write_good unity/first.cu
cat >unity/second.cu <<'SOURCE'
#ifdef NOWHERE
int drop(void *block) { return cudaHostUnregister(block) != cudaSuccess; }
#endif
SOURCE
printf '#include "first.cu"\n#define SECOND\n#undef NOWHERE\n#include "second.cu"\n' >unity/all.cu
run -v unity/all.cu
expect_status 0
expect_text err "unity/all.cu: 2 call sites analysed, 1 not"
expect_text err "unity/second.cu:2:32: cudaHostUnregister is not analysed: #ifdef NOWHERE"

# A project's own copy of cuda/std is as slow to read as the toolkit's, and left out like that; but
# where its checking function is declared with a type from there, no call would match without it.
mkdir -p own/.git own/lib/cuda/std own/include/own own/src
touch own/lib/cuda/std/version
cat >own/lib/cuda/std/own_place.h <<'SOURCE'
namespace cuda::std { struct own_place { int line = 0; }; }
SOURCE
cat >own/include/own/check.cuh <<'SOURCE'
#pragma once
#include <cuda/std/own_place.h>
#include <cstdlib>
template <class Status> void check(Status status, cuda::std::own_place = {})
{
    if (status != Status(0))
        std::abort();
}
SOURCE
cat >own/src/pinning.cu <<'SOURCE'
#include <own/check.cuh>
#include <cuda_runtime.h>
int pin(void)
{
    char *block = static_cast<char *>(std::malloc(4096));
    if (!block)
        return -1;
    check(cudaHostRegister(block, 4096, 0));
    std::free(block);
    return 0;
}
SOURCE
run -v own/src/pinning.cu
expect_status 1
expect_text out "own/src/pinning.cu:9:5: error:"
expect_text err "declarations missing"
