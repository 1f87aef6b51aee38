# Thousands of branches, of loops, and of ways to one finding: what is kept of a function is in
# proportion to its size. (Workers have a limit of their own; what joins units has none.)
. "$(dirname "$0")/lib.sh"

limited() { (ulimit -v 400000 && exec "$@"); }
last=
limited "$program" --version >out 2>err || skip "a sanitizer wants more address space than that"

head='#include <cuda_runtime.h>'
{
    echo "$head"
    echo 'cudaError_t branches(int a, char *p) { return (cudaError_t)('
    awk 'BEGIN { for (i = 0; i < 8000; i++) print "a &&" }'
    echo 'cudaHostRegister(p, 0, 0)); }'
} >branches.cu
{
    echo "$head"
    echo 'cudaError_t loops(int a, char *p) {'
    awk 'BEGIN { for (i = 0; i < 6000; i++) print "for (int i = 0; i < a; i++) p++;" }'
    echo 'return cudaHostRegister(p, 0, 0); }'
} >loops.cu
{
    echo "$head"
    awk 'BEGIN { for (i = 0; i < 60; i++) print "void f" i "(char *p, int n);"
        for (i = 0; i < 60; i++)
            print "void f" i "(char *p, int n) { if (n & " 2 ^ (i % 20) ") f" (i * 7 + 1) % 60 "(p, n - 1); " \
                "else f" (i * 13 + 5) % 60 "(p + 1, n); cudaHostRegister(p, 0, 0); }" }'
} >ways.cu

for name in branches loops ways; do
    run index --no-cache -o $name.unit -- nvcc -c $name.cu
    expect_status 0
    last="cuhostlint link $name.unit"
    status=0
    limited "$program" link $name.unit >out 2>err </dev/null || status=$?
    expect_status 1
    expect_text out "[zero-size]"
done
