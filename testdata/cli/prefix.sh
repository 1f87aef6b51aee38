# The precompiled prefix of CUDA sources changes nothing but the time: units are the same with it and
# without it, and damage to it is survived.
. "$(dirname "$0")/lib.sh"

ls "$root"/testdata/ir/*.cu "$root"/testdata/question/*.cu "$root"/testdata/idioms/*.cu \
    "$root"/testdata/bench/plain.cu >names
[ "$(wc -l <names)" -gt 5 ] || fail "there should be files to parse"

# Each in a process of its own that remembers nothing: without a prefix.
while read -r name; do
    run --no-cache --dump-ir "$name"
    expect_status 0
    cat out
done <names >plain

# One worker for all of them: from the second on it has a prefix.
run --no-cache --jobs 1 --dump-ir $(cat names)
expect_status 0
cmp out plain || fail "units should not depend on a prefix"

# One file, changed from run to run: the second makes a prefix, the third finds it.
cp "$root/testdata/bench/plain.cu" a.cu
run --no-cache --dump-ir a.cu
cp out without
change() { # NUMBER
    echo "// $1" >>a.cu
    sleep 0.05 # what is as young as the run is not remembered
    run --cache "$work/kept" --dump-ir a.cu
    expect_status 0
    cmp out without || fail "change $1 should not change the unit"
}
change 1
change 2
find "$work/kept" -size +500k >large
[ -s large ] || fail "a prefix should have been kept"
change 3

# Cut short, and bytes that are none of libclang's in an entry that is whole.
for entry in $(cat large); do
    truncate -s 300000 "$entry"
done
change 4
