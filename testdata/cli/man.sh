# The manual page: good roff, and all options of all commands on it.
. "$(dirname "$0")/lib.sh"

last="scripts/man"
status=0
: >err
sh "$root/scripts/man" "$program" >out 2>err || fail "the page should be made"
expect_silence err
cp out cuhostlint.1
run --help
cp out help
for command in index link rules validate lsp; do
    run "$command" --help
    cat out >>help
done
# Every option and every line of help is there, in roff's spelling.
sed -n 's/^  -/-/p' help | sed 's/  .*//; s/,//' | tr ' ' '\n' | grep '^-' | sort -u >options
[ "$(wc -l <options)" -gt 30 ] || fail "the help should name options"
while read -r option; do
    escaped=$(printf '%s' "${option#-}" | sed 's/-/\\-/g')
    grep -qE "^\.(It)? ?(.* )?Fl $(printf '%s' "$escaped" | sed 's/\\/\\\\/g')( |\$)" cuhostlint.1 ||
        fail "the manual page should show $option"
done <options
grep -E '^ {20,}[^ ]' help | sed 's/^ *//; s/-/\\-/g' | sort -u >lines
grep -vxFf cuhostlint.1 lines >out && fail "the manual page lacks lines of the help"

SOURCE_DATE_EPOCH=86400 sh "$root/scripts/man" "$program" >out
expect_text out ".Dd January 2, 1970"

command -v mandoc >/dev/null || skip "mandoc is not installed: the page's roff is not checked"
last="mandoc -Tlint"
mandoc -Tlint -W warning cuhostlint.1 >out 2>err || fail "the page should be good roff"
