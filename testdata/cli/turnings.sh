# The path of a finding names the tests that decide it: where the size or the pointer was found to be
# 0, and where the path went past the call that would have undone the registration.
. "$(dirname "$0")/lib.sh"

# expect_path RULE LINE...: the lines that the notes of the one finding of the rule point at
expect_path() {
    rule=$1
    shift
    printf '%s\n' "$@" >wanted
    awk -v rule="[$rule]" '
        /^[^ ].*: (error|warning|note): .*\[[a-z-]*\]$/ { of_rule = index($0, rule) > 0; next }
        of_rule && /^[^ ].*: note: / { split($0, part, ":"); print part[2] }' out >found
    cmp -s found wanted || fail "the notes of $rule should be in lines $*"
}

cat >zero.c <<'END'
#include <cuda_runtime.h>
#include <stdio.h>
#include <stdlib.h>
int stage(size_t count)
{
    int failed;
    float *block = malloc(count * sizeof *block + 4096);
    if (!block)
        return 1;
    if (count == 0)
        fprintf(stderr, "nothing to stage\n");
    failed = cudaHostRegister(block, count * sizeof *block, 0) != cudaSuccess;
    if (!failed && cudaHostUnregister(block) != cudaSuccess)
        abort();
    free(block);
    return failed;
}
END
run --no-cache zero.c
expect_status 1
expect_path zero-size 7 10
expect_text out "zero.c:10:9: note: on this path, this test finds it 0"

cat >null.c <<'END'
#include <cuda_runtime.h>
#include <stdio.h>
#include <stdlib.h>
int stage(void)
{
    int failed;
    void *block = malloc(8192);
    if (!block)
        fprintf(stderr, "no memory\n");
    failed = cudaHostRegister(block, 8192, 0) != cudaSuccess;
    if (!failed && cudaHostUnregister(block) != cudaSuccess)
        abort();
    free(block);
    return failed;
}
END
run --no-cache null.c
expect_status 1
expect_path not-host-memory 7 8
expect_text out "null.c:8:10: note: on this path, this test finds it NULL"

# The test stands in another function than the release; that of the loop decides nothing.
cat >past.c <<'END'
#include <cuda_runtime.h>
#include <stdlib.h>
#include <string.h>
static int fill(char *block, int fast)
{
    if (cudaHostRegister(block, 8192, 0) != cudaSuccess)
        return -1;
    for (int i = 0; i < 8; i++)
        block[i] = (char)i;
    if (fast)
        return 0;
    memset(block, 1, 8192);
    return cudaHostUnregister(block) != cudaSuccess;
}
int stage(int fast)
{
    char *block = malloc(8192);
    if (!block)
        return -1;
    int failed = fill(block, fast);
    free(block);
    return failed;
}
END
run --no-cache past.c
expect_status 1
expect_path freed-while-registered 17 6 10
expect_text out "past.c:10:9: note: on this path, this test leads past an unregister call"

cat >leak.c <<'END'
#include <cuda_runtime.h>
#include <stdlib.h>
int send(const void *block);
int stage(void)
{
    static char block[8192];
    if (cudaHostRegister(block, sizeof block, 0) != cudaSuccess)
        return -1;
    if (send(block) < 0)
        return -1;
    return cudaHostUnregister(block) == cudaSuccess ? 0 : -1;
}
END
run --no-cache leak.c
expect_status 1
expect_path register-leak 9

cat >switch.c <<'END'
#include <cuda_runtime.h>
#include <stdlib.h>
enum kind { PLAIN, STAGED, SHARED };
void stage(enum kind kind)
{
    char *block = malloc(8192);
    if (!block || cudaHostRegister(block, 8192, 0) != cudaSuccess) {
        free(block);
        return;
    }
    switch (kind) {
    case STAGED:
    case SHARED:
        if (cudaHostUnregister(block) != cudaSuccess)
            abort();
        break;
    default:
        break;
    }
    free(block);
}
END
run --no-cache switch.c
expect_status 1
expect_path freed-while-registered 6 7 11
