#!/bin/sh
# instructions.sh PROGRAM SOURCE_ROOT COMPILER BUILD_TYPE: counts instructions, which other work on
# the machine does not change as it changes times, and compares with instructions.txt. What is
# counted: the engine with its rules on the units of some programs of testdata; the scan of a
# project of which nothing is worth parsing; a project of which nothing has changed since the last
# run; and a first run on a plain .cu with libclang's share, where the bundled declarations come
# precompiled with the program.
# After a change on purpose: CUHOSTLINT_UPDATE=1 writes the numbers anew.
set -eu

program=$(readlink -f "$1")
root=$(readlink -f "$2")
recorded=$root/testdata/instructions.txt
margin=25 # per cent
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME="$work/cache"
cd "$work"

skip() {
    echo "SKIPPED: $*"
    exit 77
}
command -v valgrind >/dev/null || skip "valgrind is not installed"
[ "$4" = Release ] || skip "the numbers are those of a Release build"

mkdir units
# programs without a fix to prove, which would take the parser
for file in "$root"/testdata/register-leak/*.c "$root"/testdata/zero-size/*.c; do
    "$program" index --no-cache -o "units/${file##*/}.unit" -- cc -c "$file"
done
"$root/testdata/bench/generate" "$work/project" 200 1
rm project/source/part0/unit0.cpp
"$root/testdata/bench/generate" "$work/remembered" 200 4
cp "$root/testdata/bench/plain.cu" plain.cu # where no compile command is near
sleep 0.1 # what is as young as the run is not remembered
# valgrind sets it, and it is one of the things that a unit depends on
LD_LIBRARY_PATH=$(valgrind --tool=none sh -c 'echo "$LD_LIBRARY_PATH"' 2>/dev/null) \
    "$program" --quiet -j1 remembered >/dev/null
libclang=$("$program" -v --no-cache "$root/testdata/question/question1.cu" 2>&1 |
    sed -n 's/.*parsed by \(clang version [0-9]*\).*/\1/p')
here="$3, $libclang, $(uname -m)"

count() { # COMMAND...: of all its processes
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
        sed -n 's/.*Collected *: //p' | awk '{ sum += $1 } END { print sum }'
}
engine=$(count "$program" link --quiet units/*)
scan=$(count "$program" --quiet --no-cache project)
warm=$(count "$program" --quiet -j1 remembered)
plain=$(count "$program" --quiet --no-cache --timeout 500 plain.cu)

if [ -n "${CUHOSTLINT_UPDATE-}" ]; then
    printf 'made by %s\nengine %s\nscan %s\nwarm %s\nplain %s\n' \
        "$here" "$engine" "$scan" "$warm" "$plain" >"$recorded"
    exit 0
fi
there=$(sed -n 's/^made by //p' "$recorded")
[ "$here" = "$there" ] || skip "the numbers were made by $there, this is $here"

status=0
compare() { # NAME COUNT
    expected=$(sed -n "s/^$1 //p" "$recorded")
    change=$((($2 - expected) * 100 / expected))
    echo "$1: $2 instructions, $expected recorded ($change %)"
    if [ "$change" -gt "$margin" ]; then
        echo "$1 takes more than $margin % more: mend it, or record it with CUHOSTLINT_UPDATE=1"
        status=1
    fi
}
compare engine "$engine"
compare scan "$scan"
compare warm "$warm"
compare plain "$plain"
exit $status
