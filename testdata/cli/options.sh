# Options and exit statuses: what hooks and CI rely on.
. "$(dirname "$0")/lib.sh"

write_bad bad.cu
write_good good.cu

run --version
expect_status 0
head -1 out | grep -qx 'cuhostlint [0-9.]*' || fail "the first line should be the version"
expect_text out "compiler: "
expect_text out "parser:   clang version "
expect_silence err

run --help
expect_status 0
expect_silence err
for option in -p --cuda-path --rules --config --format -o --fail-on --baseline --write-baseline \
    --since --diff --fix --fix-dry-run -j --cache --no-cache --header-filter --stdin-filename \
    -q -v --stats --progress --version --help; do
    expect_text out " $option"
done
for command in check index link rules validate lsp; do
    run $command --help
    expect_status 0
    [ "$(awk 'length($0) > 100' out | wc -l)" -eq 0 ] || fail "lines should fit 100 columns"
done

# Exit statuses.
run good.cu
expect_status 0
expect_silence out
expect_silence err
run bad.cu
expect_status 1
expect_silence err
run check bad.cu
expect_status 1
run --fail-on never bad.cu
expect_status 0
expect_text out "[already-pinned]"
run --fail-on=error bad.cu
expect_status 1
run --rules '-*,zero-size' bad.cu
expect_status 0
expect_silence out
run --rules=already-pinned bad.cu
expect_status 1
run --rules '-already-*' bad.cu
expect_status 0

# Both forms of a value, letters together, and "--" before compiler arguments.
run -qj2 --fail-on=never --format=json bad.cu
expect_status 0
expect_text out '"rule":'
run bad.cu -- -DX=1 --not-an-option-of-ours
expect_text out "[already-pinned]"

# The chosen format alone is on standard output, whatever else is asked for.
run --format json -v --stats good.cu
expect_status 0
expect_text err "calls of interest analysed"
expect_text err "good.cu: arguments from"
if command -v jq >/dev/null; then
    jq -e '.version == 1 and .findings == [] and .tool.name == "cuhostlint"' out >/dev/null ||
        fail "standard output should be the JSON report"
fi

# Files for formats.
run --format sarif=out.sarif --format text bad.cu
expect_status 1
expect_text out "[already-pinned]"
expect_text out.sarif '"2.1.0"'
run --format json -o out.json bad.cu
expect_status 1
expect_silence out
expect_text out.json "already-pinned"
sed 's|^    if (cudaHostRegister.*|& // NOLINT|' bad.cu >suppressed.cu
run --format sarif suppressed.cu
expect_status 0
expect_no_text out '"suppressions"'
run --format sarif --show-suppressed suppressed.cu
expect_status 0
expect_text out '"suppressions"'
expect_text out '"inSource"'
run --format json -o nowhere/out.json bad.cu
expect_status 2
expect_one_error "nowhere/out.json"

# Standard input in place of a file.
last="--stdin-filename"
status=0
"$program" --stdin-filename new.cu - <bad.cu >out 2>err || status=$?
expect_status 1
expect_text out "new.cu:9:9: error:"
run -
expect_status 2
expect_one_error "--stdin-filename"

# A full disk or a closed pipe is told.
if [ -e /dev/full ]; then
    last="output to a full disk"
    status=0
    "$program" bad.cu >/dev/full 2>err || status=$?
    : >out
    expect_status 2
    expect_one_error "No space left on device"
fi

# A folder for temporary files without room for what the parser keeps costs nothing but time.
if unshare -m true 2>/dev/null; then
    mkdir tiny copies
    for name in a b c d; do cp bad.cu copies/$name.cu; done
    last="a full TMPDIR"
    status=0
    unshare -m sh -c 'mount -t tmpfs -o size=64k tmpfs tiny; head -c 100000 /dev/zero >tiny/fill
        TMPDIR=$PWD/tiny exec "$@"' sh "$program" --no-cache -j1 copies >out 2>err.mount || status=$?
    grep -v 'No space left on device$' err.mount >err || true # head's own
    expect_status 1
    expect_silence err
    rm -rf tiny copies
fi

# A compile command names its source itself.
run -- cc -O2 -c bad.cu -o bad.o
expect_status 1
expect_text out "bad.cu:"
run -- cc bad.o -o bad
expect_status 2
expect_one_error "the command behind -- names no source"
run -- cc -c bad.cu good.cu
expect_status 2
expect_one_error "the command behind -- names several sources"
run bad.cu --extra-arg-before=--driver-mode=g++ -- c++ -c bad.cu
expect_status 1
run bad.cu --extra-arg-before=-DX
expect_status 2
expect_one_error "--driver-mode"

# One more argument, with a command and without.
{ echo '#ifndef SILENT' && cat bad.cu && echo '#endif'; } >switched.cu
for command in "" "-- -O2" "-- nvcc -c switched.cu"; do
    run switched.cu $command
    expect_status 1
    run switched.cu --extra-arg=-DSILENT --extra-arg -O1 $command
    expect_status 0
done

# Rules.
run rules
expect_status 0
expect_text out "already-pinned"
run rules already-pinned
expect_status 0
expect_text out "cudaErrorInvalidValue"
run rules 'zero-*' size-mismatch
expect_status 0
expect_text out "# zero-size"
expect_text out "# size-mismatch"
for name in 712 cudaErrorHostMemoryAlreadyRegistered CUDA_ERROR_HOST_MEMORY_ALREADY_REGISTERED \
    hiperrorhostmemoryalreadyregistered; do
    run rules $name
    expect_status 0
    expect_text out "## 712: cudaErrorHostMemoryAlreadyRegistered"
    expect_no_text out "## 713"
done
run rules errors
expect_status 0
cmp -s out "$root/rules/README.md" || fail "'rules errors' should be rules/README.md"
for name in 7 cudaError ''; do
    run rules "$name"
    expect_status 2
    expect_silence out
    expect_one_error "rule"
done
run rules no-such-rule
expect_status 2
expect_silence out
expect_one_error "no rule 'no-such-rule'"
run --list-rules --rules '-*,zero-*'
expect_status 0
expect_lines out 1
expect_text out "zero-size"

# Options and names out of a file, quoted as a shell quotes.
write_bad 'a b.cu'
write_bad @c.cu
printf -- '--rules=-*,zero-size\n"a b.cu"' >words
run @words
expect_status 0
expect_silence err
printf -- "--rules=already-pinned 'a b.cu'" >words
run -q @words
expect_status 1
expect_text out "a b.cu:9:9: error:"
run -q @c.cu # a file of that name is meant itself
expect_status 1
expect_text out "@c.cu:9:9: error:"
run @missing
expect_status 2
expect_one_error "cannot read 'missing'"
echo @itself >itself
run @itself
expect_status 2
expect_one_error "@itself: more than 64 files of options"

# Colours where the environment asks for them; NO_COLOR is stronger, the option strongest.
escape=$(printf '\033')
# colored ENVIRONMENT...: whether the report has colours then
colored() {
    last="env $*"
    env -u NO_COLOR -u CLICOLOR -u CLICOLOR_FORCE "$@" "$program" -q 'a b.cu' >out 2>err || status=$?
    grep -q "$escape" out
}
! colored || fail "there should be no colours in a file"
colored CLICOLOR_FORCE=1 || fail "CLICOLOR_FORCE should give colours"
! colored CLICOLOR_FORCE=0 || fail "CLICOLOR_FORCE=0 should give none"
! colored CLICOLOR_FORCE=1 NO_COLOR=1 || fail "NO_COLOR should be stronger"
export NO_COLOR=1
run --color always -q 'a b.cu'
grep -q "$escape" out || fail "--color should be strongest"
unset NO_COLOR

run --explain zero-size
expect_status 0
cp out explained
run rules zero-size
cmp -s out explained || fail "--explain should print the page"
run --explain no-such-rule
expect_status 2
expect_one_error "no rule 'no-such-rule'"
