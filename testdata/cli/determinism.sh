# The same bytes come out whatever the order of the files and the number of workers.
. "$(dirname "$0")/lib.sh"

find "$root/testdata/question" "$root/testdata/already-pinned" "$root/testdata/register-leak" \
    -name '*.c' -o -name '*.cu' -o -name '*.cpp' | sort >names
[ "$(wc -l <names)" -gt 5 ] || fail "there should be files to lint"

# Lists findings as JSON: everything but times.
lint() {
    status=0
    last="$*"
    "$program" --format json "$@" -- -std=c++17 >out 2>err </dev/null || status=$?
    expect_status 1
    sed 's/"seconds[A-Za-z]*": *[0-9.e-]*//' out >"$result"
}
result=first lint -j1 $(cat names)
result=second lint -j4 $(sort -r names)
cmp first second || fail "the report should not depend on order or workers"
result=third lint -j3 $(cat names)
cmp first third || fail "the report should not change from run to run"
(
    export LC_ALL=C.UTF-8 TZ=Asia/Tokyo
    result=fourth lint $(cat names)
)
cmp first fourth || fail "the report should not depend on the environment"
