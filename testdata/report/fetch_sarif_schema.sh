#!/bin/sh
# Gets the published SARIF 2.1.0 schema for the test sarif_schema, out of an npm package that ships
# it (Microsoft's jest-sarif). Does nothing where it is there; fails quietly without npm or network:
# the test is skipped then.
set -eu

schema=${CUHOSTLINT_SARIF_SCHEMA:-${XDG_CACHE_HOME:-${HOME-}/.cache}/cuhostlint/test/sarif-2.1.0.json}
[ ! -s "$schema" ] || exit 0
command -v npm >/dev/null || exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
timeout 20 npm pack --silent --fetch-retries=0 @microsoft/jest-sarif@1.0.0-beta.0 >/dev/null 2>&1 || exit 0
tar xzf microsoft-jest-sarif-*.tgz package/lib/schemas/sarif-2.1.0-rtm.5.json || exit 0
mkdir -p "$(dirname "$schema")"
cp package/lib/schemas/sarif-2.1.0-rtm.5.json "$schema"
