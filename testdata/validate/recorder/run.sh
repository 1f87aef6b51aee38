#!/bin/sh
# run.sh CUHOSTLINT CC: `validate --run` on program.c, with a stand-in for CUDA (fake_cuda.c): what
# runs is confirmed, what does not is not reached, and what only the run shows is seen.
set -eu

cuhostlint=$1
here=$(dirname "$(readlink -f "$0")")
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

# Named as NVIDIA's, whose frames the recorder leaves out of stacks.
export CUHOSTLINT_CUPTI="$temporary/libcudart.so.fake"
"$2" -g -shared -fPIC -D_GNU_SOURCE -I"$here/include" -I"$here/../../../checker" \
    "$here/fake_cuda.c" -o "$CUHOSTLINT_CUPTI"
cp "$here/program.c" "$temporary"
"$2" -g -I"$here/include" "$temporary/program.c" "$CUHOSTLINT_CUPTI" -o "$temporary/program"
cd "$temporary"

# at MARK: the line of program.c that carries the mark
at() {
    grep -n "mark: $1 " program.c | cut -d: -f1
}

# expect STATUS CASE PATTERN...: runs the case and looks for each pattern
expect() {
    wanted=$1 case=$2
    shift 2
    set +e
    "$cuhostlint" validate --no-cache --run -- ./program "$case" >output 2>messages
    got=$?
    set -e
    for pattern; do
        if [ "$got" != "$wanted" ] || ! grep -Eq "$pattern" output messages; then
            echo "case $case: status $got, wanted $wanted and '$pattern':"
            cat output messages
            exit 1
        fi
    done
}

expect 0 clean '^0 confirmed, 0 refuted, 0 inconclusive, [0-9]+ not reached$' \
    'recorded: 4 host-memory calls, 0 of them failed'
expect 1 twice "^confirmed +program.c:$(at twice):.* double-register +'cudaHostRegister' fails with 712"
expect 1 released "^confirmed +program.c:$(at released):.* freed-while-registered +'free' gives"
expect 1 moved "^confirmed +program.c:$(at moved):.* freed-while-registered +'realloc' gives" \
    "^seen +program.c:$(at stranger):.* unregister-unregistered +'cudaHostUnregister' fails with 713"
expect 0 chosen "^not reached +program.c:$(at chosen):.* zero-size +1 recorded call "
expect 1 'chosen!' "^confirmed +program.c:$(at chosen):.* zero-size .*the size is 0" \
    'ended with status 2'
expect 0 loop "^confirmed +program.c:$(at loop):.* register-in-loop .*: 300 times"
expect 0 left '^(confirmed|seen) .* register-leak +the memory is still registered when the process ends'

# Objects on the stack: seen at the next call, or at the end.
for case in stack stack-then-call stack-again; do
    expect 1 "$case" "^confirmed +program.c:$(at on_stack):.* freed-while-registered +a function returns" \
        '^1 confirmed, 0 refuted, 0 inconclusive, [0-9]+ not reached$'
done

# What the program prints is no part of the report; files may be named, and other formats asked for.
! grep 0x output || exit 1
"$cuhostlint" validate --no-cache --quiet --format json --run program.c -- ./program twice \
    >output 2>messages || true
[ "$(jq -r '.findings[] | select(.rule == "double-register").validation.verdict' output)" = confirmed ]
[ ! -s messages ]

# A flagged file with a main is run as it is, beside its reproducers. A script stands for nvcc.
mkdir -p toolkit/bin toolkit/include
touch toolkit/include/cuda_runtime_api.h toolkit/include/driver_types.h
cat >toolkit/bin/nvcc <<END
#!/bin/sh
while [ "\$1" != -o ]; do shift; done
if [ "\$3" = "$temporary/program.c" ]; then
    cp "$temporary/program" "\$2"
else
    printf '#!/bin/sh\necho "confirmed: as predicted"\n' >"\$2"
    chmod +x "\$2"
fi
END
chmod +x toolkit/bin/nvcc
"$cuhostlint" validate --no-cache --cuda-path "$temporary/toolkit" program.c >output 2>messages
grep -Eq "^confirmed +program.c:$(at twice):.* as predicted; confirmed in the program itself: " output
[ "$(grep -c 'in the program itself' output)" = 1 ]

# Programs that cannot run, or that run without CUDA.
"$cuhostlint" validate --run -- ./none >output 2>messages && exit 1
grep -q "'./none' cannot be started" messages
"$cuhostlint" validate --run >output 2>messages && exit 1
grep -q 'needs a program behind --' messages
cp "$cuhostlint" ./alone # away from what was built with it
status=0
./alone validate --run -- true >output 2>messages || status=$?
[ $status -eq 2 ]
grep -q '^cuhostlint: error: the recorder is not installed: neither ' messages
"$cuhostlint" validate --run -- true >output 2>messages
grep -q 'no CUDA call was seen' messages
