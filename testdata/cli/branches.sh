# Calls that stand in branches which exclude each other, in files without a compile command: each
# branch is looked at.
. "$(dirname "$0")/lib.sh"

# expect_findings LINE...: "line rule", those of either.c and no others.
expect_findings() {
    printf '%s\n' "$@" >wanted
    sed -n 's/^either\.c:\([0-9]*\):.*\[\(.*\)\]$/\1 \2/p' out >found
    cmp -s found wanted || fail "the findings should be: $*"
}

cat >either.c <<'END'
#include <stdlib.h>
#if STAGE_HIP
#include <hip/hip_runtime.h>
#elif STAGE_CUDA
#include <cuda_runtime.h>
#endif
void fill(void *p);

int right_in_both(void)
{
    char *block = malloc(8192);
    if (!block)
        return 0;
#if STAGE_HIP
    if (hipHostRegister(block, 8192, 0) != hipSuccess) {
#elif STAGE_CUDA
    if (cudaHostRegister(block, 8192, 0) != cudaSuccess) {
#else
    if (!block) {
#endif
        free(block);
        return 0;
    }
    fill(block);
#if STAGE_HIP
    (void)hipHostUnregister(block);
#elif STAGE_CUDA
    (void)cudaHostUnregister(block);
#endif
    free(block);
    return 1;
}

void forgets_with_cuda(void)
{
    char *block = malloc(8192);
#if STAGE_HIP
    if (hipHostRegister(block, 8192, 0) == hipSuccess)
        (void)hipHostUnregister(block);
#elif STAGE_CUDA
    if (cudaHostRegister(block, 8192, 0) != cudaSuccess)
        return;
#endif
    free(block);
}

void *same_in_both(void)
{
    void *p = NULL;
    cudaMallocHost(&p, 64);
    return p;
}

#ifdef KEEP
static int pin(void *p)
{
    return cudaHostRegister(p, 4096, 0) == cudaSuccess;
}
#else
static int pin(void *p)
{
    cudaHostRegister(p, 4096, 0);
    return 1;
}
#endif

int pinned(void *p)
{
    return pin(p);
}
END
run --no-cache -v either.c
expect_status 1
expect_findings "44 freed-while-registered" "50 unchecked-call" "62 unchecked-call"
expect_text err "either.c: 10 call sites analysed, 0 not"
expect_text err "either.c: parsed once more for calls that the preprocessor left out, with"

# The same from the cache.
for turn in first second; do
    run either.c
    expect_findings "44 freed-while-registered" "50 unchecked-call" "62 unchecked-call"
done

# A command says which branch is meant.
run --no-cache -v either.c -- -DSTAGE_HIP=1
expect_findings "50 unchecked-call" "62 unchecked-call"
expect_no_text err "parsed once more"

# What others call is what the first unit has: in the other one the block stays registered.
mkdir project
cat >project/lend.c <<'END'
#include <cuda_runtime.h>
#ifdef POOL
void *spare;
void lend(void *p)
{
    if (cudaMallocHost(&spare, 64) != cudaSuccess)
        spare = p;
}
#else
void lend(void *p)
{
    (void)cudaHostUnregister(p);
}
#endif
END
cat >project/use.c <<'END'
#include <cuda_runtime.h>
#include <stdlib.h>
void lend(void *p);
void use(void)
{
    void *p = malloc(4096);
    if (cudaHostRegister(p, 4096, 0) != cudaSuccess)
        return;
    lend(p);
    free(p);
}
END
run --no-cache -v project
expect_status 0
expect_silence out
expect_text err "lend.c: parsed once more"

# What only nvcc reads of a C++ file is CUDA.
cat >either.cpp <<'END'
#include <cuda_runtime.h>
#include <cstdlib>
#ifdef __CUDACC__
__global__ void touch(char *data);
void left_registered()
{
    char *block = static_cast<char *>(std::malloc(8192));
    if (!block || cudaHostRegister(block, 8192, 0) != cudaSuccess)
        return;
    touch<<<1, 1>>>(block);
    std::free(block);
}
#endif
#if defined(__NVCC__)
void undone()
{
    char *block = static_cast<char *>(std::malloc(8192));
    if (block && cudaHostRegister(block, 8192, 0) == cudaSuccess)
        (void)cudaHostUnregister(block);
    std::free(block);
}
#endif
END
run --no-cache -v either.cpp
expect_status 1
expect_text err "either.cpp: parsed once more for calls that the preprocessor left out, with -xcuda"
expect_text err "either.cpp: 3 call sites analysed, 0 not"
expect_text out "either.cpp:11:5: error"

# A wrapper that reads the same in both branches calls what its own branch has.
cat >either.c <<'END'
#include <stdlib.h>
#if STAGE_HIP
#include <hip/hip_runtime.h>
#elif STAGE_CUDA
#include <cuda_runtime.h>
#endif
static void *take(size_t bytes)
{
#if STAGE_HIP
    void *memory;
    return hipHostMalloc(&memory, bytes, 0) == hipSuccess ? memory : NULL;
#elif STAGE_CUDA
    void *memory = malloc(bytes);
    if (memory && cudaHostRegister(memory, bytes, 0) != cudaSuccess) {
        free(memory);
        return NULL;
    }
    return memory;
#endif
}
static char *characters(size_t count)
{
    return take(count + 4096);
}
static char *line(size_t count)
{
    return characters(count + 1);
}
void right(size_t count)
{
    char *text = line(count);
#if STAGE_HIP
    if (text)
        (void)hipHostFree(text);
#elif STAGE_CUDA
    if (text) {
        (void)cudaHostUnregister(text);
        free(text);
    }
#endif
}
void wrong(size_t count)
{
    char *text = line(count);
#if STAGE_HIP
    if (text)
        (void)hipHostFree(text);
#elif STAGE_CUDA
    free(text);
#endif
}
END
run --no-cache --rules=-nonconstant-size -v either.c
expect_status 1
expect_text err "either.c: 5 call sites analysed, 0 not"
expect_findings "49 freed-while-registered"
