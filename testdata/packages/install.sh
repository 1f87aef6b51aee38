# cmake --install: every file in its place, found by other projects; what the program needs is listed.
. "$(dirname "$0")/lib.sh"
command_works cmake --install "$build" --prefix "$work/prefix"
check_installed "$work/prefix"

mkdir project
cat >project/CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.16)
project(finds_cuhostlint LANGUAGES NONE)
find_package(cuhostlint 0.1 REQUIRED)
cuhostlint_add_target()
file(WRITE ${CMAKE_BINARY_DIR}/found ${CUHOSTLINT_PROGRAM})
CMAKE
command_works cmake -S project -B found -DCMAKE_PREFIX_PATH="$work/prefix"
[ "$(cat found/found)" -ef "$work/prefix/bin/cuhostlint" ] || fail "find_package should find it"

# No path of this machine is in the program.
last="the strings of the program"
! grep -qF -e "$root" -e "$build" "$work/prefix/bin/cuhostlint" ||
    [ -n "$(sed -n 's/^CUHOSTLINT_SANITIZE:STRING=//p' "$build/CMakeCache.txt")" ] ||
    fail "the program should not hold the folders that it was built in"

# The list of libraries is that of ldd, and their licences are as it says.
list=$root/scripts/packages/README.md
ldd "$work/prefix/bin/cuhostlint" >out
sed -n 's/^\t\(lib[a-z0-9-]*\).*\.so.*/\1/p' out | sed 's/-0$//' |
    grep -vxE 'lib(asan|ubsan|m|gcc|stdc)' | sort >needed # a build with sanitizers needs more
sed -n 's/^| \(lib[a-z0-9-]*\) | lib.*/\1/p' "$list" | sort >listed
expect_text needed libjansson
cmp -s needed listed || { diff needed listed >out || fail "scripts/packages/README.md should list what ldd lists"; }
sed -n 's/^| lib.*| \([a-z0-9-]*\)[^|]* | \([^|]*\) |$/\1 \2/p' "$list" >licences
while read -r package licence; do
    copyright=/usr/share/doc/$package/copyright
    [ -f "$copyright" ] || continue
    case $licence in
    MIT) phrase='Permission is hereby granted, free of charge' ;;
    BSD-*) phrase='Redistribution' ;;
    LGPL-2.1*) phrase='Lesser General Public' ;;
    Apache-2.0*LLVM*) phrase='LLVM Exceptions to the Apache 2.0 License' ;;
    *) phrase='a licence that this test knows' ;;
    esac
    cp "$copyright" out
    grep -qi "$phrase" out || fail "the licence of $package should be $licence"
done <licences
