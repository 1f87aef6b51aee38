# The template for GitLab: its job as GitLab's runner starts it.
. "$(dirname "$0")/lib.sh"
as_json "$root/scripts/ci/gitlab.yml" >../gitlab.json
jq -e '.cuhostlint | .stage and .image and (.script | length > 0)' ../gitlab.json >/dev/null ||
    { status=; fail "gitlab.yml should define the job cuhostlint"; }
jq -r '.cuhostlint.script[]' ../gitlab.json >../script
report=$(jq -r '.cuhostlint.artifacts.reports.codequality' ../gitlab.json)

# job NAME=VALUE...: the variables of the job, then these
job() {
    last="the job with $*"
    status=0
    jq -r '.cuhostlint.variables | to_entries[] | "\(.key)=\(.value | @sh)"' ../gitlab.json >../environment
    for given; do echo "${given%%=*}='${given#*=}'" >>../environment; done
    rm -f "$report"
    (set -a && . ../environment && exec sh -e ../script) >../out 2>../err </dev/null || status=$?
    cp ../out ../err .
}

job "CUHOSTLINT_PROGRAM=$program"
expect_status 1
expect_text out "src/bad.cu:9:9: error:"
[ "$(jq -r '.[0] | .location.path + " " + .check_name' "$report")" = "src/bad.cu cuhostlint/already-pinned" ] ||
    fail "the report should name the finding"
job "CUHOSTLINT_PROGRAM=$program" "CUHOSTLINT_ARGUMENTS=--fail-on never good src"
expect_status 0
[ "$(jq length "$report")" -eq 1 ] || fail "the report should be there without a failure, too"

if command -v yamllint >/dev/null; then
    last=yamllint
    yamllint -d '{extends: default, rules: {line-length: disable, document-start: disable}}' \
        "$root/scripts/ci/gitlab.yml" >out 2>&1 || fail "gitlab.yml should be good YAML"
fi
