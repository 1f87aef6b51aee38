# Memory and system calls that fail, one at a time: the program ends with a status that is documented
# and a sentence that says why, or with the same findings as ever; never with half a file.
#   sh faults.sh PROGRAM SOURCE_ROOT SHIM [STEP]
# Every STEP-th fault is tried (1: all of them, hours); SHIM is fail_allocation.c as a library.
shim=$(readlink -f "$3")
. "$(dirname "$0")/../cli/lib.sh"
step=${4-1}
tried=0

write_bad bad.cu
mkdir plain
# What depends on time, and what is shown of the source: that may be what cannot be read again.
mask() { sed -e 's/"seconds[A-Za-z]*": *[0-9.e-]*//' -e '/"fingerprint":/d' -e '/^ *[0-9]* | /d' "$1"; }

# lint WRAPPER...: one run behind it; both formats are outputs that may fail.
lint() {
    last="$* cuhostlint"
    status=0
    "$@" "$program" -j1 --format json=out.json --format text bad.cu >out 2>err </dev/null || status=$?
}

lint env
[ "$status" -eq 1 ] || fail "there should be findings"
mask out >expected.out
mask out.json >expected.json
same() { mask "$1" | cmp -s - "$2"; }
lint env # the unit comes from the cache
same out expected.out || fail "the findings of the cached unit should be the same"

check() {
    tried=$((tried + 1))
    [ "$status" -le 3 ] || fail "it should not die"
    for file in out.json.*; do
        [ ! -e "$file" ] || fail "$file should not be left over"
    done
    if [ -e out.json ]; then
        same out.json expected.json || [ "$status" -ge 2 ] && jq -e . out.json >/dev/null 2>err.jq ||
            fail "out.json should be whole"
        rm out.json
    elif [ "$status" -lt 2 ]; then
        fail "out.json should be there"
    fi
    if [ "$status" -lt 2 ]; then
        [ "$status" -eq 1 ] && same out expected.out || fail "the findings should be the same"
    else
        grep -q '^cuhostlint: ' err || fail "it should say what failed"
    fi
}

# ---- memory --------------------------------------------------------------------------------------
rm -f out.json
lint env COUNT_FILE="$work/count" LD_PRELOAD="$shim"
check
number=$step
count=$(cat count)
[ "$count" -gt 100 ] || fail "allocations should be counted"
while [ "$number" -le "$count" ]; do
    lint env FAIL_ALLOCATION=$number LD_PRELOAD="$shim"
    check
    number=$((number + step))
done
# in the worker, with its parser: without the cache
number=$step
while [ "$number" -le 4000 ]; do
    lint env FAIL_ALLOCATION=$number FAIL_IN=workers XDG_CACHE_HOME=/dev/null LD_PRELOAD="$shim"
    check
    number=$((number + step * 4))
done
echo "memory: $tried faults"

# ---- system calls --------------------------------------------------------------------------------
if strace -o trace true 2>/dev/null; then
    # Each call of the program, and of its worker, but those of the dynamic linker, whose complaints
    # are its own: --help makes few others.
    "$program" --help >/dev/null
    strace -qq -o calls.linker -c -U name,calls "$program" --help >/dev/null
    lint strace -f -qq -o calls -c -U name,calls
    cold="-E XDG_CACHE_HOME=/dev/null" # with the parser
    lint strace $cold -f -qq -o calls.cold -c -U name,calls
    count_of() { awk -v call="$1" '$1 == call { n = $2 } END { print n + 0 }' "$2"; }
    # inject_each FAULT FIRST LAST STEP OPTIONS...: the calls of these numbers (in each process) fail.
    injected=0
    inject_each() {
        fault=$1 number=$2 last_number=$3 stride=$4
        shift 4
        while [ "$number" -le "$last_number" ]; do
            # (a call that is not traced is left alone)
            lint strace "$@" -f -qq -o trace -e "trace=${fault%%:*}" -e "inject=$fault:when=$number"
            check
            injected=$((injected + $(grep -c '(INJECTED)' trace || true)))
            number=$((number + stride))
        done
    }
    # brk has no error: it answers with an end of the heap that is not the one asked for.
    for fault in write:error=ENOSPC write:error=EIO openat:error=EMFILE openat:error=EACCES \
        read:error=EIO close:error=EIO rename:error=EACCES mmap:error=ENOMEM brk:retval=0 \
        clone:error=EAGAIN socketpair:error=EMFILE memfd_create:error=EMFILE \
        newfstatat:error=EACCES fstat:error=EIO lseek:error=EIO poll:error=ENOMEM \
        recvfrom:error=ECONNRESET sendto:error=EPIPE linkat:error=EACCES getcwd:error=ENOENT \
        access:error=EACCES readlink:error=EACCES pread64:error=EIO fchmod:error=EPERM \
        fcntl:error=EBADF shutdown:error=ENOTCONN sched_getaffinity:error=EPERM \
        mkdir:error=ENOSPC unlink:error=EACCES utimensat:error=EPERM getrandom:error=EAGAIN; do
        count=$(count_of "${fault%%:*}" calls)
        first=$(($(count_of "${fault%%:*}" calls.linker) + 1))
        inject_each $fault $first "$count" $((step < 11 ? 1 : 11))
        [ "$step" -ge 11 ] ||
            inject_each $fault $first "$(count_of "${fault%%:*}" calls.cold)" 11 $cold
    done
    # What fails for the source alone.
    for fault in newfstatat:error=EACCES pread64:error=EIO read:error=EIO; do
        inject_each $fault 1 8 1 $cold -P "$work/bad.cu"
    done
    [ "$injected" -ge 40 ] || fail "strace should make calls fail, not $injected of them"
    echo "with system calls: $tried faults, of which $injected met a call"
else
    echo "without strace: no system call failed"
fi

# ---- outputs that cannot be written --------------------------------------------------------------
expect_failed_write() {
    [ "$status" -eq 2 ] || fail "the status should be 2"
    expect_lines err 1
    expect_text err "$1"
    tried=$((tried + 1))
}
outputs() { # outputs PROGRAM-OPTIONS with a full disk as standard output
    last="cuhostlint $*"
    status=0
    "$program" "$@" >/dev/full 2>err </dev/null || status=$?
}
for format in text json sarif github gitlab checkstyle junit; do
    outputs --format $format bad.cu
    expect_failed_write "No space left on device"
    run -q --format $format -o /dev/full bad.cu
    expect_failed_write "No space left on device"
    last="cuhostlint --format $format, into a closed pipe"
    rm -f closed
    {
        until [ -e closed ]; do sleep 0.01; done # or the pipe takes what nobody will read
        status=0
        "$program" --format $format bad.cu 2>err || status=$?
        echo $status >status.out
    } | {
        exec <&-
        : >closed
    }
    status=$(cat status.out)
    expect_failed_write "Broken pipe"
done
for command in "rules" "--help" "--version" "--list-rules" "--dump-config" "--dump-ir bad.cu" \
    "--fix-dry-run $root/testdata/freed-while-registered"; do
    outputs $command # several words
    [ "$status" -ge 2 ] || fail "the status should be 2 or more"
    expect_text err "No space left on device"
    tried=$((tried + 1))
done
run -q --write-baseline /dev/full bad.cu
[ "$status" -eq 2 ] || fail "the status should be 2"
run -q --export-fixes /dev/full bad.cu
[ "$status" -eq 2 ] || fail "the status should be 2"
run index -o /dev/full bad.cu -- nvcc -c bad.cu
expect_failed_write "No space left on device"

# A cache that cannot be written is no cache; nobody hears of it.
run --cache /dev/null/cache bad.cu
expect_status 1
expect_silence err

# ---- death while the parser keeps something in $TMPDIR ---------------------------------------------
# The worker that dies, or whose parent dies, or both by a signal of the terminal's: the folder goes.
if strace -o trace true 2>/dev/null; then
    mkdir kept many
    for name in a b c; do write_bad many/$name.cu; done # the second of a kind has it kept
    for call in mkdir rename; do
        last="cuhostlint, whose worker is killed in $call"
        status=0
        TMPDIR=$work/kept strace -f -qq -o trace -e "trace=$call" -e "inject=$call:signal=KILL" \
            "$program" -j1 --no-cache many >out 2>err </dev/null || status=$?
        expect_status 3
        expect_text err "the parser crashed (signal 9) on many/b.cu"
        [ -z "$(ls kept)" ] || fail "nothing should be left in \$TMPDIR"
        tried=$((tried + 1))
    done
    for signal in KILL TERM; do
        last="cuhostlint, killed by SIG$signal while something is kept"
        TMPDIR=$work/kept setsid strace -f -qq -o trace -e trace=rename -e inject=rename:delay_enter=500000 \
            "$program" -j1 --no-cache many >out 2>err </dev/null &
        group=$!
        until [ -n "$(ls kept)" ]; do sleep 0.01; done
        case $signal in
        KILL) kill -9 $(cat /proc/$group/task/$group/children) ;; # the program alone
        *) kill -s $signal -- -$group ;;
        esac
        status=0
        wait $group 2>/dev/null || status=$?
        [ "$status" -gt 128 ] || fail "it should be killed"
        [ -z "$(ls kept)" ] || fail "nothing should be left in \$TMPDIR"
        tried=$((tried + 1))
    done
fi

# ---- death at any time ---------------------------------------------------------------------------
# What is found afterwards is what was there before or all of the new, nothing else is left over, and
# the cache is of use.
mkdir deaths
cd deaths
cat >fixable.cu <<'SOURCE'
#include <cuda_runtime.h>
#include <stdlib.h>
void release(void)
{
    void *block;
    if (cudaMallocHost(&block, 64) != cudaSuccess)
        return;
    free(block);
}
SOURCE
cp fixable.cu ../as-it-was.cu
rm -rf "$XDG_CACHE_HOME"
begun=$(date +%s.%N)
run -q --fix fixable.cu
ended=$(date +%s.%N)
cp fixable.cu ../fixed.cu
! cmp -s fixable.cu ../as-it-was.cu || fail "something should be fixed"
ls >../names

# run_and_die SECONDS ARGUMENTS: one run that is killed then, or done
run_and_die() {
    seconds=$1
    shift
    last="cuhostlint $*, killed after $seconds s"
    "$program" "$@" >../out 2>../err </dev/null &
    sleep "$seconds"
    kill -9 $! 2>/dev/null || true
    wait $! 2>/dev/null || true
    tried=$((tried + 1))
}
takes_json() { jq -e . "$1"; }
takes_unit() { "$program" link -q --fail-on never "$1"; }
takes_fix() { cmp -s "$1" ../as-it-was.cu || cmp -s "$1" ../fixed.cu; }
whole() { # whole FILE CHECK: it is not there, or the check takes it
    [ ! -e "$1" ] || "$2" "$1" >/dev/null 2>../err || fail "$1 should be whole"
}

# O_TMPFILE, with x86's number; where there is none, a killed writer leaves its part of a file.
has_nameless=$(perl -MFcntl -e 'print "yes" if sysopen(FILE, ".", 020200000 | O_RDWR, 0600)')

kills=$((1000 / (step < 25 ? step : 25)))
awk -v kills=$kills -v longest="$(awk "BEGIN { print 1.2 * ($ended - $begun) }")" 'BEGIN { srand(7)
    for (i = 0; i < kills; i++) printf "%.3f %d\n", longest * rand(), rand() * 3 }' >../plan
while read -r seconds cold; do
    [ "$cold" -ne 0 ] || rm -rf "$XDG_CACHE_HOME"
    cp ../as-it-was.cu fixable.cu
    run_and_die "$seconds" -q --fix --format json=out.json --export-fixes fixes.yaml fixable.cu
    whole fixable.cu takes_fix
    whole out.json takes_json
    run_and_die "$seconds" -q --write-baseline known.json fixable.cu
    whole known.json takes_json
    run_and_die "$seconds" index -o fixable.unit -- nvcc -c fixable.cu
    whole fixable.unit takes_unit
    # No call puts a nameless file in another's place: for a moment, all of the new stands beside it.
    for beside in fixable.cu.*.tmp; do
        whole "$beside" takes_fix
    done
    rm -f out.json fixes.yaml known.json fixable.unit fixable.cu.*.tmp
    [ -n "$has_nameless" ] || rm -f ./*.tmp
    ls | cmp -s - ../names || fail "nothing else should be left over: $(ls)"
done <../plan
cd ..
lint env
[ "$status" -eq 1 ] && same out expected.out || fail "the findings should be the same"
[ -z "$(find "$XDG_CACHE_HOME" -type f -size 0)" ] || fail "the cache should hold no empty entries"
echo "$tried faults injected and survived"
