# What the README says is true: its rules, its options, its settings, its picture.
. "$(dirname "$0")/lib.sh"
readme=$root/README.md

run rules
expect_status 0
while read -r name level summary; do
    grep -qF "| [\`$name\`](rules/$name/$name.md) | $level | $summary |" "$readme" || fail "the README should list $name as $level: $summary"
    [ -f "$root/rules/$name/$name.md" ] || fail "$name has no page"
done <out
[ "$(grep -c '^| \[`' "$readme")" -eq "$(wc -l <out)" ] || fail "the README lists a rule that does not exist"

for command in check index link validate lsp; do
    run $command --help
    expect_status 0
    cat out >>help
done
mv help out
for option in $(grep -o -- '--[a-z][a-z-]*' "$readme" | sort -u); do
    case $option in
    --build | --target | --test-dir | --install) ;; # of cmake and ctest
    *) expect_text out " $option" ;;
    esac
done

# The settings in the README are good ones.
awk '/^```yaml/ { block = ""; inside = 1; next }
     /^```/ { if (inside && block ~ /^rules:/) printf "%s", block; inside = 0 }
     inside { block = block $0 "\n" }' "$readme" >.cuhostlint
[ -s .cuhostlint ] || fail "the README should show a .cuhostlint"
run --verify-config
expect_status 0
expect_silence err

last="scripts/picture"
status=0
sh "$root/scripts/picture" "$program" >out 2>err || status=$?
expect_status 0
cmp -s out "$root/.github/picture.svg" ||
    fail "the picture is old; make it again: scripts/picture >.github/picture.svg"
