#!/bin/sh
# inputs.sh SOURCE_ROOT: each source of testdata/ with an annotated finding is one of gpu/inputs.
set -eu

cd "$1/testdata"
inputs=$(grep -v '^#' gpu/inputs)
annotated=$(grep -rl --include='*.c' --include='*.cpp' --include='*.cu' --include='*.h' \
    '// expect: [a-z]' ./*/ ./*.cu)
[ -n "$annotated" ]
for source in $annotated; do
    path=${source#./} found=
    # shellcheck disable=SC2086 # they are patterns
    for input in $inputs; do
        for one in $input; do
            case $path in "$one" | "$one"/*) found=1 ;; esac
        done
    done
    if [ -z "$found" ]; then
        echo "testdata/$path is annotated, but testdata/gpu/inputs has no pattern for it"
        missing=1
    fi
done
[ -z "${missing-}" ]
