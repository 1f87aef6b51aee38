# A repository full of traps: nothing of it runs, nothing is written outside the cache and the named
# outputs, every worker ends in time, and what is printed is harmless: sh traps.sh PROGRAM SOURCE_ROOT
. "$(dirname "$0")/../cli/lib.sh"

mark=$work/mark
sh "$root/testdata/traps/make.sh" "$work/traps" "$mark"
export PATH="$work/traps/tools:$PATH" TMPDIR="$work/tmp" HOME="$work/home"
mkdir "$TMPDIR" "$HOME"

# Everything below the working folder, but what tests and the cache write; for each file its
# contents too, where it is no monster.
list() {
    find . \( -path ./cache -o -path ./list.\* -o -path ./out -o -path ./err -o -path ./trace \) -prune \
        -o -type f -size -1M -exec cksum {} + -o -printf '%y %s %p\n' | LC_ALL=C sort
}
list >list.before

# Where strace works, it tells what a listing cannot: programs that ran, files that came and went.
tracing=strace
strace -f -o trace true 2>/dev/null || tracing=
export ASAN_OPTIONS="${ASAN_OPTIONS-}:detect_leaks=0" # which cannot be done beside strace

calls=execve,open,openat,creat,mkdir,rename,unlink,link,symlink,truncate,connect,bind

# lint SECONDS ARGUMENTS: one run in the folder $in, which must end within the time that its files
# may take.
in=traps
lint() {
    seconds=$1
    shift
    last="cuhostlint $* (in $in)"
    status=0
    (
        cd "$in"
        exec timeout "$seconds" ${tracing:+strace -f -qq -o "$work/trace" -e trace=$calls} \
            "$program" "$@" >"$work/out" 2>"$work/err" </dev/null
    ) || status=$?
    [ "$status" -ne 124 ] || fail "it should end within $seconds s"
    [ "$status" -lt 4 ] || fail "it should not crash"
    check_trace
    check_harmless out err
}

# The only program is git, and only where a change is asked for; files are written to the cache.
check_trace() {
    [ -n "$tracing" ] || return 0
    sed -n 's/^[0-9]* execve("\([^"]*\)".* = 0$/\1/p' trace |
        grep -vxF -e "$program" | grep -v '/git$' >list.ran && fail "it ran $(cat list.ran)"
    grep -E 'O_WRONLY|O_RDWR|O_CREAT|^[0-9]* (creat|mkdir|rename|unlink|link|symlink|truncate|bind)\(' trace |
        grep -v -e "\"$work/cache[/\"]" -e "\"$TMPDIR/cuhostlint-" -e '"/dev/null"' -e 'mkdir("[^"]*", 0700' -e ' = -1 ' \
            >list.wrote && fail "it wrote $(head -3 list.wrote)"
    return 0
}

# No control character but the end of a line (and DEL, on which terminals do nothing, and which JSON
# does not escape), no C1 control, nothing that turns text around.
check_harmless() {
    for file; do
        LC_ALL=C grep -q "$(printf '[\001-\010\013-\037]')" "$file" && fail "control characters in $file"
        LC_ALL=C grep -q "$(printf '\302[\200-\237]')" "$file" && fail "C1 controls in $file"
        LC_ALL=C grep -q "$(printf '\342\200[\252-\256]')" "$file" && fail "bidirectional marks in $file"
        iconv -f UTF-8 -t UTF-8 "$file" >/dev/null 2>&1 || fail "$file is no UTF-8"
    done
}

expect_findings() {
    found=$(grep -c '\[already-pinned\]$' out || true)
    [ "$found" -eq "$1" ] || fail "there should be $1 findings, not $found"
}

# Options: each source is linted as if the dangerous ones were not there.
lint 120 options
expect_status 1
expect_findings "$(wc -l <traps/options.list)"
lint 60 response
expect_status 1
expect_findings 5

# What the parser cannot take costs its file; what its drivers would ask is not asked.
lint 120 targets
[ "$status" -eq 1 ] || [ "$status" -eq 3 ] || fail "the status should be 1 or 3"
expect_text out "targets/bad8.cu"
lint 60 --timeout 3 includes
expect_status 3
expect_lines err 4

# Files that are none: skipped in folders, told where they are named; the others are linted.
lint 60 files
expect_status 2
expect_findings 3
lint 60 -p files-named
expect_status 2
expect_findings 1
for file in pipe zero full memory sparse loop dangling folder; do
    lint 60 "files/$file.cu"
    [ "$status" -eq 2 ] || fail "the status should be 2"
done

# Nothing outside of the project is fixed, whatever leads there.
lint 60 --fix links
expect_status 1
expect_text err "'$work/traps/outside/fixable.cu' is left as it is"
lint 60 --fix-dry-run --fail-on never --format json=/dev/null links
expect_silence out
in=traps/links
lint 60 --fix --fail-on never link.cu
expect_text err "is left as it is"
lint 60 --fix --fail-on never -p other.json
expect_text err "is left as it is"
in=traps

# Databases that cannot be read are none.
for database in pipe device link deep bomb; do
    lint 60 "databases/$database"
    expect_text out "databases/$database/bad.cu"
done
lint 60 -p databases/bomb
expect_status 2
expect_text err "it holds too many values"

# Settings that lead outside, or nowhere.
for settings in outside pipe link huge deep device baseline known bomb; do
    lint 60 "settings/$settings"
    expect_status 2
    [ "$(wc -l <err)" -eq 1 ] || fail "there should be one error"
done

# Text: what the parser cannot take costs its file, and no other; nothing bad is called clean
# that was analysed whole.
for text in self folder conditions constant templates pragmas noise sum calls cases chain elements comments; do
    lint 120 texts/$text.cu
    expect_findings 1
done
lint 300 --timeout 3 --format json texts
expect_status 3
for text in zero pipe macro includes macros debug_crash debug_parser_crash debug_llvm_fatal_error; do
    jq -e ".files[] | select(.file | endswith(\"texts/$text.cu\")) | select(.status == \"failed\")" \
        out >/dev/null || fail "$text.cu should fail"
done

# Names: each format stays what it is.
number=$(find traps/names -name '*.cu' -printf x | wc -c)
for format in text json sarif github gitlab checkstyle junit; do
    lint 60 --format $format names
    expect_status 1
    case $format in
    text) expect_findings $((number - 1)) ;;
    json) jq -e ".files | length == $number" out >/dev/null || fail "broken JSON" ;;
    sarif | gitlab) jq -e . out >/dev/null || fail "broken JSON" ;;
    github) # ten errors, what else there is in text.cu, and one line on the rest
        [ "$(grep -c '^::error file=' out)" -eq 10 ] || fail "ten errors should be annotated"
        ! grep -qvE '^::(error|warning|notice) file=[^:]*,line=[0-9]+,|^[0-9]+ more' out ||
            fail "an annotation was injected" ;;
    *) ! command -v xmllint >/dev/null || xmllint --noout out || fail "broken XML" ;;
    esac
done

# Patches and settings name files too: git reads the names of a patch as it writes them.
lint 60 --fix-dry-run --fail-on never fixable
expect_status 0
[ "$(grep -c '^+++ ' out)" -eq $((number - 1)) ] || fail "each of the files should be in the patch"
if command -v git >/dev/null; then
    (cd traps/fixable && git apply --check "$work/out") 2>err || fail "git should read the patch"
fi
lint 60 --dump-config fixable
expect_status 0

# git: neither the repository's programs nor its filters run, and its index stays as it is.
if [ -d traps/git ]; then
    in=traps/git
    lint 60 --since HEAD .
    expect_status 0
    lint 60 --since HEAD~1 .
    expect_status 1
    expect_findings 1
    in=traps/git-plain
    lint 60 --since HEAD~1 .
    expect_status 1
    expect_findings 1
    expect_text out "b/bad.cu"
    in=traps/git-odd
    lint 60 --since HEAD~1 .
    expect_status 2
    # Nothing is fetched either: that would be by programs of the repository's choice.
    in=traps/git-partial
    while IFS= read -r address; do
        git -C "$work/traps/git-partial" config remote.origin.url "$address"
        lint 60 --since HEAD~1 .
        expect_status 2
        expect_text err "nothing is fetched for a partial clone"
    done <"$work/traps/git-addresses"
    git -C "$work/traps/git-partial" config remote.origin.vcs evil
    lint 60 --since HEAD~1 .
    expect_status 2
    git -C "$work/traps/git-partial" config --unset remote.origin.vcs
    git -C "$work/traps/git-partial" config --unset remote.origin.url
    # Nor does it wait for ever for a pipe of a name that git reads (two minutes of waiting).
    if [ -n "${CUHOSTLINT_SLOW_TESTS-}" ]; then
        in=traps/git
        mv "$work/traps/git/.gitattributes" "$work/attributes"
        mkfifo "$work/traps/git/.gitattributes"
        lint 150 --since HEAD~1 .
        expect_status 2
        expect_text err "it was not done after 120 s"
        mv -f "$work/attributes" "$work/traps/git/.gitattributes"
    fi
fi

[ -z "$(ls "$mark")" ] || fail "something ran or wrote: $(ls "$mark")"
list >list.after
cmp -s list.before list.after || {
    diff list.before list.after | head -20
    fail "the files should be as before"
}
[ -n "$tracing" ] || echo "without strace: files that came and went were not looked for"
