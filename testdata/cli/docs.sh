# The pages: what they say that the GPU said, it said; as a site they hold together.
. "$(dirname "$0")/lib.sh"
status=0
: >out
: >err

# The lines of the "Measured" blocks, and the answers in the overview's tables, are in the log of
# the probes: there, the name of the probe stands in a column of its own.
last="the measured lines of rules/"
tr -s ' ' <"$root/testdata/gpu/probes.txt" >probes
for page in "$root"/rules/*/*-*.md; do
    awk '/^```text/ { inside = 1; next } /^```/ { inside = 0 } inside' "$page" | tr -s ' ' >measured
    [ -s measured ] || fail "${page##*/} shows nothing measured"
    grep -vxFf probes measured >out && fail "${page##*/} says what no probe answered"
done
grep -o '`[^`]*: [0-9][0-9]*`' "$root/rules/README.md" | tr -d '`\\' >answers
expect_text answers "size 0: 1"
while read -r answer; do
    grep -qF -- " $answer " probes || fail "rules/README.md says what no probe answered: $answer"
done <answers

# Each status that the overview lists is explained under its number and under its name.
sed -n 's/^- \[\([0-9]*\): \([A-Za-z]*\)\].*/\1 \2/p' "$root/rules/README.md" >named
expect_text named "712 cudaErrorHostMemoryAlreadyRegistered"
while read -r number name; do
    run rules "$number"
    expect_status 0
    cp out by_number
    run rules "$name"
    cmp -s out by_number || fail "'rules $number' and 'rules $name' should be the same"
done <named

# The site.
command -v lowdown >/dev/null || skip "lowdown is not installed: no site was made"
last="scripts/docs"
sh "$root/scripts/docs" site "$program" >out 2>err || fail "the site should be made"
run rules
expect_status 0
for name in index rules models $(cut -d' ' -f1 out); do
    [ -s "site/$name.html" ] || fail "there should be a page $name.html"
    grep -o 'href="[^"]*"' "site/$name.html" | sed 's/^href="//; s/"$//' | sort -u >links
    while read -r link; do
        case $link in
        https://*) continue ;;
        \#*) file=$name.html ;;
        *) file=${link%%#*} ;;
        esac
        [ -f "site/$file" ] || fail "$name.html: the link $link leads nowhere"
        case $link in
        *\#*) grep -qF "id=\"${link#*#}\"" "site/$file" || fail "$name.html: nothing is called $link" ;;
        esac
    done <links
done
expect_text site/zero-size.html 'href="nonconstant-size.html"'
expect_text site/index.html 'href="already-pinned.html"'
command -v tidy >/dev/null || skip "tidy is not installed: the site's HTML is not checked"
last="tidy"
tidy -q -e site/*.html >out 2>err || fail "the pages should be good HTML"
expect_silence err
