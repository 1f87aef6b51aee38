#!/bin/sh
# validate.sh CUHOSTLINT: the harness around the programs, without a GPU: a script stands for the
# compiler, and what it "compiles" for the programs.
. "$(dirname "$0")/lib.sh"

# ---- verdicts ----------------------------------------------------------------------------------
compiler 'echo "confirmed: as predicted"; exit 0'
expect 0 '^confirmed .*zero-size +as predicted$'
expect 0 'they run on this machine'
expect 0 '^1 confirmed, 0 refuted, 0 inconclusive$' --quiet
! grep 'they run on' "$temporary/output" || exit 1
compiler 'echo "refuted: not so"; exit 10'
expect 1 '^refuted .*not so'
expect 1 'refuted' --format "junit=$temporary/report.xml" --format text
compiler 'echo "call"; echo "    = 100 cudaErrorNoDevice"; echo "inconclusive: x"; exit 20'
expect 0 '^inconclusive .*no usable GPU: 100 cudaErrorNoDevice'
compiler 'echo "call"; echo "    = 0 cudaSuccess"; echo "inconclusive: failed: memory"; exit 20'
expect 0 '^inconclusive .*failed: memory'
compiler 'echo "what is this"; exit 3'
expect 0 '^inconclusive .*what is this'
compiler 'sleep 100'
expect 0 'inconclusive .*ran out of time' --timeout 1
compiler 'kill -SEGV $$'
expect 0 'inconclusive .*ended by signal 11'
expect 2 'takes a number of seconds' --timeout soon

# Nothing to replay.
echo 'int nothing;' >"$temporary/nothing.cu"
source=$temporary/nothing.cu
expect 0 '^0 confirmed, 0 refuted, 0 inconclusive$'

# ---- reports -----------------------------------------------------------------------------------
source=$temporary/several.cu
compiler 'echo "calls"; echo "confirmed: as predicted"'
expect 0 '^4 confirmed' # what is suppressed is not shown to a GPU
expect 0 "$(printf '^\033\[1;31mconfirmed\033\[0m  ')" --color always
json '[.findings[].validation | select(.verdict == "confirmed" and .reason == "as predicted")] | length == 4'
json '.findings[0].validation | .output == "calls\nconfirmed: as predicted\n" and .program == null'
json '[.findings[].validation.code | select(test("^[0-9a-f]{16}$"))] | unique | length == 3'
"$cuhostlint" validate --no-cache --quiet --cuda-path "$kit" --keep "$temporary/reported" \
    --format sarif "$source" >"$temporary/output"
jq -e '[.runs[0].results[].properties.validation] |
    length == 4 and .[0].verdict == "confirmed" and (.[0].program | test("/reported/.*-4.cpp$"))' \
    "$temporary/output" >/dev/null

# ---- what is written, and where ----------------------------------------------------------------
expect 0 'confirmed' --keep "$temporary/kept"
for name in zero-size.several.cu-4.cpp zero-size.several.cu-4_2.cpp invalid-flags.several.cu-5.cpp \
    unchecked-call.several.cu-6.cu; do
    [ -f "$temporary/kept/$name" ]
done
[ "$(find "$temporary/kept" -type f | wc -l)" = 4 ]
expect 0 'confirmed' --keep "$temporary/kept" # once more, in a folder that is there
[ -z "$(ls "$TMPDIR")" ] || { ls -R "$TMPDIR" && exit 1; }
touch "$temporary/file"
expect 2 "cannot make the folder '.*/file/below'" --keep "$temporary/file/below"
TMPDIR=$temporary/none expect 2 'cannot make a temporary folder'

# Names that no terminal should get, and the longest that there are.
source=$temporary/$(printf 'odd\033[31m\302\233\r').cu
cp "$temporary/source.cu" "$source"
compiler 'printf "confirmed: so\033[2J\n"'
expect 0 '^confirmed .*/odd<U\+001B>\[31m<U\+009B><U\+000D>\.cu:4:9 .* so<U\+001B>\[2J$'
source=$temporary/$(printf '%0248d' 0).cu
cp "$temporary/source.cu" "$source"
expect 0 '^1 confirmed'
source=$temporary/source.cu

# ---- options -----------------------------------------------------------------------------------
expect 0 '^inconclusive .*compiled, not run' --dry-run --arch sm_90
! grep 'they run on' "$temporary/output" || exit 1
grep -q -- '-arch=sm_90 ' "$temporary/nvcc.words"
compiler 'mkdir ../turn || { echo "refuted: beside another"; exit 10; }
sleep 0.1; rmdir ../turn; echo "confirmed: alone"'
source=$temporary/several.cu
expect 0 '^4 confirmed' --jobs 1
compiler 'touch ../here.$$; i=0
while [ "$(ls .. | grep -c here)" -lt 2 ] && [ $i -lt 600 ]; do sleep 0.1; i=$((i + 1)); done
echo "confirmed: $i"'
expect 0 '^4 confirmed' --jobs 4 --timeout 200 # on a busy machine too
! grep ' 600$' "$temporary/output" || exit 1
source=$temporary/source.cu

# ---- how programs run --------------------------------------------------------------------------
# In an empty folder, without what the environment holds, reading nothing.
compiler '[ -z "${SECRET-}${HOME-}${TMPDIR-}" ] && [ "$(ls -A | wc -l)" = 0 ] && ! read -r line &&
echo "confirmed: alone"'
SECRET=1 expect 0 '^confirmed .*alone'
# Private memory, what is written, no core; no network where the system lets go of it.
compiler '[ "$(ulimit -d)" = $((64 << 20)) ] && [ "$(ulimit -c)" = 0 ] && echo "confirmed: limited"'
expect 0 '^confirmed .*limited'
compiler 'exec head -c 200000000 /dev/zero'
expect 0 'inconclusive .*ended by signal 25'
network='[ "$(grep -c : /proc/net/dev)" = 1 ] && echo "confirmed: no network"'
if unshare -n true 2>/dev/null || unshare -rn true 2>/dev/null; then
    compiler "$network"
    expect 0 '^confirmed .*no network'
fi
# What a program starts ends with it.
compiler "sleep 1000 & echo \$! >$temporary/child; echo 'confirmed: left a child'"
expect 0 'left a child'
expect_death "$(cat "$temporary/child")"

# As somebody who may not do all that root may.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    chmod -R a+rwX "$temporary"
    compiler '[ "$(id -u)" = 65534 ] || [ "$(id -u)" = 0 ] && echo "confirmed: as nobody"'
    if setpriv --reuid=65534 --regid=65534 --clear-groups "$cuhostlint" --version >/dev/null 2>&1; then
        setpriv --reuid=65534 --regid=65534 --clear-groups "$cuhostlint" validate --no-cache \
            --cuda-path "$kit" "$source" >"$temporary/output" 2>&1
        grep -q '^confirmed .*as nobody' "$temporary/output"
    fi
fi

# ---- the record of what a GPU said comes with the rule's page -----------------------------------
"$cuhostlint" rules zero-size | grep -Eq '^NVIDIA .*: [0-9]+ findings replayed by [0-9]+ programs, [0-9]+ confirmed'
"$cuhostlint" rules register-in-loop | grep -Eq '^- [0-9]+ times: .*measured: [0-9]+ to [0-9]+$'
