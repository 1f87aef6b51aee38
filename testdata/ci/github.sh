# The composite action: its step as GitHub's runner starts it. (validators.sh has its schema.)
. "$(dirname "$0")/lib.sh"
as_json "$root/scripts/ci/action.yml" >../action.json
jq -e '.name and .description and .runs.using == "composite" and (.runs.steps | length == 1)
    and (.runs.steps[0].shell == "bash") and ([.inputs[] | .description and has("default")] | all)' \
    ../action.json >/dev/null || { status=; fail "action.yml should be a composite action"; }
jq -r '.runs.steps[0].run' ../action.json >../step

# step INPUT=VALUE...: its environment is what the expressions in `env` come to
step() {
    last="the action with $*"
    status=0
    for given in "program=$program" "$@"; do printf '%s\0' "$given"; done |
        jq -R -s 'split("\u0000") | map(select(. != "") | capture("^(?<key>[a-z]+)=(?<value>(.|\n)*)$"))
            | from_entries' >../given.json
    jq -r --slurpfile given ../given.json '. as $action | .runs.steps[0].env | to_entries[]
        | (.value | capture("^\\$\\{\\{ inputs\\.(?<input>[a-z]+) \\}\\}$").input) as $input
        | "\(.key)=\($given[0][$input] // $action.inputs[$input].default | @sh)"' \
        ../action.json >../environment
    (set -a && . ../environment && GITHUB_ACTION_PATH=$root/scripts/ci &&
        exec bash --noprofile --norc -eo pipefail ../step) >../out 2>../err </dev/null || status=$?
    cp ../out ../err .
}

step
expect_status 1
expect_text out "::error file=src/bad.cu,line=9,"
expect_text err "src/bad.cu:9:9: error:"
step "paths=good
src" sarif=found.sarif "options=--fail-on=never
--no-cache"
expect_status 0
expect_lines out 1
[ "$(jq '.runs[0].results | length' found.sarif)" -eq 1 ] || fail "the SARIF file should hold the finding"
step paths=good
expect_status 0
expect_silence out
step paths=nowhere
expect_status 2

# GitHub shows ten annotations of a level for a step: the worst come first, the rest is counted.
mkdir many
for number in 1 2 3 4 5 6 7 8 9 10 11 12; do
    sed "s/pin_twice/pin_twice_$number/" src/bad.cu >many/$number.cu
    printf 'extern "C" void *drop%s(void *p) { cudaHostRegister(p, 64, 0); return p; }\n' $number >>many/$number.cu
done
step paths=many
expect_status 1
[ "$(grep -c '^::error' out)" -eq 10 ] || fail "there should be ten errors"
[ "$(grep -c '^::warning' out)" -eq 10 ] || fail "there should be ten warnings"
expect_text out "2 more errors not annotated"
expect_text out "2 more warnings not annotated"
[ "$(grep -n '^::warning' out | head -1 | cut -d: -f1)" -gt 10 ] || fail "errors should come first"

command -v yamllint >/dev/null || skip "yamllint is not installed: action.yml is not checked by it"
last=yamllint
yamllint -d '{extends: default, rules: {line-length: disable, document-start: disable}}' \
    "$root/scripts/ci/action.yml" >out 2>&1 || fail "action.yml should be good YAML"
