# cuhostlint in a CMake project: the lint target, the launcher, CMAKE_<LANG>_CLANG_TIDY.
#   sh cmake.sh PROGRAM SOURCE_ROOT GENERATOR
. "$(dirname "$0")/../cli/lib.sh"
generator=$3
command -v cmake >/dev/null || skip "cmake is not installed"
case $generator in
Ninja) command -v ninja >/dev/null || skip "ninja is not installed" ;;
*) command -v make >/dev/null || skip "make is not installed" ;;
esac

mkdir -p project/include
cp "$root/testdata/ci/cuda_runtime.h" project/include
write_good project/good.c
sed 's/void \*block = malloc/char *block = (char *)malloc/; s/pin_and_undo(void)/pin_in_cxx()/' \
    project/good.c >project/good.cpp
write_bad project/bad.c
cat >project/CMakeLists.txt <<CMAKE
cmake_minimum_required(VERSION 3.16)
project(uses_cuhostlint C CXX)
include($root/scripts/ci/cuhostlint.cmake)
set(CMAKE_C_COMPILER_LAUNCHER \${OTHER})
set(CMAKE_C_CLANG_TIDY \${TIDY})
set(CMAKE_CXX_CLANG_TIDY \${TIDY})
cuhostlint_add_target()
cuhostlint_add_target(lint-quietly --fail-on never)
if(LAUNCH)
  cuhostlint_add_launcher(--quiet --fail-on \${LAUNCH})
endif()
add_library(host good.c good.cpp \${MORE})
target_include_directories(host SYSTEM PRIVATE include)
CMAKE

# All in one folder, because its first configuration takes its time.
configure() {
    cmake -S project -B build -G "$generator" -DCUHOSTLINT_PROGRAM="$program" -DMORE= -DLAUNCH= \
        -DTIDY= -DOTHER= "$@" >configured 2>&1 ||
        { cat configured && fail "the project should configure"; }
}
build() {
    last="cmake --build build $*"
    status=0
    cmake --build build --clean-first "$@" >out 2>err || status=$?
    cat err >>out
}

# The target: for all sources, only when it is asked for.
configure -DMORE=bad.c
build
expect_status 0
build --target lint
[ "$status" -ne 0 ] || fail "the lint target should fail"
expect_text out "bad.c:9:9: error:"
expect_text out "[already-pinned]"
build --target lint-quietly
expect_status 0
expect_text out "[already-pinned]"
configure
build --target lint
expect_status 0

# The launcher: while it compiles.
configure -DLAUNCH=warning
build
expect_status 0
expect_no_text out "[already-pinned]"
configure -DLAUNCH=warning -DMORE=bad.c
build
[ "$status" -ne 0 ] || fail "a finding should fail the build"
expect_text out "bad.c:9:9: error:"
configure -DLAUNCH=never -DMORE=bad.c
build
expect_status 0
expect_text out "bad.c:9:9: error:"
[ -n "$(find build -name 'bad.c.o')" ] || fail "the compiler should have run"

# Another launcher keeps its place.
printf '#!/bin/sh\necho launched >>"%s"\nexec "$@"\n' "$work/launched" >other
chmod +x other
configure -DLAUNCH=warning -DOTHER="$work/other"
build
expect_status 0
expect_text launched launched

# CMake's own way, for C and C++.
for tidy in "$program" "$program;--quiet;-p;$work/build"; do
    configure -DMORE=bad.c -DTIDY="$tidy"
    build
    [ "$status" -ne 0 ] || fail "a finding should fail the build"
    expect_text out "bad.c:9:9: error:"
    configure -DTIDY="$tidy"
    build
    expect_status 0
    expect_no_text out "unknown option"
done
