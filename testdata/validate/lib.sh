# What the tests of validate's harness use: . lib.sh CUHOSTLINT. A folder of their own, in it a
# toolkit whose nvcc is a script, and sources with a finding or two.
set -eu

cuhostlint=$1
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
kit=$temporary/toolkit
mkdir -p "$kit/bin" "$kit/include" "$temporary/tmp"
touch "$kit/include/cuda_runtime_api.h" "$kit/include/driver_types.h"
export TMPDIR="$temporary/tmp"
export XDG_CACHE_HOME="$temporary/cache"
unset CUDA_HOME CUDA_PATH NO_COLOR

# One error, whose reproducer is plain C++.
cat >"$temporary/source.cu" <<'END'
#include <cuda_runtime.h>
void f(char *block)
{
    if (cudaHostRegister(block, 0, cudaHostRegisterDefault) != cudaSuccess)
        return;
    (void)cudaHostUnregister(block);
}
END

# Two on one line, two more beside them, one of which has a kernel in its reproducer.
cat >"$temporary/several.cu" <<'END'
#include <cuda_runtime.h>
void f(char *a, char *b)
{
    (void)cudaHostRegister(a, 0, 0), (void)cudaHostRegister(b, 0, 0);
    (void)cudaHostRegister(a, 4096, 0x40);
    cudaHostRegister(a, 4096, 0);
    (void)cudaHostUnregister(a);
    (void)cudaHostRegister(b, 0, 0); // NOLINT
}
END

# compiler TEXT [NAME]: "compiles" each program to a shell script that does TEXT. What it was given is
# in the file NAME.words.
compiler() {
    cat >"$kit/bin/${2-nvcc}" <<END
#!/bin/sh
echo "\$@" >>"$temporary/${2-nvcc}.words"
while [ "\$1" != -o ]; do shift; done
cat >"\$2" <<'SCRIPT'
#!/bin/sh
$1
SCRIPT
chmod +x "\$2"
END
    chmod +x "$kit/bin/${2-nvcc}"
    rm -f "$temporary/${2-nvcc}.words"
}

# expect STATUS PATTERN WORD...: runs validate with the words on $source and looks at what it says
source=$temporary/source.cu
expect() {
    status=$1 pattern=$2
    shift 2
    set +e
    "$cuhostlint" validate --no-cache --cuda-path "$kit" "$@" "$source" >"$temporary/output" 2>&1
    got=$?
    set -e
    if [ "$got" != "$status" ] || ! grep -Eq -- "$pattern" "$temporary/output"; then
        echo "validate $*: status $got, wanted $status and '$pattern':"
        cat "$temporary/output"
        exit 1
    fi
}

# json FILTER WORD...: the filter holds of what validate says in JSON
json() {
    filter=$1
    shift
    "$cuhostlint" validate --no-cache --quiet --cuda-path "$kit" --format json "$@" "$source" \
        >"$temporary/output" || true
    if ! jq -e "$filter" "$temporary/output" >/dev/null; then
        echo "validate --format json $*: '$filter' does not hold of:"
        cat "$temporary/output"
        exit 1
    fi
}

# expect_death PROCESS: what was killed is not gone at once on a busy machine.
expect_death() {
    tried=0
    until is_dead "$1"; do
        tried=$((tried + 1))
        [ "$tried" -lt 600 ] || {
            echo "process $1 still runs"
            exit 1
        }
        sleep 0.1
    done
}
is_dead() { [ "$(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null || echo Z)" = Z ]; }
