# What a long run shows: a line on a terminal, nothing in a pipe; the summary; the table of --stats.
. "$(dirname "$0")/lib.sh"
mkdir many
number=0
# more COUNT: so many files in all
more() {
    while [ $number -lt "$1" ]; do
        number=$((number + 1))
        write_good many/$number.cu
        sed -i "s/pin_and_undo(void)/pin_and_undo_$number(void)/" many/$number.cu
    done
}
more 20
write_bad bad.cu
sed 's/pin_twice/pin_quietly/; s/cudaHostRegister(.*/& \/\/ NOLINT/' bad.cu >quiet.cu

# In a pipe: nothing but the report.
run --no-cache --progress -j 1 many
expect_status 0
expect_silence out
expect_silence err

command -v script >/dev/null || skip "script (bsdutils) is not installed"
# on_terminal ARGUMENT...: the same with a terminal for output and errors
on_terminal() {
    last="cuhostlint $* (on a terminal)"
    status=0
    TERM=xterm script -qec "'$program' $*" /dev/null </dev/null >out 2>err || status=$?
}
# Runs of less than half a second show nothing: enough files for this machine.
while on_terminal --no-cache -j 1 many; ! grep -q parsing out && [ $number -lt 1000 ]; do
    more $((number * 2))
done
expect_status 0
grep -qE "parsing [0-9]+/$number files, [0-9]+ s left: " out || fail "there should be a progress line"
# It is gone in the end; the summary stands in its place.
tail -c 80 out | tr '\r' '\n' | sed 's/\x1b\[K//g' | grep -qE "^0 errors, 0 warnings, 0 notes in $number files \([0-9.]+ s\)$" ||
    fail "there should be a summary"
on_terminal --no-cache --no-progress -j 1 many
expect_no_text out "parsing"
expect_text out "0 errors"
on_terminal -q many
expect_silence out
on_terminal bad.cu quiet.cu
expect_status 1
expect_text out "1 error, 0 warnings, 0 notes in 2 files, 1 suppressed ("

run --stats bad.cu quiet.cu
expect_status 1
for row in "files +2" "errors +1" "suppressed findings +1" "seconds +[0-9.]+" "already-pinned +1 +1"; do
    grep -qE "^$row\$" err || fail "--stats should say: $row"
done
