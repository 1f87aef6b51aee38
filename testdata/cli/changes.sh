# Only what is new: baselines, --since, --diff.
. "$(dirname "$0")/lib.sh"
command -v git >/dev/null || skip "git is not installed"

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
git() { command git -c user.name=test -c user.email=test@example.invalid -c commit.gpgsign=false "$@"; }

mkdir project
cd project
write_bad old.cu
git init -q .
git add old.cu
git commit -q -m first

# A baseline accepts what is there and survives moved lines.
run --write-baseline baseline.json old.cu
expect_status 0
expect_silence out
run --baseline baseline.json old.cu
expect_status 0
expect_silence out
expect_silence err
sed -i '1i // a new first line' old.cu
run --baseline baseline.json old.cu
expect_status 0
expect_silence out
write_bad new.cu
run --baseline baseline.json old.cu new.cu
expect_status 1
expect_text out "new.cu:9:9: error:"
expect_no_text out "old.cu"
write_good old.cu
run --baseline baseline.json old.cu
expect_status 0
expect_text err "found no more"
run --baseline baseline.json --prune-baseline old.cu
expect_status 0
expect_no_text baseline.json "already-pinned"
git checkout -q old.cu
rm new.cu

# --since: changed lines and new files only.
run --since HEAD old.cu
expect_status 0
expect_silence out
write_bad new.cu
run --since HEAD old.cu new.cu
expect_status 1
expect_text out "new.cu:9:9: error:"
expect_no_text out "old.cu"
git add new.cu
git commit -q -m second
run --since HEAD~1 old.cu new.cu
expect_status 1
expect_no_text out "old.cu"
run --since HEAD old.cu new.cu
expect_status 0
run --since no-such-revision old.cu
expect_status 2
expect_silence out
expect_one_error "--since no-such-revision: git failed"

# --diff: the same from a file or a pipe.
git diff -U0 HEAD~1 >../second.diff
run --diff ../second.diff old.cu new.cu
expect_status 1
expect_no_text out "old.cu"
last="--diff -"
status=0
git diff HEAD~1 | "$program" --diff - old.cu new.cu >out 2>err || status=$?
expect_status 1
expect_text out "new.cu:9:9: error:"
echo "no diff at all" >../second.diff
run --diff ../second.diff old.cu
expect_status 2
expect_one_error "no unified diff"
