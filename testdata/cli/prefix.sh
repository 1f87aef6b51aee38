# The precompiled prefix of CUDA sources changes nothing but the time: units are the same with it and
# without it, and damage to it is survived.
. "$(dirname "$0")/lib.sh"
cp "$program" alone && program=$work/alone # away from what was precompiled for it

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

# The headers that a source begins with belong to the prefix. What cannot be read twice is not, what
# cannot be read at all is said each time, and one that comes later or changes is seen.
mkdir -p include/part
echo 'inline int twice(void) { return 2; } // without a guard' >include/unguarded.h
echo '#define CHECKED(call) if (call) throw 1' >include/part/checked.h
cat >b.cu <<'END'
// A comment in front
#include <cassert> /* of two
lines */
#  include <unguarded.h>
#include "part/checked.h" // not beside the source
#include <vector>
#define LATER 1
#include <algorithm>
void pin(std::vector<int> &v)
{
    assert(!v.empty());
    CHECKED(cudaHostRegister(v.data(), v.size() * sizeof(int), LATER));
    if (twice() == 2)
        CHECKED(cudaHostUnregister(v.data()));
}
END
times=0
same() { # WHAT: the unit is what it is without a cache, three times
    for round in 1 2 3; do
        times=$((times + 1))
        echo "// $times" >>b.cu
        sleep 0.05
        run --no-cache -v --dump-ir b.cu -- -I"$work/include"
        grep -v ' parsed by ' err >err.without || true
        cp out without
        run --cache "$work/leading" -v --dump-ir b.cu -- -I"$work/include"
        expect_status 0
        cmp out without || fail "$1: the unit should be the same, round $round"
        grep -v ' parsed by ' err | cmp - err.without || fail "$1: -v should say the same"
    done
}
same "a prefix with headers"
find "$work/leading" -size +1000k >large
[ "$(wc -l <large)" -eq 1 ] || fail "a prefix with headers should have been kept"
echo '#define CHECKED(call) if (call) return' >include/part/checked.h
sleep 0.05
same "a header of it changed"
echo '#define CHECKED(call) (void)(call)' >part-checked.h && mkdir part && mv part-checked.h part/checked.h
sleep 0.05
same "a file came beside the source"
rm -r part
rm include/unguarded.h
same "a header is missing"
expect_text err unguarded.h
