# scripts/cuhostlint: builds on first use and after changes, once, quietly, also when two start it.
. "$(dirname "$0")/lib.sh"
export CMAKE_BUILD_TYPE=None # without the optimizer: these builds are thrown away

copy_sources checkout
write_bad bad.cu
run_script() {
    last="scripts/cuhostlint $*"
    status=0
    checkout/scripts/cuhostlint "$@" >out 2>err </dev/null || status=$?
}

# Two at once on a fresh checkout: one builds, both run.
checkout/scripts/cuhostlint bad.cu >first 2>first.err &
other=$!
run_script bad.cu
first_status=0
wait $other || first_status=$?
expect_status 1
expect_text out "[already-pinned]"
[ "$first_status" -eq 1 ] || fail "the first run should find the same"
cmp -s out first || fail "both runs should report the same"
[ "$(cat err first.err | grep -c "cuhostlint: building in")" -eq 1 ] || fail "one run should build"

# All that is installed is there.
last="cmake --install"
status=0
cmake --install checkout/build --prefix "$work/installed" >out 2>err || status=$?
expect_status 0
[ -x installed/bin/cuhostlint ] && [ -f installed/share/man/man1/cuhostlint.1 ] ||
    fail "the program and its page should be installed"

# Then it is just the program.
run_script bad.cu
expect_status 1
expect_silence err
ln -s checkout/scripts/cuhostlint linked
last="through a link"
./linked --version >out 2>err
expect_silence err

# A change is built in; one that does not compile is told, with the status of a usage error.
echo >>checkout/checker/main.c
run_script --version
expect_status 0
expect_lines err 1
echo 'not C' >>checkout/checker/main.c
run_script bad.cu
expect_status 2
expect_silence out
expect_text err "the build failed"
