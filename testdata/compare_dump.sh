#!/bin/sh
# compare_dump.sh PROGRAM FILE...: the IR of each FILE must be what FILE.ir holds.
# After a change on purpose: CUHOSTLINT_UPDATE=1 writes the .ir files anew; read the difference.
set -u

program=$(readlink -f "$1")
shift
status=0

# Each release of libclang has its own shape of trees; what follows from them is the same, and for
# the tests of the rules to say.
written_with=19
used=$(echo 'int f(void) { return cudaFreeHost(0); }' |
    "$program" -v --no-cache --stdin-filename version.cu -- 2>&1 |
    sed -n 's/.*parsed by clang version \([0-9]*\)\..*/\1/p')
if [ "$used" != "$written_with" ]; then
    echo "SKIPPED: the dumps are those of clang $written_with, this is clang $used"
    exit 77
fi
dump=$(mktemp)
trap 'rm -f "$dump"' EXIT
for file in "$@"; do
    golden=${file%.*}.ir
    if ! (cd "$(dirname "$file")" && "$program" --dump-ir "$(basename "$file")") >"$dump" 2>&1; then
        echo "$file: the program failed"
        cat "$dump"
        status=1
    elif [ -n "${CUHOSTLINT_UPDATE-}" ]; then
        cp "$dump" "$golden"
    elif ! diff -u "$golden" "$dump"; then
        status=1
    fi
done
exit $status
