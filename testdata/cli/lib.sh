# What every test in this folder uses: sh TEST.sh PROGRAM SOURCE_ROOT
set -eu
unset CUHOSTLINT_LIBCLANG CUDA_HOME CUDA_PATH NVCC_PREPEND_FLAGS NVCC_APPEND_FLAGS NO_COLOR
export LC_ALL=C

program=$(readlink -f "$1")
root=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
validators=${CUHOSTLINT_VALIDATORS:-${XDG_CACHE_HOME:-${HOME-}/.cache}/cuhostlint/test/validators-1}
export XDG_CACHE_HOME=$work/cache # nobody's own cache decides a test
cd "$work"

fail() {
    echo "FAILED: $*"
    echo "after: $last"
    echo "status: $status"
    echo "--- standard output"
    head -60 out
    echo "--- standard error"
    head -60 err
    exit 1
}

# Runs the program; leaves its status in $status and its output in the files out and err.
run() {
    last="cuhostlint $*"
    status=0
    "$program" "$@" >out 2>err </dev/null || status=$?
}

expect_status() { [ "$status" -eq "$1" ] || fail "the status should be $1"; }
expect_silence() { [ ! -s "$1" ] || fail "there should be nothing in $1"; }
expect_lines() { [ "$(wc -l <"$1")" -eq "$2" ] || fail "there should be $2 lines in $1"; }
expect_text() { grep -qF -- "$2" "$1" || fail "$1 should hold: $2"; }
expect_no_text() { ! grep -qF -- "$2" "$1" || fail "$1 should not hold: $2"; }

# One error of one line, and that text in it.
expect_one_error() {
    expect_lines err 1
    expect_text err "cuhostlint: error: "
    expect_text err "$1"
}

skip() {
    echo "SKIPPED: $*"
    exit 77
}

# The sources as they are now, without what git ignores, in a new folder.
copy_sources() {
    command -v git >/dev/null || skip "git is not installed"
    mkdir "$1"
    git -C "$root" ls-files -z --cached --others --exclude-standard >"$1.names" ||
        skip "the sources are in no git repository"
    (cd "$root" && tar -c --null --ignore-failed-read -T "$work/$1.names" -f - 2>/dev/null) |
        tar -x -C "$1"
}

# A program with one error (already-pinned) and nothing else above a note.
write_bad() {
    cp "$root/testdata/pin_twice.cu" "$1"
}

# A program without any finding.
write_good() {
    cat >"$1" <<'SOURCE'
#include <cuda_runtime.h>
#include <stdlib.h>

int pin_and_undo(void)
{
    void *block = malloc(4096);

    if (block == NULL)
        return 1;
    if (cudaHostRegister(block, 4096, cudaHostRegisterDefault) == cudaSuccess)
        (void)cudaHostUnregister(block);
    free(block);
    return 0;
}
SOURCE
}
