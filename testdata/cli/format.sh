# Every C file of ours is formatted as .clang-format says.
. "$(dirname "$0")/lib.sh"
formatter=$(command -v clang-format-19) || skip "clang-format-19 is not installed"

last="clang-format-19 --dry-run"
status=0
: >out
{
    find "$root/checker" "$root/rules" -name '*.[ch]' -not -path '*/source/declarations/*'
    find "$root/testdata" -maxdepth 1 -name '*.[ch]'
} | xargs "$formatter" --dry-run -Werror 2>err || status=$?
expect_status 0
