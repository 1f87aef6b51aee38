# Every input that cannot be linted gets one clear sentence, and the other files are still linted.
. "$(dirname "$0")/lib.sh"

write_bad bad.cu
write_good good.cu

# An input that cannot be linted, alone and beside a file with a finding.
expect_bad_input() {
    run $1
    expect_status 2
    expect_silence out
    expect_one_error "$2"
    run $1 bad.cu
    expect_status 2
    expect_one_error "$2"
    expect_text out "bad.cu:9:9: error:"
    expect_text out "[already-pinned]"
}

expect_bad_input missing.cu "'missing.cu': No such file"

mkdir empty_folder
expect_bad_input empty_folder "no C, C++, CUDA or HIP file below 'empty_folder'"

printf 'a\0b' >binary.cu
expect_bad_input binary.cu "'binary.cu' is a binary file"

echo text >notes.txt
expect_bad_input notes.txt "'notes.txt' is no C, C++, CUDA or HIP file"

mkfifo pipe.cu
expect_bad_input pipe.cu "'pipe.cu' is not a regular file"

mkdir broken
echo '[{"file": ' >broken/compile_commands.json
expect_bad_input "-p broken" "broken/compile_commands.json"
echo '{"file": "bad.cu"}' >broken/compile_commands.json
expect_bad_input "-p broken" "broken/compile_commands.json"
truncate -s 2G broken/compile_commands.json
expect_bad_input "-p broken" "broken/compile_commands.json': it is larger than"
expect_bad_input "-p nowhere" "nowhere"

expect_bad_input "--cuda-path empty_folder" "empty_folder"

# Nothing named and no database: said, with what to do.
mkdir alone
(cd alone && run && mv out err .. && expect_status 2)
expect_text err "no file is named"

# An empty file is no reason to stop a commit, but it is said.
: >empty.cu
run empty.cu
expect_status 0
expect_silence out
expect_lines err 1
expect_text err "warning: 'empty.cu' is empty"

# Lines may end as old Macs ended them: that is no long comment.
{ echo '// a comment'; cat bad.cu; } | tr '\n' '\r' >old.cu
run old.cu
expect_status 1
expect_text out "old.cu:10:9: error:"

# Options and rules that do not exist: nothing is linted.
expect_usage_error() {
    text=$1
    shift
    run "$@" bad.cu
    expect_status 2
    expect_silence out
    expect_one_error "$text"
}
expect_usage_error "unknown option '--formt'; did you mean '--format'?" --formt json
expect_usage_error "unknown option '-Z'" -Z
expect_usage_error "no rule 'already-pined'; did you mean 'already-pinned'?" --rules already-pined
expect_usage_error "no rule 'nothing*'" --rules '-*,nothing*'
expect_usage_error "no format 'yaml'" --format yaml
expect_usage_error "--fail-on takes error, warning, note or never, not 'info'" --fail-on info
expect_usage_error "-j takes a number" -j many
expect_usage_error "broken regular expression '('" --header-filter '('
expect_usage_error "exclude each other" --since HEAD --diff x.diff
expect_usage_error "cannot read 'x.diff'" --diff x.diff
expect_usage_error "cannot read 'nothing.json'" --baseline nothing.json
expect_usage_error "standard output can carry one thing only" --format json --format sarif
expect_usage_error "--prune-baseline needs --baseline FILE" --prune-baseline
expect_usage_error "--color takes auto, always or never, not 'red'" --color red
expect_usage_error "--timeout takes a number of seconds from 1, not '0'" --timeout 0
expect_usage_error "names no file after the '='" --format json=
expect_usage_error "--fix and --fix-dry-run exclude each other" --fix --fix-dry-run
expect_usage_error "--quiet takes no value" --quiet=very
expect_usage_error "--baseline needs a value: FILE" --baseline=
expect_usage_error "-o goes with one --format that names no file" -o report --format json=report.json
expect_usage_error "--fix cannot change standard input" --fix --stdin-filename new.cu
expect_usage_error "--diff - and --stdin-filename both read standard input" --diff - --stdin-filename new.cu
yes -- -q | head -1100000 >words
expect_usage_error "@words: too many words" @words
run --rules
expect_status 2
expect_one_error "--rules needs a value: LIST"
name=$(printf 'latin\351.cu')
write_bad "$name"
run index --no-cache -o latin.unit -- nvcc -c "$name"
expect_status 2
expect_one_error "is no UTF-8"
expect_usage_error "there is no file and no command 'chek'; did you mean 'cuhostlint check'?" chek
expect_usage_error "did you mean 'cuhostlint rules'?" rule zero-size
expect_usage_error "did you mean 'cuhostlint --help'?" help
expect_usage_error "did you mean 'cuhostlint --version'?" version
expect_usage_error "the name of a file is empty" ''
expect_usage_error "lsp takes no files: an editor names them" lsp
for status_name in 999999 cudaErrorInvalidValu CUDA_ERROR_NONE; do
    run rules $status_name
    expect_status 2
    expect_one_error "rules: '$status_name' is no status that the rules are about"
done

# A file that may not be read. Root may read everything, so root asks as somebody else.
cp "$program" ./cuhostlint
chmod 755 . cuhostlint
chmod 644 bad.cu
write_good secret.cu
chmod 000 secret.cu
if [ "$(id -u)" -eq 0 ]; then
    as_user="setpriv --reuid=65534 --regid=65534 --clear-groups"
    $as_user true 2>/dev/null || skip "cannot become another user here"
else
    as_user=
fi
last="an unreadable file"
status=0
$as_user ./cuhostlint secret.cu bad.cu >out 2>err </dev/null || status=$?
expect_status 2
expect_one_error "cannot read 'secret.cu': Permission denied"
expect_text out "[already-pinned]"

# What has no end is an error, not the end of the machine's memory.
run --baseline /dev/zero bad.cu
expect_status 2
expect_one_error "File too large"
