# The problem matcher against what the program really prints.
. "$(dirname "$0")/../cli/lib.sh"
command -v jq >/dev/null || skip "jq is not installed"
matcher=$root/scripts/ci/problem-matcher.json

run --format json --fail-on never "$root"/testdata/question/*.cu "$root"/testdata/double-register
expect_status 0
jq -r '.findings[] | select(.level != "note")
    | "\(.file | split("/") | last):\(.line):\(.column) \(.level) \(.rule)"' out | sort >expected
[ "$(wc -l <expected)" -gt 10 ] || fail "there should be findings"
run --color never --fail-on never "$root"/testdata/question/*.cu "$root"/testdata/double-register

# As the runner does it: line by line, the groups by their numbers.
jq -R -r --slurpfile matcher "$matcher" '
    $matcher[0].problemMatcher[0].pattern[0] as $p
    | match($p.regexp).captures | map(.string) as $group
    | [$p.file, $p.line, $p.column, $p.severity, $p.code] | map($group[. - 1])
    | "\(.[0] | split("/") | last):\(.[1]):\(.[2]) \(.[3]) \(.[4])"' out 2>err | sort >matched
expect_silence err
cmp -s expected matched || { diff expected matched >out; fail "the matcher should see every finding"; }
