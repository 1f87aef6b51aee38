#!/bin/sh
# usage: sarif_schema.sh PROGRAM ROOT
# The expected SARIF files, and what the program writes for real sources, against the published
# schema and GitHub's rules. Skipped (77) where the schema or Python's jsonschema is missing.
set -eu

program=$1
root=$2
schema=${CUHOSTLINT_SARIF_SCHEMA:-${XDG_CACHE_HOME:-${HOME-}/.cache}/cuhostlint/test/sarif-2.1.0.json}
[ -s "$schema" ] || {
    echo "skipped: no SARIF schema; testdata/report/fetch_sarif_schema.sh gets it"
    exit 77
}
python3 -W ignore -c 'import jsonschema' 2>/dev/null || {
    echo "skipped: python3-jsonschema is not installed"
    exit 77
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
"$program" --no-cache --format "sarif=$work/found.sarif" "$root"/testdata/question/*.cu || status=$?
[ "$status" -le 1 ] || {
    echo "the program failed with status $status"
    exit 1
}
"$program" --no-cache --rules '-*,zero-size' --format "sarif=$work/none.sarif" \
    "$root"/testdata/question/*.cu
python3 -W ignore "$root/testdata/report/check_sarif.py" "$schema" \
    "$root"/testdata/report/*.sarif "$work"/*.sarif
