# The template for GitLab in gitlab-ci-local, which checks it by GitLab's schema and runs the job.
. "$(dirname "$0")/lib.sh"
PATH=$validators/node_modules/.bin:$PATH
command -v gitlab-ci-local >/dev/null || skip "testdata/ci/fetch_validators.sh has not been run"
command -v rsync >/dev/null || skip "rsync is not installed"
cp "$root/scripts/ci/gitlab.yml" .gitlab-ci.yml
git -c user.name=test -c user.email=test@example.invalid add -A
git -c user.name=test -c user.email=test@example.invalid commit -q -m all
git remote add origin https://example.invalid/group/project.git
last="gitlab-ci-local cuhostlint"
status=0
gitlab-ci-local --force-shell-executor --variable "CUHOSTLINT_PROGRAM=$program" cuhostlint \
    >out 2>err </dev/null || status=$?
expect_status 1
expect_text out "src/bad.cu:9:9: error:"
