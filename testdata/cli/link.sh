# Units made one by one by a build system give byte for byte the findings of a single run.
. "$(dirname "$0")/lib.sh"

mkdir -p project/.git units
cp -r "$root/testdata/projects/." "$root/testdata/register-leak" project
find "$work/project" -name '*.c' -o -name '*.cpp' -o -name '*.cu' | sort >names
[ "$(wc -l <names)" -gt 5 ] || fail "there should be files to lint"

# One command for each file, in a database and in the rules of two build systems.
compiler() {
    case $1 in
    *.cu) echo "nvcc -std=c++17 -DNDEBUG -c $1 -o $(unit_of "$1").o" ;;
    *.cpp) echo "g++ -std=c++17 -O2 -c $1 -o $(unit_of "$1").o" ;;
    *) echo "cc -O2 -c $1 -o $(unit_of "$1").o" ;;
    esac
}
unit_of() { echo "units/$(echo "${1#"$work/project/"}" | tr / _).unit"; }

{
    echo '['
    separator=
    while read -r file; do
        printf '%s{"directory": "%s", "file": "%s", "command": "%s"}' \
            "$separator" "$work" "$file" "$(compiler "$file")"
        separator=,
    done <names
    echo ']'
} >compile_commands.json
{
    printf 'rule index\n  command = %s index --no-cache -o $out -- $compile\n' "$program"
    while read -r file; do
        printf 'build %s: index %s\n  compile = %s\n' \
            "$(unit_of "$file")" "$file" "$(compiler "$file")"
    done <names
} >build.ninja
{
    printf 'all:'
    while read -r file; do printf ' %s' "$(unit_of "$file")"; done <names
    echo
    while read -r file; do
        printf '%s: %s\n\t%s index --no-cache -o $@ -- %s\n' \
            "$(unit_of "$file")" "$file" "$program" "$(compiler "$file")"
    done <names
} >Makefile

run --no-cache --format text=single --format gitlab=single.json -p compile_commands.json $(cat names)
expect_status 1
expect_text single "already-pinned"

compare() { # BUILD COMMAND...
    rm -rf units && mkdir units
    "$@" >build.log 2>&1 || { cat build.log && fail "$1 should make the units"; }
    run link --format text=linked --format gitlab=linked.json units/*.unit
    expect_status 1
    cmp single linked || fail "units made by $1 should give the findings of a single run"
    cmp single.json linked.json || fail "units made by $1 should give the fingerprints of a run"
    run link --format text=linked $(ls -r units/*.unit)
    cmp single linked || fail "the order of units should not matter"
}
command -v make >/dev/null || skip "make is not installed"
compare make -j 2
if command -v ninja >/dev/null; then compare ninja -j 2; fi

# What cannot be linked or indexed is said.
run link
expect_status 2
expect_one_error "link needs units"
echo "no unit" >broken
run link broken
expect_status 2
expect_one_error "'broken' is no unit"
first=$(ls units/*.unit | head -1)
head -c 700 "$first" >broken
run link broken
expect_status 2
run index -- cc -c "$(head -1 names)"
expect_status 2
expect_one_error "index needs -o"
run index -o broken -- cc -c a.c b.c
expect_status 2
expect_one_error "names several"
