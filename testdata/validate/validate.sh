#!/bin/sh
# validate.sh CUHOSTLINT: the harness around the programs, without a GPU: CUDA_VISIBLE_DEVICES
# hides one that is there, and a script stands for the compiler.
set -eu

cuhostlint=$1
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
mkdir -p "$temporary/toolkit/bin" "$temporary/toolkit/include"
touch "$temporary/toolkit/include/cuda_runtime_api.h" "$temporary/toolkit/include/driver_types.h"

cat >"$temporary/source.cu" <<'END'
#include <cuda_runtime.h>
void f(char *block)
{
    if (cudaHostRegister(block, 0, cudaHostRegisterDefault) != cudaSuccess)
        return;
    (void)cudaHostUnregister(block);
}
END

# compiler TEXT: "compiles" each program to a shell script that does TEXT
compiler() {
    cat >"$temporary/toolkit/bin/nvcc" <<END
#!/bin/sh
while [ "\$1" != -o ]; do shift; done
cat >"\$2" <<'SCRIPT'
#!/bin/sh
$1
SCRIPT
chmod +x "\$2"
END
    chmod +x "$temporary/toolkit/bin/nvcc"
}

# expect STATUS PATTERN WORD...: runs validate with the words and looks at what it says
expect() {
    status=$1 pattern=$2
    shift 2
    set +e
    "$cuhostlint" validate --no-cache --cuda-path "$temporary/toolkit" "$@" \
        "$temporary/source.cu" >"$temporary/output" 2>&1
    got=$?
    set -e
    if [ "$got" != "$status" ] || ! grep -Eq "$pattern" "$temporary/output"; then
        echo "validate $*: status $got, wanted $status and '$pattern':"
        cat "$temporary/output"
        exit 1
    fi
}

compiler 'echo "confirmed: as predicted"; exit 0'
expect 0 '^confirmed .*zero-size +as predicted$'
expect 0 'they run on this machine'
expect 0 '"verdict": *"confirmed"' --format json
expect 0 '"validation": *\{' --format sarif
expect 0 '^inconclusive .*compiled, not run' --dry-run
! grep 'they run on' "$temporary/output" || exit 1
compiler 'echo "refuted: not so"; exit 10'
expect 1 '^refuted .*not so'
compiler 'echo "call"; echo "    = 100 cudaErrorNoDevice"; echo "inconclusive: x"; exit 20'
expect 0 '^inconclusive .*no usable GPU: 100 cudaErrorNoDevice'
compiler 'sleep 100'
expect 0 'inconclusive .*ran out of time' --timeout 1
compiler 'kill -SEGV $$'
expect 0 'inconclusive .*ended by signal 11'
compiler 'ls; pwd; [ -z "${SECRET:-}" ] && [ "$(ls | wc -l)" = 0 ] && echo "confirmed: alone"'
SECRET=1 expect 0 '^confirmed .*alone'

# The limits: private memory, what is written, and the network where the system lets go of it.
compiler '[ "$(ulimit -d)" = $((64 << 20)) ] && echo "confirmed: limited"'
expect 0 '^confirmed .*limited'
compiler 'exec head -c 200000000 /dev/zero'
expect 0 'inconclusive .*ended by signal 25'
if unshare -n true 2>/dev/null || unshare -rn true 2>/dev/null; then
    compiler '[ "$(grep -c : /proc/net/dev)" = 1 ] && echo "confirmed: no network"'
    expect 0 '^confirmed .*no network'
fi

printf '#!/bin/sh\necho "x.cpp(1): error: no such thing"\nexit 1\n' >"$temporary/toolkit/bin/nvcc"
expect 0 'does not compile: .*no such thing'

# What is kept, and what is left behind.
compiler 'exit 0'
TMPDIR=$temporary/tmp
export TMPDIR
mkdir "$TMPDIR"
expect 0 'confirmed' --keep "$temporary/kept"
[ -f "$temporary/kept/zero-size.source.cu-4.cpp" ]
[ -z "$(ls "$TMPDIR")" ]
expect 2 'takes a number of seconds' --timeout soon

# The record of what a GPU said comes with the rule's page.
"$cuhostlint" rules zero-size | grep -Eq '^NVIDIA .*: [0-9]+ findings replayed by [0-9]+ programs, [0-9]+ confirmed'
"$cuhostlint" rules register-in-loop | grep -Eq '^- [0-9]+ times: .*measured: [0-9]+ to [0-9]+$'
