# The same bytes come out whatever the order of the files, the number of workers, the state of the
# cache, the environment, the layout of memory and the place of the checkout.
. "$(dirname "$0")/lib.sh"

# Programs with findings and a project of several files, in two places.
place() {
    mkdir -p "$1"
    cp -r "$root/testdata/question" "$root/testdata/projects/wrappers" "$root/testdata/projects/split_class" "$1"
    rm -f "$1"/*/compile_commands.json*
    : >"$1/.cuhostlint"
}
place one
place two/with/a-longer/name
(cd one && find . -name '*.c' -o -name '*.cu' -o -name '*.cpp') | LC_ALL=C sort >names
[ "$(wc -l <names)" -gt 7 ] || fail "there should be files to lint"

runs=0
# same WHAT PLACE WRAPPER... -- ARGUMENTS: lints in PLACE with JSON and SARIF as outputs; all but the
# times must be as it was in the first run.
same() {
    what=$1
    place=$2
    shift 2
    wrapper=
    while [ "$1" != -- ]; do
        wrapper="$wrapper $1"
        shift
    done
    shift
    last="$wrapper cuhostlint $* (in $place)"
    status=0
    (cd "$place" && exec $wrapper "$program" --format json --format "sarif=$work/sarif" "$@" \
        -- -std=c++17 >"$work/out" 2>"$work/err" </dev/null) || status=$?
    expect_status 1
    # a SARIF file names the root of the checkout, once
    sed "s|file://$work/$place/|file:///root/|" sarif |
        cat - out | sed 's/"seconds[A-Za-z]*": *[0-9.e-]*//' >result
    runs=$((runs + 1))
    [ -e first ] || cp result first
    cmp -s first result || {
        diff first result | head -20
        fail "the report should not depend on $what"
    }
}

same nothing one -- --no-cache -j1 $(cat names)
same "the number of workers" one -- --no-cache -j2 $(cat names)
same "the number of workers" one -- --no-cache -j4 $(cat names)
for seed in 1 2 3 4 5 6; do
    awk -v seed=$seed 'BEGIN { srand(seed) } { print rand(), $0 }' names | sort | cut -d' ' -f2- >shuffled
    same "the order of the files" one -- -j$((seed % 4 + 1)) $(cat shuffled) # and, from the second on, the cache
done
same "the order of the files" one -- .
same "a cold cache" one -- --cache "$work/cold" $(cat names)
same "a warm cache" one -- --cache "$work/cold" $(cat names)
# A clock that goes backwards: files, and then the cache, have times that are still to come.
place three
find three -type f -exec touch -d 2099-01-01 {} +
for time in first second; do
    same "times in the future" three -- --cache "$work/future" $(cat names)
done
find future three -exec touch -d 2099-01-01 {} +
same "a cache from the future" three -- --cache "$work/future" $(cat names)
same "a cache from the future" one -- --cache "$work/future" $(cat names)
chmod -R a-w cold
same "a read-only cache" one -- --cache "$work/cold" $(cat names)
chmod -R u+w cold
same "a cache that cannot be" one -- --cache /dev/null/cache $(cat names)
same "the environment" one env LC_ALL=C.UTF-8 TZ=Asia/Tokyo -- --no-cache $(cat names)
same "the environment" one env LC_ALL=tr_TR.UTF-8 LANG=de_DE.UTF-8 TZ=America/St_Johns COLUMNS=40 \
    TERM=xterm -- --no-cache $(cat names)
same "the environment" one env -i PATH="$PATH" ASAN_OPTIONS="${ASAN_OPTIONS-}" -- --no-cache $(cat names)
if setarch -R true 2>/dev/null; then
    same "the layout of memory" one setarch -R -- --no-cache $(cat names)
fi
for _ in 1 2 3; do
    same "the run" one -- --no-cache $(cat names)
done
same "the place of the checkout" two/with/a-longer/name -- $(cat names)
same "the place of the checkout" two/with/a-longer/name -- --no-cache -j2 .

# Nor do findings depend on names of folders, whose hashes stand in keys of static variables.
mkdir statics && rm first
cp "$root/testdata/projects/same_static_names/"*.[ch] statics
{
    echo '#include <cuda_runtime.h>'
    for i in 1 2 3 4 5 6 7 8 9; do
        echo "static int never_$i, seldom_$i;"
        echo "void told_$i(void) { seldom_$i = 1; }"
    done
    echo 'int main(void) { char block[4096];'
    for i in 1 2 3 4 5 6 7 8 9; do
        echo "    if (never_$i || seldom_$i == 2) return cudaHostRegister(block, $i, 77);"
        echo "    if (never_$i) return cudaHostRegister(block, 0, 0);"
    done
    echo '    return cudaHostRegister(block, 0, 0); }'
} >statics/flags.c
for name in a bb ccc-1 d_2 ee.e f/g hh/ii/jj K0 l m/n/o/p q1w2 r; do
    mkdir -p "places/$name"
    mv statics "places/$name"
    same "the names of folders" "places/$name" -- --no-cache statics
    mv "places/$name/statics" .
done
[ "$runs" -ge 20 ] || fail "there should be twenty runs"

# Nor does a change hide behind a time that stays; and names that differ in case are two files.
mkdir case
write_bad case/Pin.cu
write_bad case/pin.cu
touch -d 2099-01-01 case/*.cu
for time in first second; do
    run --cache "$work/future" case
    expect_status 1
    [ "$(grep -c '\[already-pinned\]$' out)" -eq 2 ] || fail "both files should have a finding"
done
sed 's/^    void /\n\n\n\nvoid /' case/pin.cu >changed # as long as it was
touch -r case/pin.cu changed
cp -p changed case/pin.cu
run --cache "$work/future" case
expect_status 1
expect_text out "case/Pin.cu:9:9: error: "
expect_text out "case/pin.cu:13:9: error: "
