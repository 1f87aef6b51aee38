# sh TEST.sh PROGRAM SOURCE_ROOT BUILD_FOLDER
. "$(dirname "$0")/../cli/lib.sh"
build=$(readlink -f "$3")

slow() { [ "${CUHOSTLINT_SLOW_TESTS-}" = 1 ] || skip "takes minutes: CUHOSTLINT_SLOW_TESTS=1 runs it"; }

# command NAME ARGUMENT...: runs it, or fails with what it said
command_works() {
    last=$*
    status=0
    "$@" >out 2>err </dev/null || { status=$? && fail "it should work"; }
}

# installed PREFIX: what a user finds there, and that it runs
check_installed() {
    for file in bin/cuhostlint share/fish/vendor_completions.d/cuhostlint.fish \
        share/bash-completion/completions/cuhostlint share/doc/cuhostlint/README.md \
        share/cmake/cuhostlint/cuhostlintConfig.cmake share/cmake/cuhostlint/launch; do
        [ -s "$1/$file" ] || fail "$1/$file should be there"
    done
    ls "$1"/share/zsh/*/_cuhostlint "$1"/share/man/man1/cuhostlint.1* >out
    [ -n "$(find "$1" -name libcuhostlint-recorder.so)" ] || fail "the recorder should be there"
    program=$1/bin/cuhostlint
    write_bad bad.cu
    run bad.cu
    expect_status 1
    expect_text out "[already-pinned]"
    run --version
    expect_status 0
    expect_text out "cuhostlint "
    expect_text out "parser:   clang version "
}
